import type { IconName } from '../shared/icon';
import type { Suggestion } from '../shared/types';
import { write } from './drafts';
import { composerId } from './focus';
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

export function insertAnswer(ticket: string, answer: Suggestion): void {
  const box = document.getElementById(composerId) as HTMLTextAreaElement | null;
  carryOut(ticket, box, (now) => linkTo({ ...now, from: now.to }, answer.title, answer.url));
}
