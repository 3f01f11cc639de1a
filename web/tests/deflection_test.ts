import { expect, it } from 'vitest';
import { liftText, soFar } from '../reports/deflection_cards';
import { costOf, daysLeft, verdictOf, type Deflection } from '../reports/deflection_figures';
import { addEnglish } from '../shared/i18n';
import english from '../locales/en.json';

addEnglish(english);

const figures = (part: Partial<Deflection>): Deflection => ({
  lists: 0, solved: 0, left: 0, sent: 0, gross: null, withheld_drafts: 0, withheld_sent: 0, listed_nothing: 0, open: 0,
  lift: null, low: null, high: null, more_needed: 870, withheld: { visitors: 0, sent: 0, share: null }, list: { visitors: 0, sent: 0, share: null }, ...part,
});
const some = { withheld: { visitors: 60, sent: 39, share: 0.65 }, list: { visitors: 540, sent: 184, share: 0.34 } };

it.each([
  ['empty', figures({}), 10],
  ['no_control', figures({ list: some.list }), 0],
  ['too_few', figures({ list: some.list }), 10],
  ['too_few', figures({ ...some, lift: 0.1, low: -0.03, high: 0.2, more_needed: 40 }), 10],
  ['none', figures({ ...some, lift: 0.01, low: -0.02, high: 0.03, more_needed: 0 }), 10],
  ['fewer', figures({ ...some, lift: 0.31, low: 0.24, high: 0.38, more_needed: 0 }), 0],
  ['more', figures({ ...some, lift: -0.2, low: -0.3, high: -0.1, more_needed: 0 }), 10],
])('the verdict is %s', (verdict, of, control) => expect(verdictOf(of, control)).toBe(verdict));

it('says the lift in words that a person can repeat', () => {
  expect(liftText(figures({ ...some, lift: 0.312, low: 0.238, high: 0.384, more_needed: 0 }), 10)).toBe('Of 100 visitors, 31 who would have sent a question did not: between 24 and 38.');
  expect(liftText(figures({ ...some, lift: -0.2, low: -0.3, high: -0.1, more_needed: 0 }), 10)).toBe('Of 100 visitors, 20 more sent a question than would have without suggestions: between 10 and 30.');
  expect(liftText(figures({ ...some, lift: 0.1, low: -0.03, high: 0.2, more_needed: 1234 }), 10)).toBe('Not enough visitors yet: 1,234 more in the control group.');
  expect(soFar(figures({ ...some, lift: 0.1, low: -0.03, high: 0.2 }))).toBe('So far 10 of 100, between -3 and 20.');
  expect(soFar(figures({}))).toBe('');
});

it('tells what the control group costs and how long it takes', () => {
  expect(costOf(figures({ ...some, lift: 0.31 }))).toBe(19);
  expect(costOf(figures({ ...some, lift: -0.1 }))).toBe(0);
  expect(daysLeft(figures({ ...some, more_needed: 40 }), 30)).toBe(20);
  expect(daysLeft(figures({ ...some, more_needed: 0 }), 30)).toBeNull();
  expect(daysLeft(figures({}), 30)).toBeNull();
});
