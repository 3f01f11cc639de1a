import assert from 'node:assert/strict';
import { after, before, describe, test as plainTest } from 'node:test';
import { Desk, mailbox } from './desk.mjs';
import { Sink } from './sink.mjs';
import { acceptedAt } from './smtp.mjs';
import { send } from './stage.mjs';
import { asShown, openBrowser, Visitor } from './visitor.mjs';

// The whole story, on each database: a mail in, a ring, an answer out, the customer's next word, a question from the web
// page, and the figures at the end. Each part goes on where the one before it ended.
const databases = ['sqlite', ...(process.env.FIFTEEN_TEST_MARIADB ? ['mariadb'] : [])];
const subject = 'Two charges for March';

for (const database of databases) {
  describe(`the story on ${database}`, { concurrency: false, timeout: 300_000 }, () => {
    let sink, desk, browser, ana, answer;

    before(async () => {
      sink = await Sink.start();
      desk = await Desk.start({ database, relay: sink.port });
      browser = await openBrowser();
      ana = await Visitor.come(browser, desk);
    });

    after(async () => {
      await ana?.leave();
      await browser?.close();
      const code = await desk?.stop();
      await sink?.stop();
      assert.equal(code, 0, 'the desk drains and ends well');
    });

    // What a failing part saw stands beside the other pictures.
    let failed = 0;
    const test = (name, part) => plainTest(name, async (context) => {
      try {
        await part(context);
      } catch (error) {
        await ana?.picture(`${database}-failed-${++failed}`);
        throw error;
      }
    });
    const row = (visitor, text) => visitor.page.getByRole('option').filter({ hasText: text });
    const composer = (visitor) => visitor.page.locator('.composer textarea');

    test('an agent signs in to an empty inbox', async () => {
      await ana.page.goto(`${desk.url}/`);
      await ana.check(`${database}-sign-in`);
      await ana.signIn('ana@studio.example');
      await ana.page.getByText('No tickets yet. To begin:').waitFor();
      await ana.check(`${database}-empty`);
    });

    test("a customer's mail appears with a ring, without a reload", async () => {
      await desk.mail({ from: 'giulia@rossi.example', subject, html: '<p>I see <b>two identical charges</b>.</p><img src="http://tracker.invalid/p.gif"><script>document.title = "mine"</script>' });
      const fresh = row(ana, subject);
      await fresh.waitFor();
      await fresh.getByRole('img', { name: /^First reply due in 1[45] min/ }).waitFor();
      await fresh.click();
      await ana.page.frameLocator('.message iframe').getByText('two identical charges').waitFor();
      assert.equal(await ana.page.frameLocator('.message iframe').locator('script').count(), 0);
      const word = await sink.mail(0, 'giulia@rossi.example');
      assert.equal(word.headers['auto-submitted'], 'auto-replied', 'the customer hears that the mail has come');
      await ana.check(`${database}-conversation`);
    });

    test('the ring turns red when the time is up', async () => {
      await desk.advance(16 * 60);
      await ana.page.reload();
      await row(ana, subject).getByRole('img', { name: /^First reply .* late/ }).waitFor();
    });

    test('an answer can be taken back, then goes out once its window has passed', async () => {
      await composer(ana).fill('The second charge drops off by **itself**.');
      await ana.page.keyboard.press('Control+Enter');
      await ana.page.locator('.message').filter({ hasText: 'drops off' }).getByRole('button', { name: 'Undo' }).click();
      await ana.page.waitForFunction(() => document.querySelector('.composer textarea').value.startsWith('The second charge'));
      await row(ana, subject).getByRole('img', { name: /late/ }).waitFor();
      await ana.page.locator('.toast').filter({ hasText: 'Sent.' }).waitFor({ state: 'detached' });

      // The page's clock has run on beside the desk's, which stands still: its window may be over by now.
      await composer(ana).focus();
      await send(ana);
      await row(ana, subject).getByText('replied in 16 min').waitFor();
      assert.equal(sink.to('giulia@rossi.example').length, 1, 'nothing leaves within the window');
      await desk.advance(11);
      answer = await sink.mail(1, 'giulia@rossi.example');
      assert.deepEqual(answer.to, ['giulia@rossi.example']);
      assert.match(answer.headers['message-id'], /^<[^<>@\s]+@[^<>@\s]+>$/);
      assert.match(answer.headers['reply-to'] ?? answer.headers.from, /studio\.example/);
      assert.match(answer.headers.subject, /Two charges for March/);
      assert.match(answer.raw, /drops off/);
    });

    test("the customer's next mail joins the ticket and starts a new wait", async () => {
      await desk.advance(60);
      const to = /([^<\s]+@[^>\s]+)/.exec(answer.headers['reply-to'] ?? answer.headers.from)[1];
      await desk.mail({ from: 'giulia@rossi.example', to, subject: `Re: ${subject}`, body: 'It is still there today.', headers: { 'In-Reply-To': answer.headers['message-id'], References: answer.headers['message-id'] } });
      await ana.page.locator('.message').filter({ hasText: 'still there today' }).waitFor();
      await row(ana, subject).getByRole('img', { name: /^Reply due in/ }).waitFor();
      assert.equal(await ana.page.getByRole('option').count(), 1, 'one ticket, not two');
      await ana.check(`${database}-next-wait`);
    });

    test('a visitor is shown articles before the question is sent', async () => {
      for (const javaScriptEnabled of [true, false]) {
        const look = javaScriptEnabled ? {} : { viewport: { width: 390, height: 844 } };
        const visitor = await asShown(() => Visitor.come(browser, desk, { javaScriptEnabled, ...look }), async ({ page }) => {
          await page.goto(`${desk.url}/help`);
          await desk.advance(3);
          const answers = javaScriptEnabled ? page.waitForResponse(/suggestions/) : null;
          await page.getByLabel('Your question').fill(`Why do I see two charges on my card? ${javaScriptEnabled ? 'One' : 'Two'}`);
          await page.getByLabel('Email').fill('joe@example.net');
          if (answers) return (await (await answers).json()).items.length > 0;
          await page.getByRole('button', { name: 'Look for an answer first' }).click();
          await page.getByRole('heading', { name: /These may answer it|No article fits/ }).waitFor();
          return page.getByRole('heading', { name: 'These may answer it' }).isVisible();
        });
        const { page } = visitor;
        await page.locator('.likely').getByRole('link', { name: 'Why do I see two charges?' }).waitFor();
        if (javaScriptEnabled) await visitor.check(`${database}-help`);
        await desk.advance(3);
        await page.getByRole('button', { name: javaScriptEnabled ? 'Send question' : 'Still send' }).click();
        await page.getByRole('heading', { name: 'Your question is with us' }).waitFor();
        await visitor.leave();
      }
      await ana.page.getByRole('option').nth(2).waitFor();
      assert.equal(await ana.page.getByRole('option').count(), 3);
    });

    test('hands stay on the keyboard: note, assign, close, undo, search', async () => {
      const { page } = ana;
      await row(ana, subject).click();
      await page.keyboard.press('n');
      await page.getByRole('button', { name: /^Add note/ }).waitFor();
      await page.keyboard.type('Ask the bank.');
      await page.keyboard.press('Control+Enter');
      await page.locator('.message').filter({ hasText: 'Internal note' }).filter({ hasText: 'Ask the bank.' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('Tom');
      await page.getByRole('dialog').getByText('Tom Becker').waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.toast').getByText('Assigned to Tom Becker.').waitFor();
      // Closed unanswered by mistake: back at its place, with its clock, for everybody.
      const tom = await Visitor.come(browser, desk);
      await tom.signIn('tom@studio.example');
      const rowIds = (visitor) => visitor.page.getByRole('option').evaluateAll((rows) => rows.map(({ id }) => id));
      const clocks = async () => (await (await ana.context.request.get(`${desk.url}/api/v1/tickets`)).json()).items.map(({ id, wait }) => [id, wait]);
      await row(tom, subject).waitFor();
      const rows = await rowIds(tom), before = await clocks();
      await page.keyboard.press('e');
      await row(ana, subject).waitFor({ state: 'detached' });
      await row(tom, subject).waitFor({ state: 'detached' });
      await page.keyboard.press('z');
      for (const visitor of [ana, tom]) {
        await row(visitor, subject).getByRole('img', { name: /^Reply due in/ }).waitFor();
        assert.deepEqual(await rowIds(visitor), rows);
      }
      assert.deepEqual(await clocks(), before);
      await page.getByText('closed this.').waitFor({ state: 'detached' });
      await tom.leave();
      await page.keyboard.press('/');
      await page.keyboard.type('identical');
      await row(ana, subject).locator('mark').first().waitFor();
      await page.keyboard.press('Escape');
    });

    test('a manager sees the figures', async () => {
      const mia = await Visitor.come(browser, desk);
      await mia.signIn('mia@studio.example');
      await mia.page.goto(`${desk.url}/reports`);
      await mia.page.getByRole('heading', { name: 'Response times' }).waitFor();
      await mia.page.getByText(/^of 1 first repl/).waitFor();
      await mia.page.getByRole('cell', { name: 'Ana Ferri' }).or(mia.page.getByRole('rowheader', { name: 'Ana Ferri' })).first().waitFor();
      await mia.check(`${database}-reports`);
      await mia.leave();
    });

    // The figure depends on the machine; the limit is only so low that a row which waits for the next look around fails.
    test('a mail is a row on the screen at once', async (context) => {
      await ana.page.goto(`${desk.url}/inbox/first`);
      await ana.page.getByRole('option').first().waitFor();
      await ana.page.evaluate(() => {
        globalThis.shown = {};
        new MutationObserver(() => {
          for (const [subject] of document.body.textContent.matchAll(/Question \d+ of 20/g)) requestAnimationFrame(() => { globalThis.shown[subject] ??= Date.now(); });
        }).observe(document.body, { childList: true, subtree: true });
      });
      const took = [];
      for (let n = 1; n <= 20; n++) {
        const name = `Question ${n} of 20`;
        const accepted = await acceptedAt(desk.smtp, { from: `nina${n}@post.example`, to: mailbox, subject: name, body: 'How is it done?' });
        const shown = await ana.page.waitForFunction((one) => globalThis.shown[one], name, { polling: 20 });
        took.push(await shown.jsonValue() - accepted);
      }
      took.sort((a, b) => a - b);
      context.diagnostic(`mail accepted to row on the screen, ${database}: p50 ${took[9]} ms, p90 ${took[17]} ms, max ${took[19]} ms`);
      assert.ok(took[9] < 1000, `p50 is ${took[9]} ms`);
    });
  });
}
