import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { password, pictures } from './desk.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const late = Number(process.env.FIFTEEN_TEST_LATE ?? 0); // milliseconds

export const openBrowser = () => chromium.launch({ executablePath: process.env.FIFTEEN_TEST_CHROMIUM ?? '/usr/bin/chromium', args: flags });

// A slow machine on a slow line: each frame, request and answer comes later by up to so many milliseconds, so that what only works
// when it is quick shows itself.
const beLate = (most) => {
  const pause = () => new Promise((done) => setTimeout(done, Math.random() * most));
  const { requestAnimationFrame, requestIdleCallback, fetch } = window;
  window.requestAnimationFrame = (run) => requestAnimationFrame((at) => void pause().then(() => run(at)));
  window.requestIdleCallback = (run, options) => requestIdleCallback((deadline) => void pause().then(() => run(deadline)), options);
  window.fetch = (...request) => pause().then(() => fetch(...request)).then((answer) => pause().then(() => answer));
};

// Two frames after a change, with nothing on its way from one colour to another.
const settled = async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map((one) => one.finished));
};

// One visitor in ten is shown no answers (the control group), by chance: tries as somebody else until `see` says that there are some.
export async function asShown(come, see) {
  for (let tries = 0; tries < 8; tries++) {
    const visitor = await come();
    if (await see(visitor)) return visitor;
    visitor.complaints = [];
    await visitor.leave();
  }
  throw new Error('eight visitors saw no answers');
}

// One person at a browser of their own. What the page complains of is kept: an error in the console, a refused request, a
// request that leaves the desk.
export class Visitor {
  static async come(browser, desk, options = {}) {
    const visitor = new Visitor();
    visitor.desk = desk;
    visitor.complaints = [];
    visitor.context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
    if (late) await visitor.context.addInitScript(beLate, late);
    visitor.page = await visitor.context.newPage();
    visitor.page.setDefaultTimeout(Number(process.env.FIFTEEN_TEST_PATIENCE ?? 20) * 1000);
    const complain = (text) => visitor.complaints.push(text);
    visitor.page.on('pageerror', (error) => complain(error.stack));
    visitor.page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complain(`console: ${message.text()}`); });
    visitor.page.on('response', (reply) => { if (reply.status() >= 400) complain(`${reply.status()} ${reply.url()}`); });
    visitor.page.on('request', (request) => { if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).host !== new URL(desk.url).host) complain(`left the desk: ${request.url()}`); });
    return visitor;
  }

  async signIn(address) {
    await this.page.goto(`${this.desk.url}/`);
    await this.page.getByLabel('Email').fill(address);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('navigation').first().waitFor();
  }

  // Signed in without the page's words, whatever its language.
  async enter(address) {
    const answer = await this.context.request.post(`${this.desk.url}/api/v1/session`, { data: { email: address, password } });
    assert.equal(answer.status(), 200);
  }

  settle() {
    return this.page.evaluate(settled);
  }

  // No violation of axe's rules in either theme, and a picture of each. The mail's own frame is the customer's work.
  async check(state) {
    for (const theme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme: theme });
      await this.settle();
      await this.page.evaluate(axe.source);
      const { violations } = await this.page.evaluate(() => globalThis.axe.run({ exclude: [['iframe']] }, { iframes: false }));
      const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join(', ')}`);
      assert.deepEqual(found, [], `${state}, ${theme}`);
      await this.picture(`${state}-${theme}`);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
  }

  async picture(name) {
    await mkdir(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  async leave() {
    await this.context.close();
    assert.deepEqual(this.complaints, [], 'the browser has nothing to complain of');
  }
}
