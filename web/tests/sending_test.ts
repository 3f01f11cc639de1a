import { expect, it, vi } from 'vitest';
import { draftOf, write } from '../inbox/drafts';
import { submit, takeBack } from '../inbox/sending';
import { loadTalk, talkOf } from '../inbox/talks';
import { put, selectedId } from '../inbox/tickets';
import { session } from '../shared/session';
import { undoLast } from '../shared/toasts';
import type { Session } from '../shared/types';
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

// A server that refuses what is said to an older ticket, and tells what was written since.
function refuseOld(version: number, since: object[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (_: string, { method, headers, body }: { method: string; headers: Headers; body: string }) => new Promise((resolve) => {
    if (method !== 'POST') return;
    const given = JSON.parse(body) as { if_version: number };
    asked.push(`${given.if_version} ${headers.get('idempotency-key')}`);
    if (given.if_version === version) resolve(Response.json({ id: '8', kind: 'reply' }, { status: 201 }));
    else resolve(Response.json({ version, since }, { status: 409 }));
  }));
  return asked;
}
const word = (kind: string, id: string): object => ({ id: '6', kind: 'note', at: '', author: { kind, id, name: 'Max' } });

it('her own note and what no person wrote are no news to who answers: it is said again to the newer ticket', async () => {
  session.value = { agent: { id: '1' } } as Session;
  const asked = refuseOld(3, [word('agent', '1'), word('system', '')]);
  put(ticket({ id: '4', version: 1 }));
  write('4', { kind: 'reply', text: 'Hello' });
  submit('4', false);
  await settled();
  const key = asked[0]!.split(' ')[1];
  expect(asked).toEqual([`1 ${key}`, `3 ${key}`]);
  expect(talkOf('4').peek().conflict).toBe(null);
});

it.each([['agent', '2'], ['customer', '1']])('what another %s wrote meanwhile is shown before the answer goes', async (kind, id) => {
  session.value = { agent: { id: '1' } } as Session;
  const asked = refuseOld(3, [word(kind, id)]);
  put(ticket({ id: '5', version: 1 }));
  write('5', { kind: 'reply', text: 'Hello' });
  submit('5', false);
  await settled();
  expect(asked.length).toBe(1);
  expect(talkOf('5').peek().conflict?.who).toBe('Max');
  expect(draftOf('5').peek().text).toBe('Hello');
});

it('an answer whose acceptance was lost is said again in the same words, whatever came meanwhile', async () => {
  const bodies: string[] = [];
  vi.stubGlobal('fetch', (_: string, { method, headers, body }: { method: string; headers: Headers; body: string }) => {
    if (method !== 'POST') return new Promise(() => {});
    bodies.push(headers.get('idempotency-key') + body);
    return Promise.reject(new TypeError('away'));
  });
  put(ticket({ id: '6', version: 1 }));
  write('6', { kind: 'reply', text: 'Hello' });
  submit('6', false);
  await settled();
  put(ticket({ id: '6', version: 2 }));
  talkOf('6').peek().messages.at(-1)!.local!.again();
  await settled();
  expect(bodies.length).toBe(2);
  expect(bodies[1]).toBe(bodies[0]);
});
