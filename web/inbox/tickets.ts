import { batch, computed, signal } from '@preact/signals';
import { get, query } from '../shared/api';
import { countsChanged } from '../shared/counts';
import { place } from '../shared/router';
import { me } from '../shared/session';
import type { List, Ticket } from '../shared/types';
import { arrange, type View } from './order';
import { found } from './search';

// Every ticket this page knows, by id, as the server last said; over it lies what was asked of the server and is not answered
// yet, so that a stream that still tells of the time before does not take it from under the hand.
export const stored = signal<ReadonlyMap<string, Ticket>>(new Map());
const asked = signal<readonly { id: string; change: Partial<Ticket> }[]>([]);

// The lists are arranged from it, so one change shows everywhere.
export const tickets = computed(() => {
  if (!asked.value.length) return stored.value;
  const shown = new Map(stored.value);
  for (const { id, change } of asked.value) {
    const ticket = shown.get(id);
    if (ticket) shown.set(id, { ...ticket, ...change });
  }
  return shown as ReadonlyMap<string, Ticket>;
});
export const selectedId = signal<string | null>(null);
export const closedOrder = signal<readonly string[]>([]);
export const arrived = new Set<string>(); // came by the stream: they slide in

export interface Page { loaded: boolean; loading: boolean; next: string | null; failed: boolean }
const blank: Page = { loaded: false, loading: false, next: null, failed: false };
export const pages = signal<Readonly<Record<View, Page>>>({ all: blank, first: blank, mine: blank, waiting: blank, closed: blank });
const setPage = (view: View, page: Partial<Page>): void => {
  pages.value = { ...pages.value, [view]: { ...pages.value[view], ...page } };
};

const views: readonly string[] = ['first', 'mine', 'waiting', 'closed'];
export const view = computed<View>(() => {
  const [area, name] = place.value.parts;
  return area === 'inbox' && views.includes(name ?? '') ? (name as View) : 'all';
});

export const sections = computed(() =>
  found.value ? [{ key: 'found' as const, tickets: found.value.tickets.map((hit) => tickets.value.get(hit.id) ?? hit) }].filter((section) => section.tickets.length > 0)
    : arrange(view.value, tickets.value.values(), me()?.id, selectedId.value, closedOrder.value));
export const rows = computed(() => sections.value.flatMap((section) => section.tickets));
export const selected = computed(() => (selectedId.value === null ? null : tickets.value.get(selectedId.value) ?? null));

// An older state never overwrites a newer one (the answer of a slow request against the stream).
export function put(...news: Ticket[]): void {
  const next = new Map(stored.value);
  for (const ticket of news) {
    const known = next.get(ticket.id);
    if (!known || ticket.version >= known.version) next.set(ticket.id, ticket);
  }
  stored.value = next;
}

// Shows a change that the server is asked for, until the returned function is told whether it was made. Made, it stays, unless
// the server has said something newer meanwhile.
export function assume(id: string, change: Partial<Ticket>): (made: boolean) => void {
  const mine = { id, change };
  const version = stored.peek().get(id)?.version;
  asked.value = [...asked.peek(), mine];
  return (made) => batch(() => {
    const now = stored.peek().get(id);
    if (made && now && now.version === version) stored.value = new Map(stored.peek()).set(id, { ...now, ...change });
    asked.value = asked.peek().filter((one) => one !== mine);
  });
}

export function drop(id: string): void {
  const next = new Map(stored.value);
  next.delete(id);
  stored.value = next;
}

const pathOf = (which: View, cursor: string | null): string =>
  `/tickets${query({ state: which === 'closed' ? 'closed' : 'open', view: which === 'closed' || which === 'all' ? null : which, limit: 50, cursor })}`;

export function takePage(which: View, list: List<Ticket>, fresh: boolean): void {
  if (which === 'closed') {
    const ids = list.items.map((ticket) => ticket.id);
    closedOrder.value = fresh ? ids : [...closedOrder.value, ...ids.filter((id) => !closedOrder.value.includes(id))];
  }
  put(...list.items);
  setPage(which, { loaded: true, loading: false, next: list.next, failed: false });
}

export async function loadPage(which: View, fresh = true): Promise<void> {
  const page = pages.peek()[which];
  if (page.loading || (!fresh && page.next === null)) return;
  setPage(which, { loading: true });
  try {
    takePage(which, await get<List<Ticket>>(pathOf(which, fresh ? null : page.next)), fresh);
  } catch {
    setPage(which, { loading: false, failed: true });
  }
}

// After a long silence the lists are read anew; what is not among the open ones any more is looked up when it is shown.
export function forgetLists(): void {
  const keep = selectedId.peek();
  stored.value = new Map([...stored.value].filter(([id]) => id === keep));
  pages.value = { all: blank, first: blank, mine: blank, waiting: blank, closed: blank };
  countsChanged();
}
