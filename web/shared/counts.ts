import { signal } from '@preact/signals';
import { get } from './api';
import type { Counts } from './types';

// The numbers beside the views and today's share.
export const counts = signal<Counts | null>(null);

let timer = 0;

export async function loadCounts(): Promise<void> {
  counts.value = await get<Counts>('/tickets/counts');
}

// Many changes in a moment ask once.
export function countsChanged(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void loadCounts().catch(() => {}), 400);
}
