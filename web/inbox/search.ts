import { signal } from '@preact/signals';
import { get, query } from '../shared/api';
import type { Found } from '../shared/types';

// Searching replaces the list until the field is empty again. An older question never overwrites a newer answer.
export const searchText = signal('');
export const found = signal<Found | null>(null);
export const searchFailed = signal(false);
const waitMs = 150;
let timer = 0;
let running: AbortController | null = null;

export function search(text: string): void {
  searchText.value = text;
  clearTimeout(timer);
  running?.abort();
  running = null;
  const question = text.trim();
  if (!question) {
    found.value = null;
    searchFailed.value = false;
    return;
  }
  timer = window.setTimeout(() => void ask(question), waitMs);
}

async function ask(question: string): Promise<void> {
  const mine = new AbortController();
  running = mine;
  try {
    const answer = await get<Found>(`/search${query({ q: question.slice(0, 400) })}`, mine.signal);
    if (running !== mine) return;
    found.value = answer;
    searchFailed.value = false;
  } catch {
    if (running === mine) searchFailed.value = true;
  }
}
