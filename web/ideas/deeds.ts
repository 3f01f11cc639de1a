import { Problem, send } from '../shared/api';
import { t } from '../shared/i18n';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { IdeaDetail, IdeaState } from '../shared/types';
import { loadIdea, loadList, shown, take } from './known';
import { queryOf, wishOf } from './wish';
import { place } from '../shared/router';

export const stateName = (state: IdeaState): string => t(`ideas.state_${state}`);

const reload = (): void => void loadList(queryOf(wishOf(place.peek().params)));

// Says it to the server, shows its answer, and how to take it back.
async function act(work: () => Promise<IdeaDetail>, said: string, undo: (() => void) | undefined, moved = false): Promise<void> {
  take(await work());
  if (moved) reload();
  tell(said, undo ? { undo } : {});
}

function quietly(work: () => Promise<void>): void {
  work().catch((error: unknown) => tellWrong(explain(error)));
}

export async function moveTo(idea: IdeaDetail, state: IdeaState, reason: string, tells: boolean): Promise<void> {
  const put = (to: IdeaState, why: string, telling: boolean): Promise<IdeaDetail> => send('PUT', `/ideas/${idea.id}/state`, { state: to, reason: why, tell: telling });
  const said = tells && idea.would_tell > 0 ? t('ideas.moved_telling', { state: stateName(state), n: idea.would_tell }) : t('ideas.moved', { state: stateName(state) });
  await act(() => put(state, reason, tells), said, () => quietly(() => act(() => put(idea.state, idea.reason, false), t('ideas.moved', { state: stateName(idea.state) }), undefined, true)), true);
}

export async function answer(idea: IdeaDetail, text: string, tells: boolean): Promise<void> {
  const put = (to: string, telling: boolean): Promise<IdeaDetail> =>
    to ? send('PUT', `/ideas/${idea.id}/answer`, { text: to, tell: telling }) : send('DELETE', `/ideas/${idea.id}/answer`);
  await act(() => put(text, tells), t('ideas.answered'), () => quietly(() => act(() => put(idea.answer, false), t('ideas.answer_back'), undefined)));
}

export async function edit(idea: IdeaDetail, title: string, text: string): Promise<void> {
  const patch = (to: { title: string; text: string }): Promise<IdeaDetail> => send('PATCH', `/ideas/${idea.id}`, to);
  await act(() => patch({ title, text }), t('do.saved'), () => quietly(() => act(() => patch(idea), t('do.saved'), undefined)));
}

export function hide(idea: IdeaDetail): void {
  const turn = (hidden: boolean): Promise<IdeaDetail> => send(hidden ? 'PUT' : 'DELETE', `/ideas/${idea.id}/spam`);
  quietly(() => act(() => turn(!idea.hidden), t(idea.hidden ? 'ideas.shown_again' : 'ideas.hidden_now'), () => quietly(() => act(() => turn(idea.hidden), t('do.saved'), undefined, true)), true));
}

export function merge(idea: IdeaDetail, into: { id: string; number: number; title: string }): void {
  quietly(() => act(() => send('PUT', `/ideas/${idea.id}/merge`, { into: into.id }), t('ideas.merged', { title: into.title }), () => unmerge(idea.id), true));
}

export function unmerge(id: string): void {
  quietly(() => act(() => send('DELETE', `/ideas/${id}/merge`), t('ideas.unmerged'), undefined, true).then(() => { const open = shown.peek(); if (open && open.id !== id) void loadIdea(open.number); }));
}

export async function add(title: string, text: string): Promise<IdeaDetail> {
  const idea = await send<IdeaDetail>('POST', '/ideas', { title, text });
  reload();
  return idea;
}

export const asProblem = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, ''));
