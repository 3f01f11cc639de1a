import { signal } from '@preact/signals';
import { get, query } from '../shared/api';
import { explain, tellWrong } from '../shared/toasts';
import type { Idea, IdeaDetail, IdeaVote, List } from '../shared/types';

export interface IdeaList extends List<Idea> { plans: string[] }

export const list = signal<IdeaList | null>(null);
export const listFailed = signal(false);
export const loading = signal(false);
export const shown = signal<IdeaDetail | null>(null);
export const shownFailed = signal<'missing' | 'unreachable' | null>(null);
export const voters = signal<List<IdeaVote> | null>(null);

let asked = '';

export async function loadList(wish: string): Promise<void> {
  asked = wish;
  loading.value = true;
  try {
    const fresh = await get<IdeaList>(`/ideas${wish}`);
    if (asked !== wish) return;
    list.value = fresh;
    listFailed.value = false;
  } catch {
    if (asked === wish) listFailed.value = true;
  } finally {
    if (asked === wish) loading.value = false;
  }
}

export async function loadMore(wish: string): Promise<void> {
  const before = list.peek();
  if (!before?.next) return;
  try {
    const more = await get<IdeaList>(`/ideas${wish}${wish ? '&' : '?'}${new URLSearchParams({ cursor: before.next })}`);
    if (list.peek() === before) list.value = { ...more, items: [...before.items, ...more.items] };
  } catch (error) {
    tellWrong(explain(error));
  }
}

export async function loadIdea(number: number): Promise<void> {
  if (shown.peek()?.number !== number) { shown.value = null; voters.value = null; }
  shownFailed.value = null;
  try {
    const [idea, who] = await Promise.all([get<IdeaDetail>(`/ideas/${number}`), get<List<IdeaVote>>(`/ideas/${number}/votes`)]);
    shown.value = idea;
    voters.value = who;
  } catch (error) {
    shownFailed.value = (error as { status?: number }).status === 404 ? 'missing' : 'unreachable';
  }
}

export async function moreVoters(): Promise<void> {
  const idea = shown.peek();
  const before = voters.peek();
  if (!idea || !before?.next) return;
  try {
    const more = await get<List<IdeaVote>>(`/ideas/${idea.number}/votes${query({ cursor: before.next })}`);
    if (voters.peek() === before) voters.value = { items: [...before.items, ...more.items], next: more.next };
  } catch (error) {
    tellWrong(explain(error));
  }
}

// An answer of the server about one idea: shown where it is shown.
export function take(idea: IdeaDetail): void {
  if (shown.peek()?.id === idea.id) shown.value = idea;
  const all = list.peek();
  if (all) list.value = { ...all, items: all.items.map((one) => (one.id === idea.id ? { ...one, ...idea } : one)) };
}
