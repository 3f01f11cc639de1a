import { expect, it, vi } from 'vitest';
import { found, search } from '../inbox/search';

it('an answer that comes when the search is empty again shows nothing', async () => {
  vi.useFakeTimers();
  let answer = (): void => {};
  vi.stubGlobal('fetch', () => new Promise((resolve) => { answer = () => resolve(Response.json({ tickets: [] })); }));
  search('refund');
  await vi.runAllTimersAsync();
  answer();
  await vi.runAllTimersAsync();
  expect(found.value).toEqual({ tickets: [] });

  search('refunds');
  await vi.runAllTimersAsync();
  search('');
  answer();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(found.value).toBeNull();
});
