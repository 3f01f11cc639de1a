import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { after, before, describe } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { openWidget, Site } from './site.mjs';
import { composer, row, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// The widget on a page that does all it can against it.
describe('the widget', { timeout: 300_000 }, () => {
  const here = stage('widget');
  const { test } = here;
  let site, elsewhere, key, secret, token, opened;

  const api = async (method, path, body) => {
    const answer = await fetch(`${here.desk.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) });
    assert.ok(answer.ok, `${method} ${path} ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  };
  before(async () => {
    opened = await openWidget();
    token = (await here.desk.command(['token', 'add', 'tests', '--scope', 'all'])).stdout.trim();
    site = await Site.start(here.desk, '');
    elsewhere = await Site.start(here.desk, '');
    const made = await api('POST', '/widget-keys', { name: 'Site', origins: [site.url] });
    ({ key, secret } = made);
  });
  after(async () => {
    await site?.stop();
    await elsewhere?.stop();
  });

  // A browser that sees suggestions, or one of the control group, which sees none.
  async function visitorWho(sees) {
    for (;;) {
      const [visitor, session] = [0, 1].map(() => randomBytes(16).toString('base64url'));
      const query = new URLSearchParams({ q: 'export an invoice', locale: 'en', key, visitor, session, channel: 'widget' });
      const answer = await fetch(`${here.desk.url}/api/v1/suggestions?${query}`);
      if (answer.ok && (await answer.json()).items.length > 0 === sees) return visitor;
      await new Promise((later) => setTimeout(later, 200)); // as often as a typist may ask
    }
  }
  // A customer on the site's page; what is asked of the desk is kept. `open`: with the root that locators see into.
  async function come({ open = true, calls = '', query = '', of = site, visitor = '', ...options } = {}) {
    const joe = await Visitor.come(here.browser, here.desk, options);
    joe.asked = [];
    joe.page.on('request', (request) => { if (request.url().startsWith(here.desk.url)) joe.asked.push(`${request.method()} ${new URL(request.url()).pathname}`); });
    if (open) await joe.page.route('**/widget.js', (route) => route.fulfill({ body: opened, contentType: 'text/javascript' }));
    of.calls = (visitor ? `localStorage.setItem('fifteen', '${JSON.stringify({ visitor })}');` : '') + calls;
    await joe.page.goto(`${of.url}/?key=${key}${query}`);
    await joe.page.waitForFunction(() => window.Fifteen?.isThere);
    joe.complaints = joe.complaints.filter((text) => !text.includes(of.url));
    joe.panel = joe.page.getByRole('dialog');
    joe.launcher = joe.page.locator('.launcher');
    joe.say = (...call) => joe.page.evaluate((words) => void window.Fifteen(...words), call);
    return joe;
  }
  // No complaint of the browser's and nothing that a policy had to stop.
  async function leave(joe, allowed = /^$/) {
    const violations = await joe.page.evaluate(() => window.violations);
    joe.complaints = joe.complaints.filter((text) => !text.includes(site.url) && !allowed.test(text));
    await joe.leave();
    assert.deepEqual(violations, []);
  }
  const kept = (joe) => joe.page.evaluate(() => ({ storage: Object.keys(localStorage), cookie: document.cookie }));
  const write = async (joe, text) => {
    await joe.panel.getByLabel('Your question', { exact: true }).fill(text);
  };

  test('asks for one file until it is opened, and keeps nothing', async () => {
    const joe = await come({ open: false });
    await joe.page.waitForLoadState('networkidle');
    assert.deepEqual(joe.asked, ['GET /widget.js']);
    assert.deepEqual(await kept(joe), { storage: [], cookie: '' });
    const answer = await fetch(`${here.desk.url}/widget.js`, { headers: { 'accept-encoding': 'gzip' } });
    const wire = await new Promise((resolve) => {
      import('node:http').then(({ get }) => get(`${here.desk.url}/widget.js`, { headers: { 'accept-encoding': 'gzip' } }, (reply) => {
        const parts = [];
        reply.on('data', (part) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
      }));
    });
    process.stderr.write(`widget.js: ${wire.length} bytes as gzip\n`);
    assert.ok(wire.length <= 8 * 1024, `${wire.length} bytes`);
    assert.equal(gunzipSync(wire).toString(), await answer.text());
    await leave(joe);
  });

  test('its root is closed, and the page’s styles change nothing in it', async () => {
    const looks = async (query) => {
      const joe = await come({ open: false, query });
      const session = await joe.context.newCDPSession(joe.page);
      await session.send('DOM.enable');
      await session.send('CSS.enable');
      assert.equal(await joe.page.evaluate(() => [...document.body.children].some((one) => one.shadowRoot)), false, 'closed');
      const box = joe.page.viewportSize();
      await joe.page.mouse.click(box.width - 60, box.height - 44);
      await joe.page.waitForFunction(() => Object.keys(localStorage).includes('fifteen'));
      let found = {};
      for (const end = Date.now() + 10_000; Date.now() < end && !found.TEXTAREA;) {
        const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
        found = {};
        const walk = (node, inside) => {
          if (inside && node.nodeName && !found[node.nodeName]) found[node.nodeName] = node.nodeId;
          for (const child of node.children ?? []) walk(child, inside);
          for (const shadow of node.shadowRoots ?? []) if (shadow.shadowRootType === 'closed') walk(shadow, true);
        };
        walk(root, false);
      }
      const styles = {};
      for (const name of ['ASIDE', 'BUTTON', 'H2', 'TEXTAREA', 'P', 'INPUT']) {
        const { computedStyle } = await session.send('CSS.getComputedStyleForNode', { nodeId: found[name] });
        const wanted = /^(font-family|letter-spacing|color|border-(top|left)-(width|style|color)|background-color|text-transform|display)$/;
        styles[name] = Object.fromEntries(computedStyle.filter((one) => wanted.test(one.name)).map((one) => [one.name, one.value]));
      }
      const outside = await joe.page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily);
      await joe.picture(`widget-${query ? 'calm' : 'hostile'}`);
      assert.deepEqual((await kept(joe)).storage, ['fifteen']);
      await leave(joe);
      return { styles, outside };
    };
    const hostile = await looks(''), calm = await looks('&calm=1');
    assert.deepEqual(hostile.styles, calm.styles);
    assert.notEqual(hostile.outside, calm.outside, 'the control: what stands outside is changed');
    assert.match(hostile.styles.TEXTAREA['font-family'], /Inter/);
  });

  test('suggests while one types, with few requests, and the site hears no key', async () => {
    const joe = await come({ visitor: await visitorWho(true) });
    await joe.page.locator('#own').focus();
    await joe.page.keyboard.type('k');
    assert.ok(await joe.page.evaluate(() => window.keys.length) > 0, 'the control: it hears its own');
    await joe.launcher.click();
    await joe.panel.getByRole('heading', { name: 'How can we help?' }).waitFor();
    await joe.page.evaluate(() => { window.keys = []; });
    await joe.page.clock.install();
    await joe.page.clock.pauseAt(Date.now() + 60_000);
    for (const word of 'export an invoice'.split(/(?<= )/)) {
      for (const letter of word) {
        await joe.page.keyboard.type(letter);
        await joe.page.clock.runFor(60);
      }
      await joe.page.clock.runFor(400);
    }
    await joe.page.clock.resume();
    await joe.panel.getByRole('heading', { name: 'These may answer it' }).waitFor();
    const { length } = joe.asked.filter((one) => one.endsWith('/suggestions'));
    assert.ok(length >= 1 && length <= 4, `${length} requests`);
    assert.equal(joe.asked.filter((one) => one.startsWith('OPTIONS')).length, 0, 'no browser asks for leave first');
    assert.deepEqual(await joe.page.evaluate(() => window.keys), []);
    await joe.check('widget-suggestions');
    await joe.page.keyboard.press('Escape');
    await joe.panel.waitFor({ state: 'hidden' });
    assert.equal(await joe.page.evaluate(() => document.querySelector('body > div').shadowRoot.activeElement.className), 'launcher', 'the focus is where it came from');
    assert.deepEqual(await joe.page.evaluate(() => window.keys), []);
    await joe.launcher.click();
    assert.equal(await joe.panel.getByLabel('Your question', { exact: true }).inputValue(), 'export an invoice');
    await leave(joe);
  });

  test('the control group sees none', async () => {
    const joe = await come({ visitor: await visitorWho(false) });
    const answered = joe.page.waitForResponse((reply) => reply.url().includes('/suggestions'));
    await joe.say('open', { text: 'export an invoice' });
    await (await answered).finished();
    await joe.settle();
    assert.equal(await joe.panel.locator('.answers .entry').count(), 0);
    await leave(joe);
  });

  test('Tab stays in the panel and finds everything in it', async () => {
    const joe = await come();
    await joe.launcher.click();
    await joe.panel.getByRole('heading', { name: 'How can we help?' }).waitFor();
    const seen = [];
    for (let i = 0; i < 12; i++) {
      seen.push(await joe.page.evaluate(() => { const one = document.querySelector('body > div').shadowRoot.activeElement; return one?.closest('.panel') ? one.getAttribute('aria-label') || one.id || one.textContent : null; }));
      await joe.page.keyboard.press('Tab');
    }
    assert.ok(!seen.includes(null), seen.join(' | '));
    for (const name of ['text', 'Your email', 'Attach files', 'Send', 'Close']) assert.ok(seen.includes(name), `${name} of ${seen.join(' | ')}`);
    await leave(joe);
  });

  test('an article answers in place', async () => {
    const joe = await come({ visitor: await visitorWho(true), calls: "window.Fifteen = window.Fifteen || function () { (Fifteen.q = Fifteen.q || []).push(arguments); }; for (const name of ['ready', 'open', 'suggested', 'deflected']) Fifteen('on', name, () => window.heard.push(name));" });
    await joe.say('open', { text: 'How do I export an invoice as PDF?' });
    await joe.panel.locator('.answers .entry').first().click();
    await joe.panel.getByText('Did this answer your question?').waitFor();
    await joe.check('widget-article');
    await joe.panel.getByRole('button', { name: 'Yes', exact: true }).click();
    await joe.panel.getByText('Good to know, thank you.').waitFor();
    assert.deepEqual(await joe.page.evaluate(() => [...new Set(window.heard)]), ['ready', 'open', 'suggested', 'deflected']);
    assert.ok(joe.asked.includes('POST /api/v1/deflection-events'));
    await joe.panel.getByRole('button', { name: 'A person, please' }).click();
    await joe.panel.getByRole('button', { name: 'Send' }).waitFor();
    await leave(joe);
  });

  let joe;
  test('a question is sent, and what is missing is said first', async () => {
    const { ana } = here;
    await ana.signIn('ana@studio.example');
    joe = await come();
    await joe.launcher.click();
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Please write your question.').waitFor();
    await write(joe, 'My printer is on fire, what now?');
    await joe.panel.getByLabel('Your email').fill('joe');
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Please give the email address').waitFor();
    await joe.check('widget-wrong');
    await joe.panel.getByLabel('Your email').fill('joe@customer.example');
    await joe.panel.locator('input[type=file]').setInputFiles({ name: 'fire.txt', mimeType: 'text/plain', buffer: Buffer.from('smoke') });
    await joe.panel.getByText('fire.txt').waitFor();
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Waiting for our answer').waitFor();
    await joe.panel.getByRole('link', { name: 'fire.txt' }).waitFor();
    await joe.check('widget-sent');
    const ack = await here.sink.mail(0);
    assert.deepEqual(ack.to, ['joe@customer.example']);
    await row(ana, 'My printer is on fire').click();
    await ana.page.locator('.pane').getByText('Asked on').waitFor();
  });

  test('the answer comes in place, by the stream, once it can’t be taken back', async () => {
    const { ana } = here;
    await composer(ana).fill('Put it **out**, Joe.');
    await ana.page.keyboard.press('Control+Enter');
    await ana.page.locator('.message.ours').waitFor();
    assert.equal(await joe.panel.locator('.talk .agent').count(), 0);
    await here.desk.advance(11);
    await joe.panel.locator('.talk .agent strong', { hasText: 'out' }).waitFor();
    assert.ok(joe.asked.includes('GET /api/v1/live/public'));
    await joe.check('widget-answered');
  });

  test('while it is closed the launcher tells of answers', async () => {
    const { ana } = here;
    await joe.panel.getByRole('button', { name: 'Close' }).click();
    await composer(ana).fill('Is it out?');
    await ana.page.keyboard.press('Control+Enter');
    await ana.page.locator('.message.ours').nth(1).waitFor();
    await here.desk.advance(11);
    await joe.page.getByRole('button', { name: 'Help, new answers: 1' }).waitFor();
    await joe.picture('widget-unread');
    await joe.page.reload();
    await joe.page.getByRole('button', { name: 'Help, new answers: 1' }).waitFor();
    await joe.launcher.click();
    await joe.panel.getByRole('button', { name: 'Your questions' }).click();
    await joe.panel.getByRole('button', { name: /My printer is on fire/ }).click();
    await joe.panel.getByText('Is it out?').waitFor();
  });

  test('a word back, solved, and thanks', async () => {
    const { ana } = here;
    await joe.panel.getByLabel('Write back').fill('It is out. Thank you');
    await joe.page.keyboard.press('Control+Enter');
    await joe.panel.locator('.talk .own', { hasText: 'It is out' }).waitFor();
    await ana.page.locator('.message', { hasText: 'It is out. Thank you' }).waitFor();
    await joe.panel.getByRole('button', { name: 'This is solved' }).click();
    await joe.panel.getByText('Solved', { exact: true }).waitFor();
    await joe.panel.getByRole('button', { name: 'Wonderful, thank you' }).click();
    await joe.panel.getByRole('button', { name: 'Wonderful, thank you', pressed: true }).waitFor();
    await ana.page.locator('.rated').getByText('The customer says thank you').waitFor();
    await joe.check('widget-solved');
    await leave(joe);
  });

  test('offline nothing is lost, and it is sent once', async () => {
    joe = await come();
    await joe.launcher.click();
    await write(joe, 'Is anybody there when the line is not?');
    await joe.panel.getByLabel('Your email').fill('joe@customer.example');
    await joe.context.setOffline(true);
    await joe.panel.getByRole('button', { name: 'Send' }).click();
    await joe.panel.getByText('Not sent. What you wrote is kept.').waitFor();
    assert.equal(await joe.panel.getByLabel('Your question', { exact: true }).inputValue(), 'Is anybody there when the line is not?');
    await joe.picture('widget-offline');
    await joe.context.setOffline(false);
    await joe.panel.getByRole('button', { name: 'Try again' }).click();
    await joe.panel.getByText('Waiting for our answer').waitFor();
    const { items } = await api('GET', '/tickets?limit=50');
    assert.equal(items.filter(({ subject }) => subject.startsWith('Is anybody there')).length, 1);
    await leave(joe, /ERR_INTERNET_DISCONNECTED/);
  });

  test('a site that the key is not for is refused, and told why', async () => {
    joe = await come({ of: elsewhere });
    await joe.launcher.click();
    await joe.page.getByText('Help can’t be reached just now.').waitFor();
    const why = joe.complaints.find((text) => text.includes('This widget key is not for'));
    assert.ok(why?.includes(`${elsewhere.url}. Add the address under Settings, Widget.`), joe.complaints.join('\n'));
    await leave(joe, /403|Fifteen:|127\.0\.0\.1/);
  });

  test('who is signed for sees her questions and is verified; who forges is neither', async () => {
    const { ana } = here;
    const sign = (id) => createHmac('sha256', secret).update(id).digest('hex');
    const person = { id: 'u42', email: 'una@customer.example', name: 'Una', plan: 'pro', company: { id: 'c7', name: 'Rossi' } };
    const ask = async (signature, text) => {
      const una = await come();
      await una.say('identify', { ...person, signature });
      if (signature === sign('u42')) await una.say('track', 'report.exported', { rows: 40 });
      await una.launcher.click();
      await una.panel.getByText('The answer goes to una@customer.example').waitFor();
      await write(una, text);
      await una.panel.getByRole('button', { name: 'Send' }).click();
      await una.panel.getByText('Waiting for our answer').waitFor();
      return una;
    };
    const forged = await ask(sign('u43'), 'I am not Una');
    await row(ana, 'I am not Una').click();
    await ana.page.locator('.pane').getByText('Not verified').waitFor();
    await leave(forged);
    const una = await ask(sign('u42'), 'I am Una');
    await una.page.waitForResponse((reply) => reply.url().endsWith('/widget/events') && reply.status() === 204);
    await leave(una);
    await row(ana, 'I am Una').click();
    await ana.page.locator('.pane').getByText('Signed for by the site').waitFor();
    await ana.page.locator('.pane').getByText('Rossi').waitFor();
    await ana.page.locator('.pane').getByText('pro', { exact: true }).waitFor();
    await ana.page.locator('.pane').getByText('report.exported').waitFor();
    await ana.check('widget-asker');

    const list = async (signature) => {
      const fresh = await come();
      await fresh.say('identify', { ...person, signature });
      await fresh.launcher.click();
      await fresh.panel.getByRole('button', { name: 'Your questions' }).click();
      await fresh.panel.locator('.list, .hint').first().waitFor();
      const subjects = await fresh.panel.locator('.list .entry > span').allTextContents();
      await leave(fresh);
      return subjects;
    };
    assert.deepEqual(await list(sign('u42')), ['I am Una'], 'another browser of hers');
    assert.deepEqual(await list('0'.repeat(64)), []);
  });

  test('a survey is one card, once', async () => {
    joe = await come({ calls: "window.Fifteen = window.Fifteen || function () { (Fifteen.q = Fifteen.q || []).push(arguments); }; Fifteen('on', 'survey', (detail) => window.heard.push(detail));" });
    await joe.say('survey', { id: 'nps', question: 'How likely are you to recommend us?', kind: 'nps' });
    await joe.panel.getByText('How likely are you').waitFor();
    await joe.check('widget-survey');
    await joe.panel.getByRole('button', { name: '9', exact: true }).click();
    await joe.panel.waitFor({ state: 'detached' });
    assert.deepEqual(await joe.page.evaluate(() => window.heard), [{ id: 'nps', answer: 9 }]);
    await joe.say('survey', { id: 'nps', question: 'How likely are you to recommend us?', kind: 'nps' });
    await joe.say('survey', { id: 'other', question: 'And this?', kind: 'rating' });
    await joe.launcher.click();
    await joe.panel.getByRole('heading', { name: 'How can we help?' }).waitFor();
    assert.equal(await joe.panel.count(), 1);
    const { items } = await api('GET', '/surveys/nps/answers');
    assert.equal(items[0].answer, '9');
    await leave(joe);
  });

  test('another language, another colour, the other side', async () => {
    joe = await come({ query: '&lang=uk' });
    await joe.page.getByRole('button', { name: 'Допомога' }).click();
    await joe.panel.getByRole('heading', { name: 'Чим допомогти?' }).waitFor();
    await joe.say('locale', 'zh-CN');
    await joe.panel.getByRole('heading', { name: '需要什么帮助？' }).waitFor();
    await joe.say('theme', { accent: '#ffdd00', side: 'left' });
    const { x } = await joe.panel.boundingBox();
    assert.ok(x < 100, `on the left: ${x}`);
    await joe.check('widget-theme');
    await leave(joe);
  });

  test('right to left it is mirrored', async () => {
    joe = await come({ query: '&dir=rtl&lang=ar' });
    await joe.launcher.click();
    await joe.panel.getByRole('heading', { name: 'How can we help?' }).waitFor();
    const panel = await joe.panel.boundingBox(), close = await joe.panel.getByRole('button', { name: 'Close' }).boundingBox();
    assert.ok(panel.x < 100 && close.x - panel.x < 60, JSON.stringify({ panel, close }));
    await joe.check('widget-rtl');
    await leave(joe);
  });

  test('on a phone it fills the screen; at 320 pixels nothing scrolls sideways', async () => {
    for (const [width, height] of [[390, 844], [320, 480]]) {
      joe = await come({ visitor: await visitorWho(true), viewport: { width, height } });
      await joe.say('open', { text: 'How do I export an invoice as PDF?' });
      await joe.panel.locator('.answers .entry').first().waitFor();
      assert.deepEqual(await joe.panel.boundingBox(), { x: 0, y: 0, width, height });
      const small = await joe.page.evaluate(() => [...document.querySelector('body > div').shadowRoot.querySelectorAll('.panel button, .panel input, .panel textarea')]
        .filter((one) => one.offsetParent && (one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)).map((one) => one.outerHTML));
      assert.deepEqual(small, [], 'targets of 44 pixels');
      assert.ok(await joe.page.evaluate(() => { const body = document.querySelector('body > div').shadowRoot.querySelector('.body'); return body.scrollWidth <= body.clientWidth; }));
      await joe.check(`widget-phone-${width}`);
      await leave(joe);
    }
  });

  test('the example page lives under its own policy', async () => {
    const eva = await Visitor.come(here.browser, here.desk);
    await eva.page.goto(`${here.desk.url}/help/widget-example?key=${key}`);
    await eva.page.waitForFunction(() => window.Fifteen?.isThere);
    await eva.page.getByRole('button', { name: "Fifteen('open')", exact: true }).click();
    await eva.page.getByRole('log').getByText('open').waitFor();
    await eva.check('widget-example');
    await eva.leave();
  });

  test('Settings, Widget makes a key and shows its secret once', async () => {
    const { ana } = here;
    await ana.page.goto(`${here.desk.url}/settings/widget`);
    await ana.page.getByRole('button', { name: 'Add a site' }).click();
    await ana.page.getByLabel('Name').fill('Shop');
    await ana.page.getByLabel('Its addresses, one a line').fill('shop.example');
    await ana.page.getByRole('button', { name: 'Save' }).click();
    await ana.page.getByText('A site’s address begins with').or(ana.page.getByText("A site's address begins with")).waitFor();
    await ana.page.getByLabel('Its addresses, one a line').fill('https://shop.example\nhttps://*.shop.example');
    await ana.page.getByRole('button', { name: 'Save' }).click();
    await ana.page.getByRole('textbox', { name: 'Its secret' }).waitFor();
    await ana.check('settings-widget-secret');
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('button', { name: 'Set up' }).last().click();
    await ana.page.getByText('hash_hmac').or(ana.page.getByText('PHP')).first().waitFor();
    await ana.check('settings-widget');
    ana.complaints = ana.complaints.filter((text) => !/422|404.*brands|brands.*404|the server responded with a status of (422|404)/.test(text));
  });
});
