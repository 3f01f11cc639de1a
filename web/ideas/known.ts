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
    take(idea);
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

// What others did to ideas that are shown: read anew, in their places, all of a second at once. New ones come where
// the whole list is shown.
const changed = new Set<string | null>();
export function hearOf(idea: string | null): void {
  if (changed.size === 0) setTimeout(() => void readChanged(), 1000);
  changed.add(idea);
}

async function readChanged(): Promise<void> {
  const ids = [...changed];
  changed.clear();
  const all = list.peek();
  if (all && !all.next && ids.some((id) => !all.items.some((one) => one.id === id))) await loadList(asked);
  for (const id of ids) {
    const open = shown.peek();
    if (open && (id === null || id === open.id)) await loadIdea(open.number);
    else if (id && all?.items.some((one) => one.id === id)) await get<IdeaDetail>(`/ideas/${id}`).then(take).catch(() => {});
  }
}

// An answer of the server about one idea: shown where it is shown.
export function take(idea: IdeaDetail): void {
  if (shown.peek()?.id === idea.id) shown.value = idea;
  const all = list.peek();
  if (all) list.value = { ...all, items: all.items.map((one) => (one.id === idea.id ? { ...one, ...idea } : one)) };
}
