import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// What a person is told: under the bell, on the page, by the browser; and how she chooses it.
describe('notifications', { concurrency: false, timeout: 180_000 }, () => {
  const here = stage('notifications');
  const { test } = here;
  const bell = (visitor, name) => visitor.page.locator('.nav').getByRole('button', { name, exact: true });
  const toast = (visitor, text) => visitor.page.locator('.toast').filter({ hasText: text });
  const noSidewaysScroll = async (visitor, state) => {
    const wide = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${state}: ${wide} px too wide`);
  };
  // Notes each browser notification of a page; the real one is made, too.
  const spy = () => {
    window.shown = [];
    window.Notification = class extends Notification {
      constructor(title, options) {
        super(title, options);
        window.shown.push({ title, body: options.body, tag: options.tag });
      }
    };
  };
  // As if another window stood in front.
  const hide = (page, hidden) => page.evaluate((on) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => on });
    document.hasFocus = () => !on;
  }, hidden);
  const shown = (page) => page.evaluate(() => window.shown);

  test('an alert comes by itself, once, and leads to its ticket', async () => {
    const { ana, desk } = here;
    await ana.signIn('ana@studio.example');
    await desk.mail({ from: 'joe@client.example', subject: 'Where is my parcel?', body: 'It should be here.' });
    await desk.mail({ from: 'eve@client.example', subject: 'An invoice', body: 'Please.' });
    await row(ana, 'An invoice').waitFor();
    await ana.page.goto(`${desk.url}/settings/you`); // where no ticket is looked at
    await bell(ana, 'Notifications').waitFor();
    await desk.advance(450);
    await toast(ana, 'Half of the time to answer is over: #1 Where is my parcel?').waitFor();
    await toast(ana, '#2 An invoice').waitFor();
    await bell(ana, 'Notifications 2 unread').waitFor();
    await ana.check('alert');
    await toast(ana, 'An invoice').getByRole('link').click();
    await ana.page.getByRole('heading', { name: 'An invoice' }).waitFor();
    await bell(ana, 'Notifications 1 unread').waitFor();
  });

  test('the bell lists the last ones', async () => {
    const { ana } = here;
    await bell(ana, 'Notifications 1 unread').click();
    const list = ana.page.getByRole('dialog', { name: 'Notifications' });
    await list.getByRole('link', { name: 'Where is my parcel?' }).waitFor();
    assert.equal(await list.locator('.notices li').count(), 2);
    assert.equal(await list.locator('.notices .unread').count(), 1);
    await ana.check('bell');
    await list.getByRole('button', { name: 'Mark all as read' }).click();
    await list.locator('.notices .unread').waitFor({ state: 'detached' });
    await list.getByRole('link', { name: 'Where is my parcel?' }).click();
    await ana.page.getByRole('heading', { name: 'Where is my parcel?' }).waitFor();
    await list.waitFor({ state: 'detached' });
    await bell(ana, 'Notifications').waitFor();
  });

  test('colleagues tell each other: a mention, an assignment', async () => {
    const { browser, desk, ana } = here;
    here.tom = await Visitor.come(browser, desk);
    const { tom } = here;
    await tom.signIn('tom@studio.example');
    await row(tom, 'Where is my parcel?').click();
    await tom.page.keyboard.press('n');
    await composer(tom).fill('@ana do you know the carrier?');
    await tom.page.keyboard.press('Control+Enter');
    await toast(ana, 'Tom Becker mentioned you: #1').waitFor();
    await row(tom, 'Where is my parcel?').click();
    await tom.page.keyboard.press('a');
    await tom.page.getByRole('combobox').fill('Ana');
    await tom.page.keyboard.press('Enter');
    await toast(ana, 'Tom Becker gave you a ticket: #1').waitFor();
    assert.equal(await toast(tom, 'gave you').count(), 0);
  });

  test('a page out of sight gets one browser notification, however many there are', async () => {
    const { desk, tom } = here;
    await tom.context.grantPermissions(['notifications'], { origin: desk.url });
    await tom.context.addInitScript(spy);
    await tom.page.goto(`${desk.url}/`);
    await row(tom, 'An invoice').waitFor();
    const second = await tom.context.newPage();
    await second.goto(`${desk.url}/`);
    await second.getByRole('option').filter({ hasText: 'An invoice' }).waitFor();
    await hide(tom.page, true);
    await hide(second, true);
    await desk.advance(270); // 80 %, of the ticket that is nobody's
    await tom.page.waitForFunction(() => window.shown.length === 1);
    await second.waitForFunction(() => window.shown.length === 1);
    const [mine] = await shown(tom.page), [other] = await shown(second);
    assert.deepEqual(mine, { title: '80 % of the time to answer is over', body: '#2 An invoice', tag: mine.tag });
    assert.equal(other.tag, mine.tag, 'the browser shows those of one tag as one');

    await hide(second, false);
    await desk.advance(180); // 100 %, told to all
    await second.locator('.toast').filter({ hasText: 'The time to answer is over' }).first().waitFor();
    await second.waitForTimeout(1000); // longer than a page waits for another that is in sight
    assert.equal((await shown(tom.page)).length, 1, 'who looks at one page needs no other');
    await second.close();
  });

  test('a mention and missed targets are mailed, those of a moment as one', async () => {
    // After two acknowledgements: the mention to Ana, then both targets to all three.
    const mails = await Promise.all([2, 3, 4, 5].map((n) => here.sink.mail(n)));
    assert.deepEqual(mails.map((mail) => mail.to[0]), ['ana', 'ana', 'mia', 'tom'].map((name) => `${name}@studio.example`));
    assert.match(mails[0].headers.subject, /^Tom Becker mentioned you in a note: #1 /);
    assert.equal(mails[3].headers.subject, 'News of your tickets: 2');
    assert.match(mails[3].headers['auto-submitted'], /^auto-/);
    assert.match(mails[3].from, /<>/);
  });

  test('she chooses what, where and when', async () => {
    const { ana, desk } = here;
    await ana.page.goto(`${desk.url}/settings/notifications`);
    const box = ana.page.getByRole('checkbox', { name: 'New ticket, Screen' });
    for (const choose of [
      () => box.check(),
      () => ana.page.getByRole('checkbox', { name: 'A target is missed, Mail' }).uncheck(),
      () => ana.page.getByLabel('Every day from').fill('20:00'),
      () => ana.page.getByLabel('until').fill('08:00'),
      () => ana.page.getByRole('checkbox', { name: 'Sun' }).check(),
    ]) {
      const kept = ana.page.waitForResponse((answer) => answer.url().endsWith('/notice-choices') && answer.request().method() === 'PUT');
      await choose();
      await kept;
    }
    await ana.check('settings-notifications');
    await ana.page.setViewportSize({ width: 390, height: 844 });
    await noSidewaysScroll(ana, 'choices');
    await ana.check('settings-notifications-phone');
    await ana.page.getByTitle('Notifications').click();
    await ana.page.getByRole('dialog', { name: 'Notifications' }).getByRole('listitem').first().waitFor();
    await noSidewaysScroll(ana, 'bell');
    await ana.check('bell-phone');
    await ana.page.keyboard.press('Escape');
    await ana.page.setViewportSize({ width: 1440, height: 900 });
    await ana.page.reload();
    assert.equal(await box.isChecked(), true);
    assert.equal(await ana.page.getByRole('checkbox', { name: 'A target is missed, Mail' }).isChecked(), false);
    assert.equal(await ana.page.getByLabel('Every day from').inputValue(), '20:00');

    await desk.mail({ from: 'zoe@client.example', subject: 'Opening hours', body: 'When?' });
    await toast(ana, 'New ticket from zoe@client.example: #3 Opening hours').waitFor();
    await here.tom.leave();
  });

  test('an admin adds a webhook, and sees what became of a test', async () => {
    const { ana, desk } = here;
    await ana.page.goto(`${desk.url}/settings/webhooks`);
    await ana.page.getByText('No webhooks yet.').waitFor();
    await ana.page.getByRole('button', { name: 'Add a webhook' }).click();
    const form = ana.page.getByRole('dialog', { name: 'Add a webhook' });
    await form.getByLabel('Address').fill(`${desk.url}/hook`); // of this machine, so it is not asked
    await form.getByRole('checkbox', { name: 'wait.alert_100' }).check();
    await ana.check('webhook-form');
    await form.getByRole('button', { name: 'Save' }).click();
    const secret = ana.page.getByRole('dialog', { name: 'Its secret' });
    assert.ok((await secret.getByRole('textbox').inputValue()).length >= 20);
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('button', { name: 'Deliveries' }).click();
    await ana.page.getByRole('button', { name: 'Send a test' }).click();
    await ana.page.locator('.deliveries li').filter({ hasText: 'ping' }).getByText('internal network').waitFor();
    await ana.page.getByRole('button', { name: 'Refresh' }).click();
    await ana.check('webhooks');
    await ana.page.setViewportSize({ width: 390, height: 844 });
    await noSidewaysScroll(ana, 'webhooks');
    await ana.check('webhooks-phone');
  });
});
