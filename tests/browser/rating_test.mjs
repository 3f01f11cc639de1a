import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe } from 'node:test';
import { composer, row, send, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const databases = process.env.FIFTEEN_TEST_MARIADB ? ['sqlite', 'mariadb'] : ['sqlite'];

// What a mail scanner does with a link.
const scan = (method, url) => new Promise((resolve, reject) => {
  request(url, { method, headers: { 'user-agent': 'LinkScanner/1.0' } }, (answer) => { answer.resume(); answer.on('end', () => resolve(answer.statusCode)); }).on('error', reject).end();
});

const plain = ({ body }) => body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
const linksOf = (mail) => [...new Set(plain(mail).match(/https?:\/\/[^\s"<>]+\/rate\/[^\s"<>]+/g) ?? [])];

// A customer's thanks: from the mail that she got to the agent who earned them.
for (const database of databases) describe(`a rating, ${database}`, () => {
  const here = stage(`rating-${database}`, { database });
  const { test } = here;
  let links;
  const answered = async (n) => {
    await composer(here.ana).fill('It is mended, Giulia.');
    await send(here.ana);
    await here.desk.advance(11);
    return here.sink.mail(n);
  };
  const open = async (choice, options) => {
    const giulia = await Visitor.come(here.browser, here.desk, options);
    await giulia.page.goto(links[choice - 1]);
    await giulia.page.getByRole('heading', { name: 'How was this answer?' }).waitFor();
    return giulia;
  };

  test('an answer asks how it was, below the signature', async () => {
    const { ana, desk, sink } = here;
    await ana.signIn('ana@studio.example');
    await desk.mail({ from: 'giulia@rossi.example', subject: 'Charged twice', body: 'I was charged twice. Can you help me please?' });
    const ack = await sink.mail(0);
    assert.deepEqual(linksOf(ack), [], 'an acknowledgement answers nobody');
    await row(ana, 'Charged twice').click();
    const mail = await answered(1);
    links = linksOf(mail);
    assert.equal(links.length, 3, plain(mail));
    links.forEach((link, i) => assert.match(link, new RegExp(`^${desk.url}/rate/m\\d+\\.[0-9a-f]{32}/${i + 1}$`)));
    assert.match(plain(mail), /How was this answer\?/);
  });

  test('a scanner that opens every link changes nothing', async () => {
    for (const link of links) for (const method of ['HEAD', 'GET', 'HEAD']) assert.equal(await scan(method, link), 200);
    assert.equal(await scan('GET', links[0].slice(0, -2)), 200);
    const giulia = await open(1);
    assert.equal(await giulia.page.getByRole('radio', { checked: true }).count(), 1);
    await giulia.check('rating-asked');
    await giulia.leave();
    const { items } = await here.ana.page.evaluate(() => fetch('/api/v1/ratings').then((answer) => answer.json()));
    assert.deepEqual(items, []);
  });

  test('the press without JavaScript counts, and Ana hears of it', async () => {
    const { ana } = here;
    const giulia = await open(1, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await giulia.page.getByText('Answered by Ana Ferri').waitFor();
    await giulia.page.getByLabel('Would you like to add a few words?').fill('So fast, thank you Ana.');
    await giulia.picture(`rating-phone-${database}`);
    await giulia.page.getByRole('button', { name: 'Send' }).click();
    await giulia.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await giulia.leave();
    await ana.page.locator('.toast').getByText('giulia@rossi.example thanks you').waitFor();
    const badge = ana.page.locator('.message.ours .rated');
    await badge.getByText('The customer says thank you').waitFor();
    await badge.getByText('So fast, thank you Ana.').waitFor();
    await ana.check('rated');
  });

  test('with JavaScript she changes her mind; it stays one', async () => {
    const { ana } = here;
    const giulia = await open(2);
    assert.ok(await giulia.page.getByRole('radio', { name: 'Good', exact: true }).isChecked());
    assert.equal(await giulia.page.getByLabel('Would you like to add a few words?').inputValue(), 'So fast, thank you Ana.');
    await giulia.page.getByRole('button', { name: 'Send' }).click();
    await giulia.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await giulia.check('rating-thanks');
    await ana.page.locator('.rated').getByText('The customer found it good').waitFor();
    await giulia.page.getByRole('radio', { name: 'Wonderful, thank you' }).check();
    await giulia.page.getByRole('button', { name: 'Change it' }).click();
    await ana.page.locator('.rated').getByText('The customer says thank you').waitFor();
    const { items } = await ana.page.evaluate(() => fetch('/api/v1/ratings').then((answer) => answer.json()));
    assert.deepEqual(items.map(({ score, comment }) => [score, comment]), [['kudos', 'So fast, thank you Ana.']]);
    await giulia.leave();
  });

  test('a rating opens nothing and starts no wait', async () => {
    const { ana } = here;
    const { state, wait } = await ana.page.evaluate(() => fetch('/api/v1/tickets/1').then((answer) => answer.json()));
    assert.equal(wait, null);
    assert.equal(state, 'open', 'as the answer left it');
  });

  test('another agent sees none of it, and Ana does not praise herself', async () => {
    const { browser, desk, ana } = here;
    const tom = await Visitor.come(browser, desk);
    await tom.signIn('tom@studio.example');
    await tom.page.goto(`${desk.url}/t/1`);
    await tom.page.locator('.message.ours').waitFor();
    assert.equal(await tom.page.locator('.rated').count(), 0);
    await tom.page.goto(links[2]);
    await tom.page.getByRole('button', { name: 'Send' }).click();
    await tom.page.getByRole('heading', { name: 'This link is the customer’s' }).waitFor();
    tom.complaints = tom.complaints.filter((text) => !/403/.test(text));
    await tom.leave();
    await ana.page.locator('.rated').getByText('The customer says thank you').waitFor();
  });

  test('a dead link says so', async () => {
    const { browser, desk } = here;
    const giulia = await Visitor.come(browser, desk);
    await giulia.page.goto(links[0].replace(/.\/1$/, 'g/1'));
    await giulia.page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    await giulia.check('rating-wrong');
    await here.ana.page.goto('about:blank'); // her session ends before the link does
    await desk.advance(90 * 86400);
    await giulia.page.goto(links[0]);
    await giulia.page.getByRole('heading', { name: 'This link is older than 90 days' }).waitFor();
    await giulia.check('rating-old');
    giulia.complaints = giulia.complaints.filter((text) => !/404|410/.test(text));
    await giulia.leave();
  });
});
