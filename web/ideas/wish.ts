import { query } from '../shared/api';
import { go, place } from '../shared/router';
import type { IdeaState } from '../shared/types';

// What the list shows is in the address, so that it can be sent to a colleague.
export const states: readonly IdeaState[] = ['open', 'planned', 'building', 'done', 'not_now'];
export const orders = ['votes', 'paying', 'value', 'newest'] as const;
export type Order = (typeof orders)[number];

export interface Wish { state: string; sort: Order; plan: string; q: string }

export const isIdeas = (): boolean => place.value.parts[0] === 'ideas';

export function wishOf(params: URLSearchParams): Wish {
  const sort = orders.find((order) => order === params.get('sort')) ?? 'votes';
  const state = params.get('state') ?? '';
  const known = state === 'hidden' || states.some((one) => one === state);
  return { state: known ? state : '', sort, plan: params.get('plan') ?? '', q: (params.get('q') ?? '').slice(0, 200) };
}

export const queryOf = (wish: Wish): string => query({ ...wish, sort: wish.sort === 'votes' ? '' : wish.sort });

export const hrefOf = (change: Partial<Wish>, number?: number): string =>
  `/ideas${number ? `/${number}` : ''}${queryOf({ ...wishOf(place.value.params), ...change })}`;

export const ask = (change: Partial<Wish>): void => go(hrefOf(change), 'replace');

export const openNumber = (): number => Number(place.value.parts[1] ?? 0) || 0;
