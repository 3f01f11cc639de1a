import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'node:test';
import { row, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20101225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas', 'END:VEVENT',
  'BEGIN:VEVENT', 'DTSTART:20261224T100000Z', 'SUMMARY:Party', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

// An admin sets business hours by the keyboard, sees what they would have counted, saves them, and the ring of a waiting customer
// follows.
describe('business hours', { concurrency: false, timeout: 240_000 }, () => {
  const here = stage('hours');
  const { test } = here;
  const page = () => here.ana.page;
  const press = async (...keys) => { for (const key of keys) await page().keyboard.press(key); };
  const words = (text) => page().locator('.words').filter({ hasText: text }).first().waitFor();

  // Tab from wherever the focus is until it stands on what is named.
  async function tabTo(name) {
    for (let i = 0; i < 120; i++) {
      await press('Tab');
      const at = await page().evaluate(() => { const e = document.activeElement; return e?.getAttribute('aria-label') ?? e?.labels?.[0]?.textContent ?? e?.textContent ?? ''; });
      if (at.startsWith(name)) return;
    }
    assert.fail(`no Tab leads to ${name}`);
  }

  test('without hours a desk is always open, and says so', async () => {
    await here.desk.mail({ from: 'giulia@rossi.example', subject: 'Alpha invoice', body: 'Where is it?' });
    await here.desk.advance(60);
    await here.ana.signIn('ana@studio.example');
    await row(here.ana, 'Alpha').waitFor();
    await page().goto(`${here.desk.url}/settings/hours`);
    await page().getByText('Every mailbox is always open.').waitFor();
    await here.ana.check('hours-none');
  });

  test('hours are made by keyboard alone', async () => {
    await page().getByRole('link', { name: 'Add business hours' }).focus();
    await press('Enter');
    await words('Monday – Friday: 09:00–17:00');
    await tabTo('Monday, span 1: from');
    await page().keyboard.type('8');
    await press('Tab');
    await page().keyboard.type('12.30');
    await press('Tab');
    await words('Monday: 08:00–12:30');
    await tabTo('Monday: add a span');
    await press('Enter');
    await page().keyboard.type('14:00');
    await press('Tab', 'ArrowDown', 'ArrowDown');
    await words('Monday: 08:00–12:30 and 14:00–17:00');
    await tabTo('Monday: copy to other days');
    await press('Enter', 'Enter');
    await words('Monday – Friday: 08:00–12:30 and 14:00–17:00');
    await page().locator('.toast').getByText('Monday copied').waitFor();
    await tabTo('Friday: add a span');
    await press('Enter');
    await page().keyboard.type('22');
    await press('Tab');
    await page().keyboard.type('6:00');
    await press('Tab');
    await words('Friday: 08:00–12:30, 14:00–17:00 and 22:00 until 06:00 on the next day');
    await tabTo('Name');
    await page().keyboard.type('Office');
    await tabTo('Time zone');
    await page().keyboard.type('Europe/Rome');
    await words('Europe/Rome');
    await here.ana.check('hours-new');
  });

  test('what lies over one another counts once; removing a span and taking that back', async () => {
    await page().getByRole('button', { name: 'Saturday: add a span' }).click();
    await page().getByText('Some spans lie over one another.').waitFor({ state: 'detached' });
    await page().getByLabel('Saturday, span 1: from').fill('05:00');
    await page().getByText('Some spans lie over one another.').waitFor();
    await page().getByRole('button', { name: 'Saturday: remove span 1' }).click();
    await page().getByText('Some spans lie over one another.').waitFor({ state: 'detached' });
    await page().waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Saturday: add a span');
    await page().locator('.toast').getByRole('button', { name: 'Undo' }).last().click();
    await page().getByLabel('Saturday, span 1: from').waitFor();
    await page().getByRole('button', { name: 'Saturday: remove span 1' }).click();
  });

  test('closed days come from a file, with names and what was left out', async () => {
    const file = join(here.desk.folder, 'holidays.ics');
    await writeFile(file, calendar);
    await page().locator('input[type=file]').setInputFiles(file);
    await page().locator('.toast').getByText('1 event that is not a whole day was left out.').waitFor();
    assert.ok(await page().locator('.holidays li').count() >= 4, 'Christmas of the years ahead');
    assert.equal(await page().locator('.holidays input').first().inputValue(), 'Christmas');
    await writeFile(file, '<html>');
    await page().locator('input[type=file]').setInputFiles(file);
    await page().getByText('This is not an iCalendar file').waitFor();
    here.ana.complaints = here.ana.complaints.filter((text) => !/422/.test(text));
  });

  test('the preview tells before and after; leaving loses nothing', async () => {
    await page().getByText('1 first wait of the last 30 days, before and after.').waitFor();
    await page().goto(`${here.desk.url}/settings/people`);
    await page().goto(`${here.desk.url}/settings/hours/new`);
    await page().getByText('These changes are not saved yet').waitFor();
    await words('Friday: 08:00–12:30, 14:00–17:00 and 22:00 until 06:00 on the next day');
    await here.ana.check('hours-kept');
  });

  test('saved, they are told, drawn and kept by the mailbox, and the customer who waits is due by them', async () => {
    const tom = await Visitor.come(here.browser, here.desk);
    await tom.signIn('tom@studio.example');
    const before = await row(tom, 'Alpha').innerText();
    await page().getByRole('button', { name: 'Save' }).click();
    await page().getByText('Used by Studio Help').waitFor();
    await tom.page.waitForFunction((text) => document.querySelector('[role=option]')?.innerText !== text, before);
    await tom.leave();
    const list = await page().evaluate(() => fetch('/api/v1/tickets?view=waiting').then((answer) => answer.json()));
    const schedules = await page().evaluate(() => fetch('/api/v1/schedules').then((answer) => answer.json()));
    assert.equal(schedules.items[0].versions[0].weekly.length, 11);
    // At whatever time of day this runs.
    const counts = Date.parse(schedules.items[0].open ? list.items[0].wait.started_at : schedules.items[0].opens_at);
    assert.ok(Date.parse(list.items[0].wait.due_at) >= counts + 15 * 60_000 - 1000);
    await here.ana.check('hours-list');
  });

  test('other hours from a later day on stand beside them until they begin', async () => {
    await page().getByRole('link', { name: 'Edit Office' }).click();
    await page().getByRole('radio', { name: 'From a day and time' }).check();
    await page().getByLabel('Begins (clocks of Europe/Rome)').fill('2031-01-01T00:00');
    await page().getByRole('button', { name: 'Saturday: add a span' }).click();
    await page().getByRole('button', { name: 'Save' }).click();
    await page().getByText('From 1 January 2031 at 00:00: Monday').waitFor();
    await page().getByRole('link', { name: 'Edit Office' }).click();
    await page().getByText('From the beginning').waitFor();
    await here.ana.check('hours-versions');
    await page().getByRole('button', { name: 'Remove the hours from 1 January 2031 at 00:00' }).click();
    await page().locator('.toast').getByText('The hours to come are removed.').waitFor();
    await page().getByRole('link', { name: 'Back' }).click();
  });

  test('a promise to some customers, with its preview; ended, and that taken back', async () => {
    await page().getByRole('button', { name: 'Add a promise: Studio Help' }).click();
    await page().getByRole('radio', { name: 'some customers' }).check();
    await page().getByLabel('Value').fill('pro');
    await page().getByLabel('Answer within (minutes)').fill('5');
    await page().getByText('1 first wait of the last 30 days').waitFor();
    await here.ana.check('hours-promise');
    await page().getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const promise = page().getByText('5 min: customers with plan = pro');
    await promise.waitFor();
    await page().getByRole('button', { name: 'End: 5 min: customers with plan = pro' }).click();
    await promise.waitFor({ state: 'detached' });
    await page().locator('.toast').getByRole('button', { name: 'Undo' }).last().click();
    await promise.waitFor();
  });

  test('a mailbox is always open again, and that taken back', async () => {
    await page().getByLabel('Business hours of Studio Help').selectOption({ label: 'Always open' });
    await page().getByText('No mailbox uses these hours.').waitFor();
    await page().locator('.toast').getByRole('button', { name: 'Undo' }).last().click();
    await page().getByText('Used by Studio Help').waitFor();
  });

  test('on a phone and at 320 px nothing scrolls sideways', async () => {
    const tall = await Visitor.come(here.browser, here.desk, { viewport: { width: 390, height: 844 } });
    await tall.enter('ana@studio.example');
    for (const [name, where, seen] of [['list', '/settings/hours', 'Used by Studio Help'], ['edit', '/settings/hours/1', 'The week']]) {
      await tall.page.goto(here.desk.url + where);
      await tall.page.getByText(seen).first().waitFor();
      for (const width of [390, 320]) {
        await tall.page.setViewportSize({ width, height: 844 });
        assert.equal(await tall.page.evaluate(() => document.documentElement.scrollWidth), width, `${name} at ${width}`);
        await tall.check(`hours-${name}-${width}`);
      }
    }
    await tall.leave();
  });

  test('no admin, no page', async () => {
    const tom = await Visitor.come(here.browser, here.desk);
    await tom.enter('tom@studio.example');
    await tom.page.goto(`${here.desk.url}/settings/hours`);
    await tom.page.getByRole('heading', { name: 'You', exact: true }).waitFor();
    assert.equal(await tom.page.getByRole('link', { name: 'Business hours' }).count(), 0);
    await tom.leave();
  });
});
