import assert from 'node:assert/strict';
import { get } from 'node:http';
import { describe } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Visitor } from './visitor.mjs';
import { queue, widgetStage } from './widget_stage.mjs';

// The widget on a page that does all it can against it, and for readers who need it another way.
describe('the widget on its page', { timeout: 300_000 }, () => {
  const here = widgetStage('widget');
  const { api, come, leave, test, visitorWho } = here;
  let joe;
  const kept = (visitor) => visitor.page.evaluate(() => ({ storage: Object.keys(localStorage), cookie: document.cookie }));
  const form = (visitor) => visitor.panel.getByRole('heading', { name: 'How can we help?' }).waitFor();

  test('asks for one file until it is opened, and keeps nothing', async () => {
    joe = await come({ open: false });
    await joe.page.waitForLoadState('networkidle');
    assert.deepEqual(joe.asked, ['GET /widget.js']);
    assert.deepEqual(await kept(joe), { storage: [], cookie: '' });
    const answer = await fetch(`${here.desk.url}/widget.js`, { headers: { 'accept-encoding': 'gzip' } });
    const wire = await new Promise((resolve) => {
      get(`${here.desk.url}/widget.js`, { headers: { 'accept-encoding': 'gzip' } }, (reply) => {
        const parts = [];
        reply.on('data', (part) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
      });
    });
    process.stderr.write(`widget.js: ${wire.length} bytes as gzip\n`);
    assert.ok(wire.length <= 8 * 1024, `${wire.length} bytes`);
    assert.equal(gunzipSync(wire).toString(), await answer.text());
    await leave(joe);
  });

  test('its root is closed, and the page’s styles change nothing in it', async () => {
    const looks = async (query) => {
      joe = await come({ open: false, query });
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

  test('a picture of an article is drawn where the policy lets none in', async () => {
    await here.ana.page.setContent('<body style="background: #00aa77">');
    const { url } = await api('POST', '/article-pictures', await here.ana.page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 20 } }), 'image/png');
    const { id, version } = await api('POST', '/articles', { title: 'A green field', body: `See: ![Grass](${url})`, slug: 'green-field' });
    await api('PUT', `/articles/${id}/publication`, { for: 'everyone', if_version: version });
    joe = await come();
    await joe.say('open', { article: 'green-field' });
    await joe.panel.getByRole('img', { name: 'Grass' }).waitFor();
    assert.deepEqual(await joe.inside((root) => { const one = root.querySelector('canvas'); return [one.width, one.height, ...one.getContext('2d').getImageData(20, 10, 1, 1).data]; }), [40, 20, 0, 170, 119, 255]);
    await joe.check('widget-picture');
    // The control: the same as an <img>, and a text as HTML, are what the policy is there to stop.
    const stopped = await joe.page.evaluate(async (src) => {
      const came = new Promise((done) => document.addEventListener('securitypolicyviolation', () => { if (window.violations.length === 2) done(); }));
      document.body.append(Object.assign(new Image(), { src }));
      try { document.querySelector('h1').innerHTML = '<b>'; } catch { /* refused */ }
      await came;
      return window.violations.splice(0).map((one) => one.split(' ')[0]).sort();
    }, here.desk.url + url);
    assert.deepEqual(stopped, ['img-src', 'require-trusted-types-for']);
    await leave(joe, /Content Security Policy|TrustedHTML/);
  });

  test('suggests while one types, with few requests, and the site hears no key', async () => {
    joe = await come({ visitor: await visitorWho(true) });
    await joe.page.locator('#own').focus();
    await joe.page.keyboard.type('k');
    assert.ok(await joe.page.evaluate(() => window.keys.length) > 0, 'the control: it hears its own');
    await joe.launcher.click();
    await form(joe);
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
    joe = await come({ visitor: await visitorWho(false) });
    const answered = joe.page.waitForResponse((reply) => reply.url().includes('/suggestions'));
    await joe.say('open', { text: 'export an invoice' });
    await (await answered).finished();
    await joe.settle();
    assert.equal(await joe.panel.locator('.answers .entry').count(), 0);
    await leave(joe);
  });

  test('Tab visits everything in the panel, and nothing else', async () => {
    joe = await come({ visitor: await visitorWho(true) });
    await joe.say('open', { text: 'How do I export an invoice as PDF?' });
    await joe.panel.locator('.answers .entry').first().waitFor();
    const name = (one) => one && (one.getAttribute('aria-label') || one.id || one.textContent);
    const all = await joe.inside(`(root) => [...root.querySelectorAll('.panel :is(a, button, input, textarea)')].filter((one) => one.offsetParent).map(${name})`);
    assert.ok(all.length >= 7, all.join(' | '));
    const seen = [];
    for (let i = 0; i < all.length; i++) {
      seen.push(await joe.inside(`(root) => (${name})(root.activeElement)`));
      await joe.page.keyboard.press('Tab');
    }
    assert.deepEqual(seen.toSorted(), all.toSorted());
    assert.equal(await joe.inside(`(root) => (${name})(root.activeElement)`), seen[0], 'round and round');
    await leave(joe);
  });

  test('an article answers in place', async () => {
    joe = await come({ visitor: await visitorWho(true), calls: `${queue}for (const name of ['ready', 'open', 'suggested', 'deflected']) Fifteen('on', name, () => window.heard.push(name));` });
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

  test('a survey is one card, once', async () => {
    joe = await come({ calls: `${queue}Fifteen('on', 'survey', (detail) => window.heard.push(detail));` });
    await joe.say('survey', { id: 'nps', question: 'How likely are you to recommend us?', kind: 'nps' });
    await joe.panel.getByText('How likely are you').waitFor();
    await joe.check('widget-survey');
    await joe.panel.getByRole('button', { name: '9', exact: true }).click();
    await joe.panel.waitFor({ state: 'detached' });
    assert.deepEqual(await joe.page.evaluate(() => window.heard), [{ id: 'nps', answer: 9 }]);
    await joe.say('survey', { id: 'nps', question: 'How likely are you to recommend us?', kind: 'nps' });
    await joe.say('survey', { id: 'other', question: 'And this?', kind: 'rating' });
    await joe.launcher.click();
    await form(joe);
    assert.equal(await joe.panel.count(), 1);
    const { items } = await api('GET', '/surveys/nps/answers');
    assert.equal(items[0].answer, '9');
    await leave(joe);
  });

  test('the panel puts a survey away', async () => {
    joe = await come({ calls: `${queue}Fifteen('on', 'survey', (detail) => window.heard.push(detail));` });
    await joe.say('survey', { id: 'late', question: 'And how is this?', kind: 'rating' });
    await joe.panel.getByText('And how is this?').waitFor();
    await joe.launcher.click();
    await form(joe);
    assert.equal(await joe.panel.count(), 1);
    assert.deepEqual(await joe.page.evaluate(() => window.heard), [{ id: 'late', answer: null }]);
    await leave(joe);
  });

  test('a question that a call asked is followed like any other, and what is wrong with it is told', async () => {
    joe = await come({ calls: `${queue}Fifteen('on', 'asked', (detail) => window.heard.push(detail));` });
    await joe.launcher.click();
    await form(joe);
    const question = { text: 'Asked by a call\nof the page', email: 'cal@customer.example' };
    const heard = async () => {
      await joe.page.waitForFunction(() => window.heard.length === 1);
      return joe.page.evaluate(() => window.heard.pop());
    };
    await joe.say('ask', { ...question, tags: [...'abcdef'] });
    assert.deepEqual(await heard(), { error: 'tags: This must be a list of at most 5 texts.' });
    await joe.say('ask', { ...question, tags: ['a'] });
    assert.match((await heard()).number, /^\d+$/);
    await joe.page.reload();
    await joe.launcher.click();
    await joe.panel.getByRole('button', { name: 'Your questions' }).click();
    await joe.panel.getByRole('button', { name: /^Asked by a call/ }).click();
    await joe.panel.locator('.talk .own').getByText('of the page').waitFor();
    await leave(joe, /422/);
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
    await form(joe);
    const panel = await joe.panel.boundingBox(), close = await joe.panel.getByRole('button', { name: 'Close' }).boundingBox();
    assert.ok(panel.x < 100 && close.x - panel.x < 60, JSON.stringify({ panel, close }));
    await joe.check('widget-rtl');
    await leave(joe);
  });

  // Zoomed in to twice the size, a window of 1440 by 900 pixels has 720 by 450 of CSS; at four times, one of 1280 by 1024 has 320 by 256.
  for (const [what, width, height, deviceScaleFactor] of [['a phone', 390, 844, 3], ['a small phone', 320, 480, 2], ['a zoom of 200 %', 720, 450, 2], ['a zoom of 400 %', 320, 256, 4]]) {
    test(`on ${what} everything can be reached, and nothing scrolls sideways`, async () => {
      joe = await come({ visitor: await visitorWho(true), viewport: { width, height }, deviceScaleFactor });
      await joe.say('open', { text: 'How do I export an invoice as PDF?' });
      await joe.panel.locator('.answers .entry').first().waitFor();
      const box = await joe.panel.boundingBox();
      if (width < 480) assert.deepEqual(box, { x: 0, y: 0, width, height }, 'it fills the screen');
      else assert.ok(box.y >= 0 && box.y + box.height <= height, JSON.stringify(box));
      const { small, hidden, wide } = await joe.inside((root) => {
        const all = [...root.querySelectorAll('.panel :is(button, input, textarea)')].filter((one) => one.offsetParent);
        const rect = (one) => one.getBoundingClientRect();
        const isSeen = (one) => {
          one.scrollIntoView({ block: 'nearest' });
          const { x, y, width: across, height: down } = rect(one);
          return [0.1, 0.5, 0.9].every((part) => one.contains(root.elementFromPoint(x + across / 2, y + down * part)));
        };
        return {
          small: all.filter((one) => rect(one).height < 44 || rect(one).width < 44).map((one) => one.outerHTML),
          hidden: all.filter((one) => !isSeen(one)).map((one) => one.outerHTML),
          wide: [...root.querySelectorAll('.panel, .body, .foot')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className),
        };
      });
      assert.deepEqual({ small, hidden, wide }, { small: [], hidden: [], wide: [] }, 'targets of 44 pixels, none behind another');
      await joe.panel.getByLabel('Your question', { exact: true }).focus();
      await joe.check(`widget-${width}x${height}`);
      await leave(joe);
    });
  }

  test('in forced colours what is pressed, and every edge, is still seen', async () => {
    const looks = async (forcedColors) => {
      joe = await come({ forcedColors });
      await joe.launcher.click();
      await joe.write('Is it seen?');
      await joe.panel.getByLabel('Your email').fill(`${forcedColors}@customer.example`);
      await joe.picture(`widget-forced-${forcedColors}-form`);
      const edge = (root, names) => names.map((name) => getComputedStyle(root.querySelector(name)).borderTopStyle);
      const edges = await joe.inside(edge, ['.launcher', '.panel', '.go']);
      await joe.panel.getByRole('button', { name: 'Send' }).click();
      await joe.panel.getByText('Waiting for our answer').waitFor();
      const { items } = await api('GET', '/tickets?state=open&limit=50');
      await api('POST', `/tickets/${items.find(({ subject }) => subject === 'Is it seen?').id}/messages`, { kind: 'reply', text: 'It is.', close: true });
      await joe.panel.getByRole('button', { name: 'Good' }).click();
      await joe.panel.getByRole('button', { name: 'Good', pressed: true }).waitFor();
      await joe.panel.getByRole('button', { name: 'Close' }).focus();
      const pressed = await joe.inside((root) => [...root.querySelectorAll('.choice')].map((one) => getComputedStyle(one).outlineStyle));
      await joe.picture(`widget-forced-${forcedColors}`); // its contrasts are the reader's own
      await leave(joe);
      return { edges, pressed };
    };
    assert.deepEqual(await looks('active'), { edges: ['solid', 'solid', 'solid'], pressed: ['none', 'solid', 'none'] });
    assert.deepEqual(await looks('none'), { edges: ['none', 'none', 'none'], pressed: ['none', 'none', 'none'] }, 'the control');
  });

  test('who wants less motion sees none', async () => {
    const motion = async (reducedMotion) => {
      joe = await come({ reducedMotion });
      await joe.launcher.click();
      await form(joe);
      const found = await joe.inside((root) => [getComputedStyle(root.querySelector('.panel')).animationName, getComputedStyle(root.querySelector('.launcher')).transitionDuration]);
      await leave(joe);
      return found;
    };
    assert.deepEqual(await motion('reduce'), ['none', '0s']);
    assert.deepEqual(await motion('no-preference'), ['rise', '0.16s'], 'the control');
  });

  test('the example page lives under its own policy', async () => {
    const eva = await Visitor.come(here.browser, here.desk);
    await eva.page.goto(`${here.desk.url}/help/widget-example?key=${here.key}`);
    await eva.page.waitForFunction(() => window.Fifteen?.isThere);
    await eva.page.getByRole('button', { name: "Fifteen('open')", exact: true }).click();
    await eva.page.getByRole('log').getByText('open').waitFor();
    await eva.check('widget-example');
    await eva.leave();
  });

  test('Settings, Widget makes a key and shows its secret once', async () => {
    const { ana } = here;
    await ana.signIn('ana@studio.example');
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
