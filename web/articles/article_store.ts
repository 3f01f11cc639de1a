import { get, Problem, send } from '../shared/api';
import type { ArticleDetail } from '../shared/types';
import type { Text } from './kept';

export const readArticle = (id: string): Promise<ArticleDetail> => get(`/articles/${id}`);

export const saveText = (article: ArticleDetail, text: Text, note: string, sourceVersion: number | null): Promise<ArticleDetail> =>
  send('PATCH', `/articles/${article.id}`, { ...text, note, if_version: article.version, ...(sourceVersion === null ? {} : { source_version: sourceVersion }) });

export const publish = (article: ArticleDetail, audience: 'everyone' | 'agents'): Promise<ArticleDetail> =>
  send('PUT', `/articles/${article.id}/publication`, { for: audience, if_version: article.version });

export const unpublish = (article: ArticleDetail): Promise<ArticleDetail> => send('DELETE', `/articles/${article.id}/publication`);

export const move = (article: ArticleDetail, change: { category?: string; slug?: string }): Promise<ArticleDetail> => send('PATCH', `/articles/${article.id}`, change);

// What somebody else saved meanwhile, when that is why it was refused.
export function theirs(error: unknown): ArticleDetail | null {
  return error instanceof Problem && error.status === 409 && error.body.current ? (error.body.current as ArticleDetail) : null;
}
