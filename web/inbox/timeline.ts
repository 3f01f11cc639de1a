import type { Action } from '../shared/types';
import type { ShownMessage } from './talks';

// Messages and what was done between them, in the order in which it happened. A reply that closed says so after itself.
export type Entry = { message: ShownMessage } | { action: Action };

const at = (entry: Entry): number => Date.parse('message' in entry ? entry.message.at : entry.action.at);

const closing = ({ id, at, author }: ShownMessage): Action =>
  ({ id: `closes-${id}`, at, kind: 'close', actor: author, assignee: null, added: [], removed: [], from: null, into: null });

export function timeline(messages: readonly ShownMessage[], actions: readonly Action[]): Entry[] {
  const told = messages.flatMap((message): Entry[] => (message.closes && !message.local ? [{ message }, { action: closing(message) }] : [{ message }]));
  const done: Entry[] = actions.map((action) => ({ action }));
  return [...told, ...done].sort((a, b) => at(a) - at(b));
}
