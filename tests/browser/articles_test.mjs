import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'node:test';
import { stage } from './stage.mjs';

// The smallest picture that a browser shows: one pixel.
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

// A manager writes an article, customers read it without scripts; it is edited, compared, brought back, translated, moved, imported.
describe('articles', { concurrency: false, timeout: 300_000 }, () => {
  const here = stage('articles');
  const { test } = here;
  const page = () => here.ana.page;
  const body = () => page().getByRole('textbox', { name: 'Text in Markdown' });
  const tab = (name) => page().getByRole('radio', { name, exact: true }).check();
  // Waits for it and sends it away, so that the next of its kind is another.
  const said = async (text) => {
    const toast = page().locator('.toast').filter({ hasText: text });
    await toast.getByRole('button', { name: 'Dismiss' }).click();
    await toast.waitFor({ state: 'detached' });
  };
  const publish = async () => {
    await page().getByRole('button', { name: 'Publish', exact: true }).click();
    await said('Published.');
  };
  const reader = async (path, look) => {
    const context = await here.browser.newContext({ javaScriptEnabled: false });
    const tabOfReader = await context.newPage();
    try {
      return await look(tabOfReader, await tabOfReader.goto(here.desk.url + path));
    } finally {
      await context.close();
    }
  };

  test('the list shows what there is, in every state of it', async () => {
    await here.ana.signIn('ana@studio.example');
    await page().goto(`${here.desk.url}/articles`);
    await page().getByRole('listitem').filter({ hasText: 'Published' }).first().waitFor();
    await here.ana.check('articles-list');
    await page().getByRole('radio', { name: 'Deleted' }).check();
    await page().getByText('No article is like that.').waitFor();
    await here.ana.check('articles-none');
    await page().getByRole('link', { name: 'Show all' }).click();
  });

  test('an article is written with a preview of what customers will see', async () => {
    await page().keyboard.press('n');
    await page().getByLabel('Title').fill('How do I rename a board?');
    await page().keyboard.press('Enter');
    await body().fill('Open the board.\n\n## Rename\n\n1. Press **Rename**.\n2. Type.');
    const preview = page().frameLocator('.article-preview');
    await preview.getByRole('heading', { name: 'Rename', exact: true }).waitFor();
    await preview.locator('strong', { hasText: 'Rename' }).waitFor();
    assert.equal(await preview.locator('h1').textContent(), 'How do I rename a board?');
    await here.ana.check('articles-editor');
  });

  test('a picture is uploaded, described and seen in the preview', async () => {
    await body().press('Control+End');
    await page().locator('.text-box input[type=file]').setInputFiles({ name: 'menu.png', mimeType: 'image/png', buffer: pixel });
    await page().getByLabel('Description').waitFor();
    await here.ana.check('articles-picture');
    await page().getByRole('button', { name: 'Insert' }).click();
    await page().getByText('Please describe the picture.').waitFor();
    await page().getByLabel('Description').fill('The menu of a board');
    await page().keyboard.press('Enter');
    assert.match(await body().inputValue(), /!\[The menu of a board\]\(\/help\/pictures\/[0-9a-f]{32}\.png\)/);
    const shown = page().frameLocator('.article-preview').getByAltText('The menu of a board');
    await shown.waitFor();
    await page().waitForFunction(() => document.querySelector('.article-preview').contentDocument.querySelector('img')?.naturalWidth === 1);
  });

  test('what is not saved survives a reload', async () => {
    await page().getByText('Not saved').waitFor();
    const written = await body().inputValue();
    await page().waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('fifteen.article.')));
    await page().reload();
    await page().getByText('This is what you wrote and did not save').waitFor();
    assert.equal(await body().inputValue(), written);
    await here.ana.check('articles-kept');
  });

  test('published, everybody reads it without scripts', async () => {
    await publish();
    await reader('/help/how-do-i-rename-a-board', async (tabOfReader, reply) => {
      assert.equal(reply.status(), 200);
      assert.equal(await tabOfReader.getByRole('heading', { level: 1 }).textContent(), 'How do I rename a board?');
      assert.equal(await tabOfReader.getByAltText('The menu of a board').evaluate((img) => img.naturalWidth), 1);
      const data = JSON.parse(await tabOfReader.locator('script[type="application/ld+json"]').textContent());
      assert.equal(data['@graph'].at(-1).headline, 'How do I rename a board?');
      await tabOfReader.getByRole('button', { name: 'Yes' }).click();
      await tabOfReader.getByText('Thank you, we are glad.').waitFor();
      await tabOfReader.goBack();
      await tabOfReader.getByRole('button', { name: 'No, ask us' }).click();
      await tabOfReader.getByText('About the article:').waitFor();
    });
    await reader('/help/sitemap.xml', async (tabOfReader) => assert.match(await tabOfReader.content(), /how-do-i-rename-a-board/));
  });

  test('a change is compared word by word, and taken back', async () => {
    await body().fill((await body().inputValue()).replace('Open the board.', 'Open the board first.'));
    await page().getByLabel('What did you change, and why? (optional)').fill('clearer');
    await page().keyboard.press('Control+s');
    await said('Saved.');
    await page().getByText('Changes to publish').waitFor();
    await reader('/help/how-do-i-rename-a-board', async (tabOfReader) => assert.equal(await tabOfReader.getByText('Open the board first.').count(), 0));
    await tab('History');
    const newest = page().locator('.versions > li').first();
    await newest.getByText('clearer').waitFor();
    await newest.getByRole('button', { name: /^Version/ }).click();
    await newest.locator('ins', { hasText: 'first' }).waitFor();
    await here.ana.check('articles-history');
    await page().getByRole('button', { name: 'Bring back version 2' }).click();
    await said('Version 2 is the newest text again.');
    assert.match(await body().inputValue(), /^Open the board\.\n/);
  });

  test('who saves second is told what the first wrote', async () => {
    const other = await page().context().newPage();
    await other.goto(page().url());
    await other.getByRole('textbox', { name: 'Text in Markdown' }).fill('Written elsewhere.');
    await other.keyboard.press('Control+s');
    await other.locator('.toast').getByText('Saved.').waitFor();
    await other.close();
    await body().fill('Written here.');
    await page().keyboard.press('Control+s');
    await page().getByText('saved this article meanwhile').waitFor();
    await here.ana.check('articles-conflict');
    // The refusal was meant, and the browser says so too.
    here.ana.complaints = here.ana.complaints.filter((one) => !one.startsWith('409 ') && !one.includes('status of 409'));
    await page().getByRole('button', { name: 'Save mine' }).click();
    await said('Saved.');
    await publish();
  });

  test('a translation says when its original has changed, and what', async () => {
    const original = page().url();
    await tab('Details');
    await page().getByLabel('Another language').selectOption('it');
    await page().locator('.article-head').getByText('Italiano').waitFor();
    await body().fill('Scritto qui.');
    await page().keyboard.press('Control+s');
    await said('Saved.');
    await page().goto(original);
    await body().fill('Written here, twice.');
    await publish();
    await tab('Details');
    await page().locator('.article-about').getByText('Out of date').waitFor();
    await here.ana.check('articles-details');
    await page().getByRole('link', { name: 'Italiano' }).click();
    await page().locator('.article-head').getByText('Out of date').waitFor();
    await tab('Original');
    await page().locator('.source ins', { hasText: 'twice' }).waitFor();
    await here.ana.check('articles-source');
    await page().getByLabel('With this save the translation is up to date').check();
    await page().getByRole('button', { name: 'Publish', exact: true }).click();
    await said('Published.');
    assert.equal(await page().locator('.article-head').getByText('Out of date').count(), 0);
    await page().goto(original);
  });

  test('an old address keeps leading to the article', async () => {
    await tab('Details');
    await page().getByLabel('Address').fill('rename-board');
    await page().getByRole('button', { name: 'Change address' }).click();
    await said('/help/how-do-i-rename-a-board keeps leading there.');
    await reader('/help/how-do-i-rename-a-board', async (tabOfReader) => {
      assert.equal(new URL(tabOfReader.url()).pathname, '/help/rename-board');
      await tabOfReader.getByRole('main').getByRole('link', { name: 'Italiano' }).waitFor();
    });
  });

  test('the customers’ pages hold to axe’s rules in both themes', async () => {
    const back = page().url();
    await page().goto(`${here.desk.url}/help/rename-board`);
    await here.ana.check('article-page');
    await page().goto(`${here.desk.url}/help/rename-board?thanks=1`);
    await here.ana.check('article-thanks');
    await page().goto(`${here.desk.url}/help/refunds`);
    await page().getByRole('navigation', { name: 'You are here' }).getByRole('link').last().click();
    await here.ana.check('article-category');
    await page().goto(back);
  });

  test('deleted, it is gone, and back at once', async () => {
    await page().getByRole('button', { name: 'More', exact: true }).click();
    await page().getByRole('menuitem', { name: 'Delete' }).click();
    await page().locator('.toast').getByText('Deleted:').waitFor();
    await reader('/help/rename-board', async (_, reply) => assert.equal(reply.status(), 404));
    await page().locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await body().waitFor();
    await reader('/help/rename-board', async (_, reply) => assert.equal(reply.status(), 200));
  });

  test('a folder of HTML and Markdown is imported with its pictures, and says what it refused', async () => {
    const folder = join(here.desk.folder, 'old-help');
    await mkdir(join(folder, 'billing'), { recursive: true });
    await writeFile(join(folder, 'billing/invoices.html'), '<html lang="en"><head><title>Invoices</title></head><body><nav>Menu</nav><main><h1>Where are my invoices?</h1><p>Under <b>Billing</b>:</p><ul><li>open it</li></ul><img src="shot.png" alt="Billing"><script>alert(1)</script></main></body></html>');
    await writeFile(join(folder, 'billing/shot.png'), pixel);
    await writeFile(join(folder, 'empty.md'), 'No heading at all');
    await page().goto(`${here.desk.url}/articles`);
    await page().getByRole('button', { name: 'More', exact: true }).click();
    await page().getByRole('menuitem', { name: 'Import' }).click();
    await page().getByLabel('A folder').setInputFiles(folder);
    await page().getByText('Added 1, changed 0, as they were 0.').waitFor();
    await page().getByRole('heading', { name: '1 to look at' }).waitFor();
    await page().locator('.refused').getByText('empty.md').waitFor();
    await here.ana.check('articles-import');
    await page().getByRole('button', { name: 'Close this window' }).last().click();
    await reader('/help/invoices', async (tabOfReader) => {
      await tabOfReader.getByRole('heading', { name: 'Where are my invoices?' }).waitFor();
      assert.equal(await tabOfReader.getByAltText('Billing').evaluate((img) => img.naturalWidth), 1);
      assert.equal(await tabOfReader.locator('strong', { hasText: 'Billing' }).count(), 1);
      await tabOfReader.getByRole('link', { name: 'billing' }).click();
      await tabOfReader.getByRole('heading', { level: 1, name: 'billing' }).waitFor();
    });
  });

  test('categories are named, and everything works on a phone', async () => {
    await page().getByRole('button', { name: 'More', exact: true }).click();
    await page().getByRole('menuitem', { name: 'Categories' }).click();
    await page().getByRole('button', { name: 'Names of billing' }).click();
    await page().getByLabel('English').fill('Money');
    await page().getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page().getByRole('dialog').getByText('Money').waitFor();
    await here.ana.check('articles-categories');
    await page().keyboard.press('Escape');
    await page().setViewportSize({ width: 390, height: 844 });
    await here.ana.check('articles-list-phone');
    await page().getByRole('link', { name: 'Where are my invoices?' }).click();
    await body().waitFor();
    await here.ana.check('articles-editor-phone');
    const wide = await page().evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, 'nothing stands out of the page');
  });
});
