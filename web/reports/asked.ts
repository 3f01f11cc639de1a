import { computed } from '@preact/signals';
import { go, place } from '../shared/router';
import { hrefOf, readWish, type Filters, type Wish } from './wish';

export const asked = computed(() => readWish(place.value.params));
export const wish = computed(() => asked.value.wish);

export const hrefWith = (part: Partial<Wish>): string => hrefOf({ ...wish.value, ...part });
export const hrefBehind = (behind: Filters): string => hrefWith({ behind });
export const ask = (part: Partial<Wish>, how: 'push' | 'replace' = 'push'): void => go(hrefWith(part), how);
