import { get, newKey, send } from '../shared/api';
import { countsChanged } from '../shared/counts';
import { t } from '../shared/i18n';
import { now } from '../shared/clock';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { Agent, Ticket, TicketDetail } from '../shared/types';
import { backToList, inHand, marked, neighbour, select } from './selection';
import { messagesMoved } from './talks';
import { assume, closedOrder, drop, put, selectedId, tickets } from './tickets';
import { inTurn } from './turns';

// What an agent does to tickets. The page changes at once, the server is asked (when what came before is done, where that is
// said), and a refusal (false) takes the change back.
async function change(id: string, after: Partial<Ticket>, method: 'PUT' | 'DELETE', path: string, body?: unknown, done?: Promise<boolean>): Promise<boolean> {
  const settle = assume(id, after);
  if (done && !(await done)) { settle(false); return false; }
  try {
    const fresh = await inTurn(id, () => send<Ticket | undefined>(method, `/tickets/${id}/${path}`, body));
    if (fresh?.id) put(fresh);
    settle(true);
    countsChanged();
    return true;
  } catch (error) {
    settle(false);
    tellWrong(explain(error));
    return false;
  }
}

function setClosed(id: string, closed: boolean): Promise<boolean> {
  if (closed) closedOrder.value = [id, ...closedOrder.value.filter((other) => other !== id)];
  return change(id, { state: closed ? 'closed' : 'open', wait: null, updated_at: new Date(now()).toISOString() }, closed ? 'PUT' : 'DELETE', 'closure');
}

// The close never was: who waited waits on.
const takeBackClose = ({ id, wait }: Ticket, closed: Promise<boolean>): Promise<boolean> => change(id, { state: 'open', wait }, 'DELETE', 'last-close', undefined, closed);

// Unless the customer has written since: nobody means to leave her unanswered.
const closeAgain = async ({ id }: Ticket, reopened: Promise<boolean>): Promise<unknown> => (await reopened) && !tickets.peek().get(id)?.wait && setClosed(id, true);

// Closes (or reopens when the first one is closed), goes on with the next row, and can be undone.
export function closeOrReopen(): void {
  const ids = inHand();
  const first = ids[0] ? tickets.peek().get(ids[0]) : undefined;
  if (!first) return;
  const closing = first.state === 'open';
  const before = ids.flatMap((id) => tickets.peek().get(id) ?? []).filter(({ state }) => state === first.state);
  const changed = before.map(({ id }) => id);
  const selectedIsDone = closing && changed.includes(selectedId.peek() ?? '');
  const next = selectedIsDone ? neighbour(selectedId.peek()!, changed) : null;
  const done = changed.map((id) => setClosed(id, closing));
  marked.value = new Set();
  if (selectedIsDone) {
    select(next);
    backToList();
  }
  tell(t(closing ? 'done.closed' : 'done.reopened', { n: changed.length }), {
    undo: () => {
      before.forEach((ticket, i) => void (closing ? takeBackClose : closeAgain)(ticket, done[i]!));
      if (closing) select(changed[0]!);
    },
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

// Tickets that turn out to be one, or two. The server is asked first: where the messages stand is its to say. What comes of it is
// shown to whoever has not gone on meanwhile.
async function rejoin(method: 'PUT' | 'POST' | 'DELETE', path: string, body: unknown, done: (shown: TicketDetail) => void): Promise<void> {
  const before = selectedId.peek();
  try {
    const shown = await send<TicketDetail>(method, `/tickets/${path}`, body, method === 'POST' ? newKey() : undefined);
    put(shown);
    if (selectedId.peek() === before) select(shown.id);
    messagesMoved();
    countsChanged();
    done(shown);
  } catch (error) {
    tellWrong(explain(error));
  }
}

export const merge = (from: Ticket, into: number): void => void rejoin('PUT', `${from.id}/merge`, { into: String(into) }, () => {
  drop(from.id);
  tell(t('done.merged', { from: `#${from.number}`, into: `#${into}` }), { undo: () => void rejoin('DELETE', `${from.id}/merge`, undefined, () => {}) });
});

export const split = (from: Ticket, messages: string[]): void => void rejoin('POST', `${from.id}/parts`, { messages }, (part) => {
  void get<TicketDetail>(`/tickets/${from.id}`).then(put, () => {});
  tell(t('done.split', { number: `#${part.number}` }), { undo: () => void rejoin('PUT', `${part.id}/merge`, { into: from.id }, () => drop(part.id)) });
});

export function setSpam(id: string, spam: boolean): void {
  const next = spam ? neighbour(id) : null;
  void change(id, { spam }, spam ? 'PUT' : 'DELETE', 'spam');
  if (spam) select(next);
  tell(t(spam ? 'done.spam' : 'done.not_spam'), { undo: () => setSpam(id, !spam) });
}

// The stream says so of each ticket, too; whoever erased her does not wait for it.
export function forgetCustomer(id: string): void {
  select(null);
  backToList();
  for (const ticket of tickets.peek().values()) if (ticket.customer.id === id) drop(ticket.id);
  countsChanged();
}
