import { expect, it } from 'vitest';
import { initials } from '../shared/avatar';
import { countdown, duration } from '../shared/time';

it.each([[0, '0 s'], [59.9, '59 s'], [60, '1 min'], [372, '6 min'], [4800, '1 h 20 min'], [7200, '2 h'], [90000, '1 d 1 h'], [172800, '2 d']])('%f seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it.each([[216_000, '3:36'], [900, '0:01'], [0, '0:00'], [3_729_000, '1:02:09']])('%i ms count down as %s', (ms, text) => {
  expect(countdown(ms)).toBe(text);
});

it.each([['Giulia Rossi', 'GR'], ['王小明', '明'], ['nora', 'N'], ['anna.b@example.com', 'AC'], ['', '?'], ['Лариса Гнатюк', 'ЛГ']])('%s is drawn as %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
