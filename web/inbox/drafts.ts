import { signal, type Signal } from '@preact/signals';
import { send } from '../shared/api';
import { now } from '../shared/clock';
import { recall, remember } from '../shared/storage';
import type { TicketDetail } from '../shared/types';

// One draft a ticket: kept here two seconds after the last key, in local storage and on the server.
export interface Upload { key: number; name: string; size: number; state: 'running' | 'done' | 'failed'; id: string | null; file: File }
export interface Draft { kind: 'reply' | 'note'; text: string; uploads: readonly Upload[] }
interface Kept { kind: 'reply' | 'note'; text: string; saved_at: string }

export const saveAfterMs = 2000;
const drafts = new Map<string, Signal<Draft>>();
const timers = new Map<string, number>();

const key = (id: string): string => `draft.${id}`;

export function draftOf(id: string): Signal<Draft> {
  const known = drafts.get(id);
  if (known) return known;
  const kept = recall<Kept | null>(key(id), null);
  const fresh = signal<Draft>({ kind: kept?.kind ?? 'reply', text: kept?.text ?? '', uploads: [] });
  drafts.set(id, fresh);
  return fresh;
}

function save(id: string): void {
  timers.delete(id);
  const { kind, text } = draftOf(id).peek();
  remember(key(id), text ? { kind, text, saved_at: new Date(now()).toISOString() } : null);
  void (text ? send('PUT', `/tickets/${id}/draft`, { text, kind }) : send('DELETE', `/tickets/${id}/draft`)).catch(() => {});
}

export function write(id: string, change: Partial<Draft>): void {
  const draft = draftOf(id);
  draft.value = { ...draft.value, ...change };
  clearTimeout(timers.get(id));
  timers.set(id, window.setTimeout(() => save(id), saveAfterMs));
}

// Sent: nothing is left to keep. A save that was under way is called off.
export function clear(id: string): void {
  clearTimeout(timers.get(id));
  draftOf(id).value = { kind: 'reply', text: '', uploads: [] };
  save(id);
}

export function saveAll(): void {
  for (const id of [...timers.keys()]) {
    clearTimeout(timers.get(id));
    save(id);
  }
}
addEventListener('pagehide', saveAll);

// The server's draft (another browser, another day) wins when it is the newer one and nothing is being typed.
export function takeServerDraft(detail: TicketDetail): void {
  const kept = recall<Kept | null>(key(detail.id), null);
  const theirs = detail.draft;
  if (!theirs?.text || timers.has(detail.id) || (kept && kept.saved_at >= theirs.saved_at)) return;
  const draft = draftOf(detail.id);
  if (!draft.peek().text || kept) draft.value = { ...draft.peek(), kind: theirs.kind, text: theirs.text };
}
