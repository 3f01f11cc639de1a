import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import { Offers } from '../inbox/offers';
import { ticket } from './ticket';

it('offers that come late do not open again what a choice has closed', async () => {
  const answers = new Map<string | null, () => void>();
  vi.stubGlobal('fetch', (address: string) => new Promise((resolve) => {
    const items = [{ id: '1', title: 'Two charges', url: '/help/two-charges', locale: 'en' }];
    answers.set(new URL(address, 'http://desk.example').searchParams.get('q'), () => resolve(Response.json({ items })));
  }));
  const root = document.body.appendChild(document.createElement('div'));
  const box = document.body.appendChild(document.createElement('textarea'));
  const type = (text: string): void => {
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    box.dispatchEvent(new Event('input'));
  };
  const answer = (words: string): Promise<void> => act(async () => {
    answers.get(words)!();
    await new Promise((resolve) => setTimeout(resolve));
  });
  const shown = (): number => root.querySelectorAll('[role=option]').length;
  act(() => render(<Offers ticket={ticket()} box={box} />, root));

  type('[[charge');
  await answer('charge');
  expect(shown()).toBe(1);
  type('[[charges');
  await act(() => void box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true })));
  expect(box.value).toBe('[Two charges](/help/two-charges)');
  await answer('charges');
  expect(shown()).toBe(0);
});
