import { signal } from '@preact/signals';
import { get, send } from '../shared/api';
import { focusOnceDrawn } from '../shared/focus';
import { go, place } from '../shared/router';
import { loadUnread, unreadNotices } from '../shared/notices';
import { layout } from '../shared/width';
import type { Ticket, TicketDetail } from '../shared/types';
import { loadTalk, prefetch } from './talks';
import { assume, put, rows, selected, selectedId, tickets } from './tickets';

// Which ticket is in the hand, which are ticked, and where the focus is.
export const marked = signal<ReadonlySet<string>>(new Set());
export const openOnPhone = signal(false);
let readTimer = 0;
const readAfterMs = 600;

export const rowId = (id: string): string => `ticket-${id}`;

export function focusRow(id = selectedId.peek()): void {
  focusOnceDrawn(() => {
    const row = id === null ? null : document.getElementById(rowId(id));
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
    return row !== null;
  });
}

function showInAddress(how: 'push' | 'replace'): void {
  const ticket = selected.peek();
  const params = new URLSearchParams(place.peek().params);
  const path = place.peek().path.startsWith('/inbox/') ? place.peek().path : '/';
  if (ticket) params.set('t', String(ticket.number));
  else params.delete('t');
  const text = params.toString();
  go(path + (text ? `?${text}` : ''), how);
}

export function select(id: string | null, focus = true): void {
  selectedId.value = id;
  if (id === null) return;
  void loadTalk(id);
  const all = rows.peek();
  const at = all.findIndex((ticket) => ticket.id === id);
  prefetch(all.slice(at + 1, at + 3).map((ticket) => ticket.id));
  if (focus) focusRow(id);
  if (layout.peek() !== 'narrow') showInAddress('replace');
  clearTimeout(readTimer);
  if (layout.peek() !== 'narrow' || openOnPhone.peek()) readTimer = window.setTimeout(() => markRead(id), readAfterMs);
}

export function markRead(id: string): void {
  const isUnread = tickets.peek().get(id)?.unread ?? false;
  const toldOf = (unreadNotices.peek() ?? 0) > 0; // maybe of this one: what was told of it is read with it
  if (selectedId.peek() !== id || document.hidden || (!isUnread && !toldOf)) return;
  const settle = isUnread ? assume(id, { unread: false }) : () => {};
  const countAgain = (): unknown => toldOf && loadUnread().catch(() => {});
  send('PUT', `/tickets/${id}/read`).then(() => { settle(true); countAgain(); }, () => settle(false));
}

export function step(by: 1 | -1): void {
  const all = rows.peek();
  const at = all.findIndex((ticket) => ticket.id === selectedId.peek());
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
  if (next) select(next.id);
}

// The row to go on with when this one is done, maybe with others: the next below, else the one above.
export function neighbour(id: string, done: readonly string[] = [id]): string | null {
  const all = rows.peek();
  const at = all.findIndex((ticket) => ticket.id === id);
  const stays = (ticket: Ticket): boolean => !done.includes(ticket.id);
  return (all.slice(at + 1).find(stays) ?? all.slice(0, Math.max(0, at)).reverse().find(stays))?.id ?? null;
}

export function open(id: string): void {
  openOnPhone.value = true;
  select(id, layout.peek() !== 'narrow');
  if (layout.peek() === 'narrow') showInAddress('push');
}

export function backToList(): void {
  openOnPhone.value = false;
  if (layout.peek() === 'narrow') { selectedId.peek() && focusRow(); const { path } = place.peek(); go(path.startsWith('/t/') ? '/' : path, 'replace'); }
}

export function toggleMark(id: string): void {
  const next = new Set(marked.value);
  if (!next.delete(id)) next.add(id);
  marked.value = next;
}

export const inHand = (): string[] => {
  const ids = [...marked.peek()].filter((id) => tickets.peek().has(id));
  return ids.length ? ids : selectedId.peek() ? [selectedId.peek()!] : [];
};

// A ticket by its number (its id), from memory or the server; a merged one leads to where its messages are.
export async function selectNumber(number: number): Promise<void> {
  let id = String(number);
  while (!tickets.peek().has(id)) {
    const ticket = await get<TicketDetail>(`/tickets/${id}`);
    if (ticket.merged_into === null) put(ticket);
    else id = String(ticket.merged_into);
  }
  openOnPhone.value = true;
  select(id);
}
