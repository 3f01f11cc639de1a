import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { row, stage } from './stage.mjs';
import { asShown, Visitor } from './visitor.mjs';

// What a first visit weighs and how often it asks, on the wire as the released program serves it, data included; what comes once
// the page is drawn is told apart. That nothing jumps while it loads; and how many suggestions are asked for while somebody types. The files' own sizes are held by web/budgets.mjs.
describe('weight', { concurrency: false, timeout: 120_000 }, () => {
  const here = stage('weight');
  const { test } = here;

  // A cold visit: files and pages apart from data, bytes as they came over the wire, and the page's layout shifts.
  async function visit(path, who, drawn) {
    const visitor = await Visitor.come(here.browser, here.desk);
    if (who) await visitor.enter(who);
    const files = [], data = [], later = [], bytes = { first: 0, later: 0 };
    visitor.page.on('requestfinished', async (request) => {
      const { pathname } = new URL(request.url());
      const whenDrawn = /\/(deflection|dialogs|more|people_needed|rest|text_edits|thanks)-/.test(pathname);
      (whenDrawn ? later : /^\/api\/v1\/(?!messages\/\d+\/body)/.test(pathname) ? data : files).push(pathname);
      const sizes = await request.sizes();
      bytes[whenDrawn ? 'later' : 'first'] += sizes.responseBodySize + sizes.responseHeadersSize;
    });
    await visitor.page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; })).observe({ type: 'layout-shift', buffered: true });
    });
    await visitor.page.goto(here.desk.url + path);
    await drawn(visitor.page);
    await visitor.page.waitForLoadState('networkidle');
    const shift = await visitor.page.evaluate(() => window.shift);
    const fonts = files.filter((file) => /\.(woff2?|ttf|otf)$/.test(file));
    await visitor.leave();
    process.stderr.write(`${path}: ${files.length} files, ${data.length} answers, ${(bytes.first / 1024).toFixed(1)} KiB, when drawn ${later.length} files, ${(bytes.later / 1024).toFixed(1)} KiB, shift ${shift.toFixed(4)}\n`);
    return { files, data, kib: bytes.first / 1024, shift, fonts };
  }

  test('a desk with something on it', async () => {
    const { desk, ana } = here;
    await desk.mail({ from: 'giulia@rossi.example', subject: 'Two charges', html: '<p>I see <b>two charges</b>.</p>' });
    for (let n = 1; n < 8; n++) await desk.mail({ from: `c${n}@customer.example`, subject: `Question ${n}`, body: 'How do I export an invoice?' });
    await ana.signIn('ana@studio.example');
    await row(ana, 'Question 7').waitFor();
  });

  test('the list scrolls, the page does not', async () => {
    const { page } = here.ana;
    const size = page.viewportSize();
    await page.setViewportSize({ width: size.width, height: 400 });
    await page.waitForFunction(() => innerHeight === 400);
    const tall = await page.evaluate(() => [document.documentElement.scrollHeight, document.querySelector('.rows').scrollHeight]);
    await page.setViewportSize(size);
    assert.equal(tall[0], 400);
    assert.ok(tall[1] > 400, `a list of ${tall[1]} pixels`);
  });

  test('the inbox', async () => {
    const { files, kib, shift, fonts } = await visit('/', 'tom@studio.example', (page) => page.frameLocator('.message iframe').getByText('two charges').waitFor());
    assert.ok(files.length <= 6, files.join(' '));
    assert.ok(kib <= 60, `${kib} KiB`);
    assert.ok(shift <= 0.01, `shift ${shift}`);
    assert.deepEqual(fonts, []);
  });

  test('the reports', async () => {
    const { files, kib, shift, fonts } = await visit('/reports', 'mia@studio.example', (page) => page.locator('.charts').waitFor());
    assert.ok(files.length <= 5, files.join(' '));
    assert.ok(kib <= 50, `${kib} KiB`);
    assert.ok(shift <= 0.01, `shift ${shift}`);
    assert.deepEqual(fonts, []);
  });

  test('the customers’ page', async () => {
    const { files, data, kib, shift, fonts } = await visit('/help', null, (page) => page.getByRole('heading', { level: 1 }).waitFor());
    assert.ok(files.length + data.length <= 4, files.join(' '));
    assert.ok(kib <= 12, `${kib} KiB`);
    assert.ok(shift <= 0.01, `shift ${shift}`);
    assert.deepEqual(fonts, []);
  });

  test('twenty keys, a pause after each word, ask for suggestions four times at most', async () => {
    let asked = 0;
    const joe = await asShown(() => Visitor.come(here.browser, here.desk), async ({ page }) => {
      asked = 0;
      page.on('request', (request) => { asked += Number(request.url().includes('/api/v1/suggestions')); });
      await page.clock.install(); // the pauses are the page's own, however busy the machine
      await page.goto(`${here.desk.url}/help/contact`);
      await page.clock.pauseAt(Date.now() + 60_000);
      await page.getByLabel('Your question').focus();
      for (const key of 'why two charges now?') {
        await page.keyboard.type(key);
        await page.clock.runFor(key === ' ' ? 400 : 60);
      }
      await page.clock.resume();
      return page.locator('#likely a').first().waitFor({ timeout: 4000 }).then(() => true, () => false);
    });
    await joe.leave();
    assert.ok(asked >= 1 && asked <= 4, `${asked} requests`);
  });
});
