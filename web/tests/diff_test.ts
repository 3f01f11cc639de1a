import { expect, test } from 'vitest';
import { diff, withContext, type Line } from '../articles/diff';

const told = (lines: readonly Line[]): string => lines.map((line) => `${{ same: ' ', added: '+', removed: '-', changed: '~' }[line.kind]}${line.parts.map((part) => (part.kind === 'added' ? `{${part.text}}` : part.kind === 'removed' ? `[${part.text}]` : part.text)).join('')}`).join('\n');

test.each([
  ['a\nb', 'a\nb', ' a\n b'],
  ['', '', ' '],
  ['Open the board.', 'Open the board first.', '~Open the board{ first}.'],
  ['a\nb\nc', 'a\nc', ' a\n-[b]\n c'],
  ['a\nc', 'a\nb\nc', ' a\n+{b}\n c'],
  ['one', 'completely different', '-[one]\n+{completely different}'],
  ['如何导出发票', '如何导出报告', '~如何导出[发票]{报告}'],
])('%j becomes %j', (before, after, shown) => expect(told(diff(before, after))).toBe(shown));

test('both texts can be read from it', () => {
  const words = 'a b c\nd e\n\nf'.split('');
  for (let seed = 1; seed < 200; seed++) {
    const shuffle = (n: number): string => words.filter((_, at) => (seed * (at + n)) % 7 > 2).join('');
    const [before, after] = [shuffle(1), shuffle(4)];
    const lines = diff(before, after);
    const side = (left: 'added' | 'removed'): string => lines.filter((line) => line.kind !== left).map((line) => line.parts.filter((part) => part.kind !== left).map((part) => part.text).join('')).join('\n');
    expect(side('added')).toBe(before);
    expect(side('removed')).toBe(after);
  }
});

test('what stayed is left out but for two lines around', () => {
  const long = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const shown = withContext(diff(long.join('\n'), long.map((line, at) => (at === 10 ? 'line X' : line)).join('\n')))!;
  expect(shown.map((line) => line.kind)).toEqual(['left_out', 'same', 'same', 'changed', 'same', 'same', 'left_out']);
  expect(withContext(diff('a', 'a'))).toBe(null);
});

test('a text of many thousand lines is compared at once', () => {
  const before = Array.from({ length: 8000 }, (_, at) => `a ${at}`).join('\n');
  const start = performance.now();
  diff(before, before.replaceAll('a', 'b'));
  expect(performance.now() - start).toBeLessThan(2000);
});
