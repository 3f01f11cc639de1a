import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, send, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// What an agent is offered beside a ticket.
describe('likely answers', { concurrency: false, timeout: 300_000 }, () => {
  const here = stage('answers');
  const { test } = here;
  const page = () => here.ana.page;
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page().keyboard.press(key)), Promise.resolve());
  const pills = () => page().locator('.likely-answers .pill');
  const panel = () => page().locator('.answers-panel');
  const text = () => composer(here.ana).inputValue();
  const api = (path) => page().evaluate((where) => fetch(`/api/v1${where}`).then((answer) => answer.json()), path);
  const asks = async (name, subject, body) => {
    await here.desk.mail({ from: `${name}@customer.example`, subject, body });
    await row(here.ana, subject).click();
    await pills().first().waitFor();
  };

  test('1 puts the likely answer into the reply', async () => {
    await here.ana.signIn('ana@studio.example');
    await asks('joe', 'Two charges on my card', 'Hello, why do I see two charges for March?');
    assert.equal(await pills().first().locator('kbd').innerText(), '1', 'its key is seen');
    await press('1');
    await page().waitForFunction(() => /\[Why do I see two charges\?\]\(.*\/help\/two-charges\)/.test(document.querySelector('.composer textarea').value));
    await composer(here.ana).fill('');
    await press('Escape');
  });

  test('l opens them, and Read the article in place', async () => {
    await press('l');
    await panel().getByText('Because of').first().waitFor();
    await panel().locator('.chip', { hasText: /charge/i }).first().waitFor();
    await panel().getByRole('button', { name: 'Read', exact: true }).first().click();
    await panel().getByText('Your bank first reserves the amount').waitFor();
    await here.ana.check('answers-read');
    await press('i'); // the pane would lie over all of it
    await page().setViewportSize({ width: 390, height: 844 });
    await here.ana.picture('answers-phone');
    await page().setViewportSize({ width: 1440, height: 900 });
    await press('i');
    await panel().getByRole('button', { name: 'Insert' }).first().click();
    assert.match(await text(), /two-charges/);
  });

  test('a reply with its link teaches it for the next such question', async () => {
    await composer(here.ana).fill(`Have a look at ${await text()}, please.`);
    await send(here.ana);
    await here.desk.advance(11);
    await asks('kim', 'Charged twice', 'My statement has two charges, why do I see two charges?');
    const [{ id, title }] = (await api('/tickets/2/suggestions')).items;
    assert.equal(title, 'Why do I see two charges?');
    assert.deepEqual((await api(`/articles/${id}/lessons`)).items.map(({ source, ticket }) => [source, ticket]), [['reply', '1']]);
    // Learned within a minute: the earlier ticket is a reason now.
    await page().waitForFunction(async () => {
      const { items } = await fetch('/api/v1/tickets/2/suggestions').then((answer) => answer.json());
      return items[0].why.tickets.some(({ number }) => number === 1);
    }, null, { timeout: 60_000 });
    await page().reload();
    await pills().first().waitFor();
    if (!await panel().isVisible()) await press('l');
    await panel().getByRole('link', { name: '#1', exact: true }).waitFor();
    await here.ana.check('answers-why');
  });

  test('what it was taught can be taken back', async () => {
    await panel().getByRole('button', { name: 'What it was taught' }).first().click();
    const dialog = page().getByRole('dialog');
    await dialog.getByText('Hello, why do I see two charges').waitFor();
    await here.ana.check('answers-taught');
    await dialog.getByRole('button', { name: 'Take back' }).first().click();
    await dialog.getByRole('button', { name: 'Give again' }).first().waitFor();
    const { items } = await api(`/articles/${(await api('/tickets/2/suggestions')).items[0].id}/lessons`);
    assert.ok(items[0].taken_back_at);
    await dialog.getByRole('button', { name: 'Give again' }).first().click();
    await dialog.getByRole('button', { name: 'Take back' }).first().waitFor();
    await press('Escape');
  });

  test('one that is wrong here goes, and stays away', async () => {
    const wrong = await pills().first().locator('span').innerText();
    const before = await pills().count();
    await panel().getByRole('button', { name: 'Wrong here' }).first().click();
    await page().locator('.toast').getByText('Taken away from this ticket').waitFor();
    assert.equal(await pills().filter({ hasText: wrong }).count(), 0);
    await page().reload();
    await page().locator('.composer textarea').waitFor();
    const { items } = await api('/tickets/2/suggestions');
    assert.ok(items.every(({ title }) => title !== wrong), `${wrong} of ${before}`);
    const first = await api('/tickets/1/suggestions');
    assert.ok(first.items.some(({ title }) => title === wrong), 'elsewhere it is still offered');
  });

  test('[[ links the article in the language of the customer', async () => {
    await asks('gianni', 'Addebito doppio', 'Buongiorno, sul mio estratto conto vedo due addebiti per marzo, perché?');
    await composer(here.ana).fill('');
    await composer(here.ana).pressSequentially('Ecco: [[addebit');
    await page().locator('.snippets').getByRole('option', { name: /addebiti/ }).waitFor(); // not the ticket's row in the list
    await press('Enter');
    assert.match(await text(), /^Ecco: \[Perché vedo due addebiti\?\]\(.*\/help\/doppio-addebito\)$/);
    await composer(here.ana).fill('');
  });

  test('s saves the answer as an article to look over', async () => {
    await asks('lena', 'Refund to another card', 'Can my refund go to another card?');
    await composer(here.ana).fill('Hello Lena,\n\na refund always goes to the card that paid. Yours is order 4821993.\n\nBest regards,\nAna Ferri');
    await send(here.ana);
    await here.desk.advance(11);
    await page().locator('.message.ours').getByRole('button', { name: 'More for this message' }).click();
    await page().getByRole('menuitem', { name: /Save this answer as an article/ }).waitFor();
    await press('Escape');
    await press('Escape', 's');
    await page().waitForURL(/\/articles\/\d+/);
    const id = page().url().split('/').at(-1);
    const article = await api(`/articles/${id}`);
    assert.equal(article.title, 'Refund to another card');
    assert.equal(article.body, 'a refund always goes to the card that paid. Yours is order [check: 4821993].\n');
    assert.equal(article.state, 'draft');
    await page().locator('.toast').getByText('Look at 1 place').waitFor();
    const tom = await Visitor.come(here.browser, here.desk);
    await tom.page.goto(`${here.desk.url}/help?q=refund%20another%20card`);
    assert.equal(await tom.page.getByText('Refund to another card').count(), 0, 'a draft never leaves');
    await tom.leave();
  });

  test('the article tells what it was taught, too', async () => {
    const { id } = (await api('/articles?q=see+two+charges')).items[0];
    await page().goto(`${here.desk.url}/articles/${id}`);
    await page().getByRole('radio', { name: 'Details' }).check();
    await page().getByRole('button', { name: 'What it was taught' }).click();
    await page().getByRole('dialog').getByText('Hello, why do I see two charges').waitFor();
    await here.ana.check('article-taught');
    await page().setViewportSize({ width: 390, height: 844 });
    await here.ana.picture('article-taught-phone');
    await press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
    await here.ana.picture('article-details-phone');
    await page().setViewportSize({ width: 1440, height: 900 });
    await here.ana.picture('article-details');
  });
});
