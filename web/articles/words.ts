import { languages, language, t, type TextKey } from '../shared/i18n';
import type { Article, ArticleCategory } from '../shared/types';

// A language by its tag: in its own words where it is one of ours, else in the reader's.
export function languageName(tag: string): string {
  if (tag in languages) return languages[tag]!;
  try {
    return new Intl.DisplayNames([language.value], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

// What an article can be translated into, besides our own languages.
export const commonLanguages = ['en', 'it', 'ru', 'uk', 'zh-Hans', 'de', 'fr', 'es', 'pt', 'pl', 'nl', 'ja', 'ko', 'tr', 'cs', 'ar'];

export function categoryName(category: ArticleCategory): string {
  const { names, slug } = category;
  return names[language.value] ?? names.en ?? Object.values(names)[0] ?? slug.slice(slug.lastIndexOf('/') + 1);
}

// With those above it: "Guides › Installing".
export function categoryPath(slug: string, categories: readonly ArticleCategory[]): string {
  const parts = slug.split('/');
  return parts.map((part, index) => {
    const found = categories.find((one) => one.slug === parts.slice(0, index + 1).join('/'));
    return found ? categoryName(found) : part;
  }).join(' › ');
}

const stateTexts: Record<Article['state'], TextKey> = { draft: 'articles.draft', published: 'articles.published', agents_only: 'articles.agents_only', deleted: 'articles.deleted' };
export const stateName = (state: Article['state']): string => t(stateTexts[state]);
export const stateTone: Record<Article['state'], string> = { draft: 'soon', published: 'ok', agents_only: 'accent', deleted: '' };
export const isPending = (article: Article): boolean => article.version !== article.shown_version;
