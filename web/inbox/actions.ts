import { Problem, send } from '../shared/api';
import { countsChanged } from '../shared/counts';
import { t } from '../shared/i18n';
import { now } from '../shared/clock';
import { tell, tellWrong } from '../shared/toasts';
import type { Agent, Ticket } from '../shared/types';
import { backToList, inHand, marked, neighbour, select } from './selection';
import { closedOrder, patch, put, selectedId, tickets } from './tickets';

// What an agent does to tickets. The page changes at once, the server follows, a refusal takes the change back.
export const explain = (error: unknown): string => {
  if (!(error instanceof Problem)) return t('error.unknown');
  return error.status === 0 ? t('error.unreachable') : error.detail || error.title || t('error.unknown');
};

async function change(id: string, after: Partial<Ticket>, method: 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> {
  const back = patch(id, after);
  try {
    const fresh = await send<Ticket | undefined>(method, `/tickets/${id}/${path}`, body);
    if (fresh?.id) put(fresh);
    countsChanged();
  } catch (error) {
    back();
    tellWrong(explain(error));
  }
}

export function setClosed(id: string, closed: boolean): void {
  const ticket = tickets.peek().get(id);
  if (!ticket) return;
  if (closed) closedOrder.value = [id, ...closedOrder.value.filter((other) => other !== id)];
  const wait = closed ? null : ticket.wait;
  void change(id, { state: closed ? 'closed' : 'open', wait, updated_at: new Date(now()).toISOString() }, closed ? 'PUT' : 'DELETE', 'closure');
}

// Closes (or reopens when the first one is closed), goes on with the next row, and can be undone.
export function closeOrReopen(): void {
  const ids = inHand();
  const first = ids[0] ? tickets.peek().get(ids[0]) : undefined;
  if (!first) return;
  const closing = first.state === 'open';
  const changed = ids.filter((id) => (tickets.peek().get(id)?.state === 'open') === closing);
  const selectedIsDone = closing && changed.includes(selectedId.peek() ?? '');
  let next = selectedIsDone ? neighbour(selectedId.peek()!) : null;
  if (next && changed.includes(next)) next = null;
  changed.forEach((id) => setClosed(id, closing));
  marked.value = new Set();
  if (selectedIsDone) {
    select(next);
    backToList();
  }
  tell(t(closing ? 'done.closed' : 'done.reopened', { n: changed.length }), {
    undo: () => { changed.forEach((id) => setClosed(id, !closing)); if (closing) select(changed[0]!); },
  });
}

export function assign(agent: Pick<Agent, 'id' | 'name'> | null): void {
  const before = inHand().map((id) => [id, tickets.peek().get(id)?.assignee ?? null] as const);
  const set = (id: string, to: { id: string; name: string } | null): void =>
    void change(id, { assignee: to && { id: to.id, name: to.name } }, 'PUT', 'assignee', { agent: to?.id ?? null });
  before.forEach(([id]) => set(id, agent));
  marked.value = new Set();
  tell(agent ? t('done.assigned', { name: agent.name }) : t('done.unassigned'), { undo: () => before.forEach(([id, to]) => set(id, to)) });
}

export function markUnread(): void {
  for (const id of inHand()) void change(id, { unread: true }, 'DELETE', 'read');
  marked.value = new Set();
  tell(t('done.unread'));
}

export function setTags(id: string, tags: string[]): void {
  void change(id, { tags }, 'PUT', 'tags', { tags });
}

export function setSpam(id: string, spam: boolean): void {
  const next = spam ? neighbour(id) : null;
  void change(id, { spam }, spam ? 'PUT' : 'DELETE', 'spam');
  if (spam) select(next);
  tell(t(spam ? 'done.spam' : 'done.not_spam'), { undo: () => setSpam(id, !spam) });
}
