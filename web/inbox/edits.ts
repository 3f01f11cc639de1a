import type { IconName } from '../shared/icon';
import { get } from '../shared/api';
import type { Article, Suggestion } from '../shared/types';
import { write } from './drafts';
import { composerId } from './focus';
import { talkOf } from './talks';
import { linkTo, prefixLines, replace, surround, type Edit } from './text_edits';

// Edits of the composer's text, carried out on its textarea.
export function carryOut(ticket: string, box: HTMLTextAreaElement | null, edit: (now: Edit) => Edit): void {
  if (!box) return;
  const done = edit({ text: box.value, from: box.selectionStart, to: box.selectionEnd });
  box.value = done.text;
  write(ticket, { text: done.text });
  box.focus();
  box.setSelectionRange(done.from, done.to);
}

const opener = (mark: string) => (now: Edit): Edit =>
  replace(now, now.from, now.to, (now.from === 0 || /\s/.test(now.text[now.from - 1]!) || mark === '[[' ? '' : ' ') + mark);

const asLink = (now: Edit): Edit => {
  const label = now.text.slice(now.from, now.to);
  const made = replace(now, now.from, now.to, `[${label}](https://)`);
  return { ...made, from: made.to - 1, to: made.to - 1 };
};

// By the icon of the tool.
const edits: Partial<Record<IconName, (now: Edit) => Edit>> = {
  bolt: opener('/'), book: opener('[['), bold: (now) => surround(now, '**'), list: (now) => prefixLines(now, '- '), link: asLink,
  quote: (now) => prefixLines(now, '> '), code: (now) => surround(now, '`'),
};

export function applyTool(ticket: string, box: HTMLTextAreaElement | null, tool: IconName): void {
  carryOut(ticket, box, edits[tool]!);
  box?.dispatchEvent(new Event('input', { bubbles: true })); // the list of offers looks at it as at what is typed
}

type Linked = Pick<Article, 'id' | 'title' | 'url' | 'locale'>;
const primary = (locale: string): string => locale.split('-')[0]!;

// A link to an article; to its translation into the customer's language once the server has said that there is one.
export async function linkArticle(ticket: string, box: HTMLTextAreaElement | null, article: Linked, edit: (now: Edit) => Edit): Promise<void> {
  const put = (now: Edit, { title, url }: Linked): Edit => linkTo(now, title, url);
  carryOut(ticket, box, (now) => put(edit(now), article));
  const { language } = talkOf(ticket).peek();
  if (!language || !article.locale || primary(article.locale) === primary(language)) return;
  const { translations } = await get<{ translations: (Linked & { state: string })[] }>(`/articles/${article.id}`);
  const there = translations.find(({ state, locale }) => state === 'published' && primary(locale) === primary(language));
  if (!there) return;
  const none = { text: '', from: 0, to: 0 };
  const [old, translated] = [put(none, article).text, put(none, there).text];
  carryOut(ticket, box, (now) => {
    const at = now.text.lastIndexOf(old);
    if (at < 0) return now;
    const moved = (place: number): number => (place > at ? Math.max(at, place + translated.length - old.length) : place);
    return { text: now.text.slice(0, at) + translated + now.text.slice(at + old.length), from: moved(now.from), to: moved(now.to) };
  });
}

export function insertAnswer(ticket: string, answer: Suggestion): void {
  const box = document.getElementById(composerId) as HTMLTextAreaElement | null;
  const locale = answer.kind === 'article' ? answer.locale : '';
  void linkArticle(ticket, box, { ...answer, locale }, (now) => ({ ...now, from: now.to })).catch(() => {});
}
