import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// Keys that are faster than the files which hold what they do: none is lost while the file is on its way, and one that can't come
// (no connection, a newer program on the server) is said.
describe('late files', { concurrency: false, timeout: 120_000 }, () => {
  const here = stage('late');
  const { test } = here;
  const late = /\/(rest|dialogs)-\w+\.js$/;
  const part = 'This part of the page could not be loaded.';

  // Tom with the inbox drawn and the late files answered by `answer`.
  async function come(answer) {
    const tom = await Visitor.come(here.browser, here.desk);
    await tom.enter('tom@studio.example');
    await tom.page.route(late, answer);
    await tom.page.goto(here.desk.url);
    await tom.page.locator('.talk-title').filter({ hasText: 'Alpha' }).waitFor();
    return tom;
  }

  // Files are held until `release`.
  async function comeHeld() {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const tom = await come(async (route) => { await held; await route.continue(); });
    return { tom, release };
  }

  // What this browser complains of is about the late files alone.
  async function leave(tom) {
    assert.deepEqual(tom.complaints.filter((text) => !late.test(text) && !text.startsWith('console: Failed to load resource')), []);
    tom.complaints.length = 0;
    await tom.leave();
  }

  test('a queue of two', async () => {
    for (const subject of ['Alpha invoice', 'Beta export']) {
      await here.desk.mail({ from: 'giulia@rossi.example', subject, body: `About ${subject}.` });
      await here.desk.advance(60);
    }
    await here.ana.signIn('ana@studio.example');
    await row(here.ana, 'Beta').waitFor();
  });

  test('n and r write at once, without the late files', async () => {
    const { tom, release } = await comeHeld();
    await tom.page.keyboard.press('n');
    await tom.page.keyboard.type('Seen.');
    assert.equal(await composer(tom).inputValue(), 'Seen.');
    await tom.page.keyboard.press('Escape');
    await tom.page.keyboard.press('r');
    await tom.page.keyboard.type(' Hello');
    assert.equal(await composer(tom).inputValue(), 'Seen. Hello');
    await tom.page.keyboard.press('Control+a');
    await tom.page.keyboard.press('Delete');
    release();
    await tom.leave();
  });

  for (const [keys, opens] of [['c', 'New ticket'], ['Control+k', 'Commands'], ['a', 'Assign to']]) {
    test(`${keys} opens its dialog when the file has come`, async () => {
      const { tom, release } = await comeHeld();
      await tom.page.keyboard.press(keys);
      assert.equal(await tom.page.getByRole('dialog').count(), 0);
      release();
      await tom.page.getByRole('dialog', { name: opens }).waitFor();
      await tom.leave();
    });
  }

  test('what is typed ahead of the palette is in it when it comes, Enter too', async () => {
    const { tom, release } = await comeHeld();
    await composer(tom).focus();
    await tom.page.keyboard.press('Control+k');
    await tom.page.keyboard.type('use dark th');
    await tom.page.keyboard.press('Enter');
    release();
    await tom.page.locator('html[data-theme=dark]').waitFor();
    assert.equal(await composer(tom).inputValue(), '');
    await tom.leave();
  });

  test('a file that cannot come is said, in the inbox and over it; the next key tries again', async () => {
    const tom = await come((route) => route.abort('internetdisconnected'));
    for (const keys of ['c', 'Control+k', 'e']) {
      await tom.page.keyboard.press(keys);
      await tom.page.locator('.toast.wrong').getByText(part).first().waitFor();
      await tom.page.getByRole('button', { name: 'Dismiss' }).first().click();
    }
    await row(tom, 'Alpha').waitFor(); // nothing was closed
    await tom.page.unroute(late);
    await tom.page.keyboard.press('c');
    await tom.page.getByRole('dialog', { name: 'New ticket' }).waitFor();
    await leave(tom);
  });

  test('after a new release the old files are gone: said, and mended by loading the page again', async () => {
    const tom = await come((route) => route.fulfill({ status: 404, contentType: 'application/json', body: '{}' }));
    await tom.page.keyboard.press('r');
    await tom.page.keyboard.type('Half a word');
    await tom.page.keyboard.press('Control+Enter');
    await tom.page.locator('.toast.wrong').getByText(part).first().waitFor();
    assert.equal(await composer(tom).inputValue(), 'Half a word');
    await tom.page.unroute(late);
    await tom.page.reload();
    await composer(tom).waitFor();
    assert.equal(await composer(tom).inputValue(), 'Half a word');
    await leave(tom);
  });

  test('a mail that came before the inbox was there, or while another page was shown, is in its list', async () => {
    const tom = await Visitor.come(here.browser, here.desk);
    await tom.enter('tom@studio.example');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await tom.page.route(/\/inbox-\w+\.js$/, async (route) => { await held; await route.continue(); });
    const told = (subject) => new Promise((resolve) => {
      tom.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => { if (payload.includes(subject)) resolve(); }));
    });
    const early = told('Gamma login');
    const away = told('Delta seats');
    await tom.page.goto(here.desk.url);
    await here.desk.mail({ from: 'giulia@rossi.example', subject: 'Gamma login', body: 'I am locked out.' });
    await early;
    release();
    await row(tom, 'Gamma').waitFor();
    await tom.page.getByRole('link', { name: 'Settings' }).click();
    await tom.page.getByRole('heading', { name: 'Settings' }).first().waitFor();
    await here.desk.mail({ from: 'giulia@rossi.example', subject: 'Delta seats', body: 'Five more, please.' });
    await away;
    await tom.page.goBack();
    await row(tom, 'Delta').waitFor();
    await tom.leave();
  });

  test('an answer and a closing, pressed early, go out in that order', async () => {
    const { tom, release } = await comeHeld();
    await tom.page.keyboard.press('r');
    await tom.page.keyboard.type('Paid back.');
    await tom.page.keyboard.press('Control+Enter');
    await tom.page.keyboard.press('Escape');
    await tom.page.keyboard.press('e');
    const closed = tom.page.waitForResponse((reply) => reply.url().endsWith('/closure') && reply.ok());
    release();
    await closed;
    await tom.page.goto(`${here.desk.url}/inbox/closed`);
    await row(tom, 'Alpha').click();
    await tom.page.locator('.message.ours').getByText('Paid back.').waitFor();
    await tom.leave();
  });
});
