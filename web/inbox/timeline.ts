import type { Action } from '../shared/types';
import type { ShownMessage } from './talks';

// Messages and what was done between them, in the order in which it happened. A reply that closed says so after itself.
export type Entry = { message: ShownMessage } | { action: Action };

const at = (entry: Entry): number => Date.parse('message' in entry ? entry.message.at : entry.action.at);

const closing = ({ id, at, author }: ShownMessage): Action =>
  ({ id: `closes-${id}`, at, kind: 'close', actor: author, assignee: null, added: [], removed: [], message: null, from: null, into: null });

// The replies that came back undelivered, by id.
export const bounced = (actions: readonly Action[]): ReadonlySet<string | null> => new Set(actions.filter(({ kind }) => kind === 'bounced').map(({ message }) => message));

export function timeline(messages: readonly ShownMessage[], actions: readonly Action[]): Entry[] {
  const told = messages.flatMap((message): Entry[] => (message.closes && !message.local ? [{ message }, { action: closing(message) }] : [{ message }]));
  const done: Entry[] = actions.filter(({ kind }) => kind !== 'bounced').map((action) => ({ action }));
  return [...told, ...done].sort((a, b) => at(a) - at(b));
}
