import { describe, expect, it } from 'vitest';
import { timeline } from '../inbox/timeline';
import type { ShownMessage } from '../inbox/talks';
import type { Action } from '../shared/types';

const message = (id: string, at: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  id, at, kind: 'reply', author: { kind: 'agent', id: '1', name: 'Tom', email: '' }, text: '', quoted: null, html: false, rendered: null,
  to: [], cc: [], attachments: [], why: null, delivery: null, rating: null, closes: false, undo_until: null, raw_url: null, ...more,
});
const action = (id: string, at: string, kind: Action['kind']): Action =>
  ({ id, at, kind, actor: { kind: 'agent', name: 'Tom' }, assignee: null, added: [], removed: [], message: null, from: 1, into: null });
const told = (entries: ReturnType<typeof timeline>): string[] => entries.map((entry) => ('message' in entry ? entry.message.id : `${entry.action.kind} ${entry.action.actor.name}`));

describe('the timeline', () => {
  it('puts what was done between the messages', () => {
    expect(told(timeline([message('a', '2026-11-02T10:00:00Z'), message('b', '2026-11-02T12:00:00Z')], [action('1', '2026-11-02T11:00:00Z', 'assign')])))
      .toEqual(['a', 'assign Tom', 'b']);
  });

  it('says after a reply that it closed the ticket, once the server has it', () => {
    const local = { state: 'sending', again: () => {}, drop: () => {} } as const;
    expect(told(timeline([message('a', '2026-11-02T10:00:00Z', { closes: true }), message('b', '2026-11-02T11:00:00Z', { closes: true, local })], [])))
      .toEqual(['a', 'close Tom', 'b']);
  });
});
