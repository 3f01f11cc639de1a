import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, send, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// Every page and state that a person may see: no violation of axe's rules in either theme (Visitor.check), nothing that
// scrolls sideways down to 320 px, texts that may grow by 40 %, and the sentences that the states promise.
describe('states', { concurrency: false, timeout: 300_000 }, () => {
  const here = stage('states');
  const { test } = here;
  const press = (...keys) => keys.reduce((before, key) => before.then(() => here.ana.page.keyboard.press(key)), Promise.resolve());
  const dialog = (name) => here.ana.page.getByRole('dialog', { name });
  const seen = async (name, key, opened) => {
    await press(key);
    await dialog(opened).waitFor();
    await here.ana.check(name);
    await press('Escape');
    await dialog(opened).waitFor({ state: 'detached' });
  };
  const command = async (words, opened) => {
    await press('Control+k');
    await dialog('Commands').waitFor();
    await here.ana.page.keyboard.type(words);
    await press('Enter');
    await dialog(opened).waitFor();
  };
  let stream = null;
  let cut = false;
  let held = null;

  test('signing in, and what may go wrong', async () => {
    const { ana, desk } = here;
    const { page } = ana;
    await page.routeWebSocket(/\/api\/v1\/live/, async (socket) => {
      await held;
      if (cut) { socket.close(); return; }
      stream = socket;
      socket.connectToServer();
    });
    await page.goto(`${desk.url}/signin`);
    await page.getByLabel('Email').fill('ana@studio.example');
    await page.getByLabel('Password').fill('not my password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Email and password do not fit together.').waitFor();
    await ana.check('signin-refused');
    ana.complaints = ana.complaints.filter((text) => !/401/.test(text));
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('button', { name: 'Send me a link' }).waitFor();
    await ana.check('forgot');
    await page.goto(`${desk.url}/reset/nosuchtoken`);
    await page.getByText('This link has ended').waitFor();
    await ana.check('dead-link');
    ana.complaints = ana.complaints.filter((text) => !/404|410/.test(text));
  });

  test('a first run ticks itself off; reports without data say so', async () => {
    const { ana, desk } = here;
    await ana.signIn('ana@studio.example');
    await ana.page.getByText('No tickets yet. To begin:').waitFor();
    await ana.page.locator('.first-steps .done').nth(1).waitFor();
    await ana.check('first-run');
    await ana.page.goto(`${desk.url}/reports`);
    await ana.page.getByText('No first replies in this period.').first().waitFor();
    await ana.check('reports-empty');
  });

  test('a conversation with a mail, its pictures and its menu', async () => {
    const { ana, desk } = here;
    await desk.mail({ from: 'giulia@rossi.example', subject: 'Two charges', html: '<p>I see <b>two charges</b>.</p><img src="https://pictures.invalid/p.gif">' });
    await desk.mail({ from: 'joe@example.net', subject: 'Export is blank', body: 'The page stays blank.' });
    await ana.page.goto(`${desk.url}/`);
    await row(ana, 'Two charges').click();
    await ana.page.getByText('1 picture from outside is not shown.').waitFor();
    await ana.check('pictures');
    await ana.page.context().route('https://pictures.invalid/**', (route) => route.fulfill({ contentType: 'image/gif', body: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64') }));
    await ana.page.getByRole('button', { name: 'Show pictures from this sender' }).click();
    await ana.page.frameLocator('.message iframe').locator('[data-withheld-pictures="0"] img').evaluate((picture) => picture.decode());
    assert.deepEqual(ana.complaints, ['left the desk: https://pictures.invalid/p.gif'], 'only now, and only the picture');
    ana.complaints = [];
    await ana.page.getByText('1 picture from outside is not shown.').waitFor({ state: 'detached' });
    await ana.page.getByRole('button', { name: 'Hide pictures from this sender' }).click();
    await ana.page.getByText('1 picture from outside is not shown.').waitFor();
    await ana.page.getByRole('button', { name: 'More' }).click();
    await ana.page.getByRole('menu').waitFor();
    await ana.check('menu');
    await press('Escape');
  });

  test('what opens over the page', async () => {
    await seen('palette', 'Control+k', 'Commands');
    await seen('keys', 'Shift+?', 'Keys');
    await seen('new-ticket', 'c', 'New ticket');
    await seen('assign', 'a', 'Assign to');
    await command('tags', 'Tags');
    await here.ana.page.keyboard.type('billing');
    await here.ana.check('tags');
    await press('Enter');
    await here.ana.page.getByText('Ana Ferri added billing.').waitFor();
  });

  test('the composer: reply, note, preview, offers', async () => {
    const { ana } = here;
    await press('r');
    await ana.page.keyboard.type('See [[');
    await ana.page.getByRole('listbox', { name: 'Saved replies and articles' }).waitFor();
    await ana.check('offers');
    await press('Escape', 'Escape', 'n');
    await composer(ana).fill('Ask about **this**.');
    await press('Escape', 'p');
    await ana.page.getByRole('region', { name: 'Preview' }).waitFor();
    await ana.check('note');
    await press('p', 'n', 'Control+Enter');
    await ana.page.locator('.message.note').waitFor();
  });

  test('an attached file goes along', async () => {
    const { ana } = here;
    await press('r');
    await ana.page.locator('.composer input[type=file]').setInputFiles({ name: 'price list.txt', mimeType: 'text/plain', buffer: Buffer.from('one, two') });
    await ana.page.locator('.composer .file.done').getByText('8 byte').waitFor();
    await ana.page.keyboard.type('Our prices.');
    await send(ana);
    await ana.page.locator('.message.ours').getByRole('link', { name: /price list\.txt/ }).waitFor();
    await ana.page.getByText(/^(Goes out in|Waiting to go out)/).waitFor(); // the page's clock runs on, the desk's does not
    await here.desk.advance(11);
    assert.match((await here.sink.mail(2)).raw, /price list\.txt/);
    await ana.page.locator('.message.ours .delivery').getByText('Sent').waitFor();
    await ana.check('sent');
  });

  test('a colleague reads, replies and is faster', async () => {
    const { ana, desk, browser } = here;
    await row(ana, 'Export').click();
    const tom = await Visitor.come(browser, desk);
    await tom.signIn('tom@studio.example');
    await row(tom, 'Export').click();
    await tom.page.getByRole('textbox', { name: 'Reply' }).fill('On it.');
    await ana.page.getByText('Tom Becker is replying').waitFor();
    await composer(ana).fill('I also write.');
    await ana.check('presence');
    await tom.page.keyboard.press('Control+Enter');
    await ana.page.getByText(/^Tom Becker answered/).waitFor();
    await ana.check('conflict');
    await composer(ana).focus();
    await press('Control+Enter');
    await ana.page.getByText('Press Send again to send yours too.').waitFor();
    assert.equal(await composer(ana).inputValue(), 'I also write.', 'asked once, and kept');
    await ana.page.locator('.bar').getByRole('button', { name: 'Show' }).click();
    await ana.page.locator('.message.ours').getByText('On it.').waitFor();
    await composer(ana).fill('');
    await tom.leave();
  });

  test('a reply that could not be sent stays, with its text', async () => {
    const { ana } = here;
    await ana.page.route('**/api/v1/tickets/*/messages', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
    await composer(ana).fill('Is it better now?');
    await press('Control+Enter');
    await ana.page.getByText('Not sent.').waitFor();
    await ana.check('send-failed');
    await ana.page.unroute('**/api/v1/tickets/*/messages');
    await ana.page.locator('.message.failed').getByRole('button', { name: 'Try again' }).click();
    await ana.page.locator('.message.failed').waitFor({ state: 'detached' });
    await ana.page.locator('.message.ours').filter({ hasText: 'Is it better' }).getByText(/^(Goes out in|Waiting to go out)/).waitFor();
    ana.complaints = ana.complaints.filter((text) => !/ERR_FAILED/.test(text));
  });

  test('a lost stream says so in one line, and mends', async () => {
    const { ana, desk } = here;
    cut = true;
    stream.close();
    await ana.page.getByText(/^Connection lost\. Trying again/).waitFor();
    await ana.check('offline');
    await desk.mail({ from: 'olena@koval.example', subject: 'Written meanwhile', body: 'Hello.' });
    cut = false;
    await ana.page.evaluate(() => document.querySelector('.stream-line button')?.click()); // unless it came back by itself first
    await row(ana, 'Written meanwhile').waitFor();
    await ana.page.getByText(/^Connection lost/).waitFor({ state: 'detached' });
    ana.complaints = ana.complaints.filter((text) => !/WebSocket/.test(text));
  });

  test('what comes between a page and its stream is shown', async () => {
    const { ana, desk } = here;
    let release;
    held = new Promise((resolve) => { release = resolve; });
    await ana.page.goto(`${desk.url}/`);
    await row(ana, 'Written meanwhile').waitFor();
    await desk.mail({ from: 'wang@example.cn', subject: 'Between the two', body: 'Hello.' });
    release();
    await row(ana, 'Between the two').waitFor();
    await row(ana, 'Between the two').click();
    await press('e');
    await row(ana, 'Between the two').waitFor({ state: 'detached' });
  });

  test('two tickets become one, and one becomes two', async () => {
    const { ana } = here;
    await row(ana, 'Written meanwhile').click();
    await command('merge', /^Merge #/);
    await ana.page.keyboard.type('#2');
    await dialog(/^Merge #/).getByRole('option', { name: /^#2 Export is blank/ }).waitFor();
    await ana.check('merge');
    await press('Enter');
    await ana.page.getByText(/merged #3 into this\.$/).waitFor();
    await row(ana, 'Written meanwhile').waitFor({ state: 'detached' });
    await ana.check('merged');
    await ana.page.locator('.toast').getByText('#3 is now read with #2.').waitFor();
    await press('z');
    await ana.page.locator('.talk-title').filter({ hasText: 'Written meanwhile' }).waitFor();
    await row(ana, 'Export').click();
    await ana.page.locator('.message').getByText('Hello.').waitFor({ state: 'detached' });
    await command('move mess', 'Move messages to a new ticket');
    await ana.page.getByRole('checkbox').first().check();
    await ana.check('split');
    await ana.page.getByRole('button', { name: 'Move', exact: true }).click();
    await ana.page.getByText(/took this out of #2\.$/).waitFor();
    await press('z');
    await ana.page.getByText(/merged #5 into this\.$/).waitFor();
  });

  test('search, several chosen, closed', async () => {
    const { ana } = here;
    await press('Escape', 'Home', 'x', 'j', 'x');
    await ana.page.getByText('2 selected').waitFor();
    await ana.check('several');
    await press('Escape', '/');
    await ana.page.keyboard.type('charges');
    await row(ana, 'Two charges').locator('mark').first().waitFor();
    await ana.check('search');
    await ana.page.keyboard.type(' nothinglikethis');
    await ana.page.getByText(/^Nothing found for/).waitFor();
    await ana.check('search-none');
    await press('Escape', 'Home', 'e', 'g', 'c');
    await ana.page.getByRole('heading', { level: 1, name: 'Closed' }).waitFor();
    await ana.page.getByRole('option').first().waitFor();
    await ana.check('closed');
  });

  test('settings and reports', async () => {
    const { ana, desk, sink } = here;
    for (const page of ['you', 'saved-replies', 'people', 'mailboxes', 'outgoing', 'incoming']) {
      await ana.page.goto(`${desk.url}/settings/${page}`);
      await ana.page.locator('.settings-page h2').waitFor();
      await ana.check(`settings-${page}`);
    }
    const invitations = sink.count;
    await ana.page.goto(`${desk.url}/settings/people`);
    await ana.page.getByRole('button', { name: 'Invite' }).click();
    await ana.page.getByRole('textbox', { name: 'Email' }).fill('zoe@studio.example');
    await ana.page.getByRole('textbox', { name: 'Name' }).fill('Zoe Hart');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    await ana.page.getByText('on its way by mail to zoe@studio.example').waitFor();
    const before = await ana.page.getByLabel('Invitation link').inputValue();
    await ana.check('invited');
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('listitem').filter({ hasText: 'Zoe Hart' }).getByRole('button', { name: 'Invite again' }).click();
    const link = await ana.page.getByLabel('Invitation link').inputValue();
    assert.notEqual(link, before);
    const mail = await sink.mail(invitations + 1);
    assert.deepEqual(mail.to, ['zoe@studio.example']);
    assert.equal(mail.headers.subject, 'Your invitation to Studio Help');
    assert.ok(mail.body.replaceAll('=\r\n', '').includes(link), mail.body);
    const zoe = await Visitor.come(here.browser, desk);
    await zoe.page.goto(link);
    await zoe.page.getByText('Welcome, Zoe Hart').waitFor();
    await zoe.check('welcome');
    await zoe.leave();
    await ana.page.goto(`${desk.url}/reports`);
    await ana.page.locator('.charts').waitFor();
    await ana.check('reports');
    const asTable = ana.page.getByRole('button', { name: 'Show as table' });
    while (await asTable.count()) await asTable.first().click();
    await ana.check('reports-tables');
  });

  test('the customers’ pages', async () => {
    const { browser, desk } = here;
    const joe = await Visitor.come(browser, desk);
    for (const [path, name] of [['/help', 'help'], ['/help?q=invoice', 'help-search'], ['/help/contact', 'contact'], ['/help/sent', 'thanks']]) {
      await joe.page.goto(desk.url + path);
      await joe.check(`portal-${name}`);
    }
    await joe.page.goto(`${desk.url}/help`);
    await joe.page.locator('.rows a').first().click();
    await joe.page.getByRole('heading', { level: 1 }).waitFor();
    await joe.check('portal-article');
    await joe.page.goto(`${desk.url}/help/there-is-no-such-article`);
    await joe.check('portal-missing');
    assert.ok(joe.complaints.every((text) => /404/.test(text)), joe.complaints.join());
    joe.complaints = [];
    await joe.leave();
  });

  test('narrow screens, 200 % zoom and longer words scroll in no wrong direction', async () => {
    const { browser, desk } = here;
    const pages = ['/', '/?t=1', '/t/2', '/reports', '/settings/people', '/settings/incoming', '/help', '/help/contact'];
    const sideways = ({ page }) => page.evaluate(() => Math.max(...[document.documentElement, ...document.querySelectorAll('main, .view, .talk, .list, .messages')].map((box) => box.scrollWidth - box.clientWidth)));
    for (const [width, height, locale] of [[320, 640, 'en-GB'], [390, 844, 'uk-UA'], [720, 450, 'it-IT'], [768, 1024, 'ru-RU']]) {
      const visitor = await Visitor.come(browser, desk, { viewport: { width, height }, locale });
      // The real texts, each four tenths longer.
      await visitor.page.route(/\/assets\/(it|ru|uk)-[^?]*$/, (route) => route.fulfill({
        contentType: 'text/javascript',
        body: `import texts from ${JSON.stringify(`${new URL(route.request().url()).pathname}?as-it-is`)};
          const longer = (text) => typeof text === 'string' ? text + ' mmm'.repeat(Math.ceil(text.length * 0.1)) : Object.fromEntries(Object.entries(text).map(([form, one]) => [form, longer(one)]));
          export default longer(texts);`,
      }));
      await visitor.enter('tom@studio.example');
      for (const path of pages) {
        await visitor.page.goto(desk.url + path);
        await visitor.page.locator('main, .list').first().waitFor();
        await visitor.settle();
        if (locale !== 'en-GB' && !path.startsWith('/help')) await visitor.page.getByText(/mmm/).first().waitFor({ state: 'attached' });
        assert.ok(await sideways(visitor) <= 0, `${path} at ${width} px in ${locale} scrolls sideways by ${await sideways(visitor)} px`);
        if (path === '/' || path === '/t/2') await visitor.picture(`narrow-${width}${path === '/' ? '' : '-talk'}`);
      }
      await visitor.leave();
    }
  });
});
