import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { composer, row, stage } from './stage.mjs';

// Each ticket says why its waits count as they do.
describe('why a wait counts', { concurrency: false, timeout: 120_000 }, () => {
  const here = stage('why');
  const { test } = here;
  const panel = () => here.ana.page.getByRole('dialog', { name: 'How the waits count' });
  const opener = () => here.ana.page.getByRole('main').getByRole('button', { name: 'How it counts' });

  test('a running wait, beside its count-down, by keyboard', async () => {
    const { ana, desk } = here;
    await desk.mail({ from: 'giulia@rossi.example', subject: 'Two charges', body: 'Why?' });
    await ana.signIn('ana@studio.example');
    await row(ana, 'Two charges').click();
    await desk.advance(150);
    await opener().focus();
    await ana.page.keyboard.press('Enter');
    await panel().getByText('giulia@rossi.example wrote on').waitFor();
    await panel().getByText('every hour counts').waitFor();
    await panel().getByText(/^Together 2 min 30.* so far, of 15 min\.$/).waitFor();
    await ana.check('why-running');
    await ana.page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    assert.equal(await opener().evaluate((button) => button === document.activeElement), true, 'the focus is back');
  });

  test('an answered one, on a phone', async () => {
    const { ana } = here;
    await composer(ana).fill('Mended.');
    await ana.page.keyboard.press('Control+Enter');
    await ana.page.locator('.talk-head').getByText('replied in 2 min').waitFor();
    await ana.page.setViewportSize({ width: 390, height: 780 });
    await ana.page.keyboard.press('Escape'); // the customer's pane, which is a sheet by now
    await opener().click();
    await panel().getByText(/^Ana.* replied on/).waitFor();
    await panel().getByText(/within the target of 15 min/).waitFor();
    await ana.check('why-answered');
    assert.ok(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling sideways');
  });
});
