import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../shared/session';
import type { ListedRating, Role } from '../shared/types';
import { at } from './ticket';

const rating = (id: number, comment = ''): ListedRating => ({
  id: String(id), at: at(id), score: 'kudos', comment, message: String(id), ticket: { id: '7', number: 7, subject: 'Invoices' },
  agent: { id: '1', name: 'Ana' }, customer: { id: '2', name: 'Giulia', email: 'giulia@rossi.example' },
});
const people = [{ id: '1', name: 'Ana' }, { id: '3', name: 'Tom' }];

let asked: URL[];
let Thanks: typeof import('../reports/thanks').default;
let root: HTMLElement;

beforeAll(async () => {
  vi.stubGlobal('CSSStyleSheet', class { replaceSync(): void {} });
  Object.defineProperty(document, 'adoptedStyleSheets', { value: [], writable: true });
  Thanks = (await import('../reports/thanks')).default;
});

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (address: string) => {
    const url = new URL(address, 'http://desk.example');
    asked.push(url);
    if (url.pathname.endsWith('/agents')) return Promise.resolve(Response.json({ items: people, next: null }));
    const first = !url.searchParams.has('cursor');
    return Promise.resolve(Response.json(first ? { items: [rating(2, 'So fast')], next: 'further' } : { items: [rating(1, 'Kind')], next: null }));
  });
  document.body.innerHTML = '';
  root = document.body.appendChild(document.createElement('div'));
});

const settle = async (deed: () => void): Promise<void> => {
  await act(deed);
  await act(() => new Promise<void>((resolve) => { setTimeout(resolve, 5); }));
};
const show = async (role: Role): Promise<void> => {
  session.value = { agent: { id: '1', name: 'Ana', email: 'ana@desk.example', role, active: true, has_password: true }, csrf: '', server_time: at(0), desk: { name: 'Desk', public_url: '' } };
  await settle(() => render(<Thanks />, root));
};
const ratingsAsked = (): (string | null)[][] => asked.filter((url) => url.pathname.endsWith('/ratings')).map(({ searchParams: q }) => ['agent', 'score', 'cursor'].map((name) => q.get(name)));

it('an agent reads her own, page by page', async () => {
  await show('agent');
  expect([...root.querySelectorAll('blockquote')].map((quote) => quote.textContent)).toEqual(['So fast']);
  expect(root.querySelector('select')).toBe(null);
  await settle(() => root.querySelector<HTMLButtonElement>('button')!.click());
  expect([...root.querySelectorAll('blockquote')].map((quote) => quote.textContent)).toEqual(['So fast', 'Kind']);
  expect(root.querySelector('button')).toBe(null);
  expect(ratingsAsked()).toEqual([['1', 'kudos', null], ['1', 'kudos', 'further']]);
});

it('a manager reads everybody’s, of one person, of each kind', async () => {
  await show('manager');
  expect(root.textContent).toContain('Ana');
  const select = root.querySelector('select')!;
  expect([...select.options].map((option) => option.text)).toEqual(['Everybody', 'Ana', 'Tom']);
  await settle(() => { select.value = '3'; select.dispatchEvent(new Event('change')); });
  await settle(() => root.querySelectorAll<HTMLInputElement>('input[type=radio]')[2]!.click());
  expect(ratingsAsked()).toEqual([[null, 'kudos', null], ['3', 'kudos', null], ['3', 'bad', null]]);
});
