import { beforeEach, expect, it, vi } from 'vitest';
import { toasts, undoLast } from '../shared/toasts';
import type { Ticket } from '../shared/types';
import { closeOrReopen } from '../inbox/actions';
import { write } from '../inbox/drafts';
import { marked } from '../inbox/selection';
import { submit } from '../inbox/sending';
import { put, selectedId, stored, tickets } from '../inbox/tickets';
import { ticket, wait } from './ticket';

// A server that answers changes when it is let, and remembers them.
let asked: string[] = [];
let answers: (() => void)[] = [];
let status = 204;
const answerAll = async (): Promise<void> => {
  do {
    answers.splice(0).forEach((answer) => answer());
    await new Promise((resolve) => setTimeout(resolve));
  } while (answers.length);
};

beforeEach(() => {
  asked = [];
  answers = [];
  status = 204;
  toasts.value = [];
  stored.value = new Map();
  vi.stubGlobal('fetch', (address: string, { method }: { method: string }) => new Promise((resolve) => {
    if (method === 'GET') return;
    asked.push(`${method} ${address.replace('/api/v1/tickets/', '')}`);
    answers.push(() => resolve(new Response(null, { status })));
  }));
});

function inHand(...some: Ticket[]): void {
  put(...some);
  marked.value = new Set(some.map(({ id }) => id));
}
const standing = (id: string): unknown => [tickets.value.get(id)?.state, tickets.value.get(id)?.wait];

it('undoing a close takes it back, of every ticket in the hand, and the old wait is there again', async () => {
  inHand(ticket({ id: '1', wait: wait(15) }), ticket({ id: '2', wait: wait(20, false) }));
  closeOrReopen();
  expect([standing('1'), standing('2')]).toEqual([['closed', null], ['closed', null]]);
  await answerAll();
  undoLast();
  await answerAll();
  expect(asked).toEqual(['PUT 1/closure', 'PUT 2/closure', 'DELETE 1/last-close', 'DELETE 2/last-close']);
  expect([standing('1'), standing('2')]).toEqual([['open', wait(15)], ['open', wait(20, false)]]);
});

it('undoing a close at once shows at once, and asks when the server has closed', async () => {
  inHand(ticket({ id: '1', wait: wait(15) }));
  closeOrReopen();
  undoLast();
  await Promise.resolve();
  expect(asked).toEqual(['PUT 1/closure']);
  expect(standing('1')).toEqual(['open', wait(15)]);
  put(ticket({ id: '1', state: 'closed', version: 2 })); // the stream tells of the close
  expect(standing('1')).toEqual(['open', wait(15)]);
  await answerAll();
  expect(asked).toEqual(['PUT 1/closure', 'DELETE 1/last-close']);
});

it('undoing a close that was refused takes nothing back: the ticket is as it was', async () => {
  status = 409;
  inHand(ticket({ id: '1', wait: wait(15) }));
  closeOrReopen();
  await answerAll();
  undoLast();
  await answerAll();
  expect(asked).toEqual(['PUT 1/closure']);
  expect(standing('1')).toEqual(['open', wait(15)]);
});

it('undoing a reopening closes again, but not once the customer has written', async () => {
  inHand(ticket({ id: '1', state: 'closed' }), ticket({ id: '2', state: 'closed' }));
  closeOrReopen();
  await answerAll();
  put(ticket({ id: '2', wait: wait(30) }));
  undoLast();
  await answerAll();
  expect(asked).toEqual(['DELETE 1/closure', 'DELETE 2/closure', 'PUT 1/closure']);
  expect(standing('2')).toEqual(['open', wait(30)]);
});

it('an answer that is on its way arrives before the close that was pressed after it', async () => {
  put(ticket({ id: '1', wait: wait(15) }));
  selectedId.value = '1';
  marked.value = new Set();
  write('1', { kind: 'reply', text: 'Paid back.' });
  submit('1', false);
  closeOrReopen();
  await Promise.resolve();
  const changes = (): string[] => asked.filter((one) => !one.endsWith('/draft'));
  expect(changes()).toEqual(['POST 1/messages']);
  expect(standing('1')).toEqual(['closed', null]);
  await answerAll();
  expect(changes()).toEqual(['POST 1/messages', 'PUT 1/closure']);
});
