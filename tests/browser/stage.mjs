import assert from 'node:assert/strict';
import { after, before, test as plainTest } from 'node:test';
import { Desk } from './desk.mjs';
import { Sink } from './sink.mjs';
import { openBrowser, Visitor } from './visitor.mjs';

// What every file of tests needs around it: a desk with the mail server behind it, a browser, and Ana at it. Each part goes on
// where the one before it ended: one that fails leaves a picture of what Ana saw, and the rest fails with it at once.
export function stage(name, options = {}) {
  const here = { name };
  before(async () => {
    here.sink = await Sink.start();
    here.desk = await Desk.start({ database: 'sqlite', relay: here.sink.port, ...options });
    here.browser = await openBrowser();
    here.ana = await Visitor.come(here.browser, here.desk);
  });
  after(async () => {
    try {
      await here.ana?.leave();
    } finally {
      await here.browser?.close();
      here.code = await here.desk?.stop();
      await here.sink?.stop();
    }
    assert.equal(here.code, 0, 'the desk drains and ends well');
  });
  let failed = '';
  here.test = (title, part) => plainTest(title, async () => {
    assert.equal(failed, '', 'an earlier part failed');
    try {
      await part();
    } catch (error) {
      failed = title;
      await here.ana?.picture(`${name}-failed`);
      throw error;
    }
  });
  return here;
}

export const row = (visitor, text) => visitor.page.getByRole('option').filter({ hasText: text });
export const composer = (visitor) => visitor.page.locator('.composer textarea');

// Sends what is written, and waits until the desk has it: its clock, which stands still, may go on no sooner, else the answer
// would be from after that and wait for ever.
export async function send(visitor, keys = 'Control+Enter') {
  const text = await composer(visitor).inputValue();
  const isTaken = (reply) => reply.status() === 201 && reply.request().method() === 'POST' && reply.url().endsWith('/messages') && reply.request().postDataJSON().text === text;
  await Promise.all([visitor.page.waitForResponse(isTaken), visitor.page.keyboard.press(keys)]);
}
