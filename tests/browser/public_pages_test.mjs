import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, send, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

const plain = ({ body }) => body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
const linkIn = (mail, path) => new RegExp(`https?://[^\\s"<>)]+/${path}/[^\\s"<>)]+`).exec(plain(mail))[0];

// Every page that a customer may come to, by axe in both themes and in no need of scrolling sideways: on a phone in Ukrainian
// and Chinese, on a desk's screen in English; and what /help shows of topics and ideas.
describe('the public pages', { timeout: 300_000 }, () => {
  const here = stage('public-pages', { isPublic: true });
  const { test } = here;
  const ideas = [['CSV of all invoices', 'One file with every invoice of the year'], ['Dark mode in reports', 'Charts follow the theme of the app'], ['Export rights for viewers', 'Also those who only look']];
  let pages;

  const api = (method, path, body) => here.ana.page.evaluate(async ([how, where, what]) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    return (await fetch(`/api/v1/${where}`, { method: how, headers: { 'content-type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify(what) })).status;
  }, [method, path, body]);

  test('a question that was answered, an idea that is being built, a vote that waits', async () => {
    const { ana, desk, sink } = here;
    await ana.signIn('ana@studio.example');
    for (const [title, text] of ideas) assert.equal(await api('POST', 'ideas', { title, text }), 201);
    assert.equal(await api('PUT', 'ideas/1/state', { state: 'building', reason: 'It is in the *beta*.' }), 200);
    await desk.mail({ from: 'giulia@rossi.example', subject: 'Two charges', html: '<p>Hello,</p><p>see <a href="https://bank.example/march">my statement</a>:</p><ul><li>two charges</li><li>one refund</li></ul>' });
    await row(ana, 'Two charges').click();
    await composer(ana).fill('They are **one**.');
    await send(ana, 'Shift+Control+Enter');
    await desk.advance(11);
    const mail = await sink.mail(1, 'giulia@rossi.example');
    const joe = await Visitor.come(here.browser, desk);
    await joe.page.goto(`${desk.url}/help/ideas/2`);
    await desk.advance(3);
    await joe.page.getByLabel('Email').fill('joe@client.example');
    await joe.page.getByRole('button', { name: 'Vote' }).click();
    await joe.page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await joe.leave();
    const voter = linkIn(await sink.mail(0, 'joe@client.example'), 'help/ideas/confirm');
    const path = (url) => new URL(url).pathname;
    pages = {
      help: '/help', search: '/help?q=export', contact: '/help/contact', about: '/help/contact?article=two-charges', article: '/help/two-charges', thanked: '/help/two-charges?thanks=1',
      category: '/help/categories/billing', sent: '/help/sent', glad: '/help/sent?what=solved', link: '/help/sent?what=link', questions: '/help/questions', ideas: '/help/ideas', like: '/help/ideas?q=dark',
      idea: '/help/ideas/1', wish: '/help/ideas/2', wished: '/help/ideas/sent', voter: path(voter), question: path(linkIn(mail, 'q')), rating: path(linkIn(mail, 'rate')),
      missing: '/help/nothing', dead: '/q/t1.d1.0123', unrated: '/rate/m1.0123', unsolved: '/solved/t1.a1.0123', unvoted: '/help/ideas/confirm/v1.d1.0123',
    };
  });

  for (const [locale, viewport] of [['en-GB', { width: 1440, height: 900 }], ['uk-UA', { width: 360, height: 740 }], ['zh-CN', { width: 360, height: 740 }]]) test(`in ${locale}, ${viewport.width} pixels wide`, async () => {
    const visitor = await Visitor.come(here.browser, here.desk, { viewport, locale });
    for (const [name, path] of Object.entries(pages)) {
      await visitor.page.goto(here.desk.url + path);
      await visitor.check(`public-${name}-${locale.slice(0, 2)}`);
      assert.ok(await visitor.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`);
    }
    visitor.complaints = visitor.complaints.filter((text) => !/404/.test(text));
    await visitor.leave();
  });

  test('help shows topics with their counts, and ideas with votes and states', async () => {
    const joe = await Visitor.come(here.browser, here.desk);
    await joe.page.goto(`${here.desk.url}/help`);
    await joe.page.getByRole('link', { name: /^Billing\s*3$/ }).waitFor();
    await joe.page.getByRole('link', { name: /CSV of all invoices.*Building now/ }).waitFor();
    await joe.page.getByRole('link', { name: /Billing/ }).click();
    assert.equal(await joe.page.locator('.rows li').count(), 3, 'as many as it said');
    await joe.leave();
  });

  test('a customer’s HTML mail reads well', async () => {
    const giulia = await Visitor.come(here.browser, here.desk);
    await giulia.page.goto(here.desk.url + pages.question);
    const said = giulia.page.locator('.said.hers .prose');
    assert.deepEqual(await said.getByRole('listitem').allInnerTexts(), ['two charges', 'one refund']);
    assert.equal(await said.getByRole('link').getAttribute('href'), 'https://bank.example/march');
    assert.equal(await said.locator('p').first().innerText(), 'Hello,');
    await giulia.leave();
  });

  test('Hebrew goes from right to left on a page that does not', async () => {
    const { ana, desk } = here;
    const words = 'שלום, איך מייצאים חשבונית?';
    const directionOf = (visitor, where) => visitor.page.locator(where).last().evaluate((shown) => getComputedStyle(shown).direction);
    const dana = await Visitor.come(here.browser, desk);
    await dana.page.goto(`${desk.url}/help/contact`);
    await dana.page.getByLabel('Your question').fill(words);
    assert.equal(await directionOf(dana, '#text'), 'rtl');
    await dana.leave();
    assert.equal(await api('POST', 'tickets', { email: 'dana@client.example', subject: words, text: words }), 201);
    await row(ana, words).click();
    await composer(ana).fill(words);
    assert.equal(await directionOf(ana, '.composer textarea'), 'rtl');
    await composer(ana).fill('');
  });

  test('a page in Ukrainian, the longest of all, stays within its bytes', async () => {
    const visitor = await Visitor.come(here.browser, here.desk, { locale: 'uk-UA' });
    let bytes = 0;
    visitor.page.on('requestfinished', async (one) => {
      const { responseBodySize, responseHeadersSize } = await one.sizes();
      bytes += responseBodySize + responseHeadersSize;
    });
    await visitor.page.goto(`${here.desk.url}/help`);
    await visitor.page.waitForLoadState('networkidle');
    process.stderr.write(`/help in Ukrainian: ${(bytes / 1024).toFixed(1)} KiB\n`);
    assert.ok(bytes > 4096 && bytes <= 12 * 1024, `${bytes} bytes`);
    await visitor.leave();
  });
});
