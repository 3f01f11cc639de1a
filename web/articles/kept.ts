import { send } from '../shared/api';
import { now } from '../shared/clock';
import { recall, remember } from '../shared/storage';
import type { ArticleDetail } from '../shared/types';

// What is written and not saved: kept a second after the last key, in this browser and on the server.
export interface Text { title: string; body: string }
interface Kept extends Text { version: number; saved_at: string }

export const keepAfterMs = 1000;
const key = (id: string): string => `article.${id}`;

export const sameText = (a: Text, b: Text): boolean => a.title === b.title && a.body === b.body;

// The newer of the two that are kept, unless it is what is saved.
export function keptText(article: ArticleDetail): Kept | null {
  const here = recall<Kept | null>(key(article.id), null);
  const there = article.draft;
  const newest = here && there ? (here.saved_at >= there.saved_at ? here : there) : here ?? there;
  return newest && !sameText(newest, article) ? newest : null;
}

export async function keep(id: string, text: Text, version: number): Promise<void> {
  remember(key(id), { ...text, version, saved_at: new Date(now()).toISOString() });
  await send('PUT', `/articles/${id}/draft`, { ...text, version });
}

// Saved, or thrown away.
export function forget(id: string, onServer: boolean): void {
  remember(key(id), null);
  if (onServer) void send('DELETE', `/articles/${id}/draft`).catch(() => {});
}
