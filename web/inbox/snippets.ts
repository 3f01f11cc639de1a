import { signal } from '@preact/signals';
import { get, query } from '../shared/api';
import { language, languages } from '../shared/i18n';
import type { Article, List, SavedReply } from '../shared/types';
import type { Trigger } from './text_edits';

// What `/` and `[[` offer.
export interface Offer { id: string; title: string; about: string; saved: SavedReply | null; article: Article | null }

export const savedReplies = signal<readonly SavedReply[] | null>(null);
const articles = new Map<string, readonly Article[]>();
const most = 6;
const primary = (locale: string): string => locale.split('-')[0]!;

export async function loadSavedReplies(): Promise<void> {
  savedReplies.value = (await get<List<SavedReply>>('/saved-replies')).items;
}

export function rankSaved(all: readonly SavedReply[], typed: string): SavedReply[] {
  const word = typed.toLocaleLowerCase();
  const score = (reply: SavedReply): number => {
    const title = reply.title.toLocaleLowerCase();
    if (title.startsWith(word)) return 0;
    if (title.includes(` ${word}`)) return 1;
    return title.includes(word) ? 2 : reply.text.toLocaleLowerCase().includes(word) ? 3 : 9;
  };
  return all.map((reply) => ({ reply, rank: score(reply) })).filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank || a.reply.title.localeCompare(b.reply.title)).map(({ reply }) => reply).slice(0, most);
}

// Articles in the customer's language come first, then those in the agent's.
export async function offersFor(trigger: Trigger, customers: string): Promise<Offer[]> {
  if (trigger.kind === 'saved') {
    if (!savedReplies.peek()) await loadSavedReplies();
    return rankSaved(savedReplies.peek() ?? [], trigger.query).map((saved) => ({ id: saved.id, title: saved.title, about: saved.text, saved, article: null }));
  }
  const key = trigger.query.trim();
  const known = articles.get(key) ?? (await get<List<Article>>(`/articles${query({ q: key })}`)).items;
  articles.set(key, known);
  const wanted = [customers, language.peek()].filter(Boolean).map(primary);
  const strangeness = ({ locale }: Article): number => (wanted.indexOf(primary(locale)) + wanted.length + 1) % (wanted.length + 1);
  return [...known].sort((a, b) => strangeness(a) - strangeness(b)).map((article) => ({ id: article.id, title: article.title, about: languages[article.locale] ?? article.locale, saved: null, article })).slice(0, most);
}
