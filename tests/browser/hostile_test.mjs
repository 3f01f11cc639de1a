import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'node:test';
import { mailbox } from './desk.mjs';
import { mailOf, post } from './post.mjs';
import { stage } from './stage.mjs';

// Mails that want to run scripts or to fetch from outside, through the SMTP door into an agent's browser: list, conversation,
// customer, search. The control puts the same into a page without protection, where they must fire: else this test is blind.
// The published corpus is used where it stands beside the repository, every sixth of the cases that are known to fire in this
// browser (all with FIFTEEN_TEST_ALL).
const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const own = JSON.parse(readFileSync(join(root, 'tests/data/html/hostile.json'), 'utf8'));
const corpus = join(root, '../shared/data/security/xss');

function published() {
  if (!existsSync(corpus)) return [];
  const fires = new Set(JSON.parse(readFileSync(join(corpus, 'live_chromium156.json'), 'utf8')).ids);
  const cases = ['dompurify_expect', 'h5sc', 'patt_lists', 'patt_readme_lines']
    .flatMap((file) => readFileSync(join(corpus, `${file}.jsonl`), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)))
    .filter(({ id }) => fires.has(id));
  return process.env.FIFTEEN_TEST_ALL ? cases : cases.filter((_, index) => index % 6 === 0);
}

const cases = [...own, ...published()];

// Everything that a payload may try in any frame: calls of the alert family are counted, requests to outside are counted and
// refused, so that no test ever reaches a stranger.
async function watched(context, inside) {
  const seen = { scripts: [], requests: [] };
  await context.exposeBinding('fired', (_, what) => { seen.scripts.push(what); });
  await context.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { window.fired?.(name); };
  });
  await context.route(({ protocol, host }) => /^(https?|wss?):$/.test(protocol) && host !== inside, (route) => {
    seen.requests.push(route.request().url());
    return route.abort();
  });
  return seen;
}

async function touch(frame) {
  await frame.evaluate(() => {
    for (const element of document.querySelectorAll('body *')) {
      for (const name of ['mouseover', 'mousedown', 'focus']) element.dispatchEvent(new MouseEvent(name, { bubbles: true }));
      if (!(element instanceof HTMLAnchorElement && element.target === '_blank')) element.click?.();
    }
  }).catch(() => {}); // The control's pages may navigate away under the hand.
}

describe('hostile mail', { concurrency: false, timeout: 600_000 }, () => {
  const here = stage('hostile');

  here.test('the control fires', async () => {
    const context = await here.browser.newContext();
    const seen = await watched(context, 'nobody');
    let scripts = 0, requests = 0;
    for (const { payload } of cases) {
      const page = await context.newPage();
      page.on('dialog', (dialog) => void dialog.dismiss());
      const before = [seen.scripts.length, seen.requests.length];
      await page.setContent(`<!doctype html><body><div>${payload}</div>`, { waitUntil: 'commit' }).catch(() => {});
      await touch(page);
      await page.waitForTimeout(15);
      scripts += Number(seen.scripts.length > before[0]);
      requests += Number(seen.requests.length > before[1]);
      await page.close();
    }
    await context.close();
    const wantsRequest = own.filter(({ remote }) => remote).length;
    assert.ok(scripts >= (cases.length - wantsRequest) * 0.6, `${scripts} of ${cases.length} ran script`);
    assert.ok(requests >= wantsRequest - 2, `${requests} of ${wantsRequest} asked outside`);
  });

  here.test('nothing fires in the inbox', async () => {
    const { ana, desk } = here;
    const said = await post(desk.smtp, cases.map(mailOf), { to: mailbox });
    assert.deepEqual([...new Set(said)], ['250']);
    const seen = await watched(ana.context, new URL(desk.url).host);
    await ana.signIn('ana@studio.example');
    const { page } = ana;
    const rows = page.getByRole('option');
    await page.waitForFunction((n) => document.querySelectorAll('[role=option]').length >= n, Math.min(50, cases.length));
    await page.locator('.rows').evaluate(async (box) => {
      for (let last = -1; last !== box.scrollHeight; await new Promise((done) => setTimeout(done, 400))) { last = box.scrollHeight; box.scrollTop = last; }
      box.scrollTop = 0;
    });
    assert.equal(await rows.count(), cases.length, 'one ticket a mail');

    const read = new Set();
    await rows.first().click();
    for (let n = 0; n < cases.length; n++) {
      const frame = page.frameLocator('.message iframe').first();
      const benign = frame.getByText(/^benign \S+$/);
      await benign.waitFor();
      read.add((await benign.textContent()).split(' ')[1]);
      await touch(page.frames().find((one) => one.parentFrame()) ?? page.mainFrame());
      const title = await page.locator('.talk-title').textContent();
      await page.locator('.messages').focus();
      await page.keyboard.press('j');
      if (n + 1 < cases.length) await page.waitForFunction((before) => document.querySelector('.talk-title')?.textContent !== before, title);
    }
    assert.equal(read.size, cases.length, 'the words around each are still to be read');
    await page.keyboard.press('/');
    await page.keyboard.type('benign');
    await page.locator('.row mark').first().waitFor();
    assert.deepEqual(seen.scripts, []);
    assert.deepEqual(seen.requests, []);
    assert.equal(page.context().pages().length, 1, 'no window was opened');
    ana.complaints = ana.complaints.filter((text) => !/Blocked script execution|Content Security Policy/.test(text)); // said by the browser when it refuses
  });
});
