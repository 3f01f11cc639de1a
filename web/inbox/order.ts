import type { Ticket } from '../shared/types';

// The order of work, as the server's `urgency`: running waits by due time (never due: after all that are), then answered
// tickets by the customer's last words, newest first. Pure.
export type View = 'all' | 'first' | 'mine' | 'waiting' | 'closed';
export type SectionKey = 'first' | 'next' | 'answered' | 'closed' | 'found';
export interface Section { key: SectionKey; tickets: Ticket[] }

const group = (ticket: Ticket): number => (!ticket.wait ? 2 : ticket.wait.due_at === null ? 1 : 0);
const time = (iso: string | null): number => (iso === null ? 0 : Date.parse(iso) || 0);
const byId = (a: Ticket, b: Ticket): number => a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export function byUrgency(a: Ticket, b: Ticket): number {
  const groups = group(a) - group(b);
  if (groups) return groups;
  if (!a.wait || !b.wait) return time(b.last_customer_at) - time(a.last_customer_at) || byId(b, a);
  const key = (wait: NonNullable<Ticket['wait']>): number => time(wait.due_at ?? wait.started_at);
  return key(a.wait) - key(b.wait) || byId(a, b);
}

export function belongs(view: View, ticket: Ticket, me: string | undefined): boolean {
  if (ticket.spam) return false;
  if (view === 'closed') return ticket.state === 'closed';
  if (ticket.state !== 'open') return false;
  if (view === 'first') return ticket.wait?.first === true;
  if (view === 'waiting') return ticket.wait !== null;
  return view === 'all' || ticket.assignee?.id === me;
}

const sectionOf = (ticket: Ticket): SectionKey => (!ticket.wait ? 'answered' : ticket.wait.first ? 'first' : 'next');

// `kept` stays in sight although it has left the view: the row someone is working on does not vanish under the hand.
export function arrange(view: View, all: Iterable<Ticket>, me: string | undefined, kept: string | null, closedOrder: readonly string[]): Section[] {
  const shown = [...all].filter((ticket) => belongs(view, ticket, me) || ticket.id === kept);
  if (view === 'closed') {
    const place = new Map(closedOrder.map((id, index) => [id, index]));
    const listed = shown.filter((ticket) => place.has(ticket.id)).sort((a, b) => place.get(a.id)! - place.get(b.id)!);
    return listed.length ? [{ key: 'closed', tickets: listed }] : [];
  }
  shown.sort(byUrgency);
  return (['first', 'next', 'answered'] as const)
    .map((key) => ({ key, tickets: shown.filter((ticket) => sectionOf(ticket) === key) }))
    .filter((section) => section.tickets.length > 0);
}
