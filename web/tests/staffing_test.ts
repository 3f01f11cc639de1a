import { expect, it } from 'vitest';
import { hoursShown, mostMissed, standing, type HourNeed } from '../reports/staffing';

const hour = (name: string, needed: number | null, answered_by: number, arrivals = 5): HourNeed => ({ hour: name, waits: 8, arrivals, needed, answered_by, share: 0.8, expected: 0.7 });

it('shows every hour from the first to the last of a day in which anything happens', () => {
  expect(hoursShown([hour('fri 17', 1, 1), hour('mon 09', 1, 1), hour('sun 12', 0, 1)])).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17]);
  expect(hoursShown([])).toEqual([]);
});

it('tells enough people from too few and from far too few', () => {
  expect(standing(hour('mon 09', 0, 0))).toBe('none');
  expect(standing(hour('mon 09', 2, 1.75))).toBe('enough');
  expect(standing(hour('mon 09', 2, 1.7))).toBe('short');
  expect(standing(hour('mon 09', 2, 1))).toBe('short');
  expect(standing(hour('mon 09', 3, 1.9))).toBe('far');
  expect(standing(hour('mon 09', null, 9))).toBe('far');
});

it('names the hours in which more people would help most', () => {
  const named = mostMissed([hour('mon 09', 2, 1, 4), hour('tue 10', 3, 3, 20), hour('wed 11', 3, 1, 6), hour('thu 12', 4, 1, 9), hour('fri 13', 2, 1, 3)]);
  expect(named.map((one) => one.hour)).toEqual(['thu 12', 'wed 11', 'mon 09']);
});
