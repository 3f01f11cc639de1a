import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { Offers } from '../inbox/offers';
import { ticket } from './ticket';

// A server that answers a search for articles when the test says so, and a text to type in.
let answers: Map<string | null, () => void>;
let root: HTMLElement;
let box: HTMLTextAreaElement;

beforeEach(() => {
  answers = new Map();
  vi.stubGlobal('fetch', (address: string) => new Promise((resolve) => {
    const words = new URL(address, 'http://desk.example').searchParams.get('q');
    answers.set(words, () => resolve(Response.json({ items: [{ id: '1', title: `On ${words}`, url: '/help/1', locale: 'en' }] })));
  }));
  root = document.body.appendChild(document.createElement('div'));
  box = document.body.appendChild(document.createElement('textarea'));
  act(() => render(<Offers ticket={ticket()} box={box} />, root));
});

const type = (text: string): void => {
  box.value = text;
  box.setSelectionRange(text.length, text.length);
  box.dispatchEvent(new Event('input'));
};
const press = (key: string): Promise<void> => act(() => void box.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true })));
const answer = (words: string): Promise<void> => act(async () => {
  answers.get(words)!();
  await new Promise((resolve) => setTimeout(resolve));
});
const shown = (): number => root.querySelectorAll('[role=option]').length;

it('offers that come late do not open again what Escape has closed', async () => {
  type('[[a');
  await answer('a');
  expect(shown()).toBe(1);
  type('[[ab');
  await press('Escape');
  await answer('ab');
  expect([box.value, shown()]).toEqual(['[[ab', 0]);
});

it('an Enter means what was typed, not the list of what was typed before', async () => {
  type('[[c');
  await answer('c');
  type('[[cd');
  await press('Enter');
  expect(box.value).toBe('[[cd');
  await answer('cd');
  expect([box.value, shown()]).toEqual(['[On cd](/help/1)', 0]);
});

it('typing on after an Enter that still waits takes it back', async () => {
  type('[[e');
  await answer('e');
  type('[[ef');
  await press('Enter');
  type('[[efg');
  await answer('ef');
  await answer('efg');
  expect([box.value, shown()]).toEqual(['[[efg', 1]);
});

it('a slash says that there is no saved reply yet', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [] })));
  type('/');
  await act(async () => { await new Promise((resolve) => setTimeout(resolve)); });
  expect(root.textContent).toContain('No saved reply yet.');
  type('');
  await act(async () => { await new Promise((resolve) => setTimeout(resolve)); });
  expect(root.textContent).toBe('');
});
