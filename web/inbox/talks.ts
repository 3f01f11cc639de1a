import { signal, type Signal } from '@preact/signals';
import { get, query } from '../shared/api';
import type { Action, Customer, List, Message, Person, Suggestion, TicketDetail } from '../shared/types';
import { put } from './tickets';

// A conversation in memory. `local` messages are ours, on their way or refused by the server, with the text intact.
export interface ShownMessage extends Message { local?: { state: 'sending' | 'failed'; again: () => void; drop: () => void } }
export interface Conflict { who: string; at: string; asked: boolean }
export interface Talk {
  detail: TicketDetail | null; messages: readonly ShownMessage[]; actions: readonly Action[]; suggestions: readonly Suggestion[];
  loaded: boolean; failed: boolean; conflict: Conflict | null; present: readonly (Person & { replying: boolean })[];
}

const blank: Talk = { detail: null, messages: [], actions: [], suggestions: [], loaded: false, failed: false, conflict: null, present: [] };
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

export async function loadActions(id: string): Promise<void> {
  const list = await get<List<Action>>(`/tickets/${id}/actions`).catch(() => null);
  if (list) changeTalk(id, { actions: list.items });
}

async function read(id: string): Promise<void> {
  try {
    const [detail, messages] = await Promise.all([get<TicketDetail>(`/tickets/${id}`), allMessages(id)]);
    put(detail);
    changeTalk(id, { detail, messages: merged(messages, talkOf(id).peek().messages), loaded: true, failed: false });
    void loadActions(id);
    void get<List<Suggestion>>(`/tickets/${id}/suggestions`)
      .then((list) => changeTalk(id, { suggestions: list.items.slice(0, 3) })).catch(() => {});
  } catch {
    changeTalk(id, { failed: !talkOf(id).peek().loaded });
  }
}

export function loadTalk(id: string, fresh = false): Promise<void> {
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
  if (talks.has(id)) changeTalk(id, { loaded: false });
}

export const isStored = (id: string): boolean => talks.has(id);

const customers = new Map<string, Signal<Customer | null>>();

export function customerOf(id: string): Signal<Customer | null> {
  const known = customers.get(id);
  if (known) return known;
  const fresh = signal<Customer | null>(null);
  customers.set(id, fresh);
  void get<Customer>(`/customers/${id}`).then((customer) => { fresh.value = customer; }).catch(() => customers.delete(id));
  return fresh;
}
