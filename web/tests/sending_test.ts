import { expect, it, vi } from 'vitest';
import { takeBack } from '../inbox/sending';
import { loadTalk, talkOf } from '../inbox/talks';
import { put, selectedId } from '../inbox/tickets';
import { ticket } from './ticket';

it('what is taken back stays away, though it was being read again meanwhile', async () => {
  const reads: ((items: object[]) => void)[] = [];
  vi.stubGlobal('fetch', (address: string, { method }: { method: string }) => new Promise((resolve) => {
    const answer = (body: object): void => resolve(new Response(JSON.stringify(body), { status: 200 }));
    if (method === 'DELETE') answer({ text: 'Half a word' });
    else if (address.includes('/messages')) reads.push((items) => answer({ items, next: null }));
  }));
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const answer = { id: '7', kind: 'reply' };
  put(ticket({ id: '1' }));
  selectedId.value = '1';
  const shown = (): string[] => talkOf('1').value.messages.map(({ id }) => id);

  void loadTalk('1', true);
  reads[0]!([answer]);
  await settled();
  expect(shown()).toEqual(['7']);

  void loadTalk('1', true);
  void takeBack('1', '7');
  await settled();
  reads[1]!([answer]);
  await settled();
  reads[2]?.([]);
  await settled();
  expect(shown()).toEqual([]);
});
