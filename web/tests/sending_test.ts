import { expect, it, vi } from 'vitest';
import { draftOf, write } from '../inbox/drafts';
import { submit, takeBack } from '../inbox/sending';
import { loadTalk, talkOf } from '../inbox/talks';
import { put, selectedId } from '../inbox/tickets';
import { undoLast } from '../shared/toasts';
import { ticket } from './ticket';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('an answer is taken back at once, though the server has not said yet that it has it', async () => {
  const asked: string[] = [];
  let accept = (): void => {};
  vi.stubGlobal('fetch', (address: string, { method }: { method: string }) => new Promise((resolve) => {
    if (method === 'GET') return;
    asked.push(`${method} ${address.replace('/api/v1', '')}`);
    if (method === 'POST') accept = () => resolve(Response.json({ id: '7', kind: 'reply' }));
    else resolve(Response.json({ text: 'Too soon' }));
  }));
  put(ticket({ id: '3' }));
  selectedId.value = '3';
  write('3', { kind: 'reply', text: 'Too soon' });
  submit('3', false);
  undoLast();
  await settled();
  expect(asked).not.toContain('DELETE /messages/7');
  accept();
  await settled();
  expect(asked).toContain('DELETE /messages/7');
  expect(draftOf('3').peek().text).toBe('Too soon');
});

it('what is taken back stays away, though it was being read again meanwhile', async () => {
  const reads: ((items: object[]) => void)[] = [];
  vi.stubGlobal('fetch', (address: string, { method }: { method: string }) => new Promise((resolve) => {
    const answer = (body: object): void => resolve(new Response(JSON.stringify(body), { status: 200 }));
    if (method === 'DELETE') answer({ text: 'Half a word' });
    else if (address.includes('/messages')) reads.push((items) => answer({ items, next: null }));
  }));
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
