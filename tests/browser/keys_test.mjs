import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, send, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// A day's work without a mouse: every key of the list of keys, and where the focus is after each.
const subjects = ['Alpha invoice', 'Beta export', 'Gamma sign-in', 'Delta refund'];
const question = 'How do I change the address on an invoice?';

describe('keys', { concurrency: false, timeout: 300_000 }, () => {
  const here = stage('keys');
  const { test } = here;
  const press = (...keys) => keys.reduce((before, key) => before.then(() => here.ana.page.keyboard.press(key)), Promise.resolve());
  const type = (text) => here.ana.page.keyboard.type(text);
  const title = () => here.ana.page.locator('.talk-title');
  const selects = (subject) => title().filter({ hasText: subject }).waitFor();
  const toast = (text) => here.ana.page.locator('.toast').getByText(text).last().waitFor();
  const textIs = (wanted) => here.ana.page.waitForFunction(([source]) => new RegExp(source).test(document.querySelector('.composer textarea').value), [wanted.source]);
  // After each action the focus is on the chosen row or in the composer, never lost.
  const focusIs = (what) => here.ana.page.waitForFunction((wanted) => {
    const at = document.activeElement;
    return wanted === 'row' ? at?.getAttribute('role') === 'option' && at.getAttribute('aria-selected') === 'true' : at?.id === wanted;
  }, what);

  test('a queue of four', async () => {
    const { ana, desk } = here;
    for (const subject of subjects) {
      await desk.mail({ from: `${subject.split(' ')[0].toLowerCase()}@customer.example`, subject, body: `Hello, about ${subject}. ${question}` });
      await desk.advance(30);
    }
    const mia = await Visitor.come(here.browser, desk);
    await mia.signIn('mia@studio.example');
    await mia.page.goto(`${desk.url}/settings/saved-replies`);
    await mia.page.getByRole('button', { name: 'Add saved reply' }).click();
    await mia.page.getByLabel('Title').fill('Refund policy');
    await mia.page.getByLabel('Text').fill('Dear {first_name}, we refund within 14 days.');
    await mia.page.getByRole('button', { name: 'Save', exact: true }).click();
    await mia.page.getByText('Refund policy').waitFor();
    await mia.leave();
    await ana.signIn('ana@studio.example');
    await ana.page.getByRole('option').nth(3).waitFor();
    await selects('Alpha');
  });

  test('j and k go through the list', async () => {
    await press('j');
    await selects('Beta');
    await focusIs('row');
    await press('j', 'j', 'j');
    await selects('Delta');
    await press('k');
    await selects('Gamma');
    await press('Home');
    await selects('Alpha');
    await focusIs('row');
  });

  test('r answers, / and [[ put in what is known, 1 a likely answer', async () => {
    const { page } = here.ana;
    await press('r');
    await focusIs('composer-text');
    await type('/ref');
    await page.getByRole('listbox', { name: 'Saved replies and articles' }).getByRole('option', { name: /Refund policy/ }).waitFor();
    await press('Enter');
    await textIs(/^Dear \S+, we refund within 14 days\.$/);
    await type(' [[charges');
    await page.getByRole('option', { name: /Why do I see two charges/ }).waitFor();
    await press('Enter');
    await textIs(/\[Why do I see two charges\?\]\(.*\/help\/[^)]+\)$/);
    await press('Escape');
    await focusIs('row');
    await page.getByRole('group', { name: 'Likely answers' }).getByRole('button').first().waitFor();
    await press('1');
    await focusIs('composer-text');
    await textIs(/\)\S*\s*\[[^\]]+\]\(/);
    await press('Escape', 'l');
    await page.getByRole('region', { name: 'Likely answers with their reasons' }).waitFor();
    await press('l');
    await page.getByRole('region', { name: 'Likely answers with their reasons' }).waitFor({ state: 'detached' });
    await press('r');
    await focusIs('composer-text');
    await press('Control+a');
    await type('Dear Alpha, **done**.');
    await press('Escape', 'p');
    await page.getByRole('region', { name: 'Preview' }).locator('strong').getByText('done').waitFor();
    await press('p');
  });

  test('Ctrl Enter sends, z takes it back, Shift Ctrl Enter sends and closes', async () => {
    const { page } = here.ana;
    await press('r', 'Control+Enter');
    await page.locator('.message').filter({ hasText: 'Dear Alpha' }).getByText(/^Goes out/).waitFor();
    await focusIs('composer-text');
    await press('Escape', 'z');
    await textIs(/^Dear Alpha/);
    await focusIs('composer-text');
    await send(here.ana, 'Control+Shift+Enter');
    await row(here.ana, 'Alpha').waitFor({ state: 'detached' });
    await selects('Beta');
    await focusIs('row');
    await here.desk.advance(11);
    assert.match((await here.sink.mail(subjects.length)).raw, /Dear Alpha/);
  });

  test('n notes, a assigns, m takes, u marks unread', async () => {
    const { page } = here.ana;
    await press('n');
    await focusIs('composer-text');
    await type('Ask the bank.');
    await press('Control+Enter');
    await page.locator('.message.note').getByText('Ask the bank.').waitFor();
    await press('Escape', 'a');
    await page.getByRole('dialog', { name: 'Assign to' }).waitFor();
    await type('tom');
    await press('Enter');
    await toast('Assigned to Tom Becker.');
    await page.getByText('Ana Ferri assigned this to Tom Becker.').waitFor();
    await focusIs('row');
    await press('m');
    await toast('Assigned to Ana Ferri.');
    await press('z');
    await page.getByRole('button', { name: 'Assigned to Tom Becker' }).waitFor();
    await press('u');
    await toast('Marked unread.');
    await focusIs('row');
  });

  test('e closes and goes on, z undoes, x takes several', async () => {
    const { page } = here.ana;
    await press('e');
    await selects('Gamma');
    await focusIs('row');
    await press('z');
    await selects('Beta');
    await page.getByText('Ana Ferri closed this.').waitFor({ state: 'detached' });
    await press('x', 'j', 'j', 'x');
    await page.getByText('2 selected').waitFor();
    await press('e');
    await toast('2 tickets closed.');
    await selects('Gamma');
    await focusIs('row');
    await press('z');
    await page.getByRole('option').nth(2).waitFor();
    await press('x', 'Escape');
    await page.getByText(/selected/).waitFor({ state: 'detached' });
  });

  test('g leads everywhere', async () => {
    const { page } = here.ana;
    for (const [letter, path, heading] of [['f', '/inbox/first', 'Needs first reply'], ['m', '/inbox/mine', 'Mine'], ['w', '/inbox/waiting', 'Waiting on us'], ['c', '/inbox/closed', 'Closed'], ['r', '/reports', 'Response times'], ['a', '/articles', 'Articles'], ['i', '/', 'Inbox']]) {
      await press('g', letter);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      assert.equal(new URL(page.url()).pathname, path);
    }
  });

  test('/ searches, Esc goes back a step at a time', async () => {
    const { page } = here.ana;
    await page.getByRole('option').first().waitFor();
    await press('/');
    await focusIs('search');
    await type('Gamma');
    await row(here.ana, 'Gamma').locator('mark').first().waitFor();
    await press('Escape');
    await page.getByRole('option').nth(2).waitFor();
    await focusIs('row');
    await press('/');
    await type('nothinglikethis');
    await page.getByText('Nothing found for “nothinglikethis”.').waitFor();
    await press('Escape');
    await page.getByRole('option').nth(2).waitFor();
  });

  test('?, Ctrl K, c and i open what they say and give the focus back', async () => {
    const { page } = here.ana;
    await press('Home');
    for (const [key, name] of [['Shift+?', 'Keys'], ['Control+k', 'Commands'], ['c', 'New ticket']]) {
      await press(key);
      await page.getByRole('dialog', { name }).waitFor();
      await press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await focusIs('row');
    }
    await page.getByRole('complementary', { name: 'Customer' }).waitFor();
    await press('i');
    await page.getByRole('complementary', { name: 'Customer' }).waitFor({ state: 'detached' });
    await press('i');
    await press('Control+k');
    await type('mark unr');
    await page.getByRole('dialog').getByRole('option', { name: /Mark unread.*u/ }).waitFor();
    await press('Enter');
    await toast('Marked unread.');
    await focusIs('row');
  });

  test('a call and a first word are written down by c', async () => {
    const { page } = here.ana;
    await press('c');
    await page.getByRole('radio', { name: 'Email' }).press('ArrowRight');
    await page.getByRole('textbox', { name: 'Email' }).fill('caller@customer.example');
    await page.getByLabel('Subject').fill('A call about keys');
    await page.getByLabel('What was said').fill('She will write.');
    await press('Tab', 'Tab');
    await page.getByRole('button', { name: 'Log call' }).press('Enter');
    await selects('A call about keys');
    await page.locator('.message').getByText('She will write.').waitFor();
  });

  test('Tab visits every focusable that is seen', async () => {
    const { page } = here.ana;
    await press('Home');
    const wanted = await page.evaluate(() => {
      const seen = [...document.querySelectorAll('a[href], button, input, textarea, select, summary, iframe, [tabindex]')]
        .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], .toasts')); // toasts go by themselves meanwhile
      seen.forEach((one, index) => { one.dataset.tabTest = index; });
      document.activeElement?.blur();
      return seen.length;
    });
    const visited = new Set();
    for (let n = 0; n < 2 * wanted && visited.size < wanted; n++) { // more may have come since they were counted
      await press('Tab');
      const at = await page.evaluate(() => document.activeElement?.dataset.tabTest);
      if (at !== undefined) visited.add(at);
    }
    const left = await page.evaluate((seen) => [...document.querySelectorAll('[data-tab-test]')].filter((one) => !seen.includes(one.dataset.tabTest)).map((one) => one.outerHTML.slice(0, 120)), [...visited]);
    assert.deepEqual(left, []);
    assert.ok(wanted > 20, `${wanted} focusables`);
  });

  test('typing and input methods are left alone; single keys can be switched off', async () => {
    const { page } = here.ana;
    await press('Home', 'r');
    await composer(here.ana).fill('');
    await type('jjkke?');
    assert.equal(await composer(here.ana).inputValue(), 'jjkke?');
    await composer(here.ana).fill('');
    await press('Escape', 'g', 'i');
    await page.goto(`${here.desk.url}/settings/you`);
    await page.getByLabel('Single-letter keys (j, k, r, e …)').uncheck();
    await page.goto(`${here.desk.url}/`);
    await page.getByRole('option').first().waitFor();
    const before = await title().textContent();
    await press('j');
    await press('Control+k');
    await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    await press('Escape');
    assert.equal(await title().textContent(), before, 'j does nothing');
    await page.goto(`${here.desk.url}/settings/you`);
    await page.getByLabel('Single-letter keys (j, k, r, e …)').check();
  });

  test('Enter opens on the phone, Back returns to the row', async () => {
    const phone = await Visitor.come(here.browser, here.desk, { viewport: { width: 390, height: 844 } });
    await phone.signIn('tom@studio.example');
    await phone.page.getByRole('option').first().focus();
    await phone.page.keyboard.press('Enter');
    await phone.page.getByRole('button', { name: 'Back' }).waitFor();
    await phone.page.keyboard.press('Escape');
    await phone.page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'option');
    await phone.leave();
  });
});
