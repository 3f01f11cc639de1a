import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { row, stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

// An admin erases a customer beside her ticket; a colleague's open page learns of it.
describe('erasing a customer', { concurrency: false, timeout: 180_000 }, () => {
  const here = stage('erase');
  const { test } = here;
  let tom;
  after(() => tom?.leave());
  const opener = (visitor) => visitor.page.getByRole('button', { name: 'Erase customer' });
  const question = () => here.ana.page.getByRole('dialog', { name: 'Erase giulia@rossi.example?' });
  const mail = (from, subject) => here.desk.mail({ from, subject, body: 'Why?' });

  test('only an admin finds the way to it', async () => {
    const { ana, browser, desk } = here;
    await mail('giulia@rossi.example', 'Two charges');
    await mail('giulia@rossi.example', 'Wrong invoice');
    await mail('pavel@client.example', 'Late parcel');
    tom = await Visitor.come(browser, desk);
    await tom.signIn('tom@studio.example');
    await row(tom, 'Two charges').click();
    await tom.page.locator('.pane').getByRole('link', { name: 'giulia@rossi.example' }).waitFor();
    assert.equal(await opener(tom).count(), 0);
    await ana.signIn('ana@studio.example');
    await row(ana, 'Two charges').click();
    await opener(ana).waitFor();
  });

  test('it says what goes and what stays, and an Enter too many does nothing', async () => {
    const { ana } = here;
    await opener(ana).focus();
    await ana.page.keyboard.press('Enter');
    await question().getByText('Gone for good').waitFor();
    await question().getByText('What stays').waitFor();
    await ana.check('erase-question');
    await ana.page.keyboard.press('Enter');
    await question().waitFor({ state: 'detached' });
    await row(ana, 'Two charges').waitFor();
    assert.equal(await opener(ana).evaluate((button) => button === document.activeElement), true, 'the focus is back');
  });

  test('on a phone, and everybody’s lists lose her tickets', async () => {
    const { ana } = here;
    await ana.page.setViewportSize({ width: 390, height: 780 });
    await opener(ana).click();
    await question().waitFor();
    await ana.check('erase-phone');
    assert.ok(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling sideways');
    await question().getByRole('button', { name: 'Erase for good' }).click();
    await ana.page.getByText('The last traces go within moments.').waitFor();
    await ana.page.setViewportSize({ width: 1280, height: 800 });
    for (const visitor of [ana, tom]) {
      await row(visitor, 'Two charges').waitFor({ state: 'detached' });
      await row(visitor, 'Wrong invoice').waitFor({ state: 'detached' });
      await row(visitor, 'Late parcel').waitFor();
    }
    assert.equal(await tom.page.getByText('giulia@rossi.example').count(), 0, 'nor does what he had open');
    await ana.check('erase-done');
  });
});
