// What changed between two texts: pure. Lines first, then, where one line became another, its words.
export interface Part { text: string; kind: 'same' | 'added' | 'removed' }
export interface Line { kind: Part['kind'] | 'changed'; parts: Part[] }

// Beyond this many cells the middle is told as removed and added: it would take a second.
const mostCells = 4_000_000;

// The longest common subsequence of what is left between an equal beginning and end.
function compare<T>(before: readonly T[], after: readonly T[]): { kind: Part['kind']; item: T }[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  const same = (items: readonly T[]): { kind: Part['kind']; item: T }[] => items.map((item) => ({ kind: 'same', item }));
  const found: { kind: Part['kind']; item: T }[] = [];
  if (a.length * b.length > mostCells) {
    found.push(...a.map((item) => ({ kind: 'removed' as const, item })), ...b.map((item) => ({ kind: 'added' as const, item })));
  } else {
    const width = b.length + 1;
    const length = new Uint32Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--)
      for (let j = b.length - 1; j >= 0; j--)
        length[i * width + j] = a[i] === b[j] ? length[(i + 1) * width + j + 1]! + 1 : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { found.push({ kind: 'same', item: a[i]! }); i++; j++; }
      else if (i < a.length && (j === b.length || length[(i + 1) * width + j]! >= length[i * width + j + 1]!)) found.push({ kind: 'removed', item: a[i++]! });
      else found.push({ kind: 'added', item: b[j++]! });
    }
  }
  return [...same(before.slice(0, start)), ...found, ...same(before.slice(before.length - end))];
}

// Words, and what stands between them; in scripts without spaces each sign by itself.
const words = (line: string): string[] => line.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}_]+|\s+|./gsu) ?? [];

function wordParts(before: string, after: string): Part[] {
  const parts: Part[] = [];
  for (const { kind, item } of compare(words(before), words(after))) {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += item;
    else parts.push({ kind, text: item });
  }
  return parts;
}

// Are they one line that was edited, or two lines?
function alike(parts: readonly Part[]): boolean {
  const size = (kind: Part['kind']): number => parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.text.trim().length, 0);
  return size('same') > 0 && size('same') * 2 >= Math.min(size('removed'), size('added'));
}

export function diff(before: string, after: string): Line[] {
  const lines: Line[] = [];
  const steps = compare(before.split('\n'), after.split('\n'));
  for (let at = 0; at < steps.length;) {
    if (steps[at]!.kind === 'same') { lines.push({ kind: 'same', parts: [{ kind: 'same', text: steps[at++]!.item }] }); continue; }
    const removed: string[] = [];
    const added: string[] = [];
    for (; at < steps.length && steps[at]!.kind !== 'same'; at++) (steps[at]!.kind === 'removed' ? removed : added).push(steps[at]!.item);
    const paired = Math.min(removed.length, added.length);
    for (let k = 0; k < paired; k++) {
      const parts = wordParts(removed[k]!, added[k]!);
      if (alike(parts)) lines.push({ kind: 'changed', parts });
      else lines.push({ kind: 'removed', parts: [{ kind: 'removed', text: removed[k]! }] }, { kind: 'added', parts: [{ kind: 'added', text: added[k]! }] });
    }
    for (const kind of ['removed', 'added'] as const)
      for (const text of (kind === 'removed' ? removed : added).slice(paired)) lines.push({ kind, parts: [{ kind, text }] });
  }
  return lines;
}

export type Shown = Line | { kind: 'left_out'; count: number };

// The changed lines with two around each; null: nothing changed.
export function withContext(lines: readonly Line[], around = 2): Shown[] | null {
  const near = lines.map(() => false);
  lines.forEach((line, at) => { if (line.kind !== 'same') for (let k = Math.max(0, at - around); k <= Math.min(lines.length - 1, at + around); k++) near[k] = true; });
  if (!near.includes(true)) return null;
  const shown: Shown[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (near[at]) { shown.push(lines[at]!); continue; }
    const last = shown.at(-1);
    if (last?.kind === 'left_out') last.count++;
    else shown.push({ kind: 'left_out', count: 1 });
  }
  return shown;
}
