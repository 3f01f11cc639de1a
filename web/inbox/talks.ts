import { signal, type Signal } from '@preact/signals';
import { get, query } from '../shared/api';
import type { Action, Asker, Customer, LikelyAnswers, List, Message, Person, Suggestion, TicketDetail, Tried } from '../shared/types';
import { put, selectedId } from './tickets';

// A conversation in memory. `local` messages are ours, on their way or refused by the server, with the text intact.
export interface ShownMessage extends Message { local?: { state: 'sending' | 'failed'; again: () => void; drop: () => void } }
export interface Conflict { who: string; at: string; asked: boolean }
export interface Talk {
  detail: TicketDetail | null; messages: readonly ShownMessage[]; actions: readonly Action[]; suggestions: readonly Suggestion[];
  language: string; tried: readonly Tried[]; // the customer's, as far as her words tell; what she had read
  loaded: boolean; more: boolean; failed: boolean; conflict: Conflict | null; present: readonly (Person & { replying: boolean })[];
}

const blank: Talk = { detail: null, messages: [], actions: [], suggestions: [], language: '', tried: [], loaded: false, more: false, failed: false, conflict: null, present: [] };
const talks = new Map<string, Signal<Talk>>();
const loading = new Map<string, Promise<void>>();
const mostPages = 40;

export function talkOf(id: string): Signal<Talk> {
  const known = talks.get(id) ?? signal(blank);
  talks.set(id, known);
  return known;
}

export const changeTalk = (id: string, change: Partial<Talk>): void => {
  const talk = talkOf(id);
  talk.value = { ...talk.value, ...change };
};

async function allMessages(id: string): Promise<Message[]> {
  const all: Message[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const list: List<Message> = await get<List<Message>>(`/tickets/${id}/messages${query({ cursor })}`);
    all.push(...list.items);
    cursor = list.next;
    if (cursor === null) break;
  }
  return all;
}

// What the server has, then what is still only here.
export function merged(server: readonly Message[], here: readonly ShownMessage[]): ShownMessage[] {
  return [...server, ...here.filter((message) => message.local)];
}

// Of questions under way at once the newest one's answer counts, whichever comes last.
const newest = new Map<string, object>();
async function ask<T>(path: string, take: (answer: T) => void): Promise<void> {
  const mine = {};
  newest.set(path, mine);
  const answer = await get<T>(path);
  if (newest.get(path) !== mine) return;
  newest.delete(path);
  take(answer);
}

export const loadActions = (id: string): Promise<void> =>
  ask<List<Action>>(`/tickets/${id}/actions`, ({ items }) => changeTalk(id, { actions: items })).catch(() => {});

async function read(id: string): Promise<void> {
  try {
    const messages = await allMessages(id);
    changeTalk(id, { messages: merged(messages, talkOf(id).peek().messages), loaded: true, failed: false });
  } catch {
    changeTalk(id, { failed: !talkOf(id).peek().loaded });
  }
}

// What only the shown conversation needs: one read ahead goes without.
function readMore(id: string): void {
  changeTalk(id, { more: true });
  const failed = (): void => changeTalk(id, { more: false });
  ask<TicketDetail>(`/tickets/${id}`, (detail) => { put(detail); changeTalk(id, { detail }); }).catch(failed);
  ask<LikelyAnswers>(`/tickets/${id}/suggestions`, ({ items, language, tried }) => changeTalk(id, { suggestions: items.slice(0, 3), language, tried })).catch(failed);
  void loadActions(id);
}

export function loadTalk(id: string, fresh = false): Promise<void> {
  if (selectedId.peek() === id && (fresh || !talkOf(id).peek().more)) readMore(id);
  const running = loading.get(id);
  if (running) return fresh ? running.then(() => loadTalk(id, true)) : running;
  if (!fresh && talkOf(id).peek().loaded) return Promise.resolve();
  const started = read(id).finally(() => loading.delete(id));
  loading.set(id, started);
  return started;
}

export const prefetch = (ids: readonly string[]): void => ids.forEach((id) => void loadTalk(id));

// A changed conversation that nobody looks at is read again when someone does.
export function staleTalk(id: string): void {
  if (talks.has(id)) changeTalk(id, { loaded: false, more: false });
}

// Messages have gone from one conversation to another: each is read again when someone looks, the shown one now.
export function messagesMoved(): void {
  for (const id of talks.keys()) staleTalk(id);
  const shown = selectedId.peek();
  if (shown !== null) void loadTalk(shown, true);
}

export const isStored = (id: string): boolean => talks.has(id);

// What is read once for all who look at it, and again after a failure.
function keeper<T>(path: (id: string) => string): (id: string) => Signal<T | null> {
  const known = new Map<string, Signal<T | null>>();
  return (id) => {
    const before = known.get(id);
    if (before) return before;
    const fresh = signal<T | null>(null);
    known.set(id, fresh);
    void get<T>(path(id)).then((found) => { fresh.value = found; }).catch(() => known.delete(id));
    return fresh;
  };
}

export const customerOf = keeper<Customer>((id) => `/customers/${id}`);
// Of a ticket: what the page with the widget said of who asks.
export const askerOf = keeper<Asker>((id) => `/tickets/${id}/asker`);
