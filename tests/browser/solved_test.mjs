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

const plain = (text) => text.replaceAll('=\r\n', '').replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
const linksOf = (mail, path) => [...new Set(plain(mail.raw).match(new RegExp(`https?://[^\\s"<>]+/${path}/[^\\s"<>]+`, 'g')) ?? [])];
const htmlOf = (mail) => plain(/text\/html[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail.raw)[1]);
const answersTo = (mail) => /^Reply-To:.*?<([^>]+)>/mi.exec(mail.raw.replace(/\r\n[ \t]+/g, ' '))[1];

// A question that an article solves: from the acknowledgement to the report.
for (const database of databases) describe(`a suggestion by mail, ${database}`, () => {
  const here = stage(`solved-${database}`, { database, isPublic: true });
  const { test } = here;
  const question = { subject: 'Two charges for March', body: 'Hello, my card statement shows two charges for March. Why do I see two charges?' };
  let ack, link, number;
  const api = (path) => here.ana.page.evaluate((where) => fetch(`/api/v1${where}`).then((answer) => answer.json()), path);
  const stateOf = async () => (await api(`/tickets/${number}`)).state;
  const solvedInReport = async () => (await api(`/reports/first-response?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`)).self_solved;
  const press = async (name, heading, options = { javaScriptEnabled: false }) => {
    const giulia = await Visitor.come(here.browser, here.desk, options);
    await giulia.page.goto(link);
    await giulia.page.getByRole('button', { name }).click();
    await giulia.page.getByRole('heading', { name: heading }).waitFor();
    await giulia.leave();
  };

  test('the acknowledgement suggests articles', async () => {
    const { ana, desk, sink } = here;
    await ana.signIn('ana@studio.example');
    // One in ten belongs to the control group, which gets none.
    for (number = 1; ; number++) {
      assert.ok(number < 12, 'none of eleven mails got a suggestion');
      await desk.mail({ from: `giulia${number}@rossi.example`, ...question });
      ack = await sink.mail(number - 1);
      assert.match(plain(ack.raw), /Thank you, your message has arrived/);
      [link] = linksOf(ack, 'solved');
      if (link) break;
    }
    assert.match(link, new RegExp(`^${desk.url}/solved/t${number}\\.a\\d+\\.[0-9a-f]{32}$`));
    assert.ok(linksOf(ack, 'help').some((one) => one.endsWith('/help/two-charges')), plain(ack.raw));
    assert.ok(linksOf(ack, 'solved').length <= 3);
    assert.match(plain(ack.raw), /One of these articles may answer it at once/);
    const reader = await here.browser.newContext({ viewport: { width: 640, height: 620 } });
    const page = await reader.newPage();
    await page.setContent(`<body style="font-family:sans-serif;margin:24px">${htmlOf(ack)}</body>`);
    await page.screenshot({ path: `build/screenshots/solved-mail-${database}.png` });
    await reader.close();
    assert.doesNotMatch(htmlOf(ack), /<img|<script/);
  });

  test('a scanner that opens every link changes nothing', async () => {
    for (const one of linksOf(ack, 'solved')) for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) assert.equal(await scan(method, one), 200);
    assert.equal(await stateOf(), 'open');
    assert.equal(await solvedInReport(), 0);
    const giulia = await Visitor.come(here.browser, here.desk);
    await giulia.page.goto(link);
    await giulia.page.getByRole('heading', { name: 'Did this solve it?' }).waitFor();
    await giulia.page.getByText('my card statement shows two charges').waitFor();
    await giulia.check(`solved-asked-${database}`);
    await giulia.page.setViewportSize({ width: 390, height: 844 });
    await giulia.picture(`solved-asked-phone-${database}`);
    await giulia.leave();
    assert.equal(await stateOf(), 'open');
  });

  test('the press without JavaScript closes it, once', async () => {
    await press('Yes, this solved it', 'Thank you');
    assert.equal(await stateOf(), 'closed');
    assert.equal(await solvedInReport(), 1);
    assert.equal(await scan('GET', link), 200);
    assert.equal(await solvedInReport(), 1);
    await here.ana.page.goto(`${here.desk.url}/t/${number}`);
    await here.ana.page.getByText('Said that').waitFor();
    await here.ana.check(`solved-ticket-${database}`);
  });

  test('not solved after all', async () => {
    const giulia = await Visitor.come(here.browser, here.desk);
    await giulia.page.goto(link);
    await giulia.check(`solved-thanks-${database}`);
    await giulia.page.getByRole('button', { name: 'Not solved after all' }).click();
    await giulia.page.getByRole('heading', { name: 'Your question is open again' }).waitFor();
    await giulia.check(`solved-open-${database}`);
    await giulia.leave();
    assert.equal(await stateOf(), 'open');
    assert.equal(await solvedInReport(), 0);
    await press('Yes, this solved it', 'Thank you', {});
    assert.equal(await solvedInReport(), 1);
  });

  test('a reply opens it again, with a new wait', async () => {
    const { ana, desk } = here;
    await desk.mail({ from: `giulia${number}@rossi.example`, to: answersTo(ack), subject: `Re: ${question.subject}`, body: 'It is still there, sorry.' });
    await ana.page.goto(`${desk.url}/`);
    await row(ana, 'It is still there').waitFor();
    assert.equal(await stateOf(), 'open');
    assert.equal((await api(`/tickets/${number}`)).wait.first, true);
    assert.equal(await solvedInReport(), 1);
  });

  test('an answer makes the link one that asks nothing', async () => {
    const { ana, browser, desk } = here;
    await ana.page.goto(`${desk.url}/t/${number}`);
    await composer(ana).fill('I gave the second amount back.');
    await send(ana);
    const giulia = await Visitor.come(browser, desk);
    await giulia.page.goto(link);
    await giulia.page.getByRole('heading', { name: 'We have answered you already' }).waitFor();
    assert.equal(await giulia.page.getByRole('button').count(), 0);
    await giulia.page.goto(link.replace(/.$/, 'g'));
    await giulia.page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    await giulia.check(`solved-dead-${database}`);
    giulia.complaints = giulia.complaints.filter((text) => !/404/.test(text));
    await giulia.leave();
  });

  test('managers see what mail solved, and which article should have caught a question', async () => {
    const { ana, browser, desk } = here;
    const asked = { from: 'zoe@harbour.example', subject: 'Mooring fees', body: 'What does a berth cost a night in winter?' };
    await desk.mail(asked);
    await ana.page.goto(`${desk.url}/`);
    await row(ana, asked.subject).click();
    await composer(ana).fill(`It is told in ${desk.url}/help/refunds for now.`);
    await send(ana);
    await desk.advance(11);
    const mia = await Visitor.come(browser, desk);
    await mia.signIn('mia@studio.example');
    await mia.page.goto(`${desk.url}/reports/deflection?period=today`);
    const card = mia.page.locator('.stat').filter({ hasText: 'Solved by mail' });
    await card.getByText(`1 of ${number + 1} acknowledged tickets`).waitFor();
    await card.getByText(`${Math.round(100 / (number + 1))}%`).waitFor();
    const articles = mia.page.locator('.chart-deflection-articles');
    await articles.getByRole('columnheader', { name: 'Should have caught' }).waitFor();
    const column = (await articles.locator('thead th').allInnerTexts()).findIndex((words) => words.startsWith('Should have caught'));
    const caught = (title) => articles.locator('tbody tr').filter({ hasText: title }).locator('th, td').nth(column).innerText();
    assert.equal(await caught('Refunds'), '1');
    assert.equal(await caught('Why do I see two charges?'), '0', 'its list held it');
    await mia.check(`deflection-mail-${database}`);
    await mia.leave();
  });
});
