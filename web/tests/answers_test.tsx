import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { AnswersPanel } from '../inbox/answers_panel';
import { draftOf } from '../inbox/drafts';
import { linkArticle } from '../inbox/edits';
import { changeTalk } from '../inbox/talks';
import type { Suggestion } from '../shared/types';
import { ticket } from './ticket';

const article = { id: '7', title: 'Two charges?', url: '/help/two-charges', locale: 'en' };
const italian = { id: '8', title: 'Due addebiti?', url: '/help/due-addebiti', locale: 'it', state: 'published' };
let asked: string[];
let box: HTMLTextAreaElement;

// A server that knows one article and its translations.
const serve = (translations: object[], status = 200): void => {
  vi.stubGlobal('fetch', async (address: string, { method = 'GET' }: RequestInit = {}) => {
    asked.push(`${method} ${address}`);
    return Response.json({ body: 'The bank **holds** it.', translations }, { status });
  });
};
beforeEach(() => {
  asked = [];
  box = document.body.appendChild(document.createElement('textarea'));
  box.value = 'See  please.';
  box.setSelectionRange(4, 4);
});

it('a link goes in at once, and becomes that of the customer\'s language', async () => {
  serve([{ ...article, state: 'published' }, italian]);
  changeTalk('1', { language: 'it' });
  const done = linkArticle('1', box, article, (now) => now);
  expect(box.value).toBe('See [Two charges?](/help/two-charges) please.');
  box.value = `${box.value} Bye.`;
  box.setSelectionRange(box.value.length, box.value.length);
  await done;
  expect(box.value).toBe('See [Due addebiti?](/help/due-addebiti) please. Bye.');
  expect(box.selectionStart).toBe(box.value.length);
  expect(draftOf('1').peek().text).toBe(box.value);
});

it.each([['it', [{ ...italian, state: 'draft' }]], ['en', [italian]], ['', [italian]]])('for %j with %j it stays as it is', async (language, translations) => {
  serve(translations as object[]);
  changeTalk('1', { language });
  await linkArticle('1', box, article, (now) => now);
  expect(box.value).toBe('See [Two charges?](/help/two-charges) please.');
});

const answer = (id: string, more: Partial<Suggestion> = {}): Suggestion => ({ kind: 'article', id, title: `Article ${id}`, url: `/help/${id}`, score: 1, locale: 'en', ...more });

it('the panel says why, marks languages and ideas, and takes a wrong one away', async () => {
  serve([], 500);
  const one = ticket();
  const why = { words: ['charge'], tickets: [{ id: '3', number: 3, subject: 'Charged' }] };
  changeTalk(one.id, { language: 'it', suggestions: [answer('1', { why }), answer('2', { locale: 'it' }), answer('3', { kind: 'idea' })] });
  const root = document.body.appendChild(document.createElement('div'));
  const Panel = () => <AnswersPanel ticket={one} />;
  act(() => render(<Panel />, root));
  const items = [...root.querySelectorAll('li')].map((item) => item.textContent);
  expect(items[0]).toMatch(/^1 Article 1English.*charge.*#3/);
  expect(items[1]).not.toContain('Italiano');
  expect(items[2]).toContain('Idea');
  const wrong = [...root.querySelectorAll('li')][1]!.querySelectorAll('button');
  await act(async () => {
    [...wrong].find(({ textContent }) => textContent === 'Wrong here')!.click();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(asked).toContain(`POST /api/v1/tickets/${one.id}/wrong-answers`);
  expect(root.querySelectorAll('li').length).toBe(3); // the server refused
});
