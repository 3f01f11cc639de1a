import type { Ticket } from '../shared/types';

export const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 2, 9, minutes)).toISOString();

let next = 1;

// An open, answered ticket; a test names only what it is about.
export function ticket(change: Partial<Ticket> = {}): Ticket {
  const id = change.id ?? String(next++);
  return {
    id, number: Number(id), subject: 'Subject', state: 'open', channel: 'email', customer: { id: `c${id}`, email: 'c@example.net', name: 'Customer' },
    assignee: null, wait: null, last_response_seconds: null, last_replier: null, unread: false, spam: false, tags: [], updated_at: at(0),
    last_customer_at: at(0), preview: '', version: 1, mailbox: { id: '1', address: 'help@example.com', name: 'Help' }, ...change,
  };
}

export const wait = (due: number | null, first = true, started = 0): Ticket['wait'] =>
  ({ started_at: at(started), due_at: due === null ? null : at(due), first, target_seconds: 900 });
