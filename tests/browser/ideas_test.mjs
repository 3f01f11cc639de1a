import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe } from 'node:test';
import { composer, row, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const databases = process.env.FIFTEEN_TEST_MARIADB ? ['sqlite', 'mariadb'] : ['sqlite'];

// What a mail scanner does with a link, and what a mail program does with List-Unsubscribe.
const ask = (method, url, body = '') => new Promise((resolve, reject) => {
  const headers = { 'user-agent': 'Mail/1.0', ...(body && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }) };
  request(url, { method, headers }, (answer) => { answer.resume(); answer.on('end', () => resolve(answer.statusCode)); }).on('error', reject).end(body);
});

const plain = ({ body }) => body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
const linkIn = (mail) => /https?:\/\/[^\s"<>]+\/help\/ideas\/confirm\/[^\s"<>]+/.exec(plain(mail))[0];
const unscripted = { javaScriptEnabled: false };
const phone = { viewport: { width: 390, height: 844 } };

// An idea from the customer who has it to the mail that says it is planned.
for (const database of databases) describe(`ideas, ${database}`, () => {
  const here = stage(`ideas-${database}`, { database });
  const { test } = here;
  const title = 'Export all invoices as one CSV';
  const come = (options) => Visitor.come(here.browser, here.desk, options);
  const api = (path) => here.ana.page.evaluate((at) => fetch(`/api/v1${at}`).then((answer) => answer.json()), path);
  const votesOf = async (number) => (await api(`/ideas/${number}`)).votes;
  const vote = async (address, number, options = unscripted) => {
    const voter = await come(options);
    await voter.page.goto(`${here.desk.url}/help/ideas/${number}`);
    await voter.page.getByLabel('Email').fill(address);
    await here.desk.advance(3); // who is quicker is a program
    await voter.page.getByRole('button', { name: 'Vote' }).click();
    await voter.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await voter.page.goto(linkIn(await here.sink.mail(0, address)));
    await voter.page.getByRole('button', { name: 'Yes, count it' }).click();
    await voter.page.getByRole('heading', { name: 'Your votes count' }).waitFor();
    return voter;
  };

  test('one looks first, then posts, without JavaScript', async () => {
    await here.ana.signIn('ana@studio.example');
    const giulia = await come(unscripted);
    await giulia.page.goto(`${here.desk.url}/help`);
    await giulia.page.getByRole('link', { name: 'Ideas' }).click();
    await giulia.page.getByText('There are no ideas here yet.').waitFor();
    assert.equal(await giulia.page.getByRole('button', { name: 'Add my idea' }).count(), 0, 'nobody posts before looking');
    await giulia.page.getByLabel('Has someone asked already?').fill(title);
    await giulia.page.getByRole('button', { name: 'Look' }).click();
    await giulia.page.getByText('Nobody has asked for this yet.').waitFor();
    assert.equal(await giulia.page.getByLabel('In one sentence').inputValue(), title);
    await giulia.page.getByLabel('What would it help you with?').fill('My accountant wants\none file a year.');
    await giulia.page.getByLabel('Email').fill('giulia@rossi.example');
    await giulia.picture(`ideas-post-${database}`);
    await here.desk.advance(3); // who is quicker is a program
    await giulia.page.getByRole('button', { name: 'Add my idea' }).click();
    await giulia.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await giulia.leave();
  });

  test('a scanner that opens every link changes nothing; the press counts', async () => {
    const mail = await here.sink.mail(0, 'giulia@rossi.example');
    assert.doesNotMatch(plain(mail), /invoices/, 'what a form says goes to no unconfirmed address');
    const link = linkIn(mail);
    for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) assert.equal(await ask(method, link), 200);
    assert.deepEqual((await api('/ideas')).items, []);
    const giulia = await come();
    await giulia.page.goto(link);
    await giulia.page.getByText(`New idea: ${title}`).waitFor();
    await giulia.check(`ideas-confirm-${database}`);
    await giulia.page.getByRole('button', { name: 'Yes, count it' }).click();
    await giulia.page.getByRole('heading', { name: 'Your votes count' }).waitFor();
    await giulia.check(`ideas-counted-${database}`);
    assert.equal(await votesOf(1), 1);
    await giulia.page.goto(`${here.desk.url}/help/ideas`);
    await giulia.page.getByRole('link', { name: title }).click();
    await giulia.page.getByRole('heading', { name: title }).waitFor();
    await giulia.check(`idea-${database}`);
    await giulia.leave();
  });

  test('what is like it is shown before one posts', async () => {
    const bob = await come(phone);
    await bob.page.goto(`${here.desk.url}/help/ideas`);
    await bob.page.getByLabel('Has someone asked already?').fill('invoices as csv');
    for (let tries = 0; ; tries++) { // the index follows within a second
      await bob.page.getByRole('button', { name: 'Look' }).click();
      if (await bob.page.getByRole('heading', { name: 'Is it one of these?' }).count()) break;
      assert.ok(tries < 50, 'the index does not follow');
      await new Promise((later) => setTimeout(later, 200));
    }
    await bob.page.getByRole('link', { name: title }).waitFor();
    await bob.check(`ideas-like-phone-${database}`);
    // Also as a step for who posts something else than what was looked for.
    await bob.page.getByLabel('In one sentence').fill('All invoices as CSV');
    await bob.page.getByLabel('Email').fill('bob@home.example');
    await here.desk.advance(3); // who is quicker is a program
    await bob.page.getByRole('button', { name: 'Add my idea' }).click();
    await bob.page.getByRole('button', { name: 'None of these: add mine' }).click();
    await bob.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await bob.page.goto(linkIn(await here.sink.mail(0, 'bob@home.example')));
    await bob.page.getByRole('button', { name: 'Yes, count it' }).click();
    await bob.page.getByRole('heading', { name: 'Your votes count' }).waitFor();
    await bob.leave();
  });

  test('further votes need no further mail, and can be taken back', async () => {
    const eve = await vote('eve@shop.example', 1);
    assert.equal(await votesOf(1), 2);
    await eve.page.getByRole('button', { name: 'Vote: All invoices as CSV' }).click();
    await eve.page.getByRole('button', { name: 'Take my vote back: All invoices as CSV' }).waitFor();
    assert.equal(await votesOf(2), 2);
    await eve.page.getByRole('button', { name: 'Take my vote back: All invoices as CSV' }).click();
    await eve.page.getByRole('button', { name: 'Vote: All invoices as CSV' }).waitFor();
    assert.equal(await votesOf(2), 1);
    assert.equal(here.sink.to('eve@shop.example').length, 1);
    await eve.leave();
  });

  test('the board goes by keys', async () => {
    const { page } = here.ana;
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Ideas' }).waitFor();
    await page.locator('.idea-row').first().waitFor();
    await here.ana.check(`ideas-board-${database}`);
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText('eve@shop.example').waitFor();
    await here.ana.check(`ideas-board-open-${database}`);
    await page.keyboard.press('s');
    await page.getByLabel('Mail 2 voters, in a minute').waitFor();
    await here.ana.check(`ideas-board-move-${database}`);
    await page.getByRole('radio', { name: 'Planned' }).check();
    await page.getByLabel('Reason').fill('We begin in *March*.');
    await page.getByRole('dialog').getByRole('button', { name: 'Change state' }).click();
    await page.getByText('2 voters are told in a minute.').waitFor();
    assert.equal((await api('/ideas/1')).state, 'planned');
  });

  test('what others change is seen without a reload', async () => {
    const { page } = here.ana;
    const write = (text) => page.evaluate(async (words) => {
      const { csrf } = await fetch('/api/v1/session').then((answer) => answer.json());
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      return (await fetch('/api/v1/ideas/1', { method: 'PATCH', headers, body: JSON.stringify({ text: words }) })).status;
    }, text);
    const before = (await api('/ideas/1')).text;
    assert.equal(await write('Twelve files are eleven too many.'), 200);
    await page.locator('.idea-text').getByText('Twelve files').waitFor();
    assert.equal(await write(before), 200);
  });

  test('what is taken back within a minute tells nobody', async () => {
    const { page } = here.ana;
    await page.keyboard.press('z');
    await page.locator('.toast').getByText('Now: Open').waitFor();
    assert.equal((await api('/ideas/1')).state, 'open');
    const before = here.sink.count;
    await here.desk.advance(120);
    await new Promise((later) => setTimeout(later, 3000));
    assert.equal(here.sink.count, before);
  });

  test('voters are told once, with a way out', async () => {
    const { page } = here.ana;
    await page.keyboard.press('s');
    await page.getByRole('radio', { name: 'Building now' }).check();
    await page.getByLabel('Reason').fill('It is in the *beta*.');
    await page.getByRole('dialog').getByRole('button', { name: 'Change state' }).click();
    await page.getByText('2 voters are told in a minute.').waitFor();
    await here.desk.advance(61);
    const mail = await here.sink.mail(1, 'giulia@rossi.example');
    await here.sink.mail(1, 'eve@shop.example');
    assert.equal(mail.headers.subject, `Building now: ${title}`);
    assert.equal(mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
    assert.equal(mail.headers['auto-submitted'], 'auto-generated');
    const leave = /<(.*)>/.exec(mail.headers['list-unsubscribe'])[1];
    assert.match(leave, new RegExp(`^${here.desk.url}/help/ideas/mails/v\\d+\\.i1\\.`));
    for (const method of ['HEAD', 'GET']) assert.equal(await ask(method, leave), 200);
    assert.equal((await api('/ideas/1')).would_tell, 2, 'opening it changes nothing');
    assert.equal(await ask('POST', leave, 'List-Unsubscribe=One-Click'), 200);
    assert.equal((await api('/ideas/1')).would_tell, 1);
    const giulia = await come(phone);
    await giulia.page.goto(leave);
    await giulia.check(`idea-mails-phone-${database}`);
    await giulia.page.getByRole('button', { name: 'Take my vote back' }).click();
    await giulia.page.getByText('Your vote is taken back.').waitFor();
    await giulia.leave();
    assert.equal(await votesOf(1), 1);
    assert.equal(here.sink.to('giulia@rossi.example').length, 2);
  });

  test('two ideas become one, and two again', async () => {
    const { page } = here.ana;
    await page.keyboard.press('w');
    await page.getByRole('dialog').getByLabel('Official answer').fill('Look under **Export**.');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.locator('.idea-answer strong').getByText('Export').waitFor();
    await page.goto(`${here.desk.url}/ideas/2`);
    await page.getByRole('heading', { name: 'All invoices as CSV' }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('button', { name: title }).waitFor();
    await here.ana.check(`ideas-board-merge-${database}`);
    await page.getByRole('dialog').getByRole('button', { name: title }).click();
    await page.getByText('merged into #1').waitFor();
    assert.equal(await votesOf(1), 2);
    const bob = await come();
    await bob.page.goto(`${here.desk.url}/help/ideas/2`);
    await bob.page.getByRole('heading', { name: title }).waitFor();
    assert.match(bob.page.url(), /\/help\/ideas\/1$/);
    await bob.page.getByRole('heading', { name: 'Our answer' }).waitFor();
    await bob.check(`idea-answered-${database}`);
    await bob.leave();
    await page.keyboard.press('z');
    await page.locator('.toast').getByText('It stands for itself again.').waitFor();
    assert.equal(await votesOf(1), 1);
    assert.equal(await votesOf(2), 1);
  });

  test('a ticket is linked to the idea that its customer asks for', async () => {
    const { page } = here.ana;
    const dialog = page.getByRole('dialog');
    const choose = async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('Link to an idea');
      await page.getByRole('dialog').getByText('Link to an idea').first().waitFor();
      await page.keyboard.press('Enter');
      await dialog.getByPlaceholder('Search ideas').fill('one csv');
      await dialog.getByRole('option', { name: title }).waitFor();
    };
    await here.desk.mail({ from: 'joe@harbour.example', subject: 'Invoices', body: 'I need all of them in one file.' });
    await page.goto(`${here.desk.url}/`);
    await row(here.ana, 'I need all of them').click();
    await composer(here.ana).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('i'); // on a phone the pane would lie over all of it
    await choose();
    await here.ana.check(`link-idea-${database}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await here.ana.picture(`link-idea-phone-${database}`);
    await dialog.getByRole('option', { name: title }).click();
    await dialog.getByText('joe@harbour.example asks for this').waitFor();
    await here.ana.picture(`link-idea-sure-phone-${database}`);
    await page.setViewportSize({ width: 1440, height: 900 });
    await here.ana.check(`link-idea-sure-${database}`);
    await dialog.getByLabel('The customer wants a mail when it moves').check();
    const before = [await votesOf(1), (await api('/ideas/1')).would_tell];
    await dialog.getByRole('button', { name: 'Link to an idea' }).click();
    await page.locator('.toast').getByText(`Linked to “${title}”; the customer’s vote counts.`).waitFor();
    assert.deepEqual([await votesOf(1), (await api('/ideas/1')).would_tell], before.map((n) => n + 1));
    await page.keyboard.press('z');
    await page.waitForFunction((votes) => fetch('/api/v1/ideas/1').then((answer) => answer.json()).then((idea) => idea.votes === votes), before[0]);
  });

  test('on a phone the board is a list, then an idea', async () => {
    const mia = await come(phone);
    await mia.signIn('mia@studio.example');
    await mia.page.goto(`${here.desk.url}/ideas?sort=value`);
    await mia.page.getByRole('link', { name: title }).waitFor();
    await mia.check(`ideas-board-phone-${database}`);
    await mia.page.getByRole('link', { name: title }).click();
    await mia.page.getByRole('heading', { name: title }).waitFor();
    await mia.check(`ideas-board-open-phone-${database}`);
    await mia.page.getByRole('link', { name: 'All ideas' }).click();
    await mia.page.getByRole('link', { name: 'Done' }).click();
    await mia.page.getByText('No idea is here.').waitFor();
    await mia.leave();
  });

  test('a link that is too old, or cut off, says so', async () => {
    const eve = await come();
    const link = linkIn(await here.sink.mail(0, 'eve@shop.example'));
    await eve.page.goto(link.slice(0, -1));
    await eve.page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await here.ana.page.goto('about:blank');
    await here.desk.advance(30 * 86400);
    await eve.page.goto(link);
    await eve.page.getByRole('heading', { name: 'This link is too old' }).waitFor();
    await eve.check(`ideas-old-link-${database}`);
    eve.complaints = eve.complaints.filter((text) => !/404|410/.test(text));
    await eve.leave();
  });
});
