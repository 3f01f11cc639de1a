import assert from 'node:assert/strict';
import { request } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { composer, row, send, stage } from './stage.mjs';
import { asShown, Visitor } from './visitor.mjs';

const databases = process.env.FIFTEEN_TEST_MARIADB ? ['sqlite', 'mariadb'] : ['sqlite'];
const day = 24 * 3600;

// What a mail scanner does with a link.
const scan = (method, url) => new Promise((resolve, reject) => {
  request(url, { method, headers: { 'user-agent': 'LinkScanner/1.0' } }, (answer) => { answer.resume(); answer.on('end', () => resolve(answer.statusCode)); }).on('error', reject).end();
});
const plain = ({ body }) => body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
const linksOf = (mail) => [...new Set(plain(mail).match(/https?:\/\/[^\s"<>)]+/g) ?? [])];
const questionOf = (mail) => linksOf(mail).find((link) => /\/q\/t\d+\.d\d+\.[0-9a-f]{32}$/.test(link));

// 2 by 1 pixels, one colour.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAADklEQVR4nGNgYGD4D8YAA/8BAIr4Kt0AAAAASUVORK5CYII=', 'base64');

// A question from the form to its rating, by a customer who has no account and, where it is said, no scripts.
for (const database of databases) describe(`the portal, ${database}`, () => {
  const here = stage(`portal-${database}`, { database, isPublic: true });
  const { test } = here;
  const email = 'joe@client.example';
  let folder;
  let question; // the link in the newest mail

  const come = (options = {}) => Visitor.come(here.browser, here.desk, options);
  const scriptless = { javaScriptEnabled: false };
  const phone = { viewport: { width: 390, height: 844 } };
  const ticket = (id) => here.ana.page.evaluate((number) => fetch(`/api/v1/tickets/${number}`).then((answer) => answer.json()), id);
  // The event stream as it comes, byte by byte.
  const follow = (path) => new Promise((resolve, reject) => {
    const heard = { text: '' };
    const stream = request(here.desk.url + path, (answer) => {
      assert.equal(answer.headers['content-type'], 'text/event-stream');
      heard.end = () => stream.destroy();
      answer.setEncoding('utf8');
      answer.on('data', (text) => { heard.text += text; });
      answer.on('error', () => {});
      resolve(heard);
    }).on('error', reject);
    stream.end();
  });
  const expected = (visitor) => { visitor.complaints = []; }; // what the page answered with was an error, as it should
  const scanAll = async (mail) => {
    for (const link of linksOf(mail)) for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) assert.equal(await scan(method, link), 200, link);
  };

  test('a question with a file, without scripts', async () => {
    folder = await mkdtemp(join(tmpdir(), 'fifteen-portal-'));
    await writeFile(join(folder, 'screen shot.png'), png);
    await here.ana.signIn('ana@studio.example');
    const joe = await come(scriptless);
    await joe.page.goto(`${here.desk.url}/help`);
    await here.desk.advance(5);
    await joe.page.getByLabel('Your question').fill('My printer is on fire. What now?');
    await joe.page.getByLabel('Email').fill(email);
    await joe.page.getByLabel('Your name').fill('Joe Doe');
    await joe.page.getByLabel('Files').setInputFiles(join(folder, 'screen shot.png'));
    await joe.page.getByRole('button', { name: 'Send question' }).click();
    await joe.page.getByRole('heading', { name: 'Your question is with us' }).waitFor();
    await joe.leave();
    await row(here.ana, 'My printer is on fire').waitFor();
  });

  test('the acknowledgement carries the link, and scanners change nothing', async () => {
    const mail = await here.sink.mail(0, email);
    question = questionOf(mail);
    assert.ok(question, plain(mail));
    const kept = async () => ({ ...(await ticket(1)), unread: undefined });  // Ana's inbox may show it meanwhile
    const before = await kept();
    await scanAll(mail);
    assert.deepEqual(await kept(), before);
  });

  test('it shows what was said, and files come back', async () => {
    await here.desk.advance(4 * 60);
    const joe = await come();
    await joe.page.goto(question);
    await joe.page.getByText('You wrote 4 min ago.').waitFor();
    await joe.page.getByText('My printer is on fire. What now?').last().waitFor();
    const [file] = await Promise.all([joe.page.waitForEvent('download'), joe.page.getByRole('link', { name: 'screen shot.png' }).click()]);
    assert.deepEqual(await readFile(await file.path()), png);
    await joe.check(`portal-question-${database}`);
    await joe.leave();
    assert.equal(await scan('GET', question.replace(/\/q\/t1\./, '/q/t2.')), 404);
    assert.equal(await scan('GET', `${question}/files/99`), 404);
  });

  test('she writes on, on a phone without scripts', async () => {
    const joe = await come({ ...scriptless, ...phone });
    await joe.page.goto(question);
    await joe.page.getByLabel('Write to us about it').fill('It is getting warmer.');
    await joe.page.getByLabel('Files').setInputFiles([join(folder, 'screen shot.png'), join(folder, 'screen shot.png')]);
    await joe.page.getByRole('button', { name: 'Send', exact: true }).click();
    await joe.page.getByText('It is getting warmer.').waitFor();
    assert.equal(await joe.page.getByRole('link', { name: 'screen shot.png' }).count(), 3);
    await joe.picture(`portal-question-phone-${database}`);
    await joe.leave();
    await row(here.ana, 'It is getting warmer').waitFor();
  });

  test('a note reaches no customer’s page; an answer does, and leaves alone what she types', async () => {
    const { ana } = here;
    const joe = await come();
    let asked = 0;
    joe.page.on('request', (one) => { asked += Number(one.resourceType() === 'fetch'); });
    await joe.page.goto(question);
    const box = joe.page.getByLabel('Write to us about it');
    await box.fill('Also, it smells of');
    const heard = await follow(await joe.page.locator('#talk').getAttribute('data-live'));
    await row(ana, 'It is getting warmer').click();
    await ana.page.keyboard.press('n');
    await composer(ana).fill('He set it on fire HIMSELF.');
    await ana.page.keyboard.press('Control+Enter');
    await ana.page.locator('.message.note').getByText('HIMSELF').waitFor();
    await ana.page.keyboard.press('r');
    await composer(ana).fill('Which *colour* are the flames?');
    await send(ana);
    await here.desk.advance(11);
    await joe.page.locator('.said.ours').getByText('Which colour are the flames?').waitFor();
    await joe.page.getByText('Ana Ferri answered in 4 min').waitFor();
    assert.equal(await box.inputValue(), 'Also, it smells of');
    assert.ok(await box.evaluate((one) => one === document.activeElement), 'she goes on typing');
    assert.equal(asked, 1, 'the note was no news');
    assert.doesNotMatch(await joe.page.content(), /HIMSELF/);
    assert.equal(heard.text.match(/^event: change$/gm)?.length, 1);
    assert.match(heard.text, /^(event: beat\ndata: \{\}\n\n|event: change\nid: [0-9]+\.[0-9]+[oc]\ndata: \{\}\n\n)+$/);
    heard.end();
    await joe.check(`portal-live-${database}`);
    await joe.leave();
    const eve = await come();
    await eve.page.route('**/api/v1/live/public*', (route) => route.abort());
    await eve.page.goto(question);
    await eve.page.getByText('Which colour are the flames?').waitFor();
    await eve.page.getByLabel('Write to us about it').fill('Blue.');
    await eve.page.getByRole('button', { name: 'Send', exact: true }).click();
    await eve.page.getByText('You wrote just now.').waitFor();
    await eve.page.close();
    eve.complaints = eve.complaints.filter((text) => !/ERR_FAILED/.test(text)); // the stream that the test took away
    await eve.leave();
  });

  test('Ana answers and closes; scanners still change nothing', async () => {
    const { ana } = here;
    await ana.page.locator('.message').getByText('Blue.').waitFor();  // what comes while she writes is asked about first
    await here.desk.advance(4 * 60);
    await ana.page.keyboard.press('r');
    await composer(ana).fill('Pour **water** on it.');
    await send(ana, 'Shift+Control+Enter');
    await here.desk.advance(11);
    const mail = await here.sink.mail(2, email);
    question = questionOf(mail);
    const before = await ticket(1);
    assert.equal(before.state, 'closed');
    await scanAll(mail);
    assert.deepEqual(await ticket(1), before);
  });

  test('closed, it asks how the answer was', async () => {
    const joe = await come();
    await joe.page.goto(question);
    await joe.page.getByText('This question is closed').waitFor();
    await joe.page.getByText('Ana Ferri answered in 4 min').waitFor();
    await joe.page.getByText('water', { exact: true }).waitFor();
    await joe.check(`portal-closed-${database}`);
    await joe.page.getByRole('button', { name: 'Wonderful, thank you' }).click();
    await joe.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await joe.page.goto(question);
    await joe.page.getByText('It goes to').waitFor();
    await joe.leave();
  });

  test('a word opens it again, and “This is solved” closes it', async () => {
    const joe = await come(scriptless);
    await joe.page.goto(question);
    await joe.page.getByLabel('Write to us about it').fill('Now it is wet.');
    await joe.page.getByRole('button', { name: 'Send', exact: true }).click();
    await joe.page.getByText('You wrote just now.').waitFor();
    assert.equal((await ticket(1)).state, 'open');
    await joe.page.getByRole('button', { name: 'This is solved' }).click();
    await joe.page.getByText('This question is closed').waitFor();
    await joe.leave();
    assert.equal((await ticket(1)).state, 'closed');
    const waits = await here.ana.page.evaluate(() => fetch('/api/v1/tickets/1/waits').then((answer) => answer.text()));
    assert.match(waits, /self_solved/);
  });

  test('an agent who follows the customer’s link can’t speak for her', async () => {
    const tom = await come();
    await tom.page.goto(question);
    await tom.page.getByLabel('Write to us about it').fill('I am Joe.');
    await tom.enter('tom@studio.example');
    await tom.page.getByRole('button', { name: 'Send', exact: true }).click();
    await tom.page.getByRole('heading', { name: 'This link is the customer’s' }).waitFor();
    expected(tom);
    await tom.page.goto(question);
    await tom.page.getByText('You are signed in as one of the team.').waitFor();
    assert.equal(await tom.page.getByRole('textbox').count(), 0);
    await tom.check(`portal-team-${database}`);
    await tom.page.getByRole('link', { name: 'Open it in the inbox' }).click();
    await tom.page.getByText('My printer is on fire. What now?').first().waitFor();
    await tom.leave();
  });

  test('who is of the team asks as anybody does, and writes on', async () => {
    const tom = await come();
    await tom.enter('tom@studio.example');
    await tom.page.goto(`${here.desk.url}/help/contact`);
    await here.desk.advance(3);
    await tom.page.getByLabel('Your question').fill('Xyzzy, who waters my plants?');
    await tom.page.getByLabel('Email').fill('tom@studio.example');
    await tom.page.getByRole('button', { name: 'Send question' }).click();
    await tom.page.getByRole('heading', { name: 'Your question is with us' }).waitFor();
    await tom.page.goto(questionOf(await here.sink.mail(0, 'tom@studio.example')));
    await tom.page.getByLabel('Write to us about it').fill('They are ferns.');
    await tom.page.getByRole('button', { name: 'Send', exact: true }).click();
    await tom.page.getByText('They are ferns.').waitFor();
    await tom.page.getByRole('button', { name: 'This is solved' }).click();
    await tom.page.getByText('This question is closed').waitFor();
    await tom.leave();
  });

  test('after 90 days a fresh link comes, to the question’s own address alone', async () => {
    await here.desk.advance(92 * day);
    const had = here.sink.count;
    const joe = await come(scriptless);
    const ask = async (address) => {
      await joe.page.goto(question);
      await joe.page.getByRole('heading', { name: 'This link is older than 90 days.' }).waitFor();
      await here.desk.advance(3);
      await joe.page.getByLabel('Email').fill(address);
      await joe.page.getByRole('button', { name: 'Send me a fresh link' }).click();
      await joe.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    };
    await ask('eve@stranger.example');
    await ask(email);
    const mail = await here.sink.mail(had);
    assert.deepEqual(mail.to, [email]);
    await ask(email);
    await here.desk.advance(60);
    assert.equal(here.sink.count, had + 1, 'one an hour, and none to a stranger');
    question = questionOf(mail);
    await joe.page.goto(question);
    await joe.page.getByText('This question is closed').waitFor();
    expected(joe);
    await joe.leave();
  });

  test('“My questions” mails the links of one’s own', async () => {
    await here.desk.advance(2 * 3600);
    const had = here.sink.count;
    const joe = await come();
    for (const address of ['nobody@client.example', email]) {
      await joe.page.goto(`${here.desk.url}/help/questions`);
      await here.desk.advance(3);
      if (address === email) await joe.check(`portal-my-questions-${database}`);
      await joe.page.getByLabel('Email').fill(address);
      await joe.page.getByRole('button', { name: 'Send me the links' }).click();
      await joe.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    }
    const mail = await here.sink.mail(had);
    assert.deepEqual(mail.to, [email]);
    assert.equal(linksOf(mail).filter((link) => link.includes('/q/')).length, 1);
    await scanAll(mail);
    await joe.leave();
  });

  test('what may answer it comes first: a page without scripts, a list with them', async () => {
    const joe = await asShown(() => come(scriptless), async ({ page }) => {
      await page.goto(`${here.desk.url}/help/contact`);
      await page.getByLabel('Your question').fill('Why do I see two charges?');
      await page.getByRole('button', { name: 'Look for an answer first' }).click();
      await page.getByRole('heading', { name: /These may answer it|No article fits/ }).waitFor();
      return page.getByRole('heading', { name: 'These may answer it' }).isVisible();
    });
    await joe.picture(`portal-answers-${database}`);
    await joe.page.getByRole('button', { name: 'This answered it' }).first().click();
    await joe.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await joe.leave();

    const eve = await asShown(come, async ({ page }) => {
      await page.goto(`${here.desk.url}/help/contact`);
      const [answer] = await Promise.all([page.waitForResponse(/suggestions.*charges%3F|suggestions.*charges\?/), page.getByLabel('Your question').pressSequentially('Why do I see two charges?')]);
      return (await answer.json()).items.length > 0;
    });
    const link = eve.page.locator('#likely a').first();
    const [article] = await Promise.all([eve.context.waitForEvent('page'), link.click()]);
    await article.close();
    await eve.check(`portal-likely-${database}`);
    await eve.page.locator('#likely').getByRole('button', { name: 'Yes' }).click();
    await eve.page.getByText('Good. Thank you for telling us.').waitFor();
    await eve.leave();
  });

  test('a file goes along through the page between, without scripts', async () => {
    let address, tries = 0;
    const joe = await asShown(() => come(scriptless), async ({ page }) => {
      address = `file${tries++}@client.example`; // a form mails to an address once an hour
      await page.goto(`${here.desk.url}/help/contact`);
      await here.desk.advance(3);
      await page.getByLabel('Your question').fill('Why do I see two charges here?');
      await page.getByLabel('Email').fill(address);
      await page.getByLabel('Files').setInputFiles(join(folder, 'screen shot.png'));
      await page.getByRole('button', { name: 'Send question' }).click();
      await page.getByRole('heading', { name: /These may answer it|Your question is with us/ }).waitFor();
      return page.getByRole('heading', { name: 'These may answer it' }).isVisible();
    });
    await joe.page.getByText('screen shot.png').waitFor();
    await joe.picture(`portal-answers-file-${database}`);
    await joe.page.getByRole('button', { name: 'Still send' }).click();
    await joe.page.getByRole('heading', { name: 'Your question is with us' }).waitFor();
    await joe.page.goto(questionOf(await here.sink.mail(0, address)));
    await joe.page.getByRole('heading', { name: 'Why do I see two charges here?' }).waitFor();
    const [file] = await Promise.all([joe.page.waitForEvent('download'), joe.page.getByRole('link', { name: 'screen shot.png' }).click()]);
    assert.deepEqual(await readFile(await file.path()), png);
    await joe.leave();
  });

  test('a machine is asked once more, and nothing typed is lost', async () => {
    const eve = await come();
    await eve.page.goto(`${here.desk.url}/help/contact`);
    await eve.page.getByLabel('Your question').fill('Xyzzy plugh?');
    await eve.page.getByLabel('Email').fill('eve@client.example');
    await eve.page.locator('input[name="website"]').evaluate((box) => { box.value = 'https://spam.example'; });
    await eve.page.getByRole('button', { name: 'Send question' }).click();
    await eve.page.getByRole('heading', { name: 'Once more, please' }).waitFor();
    expected(eve);
    assert.equal(await eve.page.getByLabel('Your question').inputValue(), 'Xyzzy plugh?');
    await eve.page.getByRole('button', { name: 'Send question' }).click();
    await eve.page.getByRole('heading', { name: 'Your question is with us' }).waitFor();
    await eve.leave();
  });

  test('five languages, kept by the address', async () => {
    const joe = await come();
    await joe.page.goto(`${here.desk.url}/help`);
    for (const [name, tag, title] of [['Italiano', 'it', 'Le mie domande'], ['Русский', 'ru', 'Мои вопросы'], ['Українська', 'uk', 'Мої запитання'], ['简体中文', 'zh-Hans', '我的问题'], ['English', 'en', 'My questions']]) {
      await joe.page.getByRole('contentinfo').getByRole('link', { name, exact: true }).click();
      await joe.page.getByRole('link', { name: title }).click();
      await joe.page.getByRole('heading', { name: title }).waitFor();
      assert.equal(await joe.page.locator('html').getAttribute('lang'), tag);
      await joe.check(`portal-${tag}-${database}`);
    }
    assert.deepEqual(await joe.context.cookies(), []);
    await joe.leave();
  });

  test('a brand has its own host, name, colour and logo', async () => {
    const { ana } = here;
    const port = new URL(here.desk.url).port;
    await ana.signIn('ana@studio.example'); // her session ended with those three months
    expected(ana);
    await ana.page.goto(`${here.desk.url}/settings/brands`);
    await ana.page.getByRole('button', { name: 'Add brand' }).click();
    await ana.page.getByLabel('Name').fill('Acme Boards');
    await ana.page.getByLabel('Host').fill(`https://acme.localhost`);
    await ana.page.getByRole('textbox', { name: 'Accent colour' }).fill('#fafafa');
    await ana.page.getByText('too pale to be told from the page').waitFor();
    await ana.page.getByRole('button', { name: 'Save' }).click();
    await ana.page.getByText('This is a host as help.acme.example').waitFor();
    expected(ana);
    await ana.check(`settings-brands-wrong-${database}`);
    await ana.page.getByLabel('Host').fill(`acme.localhost:${port}`);
    await ana.page.getByRole('textbox', { name: 'Accent colour' }).fill('#ffb000');
    await ana.page.getByLabel('Your site').fill('https://acme.example/');
    await ana.page.getByRole('button', { name: 'Save' }).click();
    await ana.page.getByText(`acme.localhost:${port}`).waitFor();
    await ana.check(`settings-brands-${database}`);

    const acme = { ...here.desk, url: `http://acme.localhost:${port}` };
    const asked = [];
    const joe = await Visitor.come(here.browser, acme);
    joe.page.on('request', (one) => asked.push(one.url()));
    await joe.page.goto(`${acme.url}/help`);
    await joe.page.getByRole('link', { name: 'Acme Boards' }).waitFor();
    await joe.page.getByRole('link', { name: 'acme.example ↗' }).waitFor();
    assert.equal(await joe.page.getByRole('button', { name: 'Send question' }).evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(255, 176, 0)');
    assert.ok(asked.length <= 4, asked.join(' '));
    await joe.check(`portal-brand-${database}`);

    await ana.page.getByRole('button', { name: 'Edit Acme Boards' }).click();
    await ana.page.getByLabel('Logo', { exact: true }).setInputFiles(join(folder, 'screen shot.png'));
    await ana.page.getByRole('img', { name: 'The logo now' }).waitFor();
    await ana.page.getByRole('button', { name: 'Cancel' }).click();
    await here.desk.advance(2);
    asked.length = 0;
    await joe.page.goto(`${acme.url}/help`);
    await joe.page.getByRole('img', { name: 'Acme Boards' }).waitFor();
    assert.ok(asked.filter((url) => !url.startsWith('data:')).length <= 4, asked.join(' '));
    await joe.check(`portal-logo-${database}`);
    await joe.page.goto(`${here.desk.url}/help`);
    assert.equal(await joe.page.getByRole('link', { name: 'Acme Boards' }).count(), 0);
    expected(joe); // it left its host: the test did
    await joe.leave();
    await rm(folder, { recursive: true });
  });
});
