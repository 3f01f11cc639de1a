// Edits of a text with a selection: pure, so the composer only carries them out.
export interface Edit { text: string; from: number; to: number }

export function surround({ text, from, to }: Edit, before: string, after = before): Edit {
  const inner = text.slice(from, to);
  if (text.slice(from - before.length, from) === before && text.slice(to, to + after.length) === after) {
    return { text: text.slice(0, from - before.length) + inner + text.slice(to + after.length), from: from - before.length, to: to - before.length };
  }
  return { text: text.slice(0, from) + before + inner + after + text.slice(to), from: from + before.length, to: to + before.length };
}

// Puts a mark before each selected line, or takes it away when all have it.
export function prefixLines({ text, from, to }: Edit, mark: string): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const endAt = text.indexOf('\n', to);
  const end = endAt < 0 ? text.length : endAt;
  const lines = text.slice(start, end).split('\n');
  const all = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (all ? line.slice(mark.length) : mark + line)).join('\n');
  return { text: text.slice(0, start) + changed + text.slice(end), from: start, to: start + changed.length };
}

export function replace({ text }: Edit, from: number, to: number, by: string): Edit {
  return { text: text.slice(0, from) + by + text.slice(to), from: from + by.length, to: from + by.length };
}

export function linkTo({ text, from, to }: Edit, title: string, url: string): Edit {
  const label = (text.slice(from, to) || title).replace(/[[\]]/g, '');
  return replace({ text, from, to }, from, to, `[${label}](${url})`);
}

// What is being looked for at the caret: "/re" after a space or at a line's start, "[[exp" anywhere.
export interface Trigger { kind: 'saved' | 'article'; from: number; query: string }

export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(Math.max(0, caret - 80), caret);
  const article = /\[\[([^\][\n]{0,60})$/.exec(before);
  if (article) return { kind: 'article', from: caret - article[0].length, query: article[1]! };
  const saved = /(?:^|\s)\/([^\s/]{0,40})$/u.exec(before);
  return saved ? { kind: 'saved', from: caret - saved[1]!.length - 1, query: saved[1]! } : null;
}

export function fillIn(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';
