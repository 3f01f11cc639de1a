import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { past } from './past.mjs';
import { stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// Response times over an imported past of some thousand waits: what the charts draw, what their tables and files say and what the
// API answers are the same; each figure opens the tickets behind it; the address says everything.
describe('reports', { concurrency: false, timeout: 400_000 }, () => {
  const here = stage('reports');
  const { test } = here;
  const number = (n) => new Intl.NumberFormat('en-GB').format(n);
  const percent = (share, digits = 0) => (share === null ? '–' : new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share));
  const two = (n) => String(n).padStart(2, '0');
  const span = (micros) => {
    if (micros === null) return '–';
    const seconds = Math.round(micros / 1e6);
    return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  const begun = (one) => one.answered + one.running + one.closed_unanswered + one.self_solved;
  const counted = (one) => one.answered + one.overdue;

  const api = async (visitor, path) => {
    const answer = await visitor.context.request.get(`${here.desk.url}/api/v1/reports/${path}`);
    assert.equal(answer.status(), 200, path);
    return answer;
  };
  // The page shown at an address, with what the API itself answers to what the page asked.
  const show = async (visitor, address = '/reports') => {
    const asked = visitor.page.waitForRequest((request) => request.url().includes('/reports/response-times?'));
    await visitor.page.goto(here.desk.url + address);
    return figures(visitor, (await asked).url());
  };
  const figures = async (visitor, url) => {
    const { search } = new URL(url);
    await visitor.page.locator('.reports[aria-busy=false] .chart-days').waitFor();
    return { search, data: await (await api(visitor, `response-times${search}`)).json() };
  };
  // What an action makes the page ask for and show.
  const after = async (visitor, action) => {
    const asked = visitor.page.waitForRequest((request) => request.url().includes('/reports/response-times?'));
    await action();
    return figures(visitor, (await asked).url());
  };
  const chart = (visitor, name) => visitor.page.locator(`.chart-${name}`);
  const labels = (visitor, name) => chart(visitor, name).locator('.hit').evaluateAll((hits) => hits.map((hit) => hit.getAttribute('aria-label')));
  const table = (visitor, name) => chart(visitor, name).locator('tbody tr').evaluateAll((rows) => rows.map((one) => [...one.cells].map((cell) => cell.textContent)));
  const panel = (visitor) => visitor.page.locator('dialog.sheet');
  const waitsText = (n) => (n === 1 ? '1 customer’s wait' : `${number(n)} waits`);
  const headline = (visitor) => visitor.page.locator('.headline strong').textContent();
  const bucketNames = ['0–5', '5–10', '10–15', '15–30', '30–60', '1–2 h', '2–8 h', '8+ h'];
  const thanksNames = ['0–5 min', '5–15 min', '15–60 min', '1–4 h', '4–24 h', '24+ h'];
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

  test('a past of some thousand waits is taken', async () => {
    const { desk, ana } = here;
    await desk.command(['import', '-'], past({ until: Date.now() - 60_000 }));
    await ana.enter('ana@studio.example');
  });

  test('the headline says what it counts, and the cards what the API does', async () => {
    const { ana } = here;
    const { data: { total, before } } = await show(ana);
    assert.ok(begun(total) > 1200, `${begun(total)} waits`);
    assert.equal(await headline(ana), number(total.met));
    assert.equal(await ana.page.locator('.headline svg text').textContent(), percent(total.share));
    const points = Math.round((total.share - before.share) * 100);
    assert.match(await ana.page.locator('.headline').textContent(), new RegExp(`of ${number(counted(total))} first replies .${Math.abs(points)} points? on the period before, ${points > 0 ? 'better' : 'worse'}`));
    await ana.page.getByText(`met ÷ (answered + overdue): ${number(total.met)} of ${number(counted(total))}; ${total.running - total.overdue} still waiting in time are in neither.`).waitFor();
    const cards = await ana.page.locator('.stat:not(.headline) strong').allTextContents();
    const [minutes, seconds] = span(total.p50).split(':');
    assert.equal(cards[0], `${minutes}min ${seconds}s `);
    assert.deepEqual(cards.slice(2), [number(total.running), number(total.closed_unanswered)]);
    assert.deepEqual(await ana.page.locator('.spans dd').allTextContents(), ['p50', 'p75', 'p90', 'p95', 'p99', 'max'].map((name) => span(total[name])));
    await ana.check('reports-full');
  });

  test('each chart equals its table, and both the API', async () => {
    const { ana } = here;
    const { data } = await show(ana);
    const all = data.distribution.reduce((sum, { count }) => sum + count, 0);
    assert.equal(all, data.total.answered + data.total.running);
    const counts = data.distribution.map(({ count }) => number(count));
    assert.deepEqual(await chart(ana, 'distribution').locator('g .value').allTextContents(), counts);
    const tall = await chart(ana, 'distribution').locator('rect').evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))));
    const most = Math.max(...data.distribution.map(({ count }) => count));
    data.distribution.forEach(({ count }, index) => { if (tall[index] > 2) assert.ok(Math.abs(tall[index] / Math.max(...tall) - count / most) < 1e-9, `bar ${index}`); });

    const hitFor = new Map((await labels(ana, 'heat')).map((label) => [label.slice(0, 9), label]));
    const name = (hour) => `${hour[0].toUpperCase()}${hour.slice(1)}:00`;
    assert.equal(hitFor.size, data.hours.length);
    for (const one of data.hours) assert.ok(hitFor.get(name(one.hour)).endsWith(`: median ${span(one.p50)}, ${percent(one.share)} within target, ${number(begun(one))} in all`), hitFor.get(name(one.hour)));
    const level = (minutes) => [6, 10, 15, 19, 23].filter((step) => minutes > step).length;
    const coloured = await chart(ana, 'heat').locator('.cell:not(.none)').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('class')));
    const inOrder = [...data.hours].sort((a, b) => weekdays.indexOf(a.hour.slice(0, 3)) - weekdays.indexOf(b.hour.slice(0, 3)) || a.hour.localeCompare(b.hour)).filter(({ p50 }) => p50 !== null);
    assert.deepEqual(coloured, inOrder.map(({ p50 }) => `cell heat-${level(p50 / 60e6)}`));

    const days = data.days.map((one) => `: ${percent(one.share, 1)} within target, median ${span(one.p50)}, ${number(begun(one))} in all`);
    (await labels(ana, 'days')).forEach((label, index) => assert.ok(label.endsWith(days[index]), `${label} is not ${days[index]}`));
    assert.equal(await chart(ana, 'days').locator('.volume').count(), days.length);
    const thanks = await labels(ana, 'compliments');
    const answered = data.kudos.flatMap((one, index) => (one.answers ? [{ ...one, index }] : []));
    assert.deepEqual(thanks, answered.map((one) => `${thanksNames[one.index]}: ${percent(one.share, 1)} (${percent(one.low, 1)}–${percent(one.high, 1)}), ${number(one.kudos)} compliments for ${number(one.answers)} answers`));

    await ana.page.keyboard.press('v');
    await chart(ana, 'heat').getByRole('table').waitFor();
    assert.deepEqual(await table(ana, 'distribution'), data.distribution.map(({ count }, index) => [bucketNames[index], number(count), percent(count / all, 1)]));
    assert.deepEqual((await table(ana, 'compliments')), data.kudos.map((one, index) => [thanksNames[index], number(one.answers), number(one.ratings), number(one.kudos), ...[one.share, one.low, one.high].map((share) => percent(share, 1))]));
    const heat = await table(ana, 'heat');
    for (const [index, day] of weekdays.entries()) {
      for (let hour = 0; hour < 24; hour++) assert.equal(heat[index][hour + 1], span(data.hours.find((one) => one.hour === `${day} ${two(hour)}`)?.p50 ?? null), `${day} ${hour}`);
    }
    const shown = (await table(ana, 'days')).filter((row) => row[1] !== '0');
    assert.deepEqual(shown.map((row) => row.slice(1)), data.days.map((one) => [number(begun(one)), number(counted(one)), percent(one.share, 1), span(one.p50)]));
    await ana.check('reports-full-tables');
    assert.match(ana.page.url(), /tables=distribution%2Ccompliments%2Cheat%2Cdays&/);
    await ana.page.keyboard.press('v');
    await chart(ana, 'heat').locator('svg').waitFor();

    await chart(ana, 'heat').getByRole('button', { name: 'Show share' }).click();
    await chart(ana, 'heat').getByText('Share within target by weekday').waitFor();
    await chart(ana, 'heat').getByRole('button', { name: 'Show as table' }).click();
    await chart(ana, 'heat').getByRole('table').waitFor();
    const one = data.hours.find(({ share }) => share !== null);
    assert.equal((await table(ana, 'heat'))[weekdays.indexOf(one.hour.slice(0, 3))][Number(one.hour.slice(4)) + 1], percent(one.share));
  });

  test('the tables by person, channel, mailbox, tag and plan are the API’s', async () => {
    const { ana } = here;
    const { data } = await show(ana);
    const cells = (one) => [number(one.answered), percent(one.share), one.answered ? span(one.p50) : '–', one.answered ? span(one.p90) : '–'];
    const names = { email: 'Email', form: 'Contact form', widget: 'Widget', untagged: 'without a tag', none: 'without a plan' };
    for (const kind of ['channels', 'mailboxes', 'tags', 'plans']) {
      const expected = [...data[kind]].sort((a, b) => b.answered - a.answered).map((one) => [one.name ?? names[one.key] ?? one.key, ...cells(one)]);
      assert.ok(expected.length > 1, kind);
      assert.deepEqual(await table(ana, kind), expected, kind);
    }
    const people = await table(ana, 'people');
    const line = people.findIndex(([first]) => first === 'Under 20 replies, not ranked');
    const enough = data.agents.filter((one) => one.answered >= 20 && one.key !== 'unassigned').sort((a, b) => b.share - a.share);
    assert.ok(enough.length >= 5);
    assert.deepEqual(people.slice(0, line), enough.map((one) => [one.name, ...cells(one), percent(one.kudos / one.answered, 1)]));
    assert.ok(people.slice(line + 1).some(([first]) => first === 'Zoe Hart'));
    assert.equal(await chart(ana, 'people').locator('.late').count(), 0, 'red never marks a person');
  });

  // Whether the rows of the panel, and of the file, are what the figure counts.
  const opens = async (visitor, search, behind, n, is) => {
    await panel(visitor).getByText(waitsText(n), { exact: true }).waitFor();
    await panel(visitor).locator('.behind li').nth(Math.min(n, 50) - 1).waitFor();
    assert.equal(await panel(visitor).locator('.behind li').count(), Math.min(n, 50));
    const lines = (await (await api(visitor, `waits.jsonl${search}&${new URLSearchParams(behind)}`)).text()).trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(lines.length, n, JSON.stringify(behind));
    lines.forEach((line) => assert.ok(is(line), `${JSON.stringify(behind)}: ${JSON.stringify(line)}`));
    const newest = lines.sort((a, b) => (a.started_at < b.started_at ? 1 : -1)).slice(0, 50).map((line) => `/t/${line.ticket.number}`);
    assert.deepEqual(new Set(await panel(visitor).locator('.behind a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))), new Set(newest));
  };

  test('each bar, cell, row and count opens its tickets', async () => {
    const { ana } = here;
    const { data, search } = await show(ana);
    const bounds = [0, 300, 600, 900, 1800, 3600, 7200, 28800, Infinity].map((seconds) => seconds * 1e6);
    const thanksBounds = [0, 300, 900, 3600, 14400, 86400, Infinity].map((seconds) => seconds * 1e6);
    const hour = data.hours.find((one) => begun(one) > 4 && begun(one) < 50);
    const day = data.days.at(-4);
    const agent = data.agents.find((one) => one.name === 'Paolo Conti');
    const inside = (bounds, index, micros) => (index === 0 || micros > bounds[index]) && micros <= bounds[index + 1];
    const figures = [
      ...data.distribution.flatMap(({ count }, index) => (count ? [[{ bucket: String(index) }, count, (wait) => inside(bounds, index, wait.business) && ['answered', 'running'].includes(wait.ending)]] : [])),
      ...data.kudos.flatMap(({ answers }, index) => (answers ? [[{ reply_bucket: String(index) }, answers, (wait) => wait.ending === 'answered' && inside(thanksBounds, index, wait.wall)]] : [])),
      [{ hour: hour.hour }, begun(hour), (wait) => new Date(wait.started_at).getUTCHours() === Number(hour.hour.slice(4))],
      [{ day: day.day }, begun(day), (wait) => wait.started_at.startsWith(day.day)],
      [{ agent: agent.key }, begun(agent), (wait) => wait.agent === agent.key || wait.agent === null || wait.ending !== 'answered'],
      [{ agent: agent.key, ending: 'answered' }, agent.answered, (wait) => wait.agent === agent.key && wait.ending === 'answered'],
      [{ agent: agent.key, ending: 'kudos' }, agent.kudos, (wait) => wait.agent === agent.key && wait.rating === 'kudos'],
      ...['channel', 'mailbox', 'tag', 'plan'].map((kind) => [kind, data[{ channel: 'channels', mailbox: 'mailboxes', tag: 'tags', plan: 'plans' }[kind]][0]])
        .map(([kind, one]) => [{ [kind]: one.key }, begun(one), (wait) => kind === 'plan' || (kind === 'tag' ? wait.ticket.tags.includes(one.key) : wait.ticket[kind] === one.key)]),
      [{ ending: 'met' }, data.total.met, (wait) => wait.met === true],
      [{ ending: 'late' }, data.total.answered - data.total.met + data.total.overdue, (wait) => wait.met === false || (wait.ending === 'running' && wait.business > wait.target)],
      [{ ending: 'running' }, data.total.running, (wait) => wait.ending === 'running'],
      [{ ending: 'overdue' }, data.total.overdue, (wait) => wait.ending === 'running' && wait.business > wait.target],
      [{ ending: 'closed_unanswered' }, data.total.closed_unanswered, (wait) => wait.ending === 'closed_unanswered'],
      [{ ending: 'self_solved' }, data.total.self_solved, (wait) => wait.ending === 'self_solved'],
      [{ ending: 'off_hours' }, data.total.off_hours, (wait) => wait.ending === 'answered' && wait.business === 0],
    ];
    for (const [behind, n, is] of figures) {
      const address = `/reports?${new URLSearchParams([...Object.entries(behind).map(([name, value]) => ['show', `${name}.${value}`]), ['zone', 'UTC']])}`;
      await ana.page.locator(`.figures a[href="${address}"]`).first().evaluate((link) => link.click());
      await opens(ana, search, behind, n, is);
      await ana.page.keyboard.press('Escape');
      await panel(ana).waitFor({ state: 'detached' });
    }
    // Whatever can be pressed is one of these kinds.
    const kinds = await ana.page.locator('.figures a[href*="show="]').evaluateAll((links) => [...new Set(links.flatMap((link) => new URL(link.href).searchParams.getAll('show').map((one) => one.split('.')[0])))].sort());
    assert.deepEqual(kinds, ['agent', 'bucket', 'channel', 'day', 'ending', 'hour', 'mailbox', 'plan', 'reply_bucket', 'tag']);
  });

  test('by keys alone: to a bar, its tickets, more of them, one of them, and back', async () => {
    const { ana } = here;
    const { page } = ana;
    const { data } = await show(ana);
    const bars = chart(ana, 'distribution').locator('.hit');
    await chart(ana, 'distribution').getByRole('button', { name: 'CSV' }).focus();
    await page.keyboard.press('Tab');
    assert.ok(await bars.first().evaluate((bar) => bar === document.activeElement), 'one stop for all bars');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const n = data.distribution[0].count;
    await panel(ana).getByText(waitsText(n)).waitFor();
    assert.match(page.url(), /show=bucket\.0/);
    await panel(ana).locator('.behind li').nth(49).waitFor();
    await ana.check('reports-behind');
    await panel(ana).getByRole('button', { name: 'More (50 shown)' }).focus();
    await page.keyboard.press('Enter');
    await panel(ana).locator('.behind li').nth(50).locator('a:focus').waitFor();
    while (await panel(ana).getByRole('button', { name: /^More/ }).count()) {
      const shown = await panel(ana).locator('.behind li').count();
      await panel(ana).getByRole('button', { name: /^More/ }).click();
      await panel(ana).locator('.behind li').nth(shown).waitFor();
      await panel(ana).locator('.hairline').waitFor({ state: 'detached' });
    }
    assert.equal(await panel(ana).locator('.behind li').count(), n, 'all of them');
    const first = panel(ana).locator('.behind a').first();
    const [subject, path] = [await first.locator('.subject').textContent(), await first.getAttribute('href')];
    await first.focus();
    await page.keyboard.press('Enter');
    await page.locator('.talk-title').filter({ hasText: subject }).waitFor();
    await page.getByText(`#${path.slice('/t/'.length)}`, { exact: true }).first().waitFor();
    await page.goBack();
    await panel(ana).getByText(waitsText(n)).waitFor();
    await page.keyboard.press('Escape');
    await panel(ana).waitFor({ state: 'detached' });
    assert.doesNotMatch(page.url(), /show=/);
    // Opened here, closing is "back": the bar has the focus again and forward shows the tickets.
    await bars.nth(1).focus();
    await page.keyboard.press('Enter');
    await panel(ana).waitFor();
    await page.keyboard.press('Escape');
    await panel(ana).waitFor({ state: 'detached' });
    assert.ok(await bars.nth(1).evaluate((bar) => bar === document.activeElement), 'the focus is on the bar again');
    await page.goForward();
    await panel(ana).waitFor();
    await page.goBack();
    await panel(ana).waitFor({ state: 'detached' });
  });

  test('filters are in the link; back and taking away undo them', async () => {
    const { ana } = here;
    const { page } = ana;
    const whole = await show(ana);
    await page.keyboard.press('f');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    await ana.check('reports-filter');
    await page.keyboard.type('billing');
    const billing = await after(ana, () => page.keyboard.press('Enter'));
    assert.match(billing.search, /tag=billing|mailbox=\d/);
    await page.goto(`${here.desk.url}/reports?tag=billing`);
    await page.locator('.chips').getByText('Tag: billing').waitFor();
    const tagged = await after(ana, () => page.getByRole('combobox', { name: 'Which time' }).selectOption('wall'));
    assert.equal(await headline(ana), number(tagged.data.total.met));
    assert.equal(begun(tagged.data.total), begun(whole.data.tags.find(({ key }) => key === 'billing')));
    const next = await after(ana, () => page.getByRole('combobox', { name: 'Which replies' }).selectOption('next'));
    assert.equal(next.data.total.running, 0);
    await page.getByText(`of ${number(counted(next.data.total))} further replies`).waitFor();
    assert.equal(new URL(page.url()).search, '?waits=next&clock=wall&tag=billing&zone=UTC');
    const again = await show(ana, new URL(page.url()).pathname + new URL(page.url()).search);
    assert.deepEqual(again.data, next.data, 'the same link shows the same');
    await after(ana, () => page.goBack());
    await page.getByText(`of ${number(counted(tagged.data.total))} first replies`).waitFor();
    const untagged = await after(ana, () => page.getByRole('link', { name: 'Remove Tag: billing' }).click());
    assert.equal(begun(untagged.data.total), begun(whole.data.total));
    assert.equal(await page.locator('.chips').count(), 0);

    // A cell of the heat map, and then the whole page held to it.
    const { data } = await show(ana);
    const cell = data.hours.find((one) => begun(one) > 4);
    await page.locator(`.chart-heat .hit[href="/reports?show=hour.${cell.hour.replace(' ', '+')}&zone=UTC"]`).focus();
    await page.keyboard.press('Enter');
    const held = await after(ana, () => panel(ana).getByRole('link', { name: 'Hold the page to this' }).click());
    assert.equal(begun(held.data.total), begun(cell));
    await page.locator('.chips').getByText(/^Hour: /).waitFor();
    assert.equal(await chart(ana, 'heat').locator('.cell:not(.none)').count(), 1);
  });

  test('any days in any zone, and one day by its hours', async () => {
    const { ana } = here;
    const { page } = ana;
    await show(ana);
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog', { name: 'Choose dates' });
    await dialog.waitFor();
    await ana.check('reports-dates');
    const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('First day').fill(day);
    await dialog.getByLabel('Last day').fill('2001-01-01');
    await dialog.getByRole('button', { name: 'Show' }).click();
    await dialog.getByText('The last day is before the first.').waitFor();
    await dialog.getByLabel('Last day').fill(day);
    await dialog.getByLabel('Time zone of the days').fill('Asia/Tokyo');
    const { data, search } = await after(ana, () => dialog.getByRole('button', { name: 'Show' }).click());
    assert.equal(new URL(page.url()).search, `?from=${day}&to=${day}&zone=Asia%2FTokyo`);
    assert.equal(new URLSearchParams(search).get('from'), new Date(`${day}T00:00:00+09:00`).toISOString());
    await chart(ana, 'days').getByRole('heading', { name: 'Hour by hour' }).waitFor();
    assert.equal(await chart(ana, 'days').locator('.volume').count(), data.hours.length);
    const own = await after(ana, () => page.getByRole('link', { name: 'Remove Times in Asia/Tokyo' }).click());
    assert.equal(new URLSearchParams(own.search).get('from'), `${day}T00:00:00.000Z`);
    const quarter = await after(ana, () => page.keyboard.press('4'));
    assert.ok(begun(quarter.data.total) > begun(data.total));
    assert.match(page.url(), /period=quarter/);
  });

  test('a link with what nobody knows says so kindly and shows the rest', async () => {
    const { ana } = here;
    await show(ana, '/reports?period=fortnight&agent=nobody&zone=Mars/Base&tag=bug');
    await ana.page.getByText('This link asks for something we do not know: “nobody”, “fortnight”, “Mars/Base”. It was left out.').waitFor();
    await ana.check('reports-unknown');
    await ana.page.getByRole('link', { name: 'Dismiss' }).click();
    await ana.page.locator('.not-known').waitFor({ state: 'detached' });
    assert.equal(new URL(ana.page.url()).search, '?tag=bug&zone=UTC');
  });

  test('without data the axes stay', async () => {
    const { ana } = here;
    await show(ana, '/reports?from=2020-01-01&to=2020-01-31');
    assert.equal(await ana.page.getByText('No first replies in this period.').count() >= 4, true);
    assert.equal(await chart(ana, 'distribution').locator('.tick').count(), 8);
    assert.equal(await chart(ana, 'heat').locator('.cell.none').count(), 7 * 24);
    await ana.check('reports-none');
  });

  test('figures that could not be read are asked for again, and a late answer to an old question is not shown', async () => {
    const { ana } = here;
    const { page } = ana;
    const month = await show(ana);
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    let quarterCame = null;
    await page.route('**/reports/response-times?*', async (route) => {
      const { searchParams } = new URL(route.request().url());
      const days = (Date.parse(searchParams.get('to')) - Date.parse(searchParams.get('from'))) / 86_400_000;
      if (days > 80) { quarterCame = held.then(() => route.continue().catch(() => {})); await quarterCame; } else if (days < 2) await route.abort();
      else await route.continue();
    });
    await page.keyboard.press('4');
    await page.locator('.figures.old').waitFor();
    assert.equal(await headline(ana), number(month.data.total.met), 'old figures stay until new ones come');
    const week = await after(ana, () => page.keyboard.press('2'));
    release();
    await quarterCame;
    await ana.settle();
    assert.equal(await headline(ana), number(week.data.total.met));
    await page.keyboard.press('1');
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    assert.equal(await page.locator('.figures').count(), 0, 'no figures of another question');
    await ana.check('reports-failed');
    await page.unroute('**/reports/response-times?*');
    await after(ana, () => page.getByRole('button', { name: 'Try again' }).click());
    ana.complaints = ana.complaints.filter((text) => !/ERR_FAILED/.test(text));
  });

  test('today’s figures follow what happens, once a minute and without a jump', async () => {
    const { browser, desk } = here;
    const mia = await Visitor.come(browser, desk);
    await mia.enter('mia@studio.example');
    await mia.page.clock.install();
    await mia.page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; })).observe({ type: 'layout-shift' });
    });
    let asked = 0;
    const { data, search } = await show(mia);
    await mia.page.evaluate(() => { document.querySelector('.view').scrollTop = 300; window.shift = 0; });
    mia.page.on('request', (request) => { asked += Number(request.url().includes('/reports/response-times?')); });
    await desk.mail({ from: 'late@customer.example', subject: 'One more', body: 'Hello?' });
    while ((await (await api(mia, `response-times${search}`)).json()).total.running === data.total.running) await new Promise((resolve) => setTimeout(resolve, 50));
    await mia.page.clock.fastForward(30_000);
    assert.equal(asked, 0, 'not before a minute has passed');
    const waiting = mia.page.locator('.stat').filter({ hasText: 'Still waiting now' }).locator('strong');
    await mia.page.clock.fastForward(31_000);
    await waiting.getByText(number(data.total.running + 1)).waitFor();
    assert.equal(asked, 1);
    assert.deepEqual(await mia.page.evaluate(() => [document.querySelector('.view').scrollTop, window.shift]), [300, 0]);
    await mia.leave();
  });

  test('files: a chart’s own, and every wait behind the page', async () => {
    const { ana } = here;
    const { page } = ana;
    const { data } = await show(ana, '/reports?channel=form');
    const fileOf = async (press) => {
      const [file] = await Promise.all([page.waitForEvent('download'), press()]);
      return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')];
    };
    const [name, csv] = await fileOf(() => chart(ana, 'distribution').getByRole('button', { name: 'CSV' }).click());
    assert.equal(name, 'distribution.csv');
    const all = data.distribution.reduce((sum, { count }) => sum + count, 0);
    assert.deepEqual(csv.slice(1).split('\r\n').slice(1), data.distribution.map(({ count }, index) => `${bucketNames[index]},${count},${all ? count / all : 0}`));
    const [, people] = await fileOf(() => chart(ana, 'people').getByRole('button', { name: 'CSV' }).click());
    assert.match(people, /Paolo Conti,\d+,[\d.]+/);
    const foot = page.locator('.reports-foot');
    const [, lines] = await fileOf(() => foot.getByRole('link', { name: 'JSON' }).click());
    assert.equal(lines.trim().split('\n').length, begun(data.total));
    assert.ok(lines.trim().split('\n').every((line) => JSON.parse(line).ticket.channel === 'form'));
    const [, waits] = await fileOf(() => foot.getByRole('link', { name: 'CSV' }).click());
    assert.equal(waits.trim().split(/\r?\n/).length, begun(data.total) + 1);
  });

  test('an agent sees her own figures beside the team’s, and of others none', async () => {
    const { browser, desk } = here;
    const tom = await Visitor.come(browser, desk);
    await tom.enter('tom@studio.example');
    const { data } = await show(tom);
    await tom.page.getByRole('heading', { name: 'You and the team' }).waitFor();
    assert.deepEqual(data.agents.map(({ name }) => name), ['Tom Becker']);
    const [mine] = data.agents;
    assert.ok(mine.answered > 20 && mine.answered < data.total.answered);
    const rows = await table(tom, 'people');
    assert.deepEqual(rows.map((row) => row.slice(0, 3)), [['Tom Becker', number(mine.answered), percent(mine.share)], ['The team', number(data.total.answered), percent(data.total.share)]]);
    assert.equal(await tom.page.getByText('Paolo Conti').count(), 0);
    await tom.check('reports-agent');
    const own = await after(tom, () => tom.page.getByRole('button', { name: 'Only mine' }).click());
    assert.equal(begun(own.data.total), begun(mine));
    assert.equal(await headline(tom), number(mine.met));
    const other = (await (await api(here.ana, `response-times${own.search.replace(/agent=\d+/, '')}`)).json()).agents.find(({ name }) => name === 'Paolo Conti');
    await tom.page.goto(`${desk.url}/reports?agent=${other.key}`);
    await tom.page.getByText(/^These figures cannot be shown: /).waitFor();
    await tom.check('reports-refused');
    tom.complaints = tom.complaints.filter((text) => !/403/.test(text));
    await after(tom, () => tom.page.getByRole('link', { name: 'Show without filters' }).click());
    await tom.leave();
  });

  test('on a phone nothing scrolls sideways; on paper everything is there and nothing to press', async () => {
    const { browser, desk } = here;
    const phone = await Visitor.come(browser, desk, { viewport: { width: 390, height: 844 } });
    await phone.enter('mia@studio.example');
    const { data } = await show(phone);
    const sideways = () => phone.page.evaluate(() => Math.max(...[document.documentElement, ...document.querySelectorAll('main, .chart, dialog')].map((box) => box.scrollWidth - box.clientWidth)));
    assert.equal(await sideways(), 0);
    assert.equal(await chart(phone, 'heat').locator('.cell').count(), 7 * 24);
    const cell = await chart(phone, 'heat').locator('.cell').first().boundingBox();
    assert.ok(cell.width >= 24 && cell.height >= 20, JSON.stringify(cell));
    await phone.check('reports-phone');
    await phone.page.locator('.chart-heat').scrollIntoViewIfNeeded();
    await phone.picture('reports-phone-heat');
    await chart(phone, 'distribution').locator('.hit').first().click();
    await panel(phone).getByText(waitsText(data.distribution[0].count)).waitFor();
    assert.equal(await sideways(), 0);
    await phone.check('reports-phone-behind');
    await phone.leave();

    const { page } = here.ana;
    await show(here.ana);
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.nav', '.chart-tools', '.periods', '.hits']) assert.equal(await page.locator(gone).first().isVisible(), false, gone);
    for (const name of ['distribution', 'compliments', 'heat', 'people', 'days', 'channels', 'tags', 'plans', 'mailboxes']) assert.ok(await chart(here.ana, name).isVisible(), name);
    assert.ok(await chart(here.ana, 'heat').locator('.printed').first().isVisible(), 'numbers where colours may not be printed');
    await page.setViewportSize({ width: 720, height: 1000 });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height > 1500, `the whole page flows: ${height} px`);
    await here.ana.settle();
    await page.screenshot({ path: new URL('../../build/screenshots/reports-print.png', import.meta.url).pathname, fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('the list of keys names the page’s keys', async () => {
    const { page } = here.ana;
    await show(here.ana);
    await page.keyboard.press('Shift+?');
    const list = page.getByRole('dialog', { name: 'Keys' });
    for (const [text, key] of [['Response times: 7 days', '2'], ['Response times: choose dates', 'd'], ['Response times: filter', 'f'], ['Response times: charts or tables', 'v'], ['Go to Response times', 'g r']]) {
      await list.locator('div').filter({ hasText: text }).last().getByText(key, { exact: true }).first().waitFor();
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { level: 1, name: 'Response times' }).waitFor();
  });
});
