import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const databases = process.env.FIFTEEN_TEST_MARIADB ? ['sqlite', 'mariadb'] : ['sqlite'];
const minute = 60;
const day = 86400;

// What customers are told of how fast answers are, while it is true, and what managers are told each Monday.
for (const database of databases) describe(`figures that are told, ${database}`, () => {
  const here = stage(`promise-${database}`, { database });
  const { test } = here;
  let token;
  let asked = 0;
  const call = async (path, body) => {
    const answer = await fetch(`${here.desk.url}/api/v1${path}`, { method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const ask = () => call('/tickets', { email: `c${++asked}@example.net`, text: 'How do I export an invoice?' });
  const answer = async ({ id }) => call(`/tickets/${id}/messages`, { kind: 'reply', text: 'Under Billing.', close: true });
  const promised = async () => (await fetch(`${here.desk.url}/api/v1/usual-answer-time`)).json();
  // Every mail that came by now, and those that come until one fits.
  const mailWith = async (fits) => {
    for (let n = 0; ; n++) {
      const mail = await here.sink.mail(n);
      if (fits(mail)) return mail;
    }
  };
  const isDigest = (mail) => /answered in time last week/.test(mail.headers.subject);
  const digestsSoFar = async () => {
    const mails = [];
    for (let n = 0; n < here.sink.count; n++) mails.push(await here.sink.mail(n));
    return mails.filter(isDigest).map((mail) => mail.to[0]).sort();
  };
  // To 08:00 on the next Monday, UTC.
  const nextMonday = async () => {
    const now = new Date((await here.desk.advance(0)).replace(/\.\d+Z$/, 'Z'));
    const monday = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + ((8 - now.getUTCDay()) % 7 || 7), 8);
    await here.desk.advance(Math.ceil((monday - now) / 1000) + 1);
  };

  test('nothing is promised before twenty replies', async () => {
    token = (await here.desk.command(['token', 'add', 'test', '--scope', 'all', '--agent', 'ana@studio.example'])).stdout.trim();
    for (let n = 0; n < 19; n++) await answer(await ask());
    assert.deepEqual(await promised(), { within_minutes: null, text: null });
    const joe = await Visitor.come(here.browser, here.desk);
    await joe.page.goto(`${here.desk.url}/help`);
    assert.equal(await joe.page.getByText(/Usually answered/).count(), 0);
    await joe.leave();
  });

  test('then help, the form, its thanks and the acknowledgement promise it', async () => {
    const { browser, desk } = here;
    await answer(await ask());
    await desk.advance(minute);
    assert.deepEqual(await promised(), { within_minutes: 15, text: 'Usually answered within 15 minutes' });
    const joe = await Visitor.come(browser, desk);
    for (const path of ['/help', '/help/contact', '/help/sent']) {
      await joe.page.goto(desk.url + path);
      await joe.page.getByText('Usually answered within 15 minutes').waitFor();
      await joe.check(`promise${path.replaceAll('/', '-')}`);
    }
    await joe.page.setViewportSize({ width: 320, height: 640 });
    await joe.page.goto(`${desk.url}/help/contact`);
    await joe.picture('promise-phone');
    await joe.leave();
    await ask();
    const ack = await mailWith((mail) => mail.to[0] === `c${asked}@example.net`);
    assert.match(ack.body, /Usually answered within 15 minutes/);
  });

  test('those who wait in vain take it back', async () => {
    const { desk } = here;
    for (let n = 0; n < 21; n++) await ask();
    await desk.advance(16 * minute);
    assert.deepEqual(await promised(), { within_minutes: 20, text: 'Usually answered within 20 minutes' });
    await desk.advance(2 * day);
    assert.deepEqual(await promised(), { within_minutes: null, text: null });
    const joe = await Visitor.come(here.browser, desk);
    await joe.page.goto(`${desk.url}/help`);
    assert.equal(await joe.page.getByText(/Usually answered/).count(), 0);
    await joe.leave();
  });

  test('on Monday at 8 managers get last week’s figures', async () => {
    await nextMonday();
    for (const manager of ['ana@studio.example', 'mia@studio.example']) {
      const mail = await mailWith((one) => isDigest(one) && one.to[0] === manager);
      assert.match(mail.body, /First replies: /);
      assert.match(mail.headers['auto-submitted'], /auto/);
    }
  });

  test('each chooses; and nobody gets it twice', async () => {
    const { ana, desk } = here;
    await ana.signIn('ana@studio.example');
    await ana.page.goto(`${desk.url}/settings/you`);
    const box = ana.page.getByLabel('Send me the weekly figures');
    assert.ok(await box.isChecked());
    await box.click();
    await ana.page.locator('.toast').getByText('Saved.').waitFor();
    await ana.check('settings-you-digest');
    assert.equal(await box.isChecked(), false);
    await ana.page.goto('about:blank');
    await answer(await ask());
    await nextMonday();
    await mailWith((mail) => isDigest(mail) && mail.to[0] === 'mia@studio.example' && /First replies: 1/.test(mail.body));
    assert.deepEqual(await digestsSoFar(), ['ana@studio.example', 'mia@studio.example', 'mia@studio.example'], 'Tom is no manager, Ana wants none');
  });
});
