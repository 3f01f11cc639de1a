import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { seeded } from '../../scripts/sample/random.mjs';
import { talk } from '../../scripts/sample/talk.mjs';
import { stage } from './stage.mjs';
import { asShown, Visitor } from './visitor.mjs';

// 300 questions that a link answered, each with a word of its own; every seventh has nothing else.
const lines = [
  { type: 'mailbox', id: 'm1', address: 'help@studio.example', name: 'Studio Help' },
  { type: 'agent', id: 'a1', email: 'ana@studio.example', name: 'Ana Ferri', role: 'admin' },
  { type: 'customer', id: 'c1', email: 'joe@customer.example', name: 'Joe' },
];
const answered = talk.en.filter(([, , , , article]) => article);
const random = seeded(15);
const strange = () => Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
for (let n = 0; n < 300; n++) {
  const [subject, question, , , slug] = answered[n % answered.length];
  const isOdd = n % 7 === 3;
  const at = (seconds) => new Date(Date.UTC(2026, 0, 1) + (n * 3600 + seconds) * 1000).toISOString();
  lines.push(
    { type: 'ticket', id: `t${n}`, at: at(0), mailbox: 'm1', customer: 'c1', subject: isOdd ? strange() : subject, channel: 'email', started_by: 'customer' },
    { type: 'message', id: `x${n}`, ticket: `t${n}`, at: at(0), from: 'customer', kind: 'message', body: `${isOdd ? strange() : question} ${strange()}` },
    { type: 'message', id: `y${n}`, ticket: `t${n}`, at: at(60), from: 'agent:a1', kind: 'reply', body: `See https://old.example/help/${slug}`, close: true },
  );
}

// From which confidence on answers are shown: what each value would have shown of the past, and what a choice changes at once.
describe('the threshold of suggestions', { concurrency: false, timeout: 300_000 }, () => {
  const here = stage('threshold', { history: lines.map((line) => JSON.stringify(line)).join('\n') });
  const { test } = here;
  const known = talk.en[0][1];
  const vague = 'Quartz, a kettle and violins that were charged to us';
  const page = () => here.ana.page;
  const threshold = () => page().evaluate(() => fetch('/api/v1/suggestion-threshold').then((answer) => answer.json()));
  const choose = async (value) => {
    const saved = page().waitForResponse((reply) => reply.request().method() === 'PUT' && reply.request().postDataJSON()?.own === value);
    await page().getByLabel('At least this confidence').selectOption(String(value));
    assert.equal((await saved).status(), 200);
    await page().locator('.toast').getByText('Saved.').first().waitFor();
    assert.equal((await threshold()).in_force, value);
  };
  const asks = async (visitor, text) => {
    await visitor.page.goto(`${here.desk.url}/help/contact`);
    const answer = visitor.page.waitForResponse((reply) => reply.url().includes('/api/v1/suggestions'));
    await visitor.page.getByLabel('Your question').fill(text);
    const { items } = await (await answer).json();
    if (items.length > 0) await visitor.page.locator('#likely a').first().waitFor();
    assert.equal(await visitor.page.locator('#likely a').count(), items.length);
    return items.length;
  };

  test('Settings tell what each value would have shown', async () => {
    await here.ana.signIn('ana@studio.example');
    for (let tries = 0; (await threshold()).questions === 0; tries++) {
      assert.ok(tries < 60, 'the desk does not try itself out');
      await new Promise((later) => setTimeout(later, 500));
    }
    await page().goto(`${here.desk.url}/settings/suggestions`);
    const table = page().locator('.choices-table');
    await table.waitFor();
    const { questions, steps, own, in_force } = await threshold();
    assert.equal(own, null);
    assert.equal(questions, 60);
    const rows = await table.locator('tbody tr').evaluateAll((all) => all.map((one) => [...one.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows.map(([, shown, right]) => [Number(shown), Number(right)]), steps.map(({ shown, right }) => [shown, right]));
    assert.ok(steps[0].shown === 60 && steps.at(-1).shown < 60 && steps.at(-1).right > 0, JSON.stringify(steps));
    assert.equal(await table.locator('tr[aria-current=true] th').innerText(), rows[steps.findLastIndex((step) => step.threshold <= in_force)][0]);
    await here.ana.check('settings-suggestions');
    await page().setViewportSize({ width: 390, height: 844 });
    assert.ok(await page().evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    await here.ana.picture('settings-suggestions-phone');
    await page().setViewportSize({ width: 1440, height: 900 });
  });

  test('a form follows another one at once', async () => {
    await page().getByRole('radio', { name: 'Our own' }).check();
    await choose(0);
    const joe = await asShown(() => Visitor.come(here.browser, here.desk), (visitor) => asks(visitor, vague));
    assert.ok(await asks(joe, known) > 0);
    await choose(0.5);
    await here.ana.check('settings-suggestions-own');
    assert.equal(await asks(joe, vague), 0);
    assert.ok(await asks(joe, known) > 0, 'the control: what is sure is still shown');
    await page().reload();
    assert.equal(await page().getByLabel('At least this confidence').inputValue(), '0.5');
    await page().getByRole('radio', { name: 'Found from outcomes' }).check();
    await page().getByText('In force:').waitFor();
    assert.equal((await threshold()).own, null);
    await joe.leave();
  });
});
