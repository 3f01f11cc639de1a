import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe } from 'node:test';
import { HoldingProxy, Site } from './site.mjs';
import { composer, row, send } from './stage.mjs';
import { Visitor } from './visitor.mjs';
import { widgetStage } from './widget_stage.mjs';

const databases = process.env.FIFTEEN_TEST_MARIADB ? ['sqlite', 'mariadb'] : ['sqlite'];

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const linkIn = ({ body }) => /https?:\/\/[^\s"<>]+\/help\/ideas\/confirm\/[^\s"<>]+/.exec(body.replaceAll('=\r\n', '').replaceAll('=3D', '='))[0];

// The widget on another site's page against the desk: from a question to the thanks, and ideas.
for (const database of databases) describe(`the widget, ${database}`, { timeout: 300_000 }, () => {
  const here = widgetStage(`widget-${database}`, { database });
  const { api, come, leave, test } = here;
  const fileOf = async (visitor, name) => (await visitor.context.request.get(await visitor.panel.getByRole('link', { name }).getAttribute('href'))).body();

  let joe;
  test('a question is sent, and what is missing is said first', async () => {
    const { ana } = here;
    await ana.signIn('ana@studio.example');
    joe = await come();
    await joe.launcher.click();
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Please write your question.').waitFor();
    await joe.write('My printer is on fire, what now?');
    await joe.panel.getByLabel('Your email').fill('joe');
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Please give the email address').waitFor();
    await joe.check(`widget-wrong-${database}`);
    await joe.panel.getByLabel('Your email').fill('joe@customer.example');
    await joe.panel.locator('input[type=file]').setInputFiles({ name: 'fire.txt', mimeType: 'text/plain', buffer: Buffer.from('smoke') });
    await joe.panel.getByText('fire.txt').waitFor();
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Waiting for our answer').waitFor();
    assert.equal(String(await fileOf(joe, 'fire.txt')), 'smoke');
    await joe.check(`widget-sent-${database}`);
    const ack = await here.sink.mail(0);
    assert.deepEqual(ack.to, ['joe@customer.example']);
    await row(ana, 'My printer is on fire').click();
    await ana.page.locator('.pane').getByText('Asked on').waitFor();
  });

  test('the answer comes in place, by the stream, once it can’t be taken back', async () => {
    const { ana } = here;
    await composer(ana).fill('Put it **out**, Joe.');
    await send(ana);
    assert.equal(await joe.panel.locator('.talk .agent').count(), 0);
    await here.desk.advance(11);
    await joe.panel.locator('.talk .agent strong', { hasText: 'out' }).waitFor();
    assert.ok(joe.asked.includes('GET /api/v1/live/public'));
    await joe.check(`widget-answered-${database}`);
  });

  test('while it is closed the launcher tells of answers', async () => {
    const { ana } = here;
    await joe.panel.getByRole('button', { name: 'Close' }).click();
    await composer(ana).fill('Is it out?');
    await send(ana);
    await here.desk.advance(11);
    await joe.page.getByRole('button', { name: 'Help, new answers: 1' }).waitFor();
    await joe.picture(`widget-unread-${database}`);
    await joe.page.reload();
    await joe.page.getByRole('button', { name: 'Help, new answers: 1' }).waitFor();
    await joe.launcher.click();
    await joe.panel.getByRole('button', { name: 'Your questions' }).click();
    await joe.panel.getByRole('button', { name: /My printer is on fire/ }).click();
    await joe.panel.getByText('Is it out?').waitFor();
  });

  test('a word back, solved, and thanks', async () => {
    const { ana } = here;
    await joe.panel.getByLabel('Write back').fill('It is out. Thank you');
    await joe.page.keyboard.press('Control+Enter');
    await joe.panel.locator('.talk .own', { hasText: 'It is out' }).waitFor();
    await ana.page.locator('.message', { hasText: 'It is out. Thank you' }).waitFor();
    await joe.panel.getByRole('button', { name: 'This is solved' }).click();
    await joe.panel.getByText('Solved', { exact: true }).waitFor();
    await joe.panel.getByRole('button', { name: 'Wonderful, thank you' }).click();
    await joe.panel.getByRole('button', { name: 'Wonderful, thank you', pressed: true }).waitFor();
    await ana.page.locator('.rated').getByText('The customer says thank you').waitFor();
    await joe.check(`widget-solved-${database}`);
    await leave(joe);
  });

  test('a picture that is pasted goes along; copied words stay words', async () => {
    joe = await come({ permissions: ['clipboard-read', 'clipboard-write'] });
    await joe.launcher.click();
    const copy = (types) => joe.page.evaluate((parts) => navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts.map(([type, base64]) =>
      [type, new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type })])))]), types);
    await joe.write('It looks like this:');
    await copy([['image/png', pixel], ['text/plain', Buffer.from(' a dot').toString('base64')]]);
    await joe.page.keyboard.press('Control+V');
    assert.equal(await joe.panel.getByLabel('Your question', { exact: true }).inputValue(), 'It looks like this: a dot');
    assert.equal(await joe.panel.locator('.files li').count(), 0);
    await copy([['image/png', pixel]]);
    await joe.page.keyboard.press('Control+V');
    await joe.panel.locator('.files').getByText('image.png').waitFor();
    await joe.picture(`widget-pasted-${database}`);
    await joe.panel.getByLabel('Your email').fill('joe@customer.example');
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    assert.equal(String((await fileOf(joe, 'image.png')).subarray(1, 4)), 'PNG');
    await leave(joe);
  });

  test('where a proxy holds back or refuses the stream, the panel asks', async () => {
    const proxy = await HoldingProxy.start(here.desk);
    const behind = await Site.start(proxy);
    const { key } = await api('POST', '/widget-keys', { name: 'Behind', origins: [behind.url] });
    joe = await come({ of: behind, via: proxy, key });
    await joe.page.clock.install();
    await joe.launcher.click();
    await joe.write('Does it come through the proxy?');
    await joe.panel.getByLabel('Your email').fill('jim@customer.example');
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Waiting for our answer').waitFor();
    const { items } = await api('GET', '/tickets?limit=50');
    const { id } = items.find(({ subject }) => subject.startsWith('Does it come'));
    const reads = () => joe.asked.filter((one) => one.startsWith('GET /api/v1/widget/questions/')).length;
    const answer = (text) => api('POST', `/tickets/${id}/messages`, { kind: 'reply', text });
    const see = (text) => joe.panel.locator('.talk .agent', { hasText: text }).waitFor();
    const until = async (claim) => {
      for (const end = Date.now() + 20_000; !claim(); await new Promise((later) => setTimeout(later, 20))) assert.ok(Date.now() < end, String(claim));
    };

    await until(() => proxy.held === 1);
    await answer('Held back.');
    const before = reads();
    await joe.page.clock.fastForward(8_000);
    assert.equal(reads(), before, 'the control: the stream brought nothing, and it is too soon to ask');
    await joe.page.clock.fastForward(3_000);
    await see('Held back.');

    proxy.way = 'refuse';
    await joe.page.clock.fastForward(40_000);
    await until(() => proxy.refused === 1);
    await answer('Refused.');
    await joe.page.clock.fastForward(40_000);
    await see('Refused.');

    proxy.way = 'pass';
    await joe.page.clock.fastForward(40_000);
    await until(() => proxy.passed === 1);
    await answer('Passed on.');
    await see('Passed on.');
    await leave(joe, /live\/public|ERR_FAILED|127\.0\.0\.1/);
    await behind.stop();
    await proxy.stop();
  });

  test('offline nothing is lost, and it is sent once', async () => {
    joe = await come();
    await joe.launcher.click();
    await joe.write('Is anybody there when the line is not?');
    await joe.panel.getByLabel('Your email').fill('joe@customer.example');
    await joe.context.setOffline(true);
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Not sent. What you wrote is kept.').waitFor();
    assert.equal(await joe.panel.getByLabel('Your question', { exact: true }).inputValue(), 'Is anybody there when the line is not?');
    await joe.picture(`widget-offline-${database}`);
    await joe.context.setOffline(false);
    await joe.panel.getByRole('button', { name: 'Try again' }).click();
    await joe.panel.getByText('Waiting for our answer').waitFor();
    const { items } = await api('GET', '/tickets?limit=50');
    assert.equal(items.filter(({ subject }) => subject.startsWith('Is anybody there')).length, 1);
    await leave(joe, /ERR_INTERNET_DISCONNECTED/);
  });

  test('a site that the key is not for is refused, and told why', async () => {
    joe = await come({ of: here.elsewhere });
    await joe.launcher.click();
    await joe.page.getByText('Help can’t be reached just now.').waitFor();
    const why = joe.complaints.find((text) => text.includes('This widget key is not for'));
    assert.ok(why?.includes(`${here.elsewhere.url}. Add the address under Settings, Widget.`), joe.complaints.join('\n'));
    await leave(joe, /403|Fifteen:|127\.0\.0\.1/);
  });

  test('who is signed for sees her questions and is verified; who forges is neither', async () => {
    const { ana } = here;
    const sign = (id) => createHmac('sha256', here.secret).update(id).digest('hex');
    const person = { id: 'u42', email: 'una@customer.example', name: 'Una', plan: 'pro', company: { id: 'c7', name: 'Rossi' } };
    const ask = async (signature, text) => {
      const una = await come();
      await una.say('identify', { ...person, signature });
      if (signature === sign('u42')) await una.say('track', 'report.exported', { rows: 40 });
      await una.launcher.click();
      await una.panel.getByText('The answer goes to una@customer.example').waitFor();
      await una.write(text);
      await una.panel.getByRole('button', { name: 'Send' }).click();
      await una.panel.getByText('Waiting for our answer').waitFor();
      return una;
    };
    const forged = await ask(sign('u43'), 'I am not Una');
    await row(ana, 'I am not Una').click();
    await ana.page.locator('.pane').getByText('Not verified').waitFor();
    await leave(forged);
    const una = await ask(sign('u42'), 'I am Una');
    await una.page.waitForResponse((reply) => reply.url().endsWith('/widget/events') && reply.status() === 204);
    await leave(una);
    await row(ana, 'I am Una').click();
    await ana.page.locator('.pane').getByText('Signed for by the site').waitFor();
    await ana.page.locator('.pane').getByText('Rossi').waitFor();
    await ana.page.locator('.pane').getByText('pro', { exact: true }).waitFor();
    await ana.page.locator('.pane').getByText('report.exported').waitFor();
    await ana.check(`widget-asker-${database}`);

    const list = async (signature) => {
      const fresh = await come();
      await fresh.say('identify', { ...person, signature });
      await fresh.launcher.click();
      await fresh.panel.getByRole('button', { name: 'Your questions' }).click();
      await fresh.panel.locator('.list, .hint').first().waitFor();
      const subjects = await fresh.panel.locator('.list .entry > span').allTextContents();
      await leave(fresh);
      return subjects;
    };
    assert.deepEqual(await list(sign('u42')), ['I am Una'], 'another browser of hers');
    assert.deepEqual(await list('0'.repeat(64)), []);
  });

  test('ideas are looked through, voted for and posted, each by a mailed link', async () => {
    const invoices = await api('POST', '/ideas', { title: 'Export all invoices as one CSV', locale: 'en' });
    await api('POST', '/ideas', { title: 'A dark theme for the board', locale: 'en' });
    const done = await api('POST', '/ideas', { title: 'Sign in with a passkey', locale: 'en' });
    await api('PUT', `/ideas/${invoices.id}/state`, { state: 'planned', reason: 'We begin in *March*.', tell: false });
    await api('PUT', `/ideas/${done.id}/state`, { state: 'done', tell: false });
    const votes = async () => (await api('GET', `/ideas/${invoices.id}`)).votes;
    const press = async (address) => {
      const voter = await Visitor.come(here.browser, here.desk);
      const link = linkIn(await here.sink.mail(0, address));
      await fetch(link); // as mail scanners do
      const uncounted = await votes();
      await voter.page.goto(link);
      await voter.page.getByRole('button', { name: 'Yes, count it' }).click();
      await voter.page.getByRole('heading', { name: 'Your votes count' }).waitFor();
      await voter.leave();
      return uncounted;
    };
    const eva = await come();
    const search = eva.panel.getByLabel('What would you like to have?');
    const found = eva.panel.locator('.idea');
    // The index follows within a second.
    const look = async (text, count) => {
      for (let tries = 0; (await found.count()) !== count; tries++) {
        assert.ok(tries < 50, `${await found.count()} ideas for ${text}`);
        const asked = eva.page.waitForResponse((reply) => reply.url().includes('/widget/ideas?'));
        await search.fill(tries % 2 ? text : `${text} `);
        await (await asked).finished();
        for (let looks = 0; looks < 20 && (await found.count()) !== count; looks++) await eva.settle();
        await here.desk.advance(1); // as often as a typist may ask, by the desk's own clock
      }
    };
    await eva.say('idea', { text: 'invoices as csv' });
    await look('invoices as csv', 1);
    await found.getByText('Planned · We begin in March.').waitFor();
    await look('', 3);
    assert.equal(await found.filter({ hasText: 'passkey' }).getByRole('button').isDisabled(), true, 'what is done needs no vote');
    await eva.check(`widget-ideas-${database}`);
    const vote = found.filter({ hasText: 'invoices' }).getByRole('button');
    await vote.click();
    await eva.panel.getByText('Please give the email address').waitFor();
    await eva.panel.getByLabel('Your email').fill('eva@customer.example');
    await vote.click();
    await eva.panel.getByText('Press the link that we have sent to eva@customer.example').waitFor();
    await eva.check(`widget-ideas-voted-${database}`);
    assert.equal(await press('eva@customer.example'), 0, 'before she pressed');
    assert.equal(await votes(), 1);
    await look('one csv', 1);
    await eva.panel.getByRole('button', { name: '1 Vote for “Export all invoices as one CSV”' }).waitFor();

    await look('Keyboard shortcuts', 0);
    await eva.panel.getByLabel('Your email').fill('pia@customer.example');
    await eva.panel.getByRole('button', { name: 'Post it as a new idea' }).click();
    await eva.panel.getByText('sent to pia@customer.example').waitFor();
    await press('pia@customer.example');
    await look('shortcuts', 1);
    await found.getByRole('link', { name: 'Keyboard shortcuts' }).waitFor();
    await leave(eva);
  });
});
