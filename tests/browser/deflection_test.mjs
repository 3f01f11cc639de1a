import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const databases = process.env.FIFTEEN_TEST_MARIADB ? ['sqlite', 'mariadb'] : ['sqlite'];

// Visitors at the contact form, with scripts and without, half of them in the control group: what each does is counted here, and
// stands on the managers' page.
for (const database of databases) describe(`deflection, ${database}`, { concurrency: false, timeout: 400_000 }, () => {
  const here = stage(`deflection-${database}`, { database });
  const { test } = here;
  const seen = { list: { visitors: 0, sent: 0 }, withheld: { visitors: 0, sent: 0 }, solved: 0, left: 0 };
  const question = 'I was charged twice for March, two charges';
  const percent = (part, of) => `${Math.round((100 * part) / of)}%`;
  let mia;
  let number = 0;

  const asks = async (options = {}) => {
    const visitor = await Visitor.come(here.browser, here.desk, options);
    await visitor.page.goto(`${here.desk.url}/help/contact`);
    return visitor;
  };
  const sends = async (visitor) => {
    await visitor.page.getByLabel('Email').fill(`visitor${++number}@customer.example`);
    await here.desk.advance(20); // nobody types a question in no time
    await visitor.page.getByRole('button', { name: 'Send question' }).click();
  };
  // Types the question; true when suggestions came.
  const types = async (visitor, text = question) => {
    const answer = visitor.page.waitForResponse((reply) => reply.url().includes('/api/v1/suggestions') && reply.url().includes(encodeURIComponent(text.slice(-5)).replaceAll('%20', '+')));
    await visitor.page.getByLabel('Your question').fill(text);
    const { items } = await (await answer).json();
    return items.length > 0;
  };
  const api = async (path) => {
    const answer = await mia.context.request.get(`${here.desk.url}/api/v1/${path}`);
    assert.equal(answer.status(), 200, path);
    return answer.json();
  };
  const period = () => `from=${new Date(Date.now() - 864e5).toISOString()}&to=${new Date(Date.now() + 864e5).toISOString()}`;

  test('half of the visitors see no suggestions', async () => {
    mia = await Visitor.come(here.browser, here.desk);
    await mia.signIn('mia@studio.example');
    await mia.page.goto(`${here.desk.url}/reports/deflection`);
    await mia.page.getByText('No question with a suggestion was begun in this period.').first().waitFor();
    await mia.check(`deflection-empty-${database}`);
    await mia.page.getByLabel('Share of visitors, %').fill('50');
    await mia.page.getByRole('button', { name: 'Save' }).click();
    await mia.page.getByText('Saved.').waitFor();
    assert.equal((await api(`reports/deflection?${period()}`)).control_percent, 50);
  });

  test('with scripts: some open an answer and go, some say that it solved it, others send', async () => {
    for (let n = 0; n < 9; n++) {
      const visitor = await asks();
      const listed = await types(visitor);
      const group = listed ? seen.list : seen.withheld;
      group.visitors++;
      const does = listed ? ['opens', 'solved', 'sends'][(group.visitors - 1) % 3] : group.visitors % 4 ? 'sends' : 'goes';
      if (listed) await visitor.page.locator('#likely a').first().waitFor();
      else assert.equal(await visitor.page.locator('#likely a').count(), 0, 'the control group sees none');
      if (does === 'opens' || does === 'solved') {
        const noted = () => visitor.page.waitForRequest((request) => request.url().endsWith('/deflection-events'));
        const [page] = await Promise.all([visitor.context.waitForEvent('page'), noted(), visitor.page.locator('#likely a').first().click()]);
        await page.close();
        if (does === 'solved') await Promise.all([noted(), visitor.page.locator('#likely button').first().click()]);
        seen[does === 'solved' ? 'solved' : 'left']++;
      } else if (does === 'sends') {
        await sends(visitor);
        await visitor.page.waitForURL(/\/help\/sent/);
        group.sent++;
      }
      await visitor.leave();
      await here.desk.advance(16 * 60);
    }
    assert.ok(seen.list.visitors && seen.withheld.visitors, JSON.stringify(seen));
  });

  test('without scripts the list is a step of its own, which the control group skips', async () => {
    for (let n = 0; n < 4; n++) {
      const visitor = await asks({ javaScriptEnabled: false });
      await visitor.page.getByLabel('Your question').fill(question);
      await sends(visitor);
      const still = visitor.page.getByRole('button', { name: 'Still send' });
      await still.or(visitor.page.getByRole('heading', { name: 'Your question is with us' })).waitFor();
      const group = (await still.count()) ? seen.list : seen.withheld;
      group.visitors++;
      if (group === seen.withheld) group.sent++;
      else if (group.visitors % 2) {
        await here.desk.advance(20);
        await still.click();
        await visitor.page.waitForURL(/\/help\/sent/);
        group.sent++;
      }
      await visitor.leave();
      await here.desk.advance(16 * 60);
    }
  });

  test('what nobody could answer is asked twice', async () => {
    for (let n = 0; n < 2; n++) {
      const visitor = await asks({ javaScriptEnabled: false });
      await visitor.page.getByLabel('Your question').fill('Zeppelin moorings in Krasnoyarsk');
      await sends(visitor);
      await visitor.page.waitForURL(/\/help\/sent/);
      await visitor.leave();
    }
    await here.desk.advance(31 * 60);
  });

  test('the page tells what was counted', async () => {
    const told = await api(`reports/deflection?${period()}`);
    const { list, withheld, solved, left } = told;
    assert.deepEqual({ list: { visitors: list.visitors, sent: list.sent }, withheld: { visitors: withheld.visitors, sent: withheld.sent }, solved, left }, seen);
    assert.ok(Math.abs(told.lift - (withheld.sent / withheld.visitors - list.sent / list.visitors)) < 1e-9);
    assert.ok(told.low < told.lift && told.lift < told.high);
    await mia.page.goto(`${here.desk.url}/reports/deflection?period=today`);
    const card = (title) => mia.page.locator('.stat').filter({ hasText: title });
    await card('Sent with suggestions').getByText(percent(list.sent, list.visitors)).waitFor();
    await card('Sent with suggestions').getByText(`${list.sent} of ${list.visitors} visitors`).waitFor();
    await card('Sent without').getByText(percent(withheld.sent, withheld.visitors)).waitFor();
    await card('Gross').getByText(percent(solved + left, told.lists)).waitFor();
    const queries = mia.page.locator('.chart-deflection-queries');
    await queries.getByRole('row', { name: /Zeppelin moorings in Krasnoyarsk 2 2 2/ }).waitFor();
    const articles = mia.page.locator('.chart-deflection-articles tbody tr');
    assert.equal(await articles.count(), told.articles.length);
    const [file] = await Promise.all([mia.page.waitForEvent('download'), mia.page.locator('.chart-deflection-articles').getByRole('button', { name: 'CSV' }).click()]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    assert.equal(lines.length, told.articles.length + 1);
    await mia.page.locator('.chart-deflection-days').getByRole('button', { name: 'Show as table' }).click();
    await mia.page.locator('.chart-deflection-days table').waitFor();
    await mia.page.getByText('How it is counted').click();
    await mia.check(`deflection-${database}`);
    await mia.page.keyboard.press('2');
    await mia.page.waitForURL(/period=week/);
  });

  test('an article to write is begun from its question', async () => {
    await here.desk.advance(11 * 60);
    const write = mia.page.getByRole('link', { name: 'Write it: Zeppelin moorings in Krasnoyarsk' });
    for (let n = 0; n < 30 && !(await write.count()); n++) {
      await new Promise((done) => setTimeout(done, 4000));
      await mia.page.reload();
      await mia.page.locator('.deflection[aria-busy=false] .chart-deflection-topics').waitFor();
    }
    assert.match(await write.getAttribute('href'), /^\/articles\?new=Zeppelin/);
    await mia.page.locator('.topics li').filter({ hasText: 'Zeppelin' }).getByText('Asked 2 times · 2 tickets').waitFor();
  });

  test('the response times lead there, on a phone, too', async () => {
    await mia.page.goto(`${here.desk.url}/reports?period=today`);
    const kept = mia.page.locator('.kept');
    await kept.getByRole('link', { name: 'Deflection' }).waitFor();
    await kept.locator('.sentence').waitFor();
    await mia.page.setViewportSize({ width: 390, height: 844 });
    await kept.getByRole('link', { name: 'Deflection' }).click();
    await mia.page.locator('.deflection[aria-busy=false] .charts').waitFor();
    assert.ok(await mia.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    await mia.check(`deflection-phone-${database}`);
    await mia.leave();
  });

  test('an agent is told that managers see it', async () => {
    const tom = await Visitor.come(here.browser, here.desk);
    await tom.signIn('tom@studio.example');
    await tom.page.goto(`${here.desk.url}/reports/deflection`);
    await tom.page.getByText('Only managers see these figures.').waitFor();
    assert.equal(tom.complaints.length > 0, true, 'the refusal is in the console');
    tom.complaints.length = 0;
    await tom.leave();
  });
});
