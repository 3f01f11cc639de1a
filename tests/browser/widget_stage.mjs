import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before } from 'node:test';
import { openWidget, Site } from './site.mjs';
import { stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

export const queue = 'window.Fifteen = window.Fifteen || function () { (Fifteen.q = Fifteen.q || []).push(arguments); }; ';

// A desk, two sites of others with the widget on them, and a key for the first of these.
export function widgetStage(name, options = {}) {
  const here = stage(name, { isPublic: true, ...options });
  let opened, token;
  before(async () => {
    opened = await openWidget();
    token = (await here.desk.command(['token', 'add', 'tests', '--scope', 'all', '--agent', 'ana@studio.example'])).stdout.trim();
    here.site = await Site.start(here.desk);
    here.elsewhere = await Site.start(here.desk);
    const made = await here.api('POST', '/widget-keys', { name: 'Site', origins: [here.site.url] });
    Object.assign(here, { key: made.key, secret: made.secret });
  });
  after(async () => {
    await here.site?.stop();
    await here.elsewhere?.stop();
  });

  here.api = async (method, path, body, type = 'application/json') => {
    const sent = body && type === 'application/json' ? JSON.stringify(body) : body;
    const answer = await fetch(`${here.desk.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': type }, body: sent });
    assert.ok(answer.ok, `${method} ${path} ${answer.status} ${answer.ok ? '' : await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  // A browser that sees suggestions, or one of the control group, which sees none.
  here.visitorWho = async (sees) => {
    for (;;) {
      await here.desk.advance(3); // as often as a typist may ask, by the desk's own clock
      const [visitor, session] = [0, 1].map(() => randomBytes(16).toString('base64url'));
      const query = new URLSearchParams({ q: 'export an invoice', locale: 'en', key: here.key, visitor, session, channel: 'widget' });
      const answer = await fetch(`${here.desk.url}/api/v1/suggestions?${query}`);
      assert.equal(answer.status, 200);
      if ((await answer.json()).items.length > 0 === sees) return visitor;
    }
  };
  // A customer on a site's page; what is asked of the desk is kept. `open`: with the root that locators see into; `via`: what stands
  // between the site and the desk.
  here.come = async ({ open = true, calls = '', query = '', of = here.site, via = here.desk, key = here.key, visitor = '', ...more } = {}) => {
    const joe = await Visitor.come(here.browser, via, more);
    joe.site = of;
    joe.asked = [];
    joe.page.on('request', (request) => { if (request.url().startsWith(via.url)) joe.asked.push(`${request.method()} ${new URL(request.url()).pathname}`); });
    if (open) await joe.page.route('**/widget.js', (route) => route.fulfill({ body: opened, contentType: 'text/javascript' }));
    of.calls = (visitor ? `localStorage.setItem('fifteen', '${JSON.stringify({ visitor })}');` : '') + calls;
    await joe.page.goto(`${of.url}/?key=${key}${query}`);
    await joe.page.waitForFunction(() => window.Fifteen?.isThere);
    joe.panel = joe.page.getByRole('dialog');
    joe.launcher = joe.page.locator('.launcher');
    joe.say = (...call) => joe.page.evaluate((words) => void window.Fifteen(...words), call);
    joe.write = (text) => joe.panel.getByLabel('Your question', { exact: true }).fill(text);
    // Of what stands inside the open root.
    joe.inside = (look, given) => joe.page.evaluate(`(${look})(document.querySelector('body > div').shadowRoot, ${JSON.stringify(given)})`);
    return joe;
  };
  // No complaint of the browser's and nothing that a policy had to stop.
  here.leave = async (joe, allowed = /^$/) => {
    const violations = await joe.page.evaluate(() => window.violations);
    joe.complaints = joe.complaints.filter((text) => !text.includes(joe.site.url) && !allowed.test(text));
    await joe.leave();
    assert.deepEqual(violations, []);
  };
  return here;
}
