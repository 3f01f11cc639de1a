import { beforeEach, expect, it, vi } from 'vitest';
import { Memory, randomId } from '../widget/kept';

beforeEach(() => localStorage.clear());

it('writes nothing before somebody opens it', () => {
  const memory = new Memory();
  memory.save({ draft: 'Why' });
  memory.session();
  expect(localStorage.length).toBe(0);
  memory.allow();
  expect(Object.keys(localStorage)).toEqual(['fifteen']);
  expect(new Memory().kept.draft).toBe('Why');
});

it('keeps the visitor from page to page, and begins another when told to forget', () => {
  const first = new Memory();
  first.allow();
  expect(new Memory().kept.visitor).toBe(first.kept.visitor);
  first.forget();
  expect(localStorage.length).toBe(0);
  expect(new Memory().kept.visitor).not.toBe(first.kept.visitor);
});

it('names visitors and drafts by 22 characters of base64url', () => {
  const names = Array.from({ length: 200 }, randomId);
  expect(names.every((name) => /^[\w-]{22}$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(200);
});

it('begins a new draft after half an hour without a sign, and after a question was sent', () => {
  const memory = new Memory();
  const start = Date.now();
  const first = memory.session(start);
  expect(memory.session(start + 29 * 60_000)).toBe(first);
  expect(memory.session(start + 58 * 60_000)).toBe(first);
  const second = memory.session(start + 89 * 60_000);
  expect(second).not.toBe(first);
  memory.endSession();
  expect(memory.session(start + 89 * 60_000)).not.toBe(second);
});

it.each(['{', '7', '"x"', 'null'])('begins anew where the entry is %s', (text) => {
  localStorage.setItem('fifteen', text);
  expect(new Memory().kept.questions).toEqual([]);
});

it('lives without a storage', () => {
  vi.stubGlobal('localStorage', new Proxy({}, { get: () => { throw new Error('denied'); } }));
  const memory = new Memory();
  memory.allow();
  memory.save({ draft: 'Why' });
  expect(memory.kept.draft).toBe('Why');
  vi.unstubAllGlobals();
});
