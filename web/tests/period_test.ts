import { describe, expect, it } from 'vitest';
import { dayAt, daysIn, isDay, isZone, periodOf, plusDays, startOf } from '../reports/period';

describe('a period of a report', () => {
  it.each([
    ['2026-11-03', 'UTC', '2026-11-03T00:00:00.000Z'],
    ['2026-07-03', 'Europe/Rome', '2026-07-02T22:00:00.000Z'],
    ['2026-03-29', 'Europe/Rome', '2026-03-28T23:00:00.000Z'], // clocks go on at 02:00 of this day
    ['2026-03-30', 'Europe/Rome', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Rome', '2026-10-24T22:00:00.000Z'], // and back at 03:00
    ['2026-10-26', 'Europe/Rome', '2026-10-25T23:00:00.000Z'],
    ['2025-03-30', 'Asia/Beirut', '2025-03-29T22:00:00.000Z'], // midnight is skipped: the day begins at 01:00
    ['2025-11-02', 'America/Havana', '2025-11-02T04:00:00.000Z'], // 00:00 to 01:00 comes twice
    ['2026-11-03', 'Asia/Kathmandu', '2026-11-02T18:15:00.000Z'],
  ])('begins %s in %s at %s', (day, zone, at) => expect(startOf(day, zone).toISOString()).toBe(at));

  it('ends with today, in the zone asked for', () => {
    const late = Date.parse('2026-11-30T23:30:00Z');
    expect(dayAt(late, 'Europe/Rome')).toBe('2026-12-01');
    const { first, last, from, to } = periodOf('month', 'Europe/Rome', late);
    expect([first, last, from.toISOString(), to.toISOString()]).toEqual(['2026-11-02', '2026-12-01', '2026-11-01T23:00:00.000Z', '2026-12-01T23:00:00.000Z']);
    expect(periodOf('today', 'UTC', late)).toMatchObject({ first: '2026-11-30', last: '2026-11-30' });
  });

  it('takes any days, both whole', () => {
    expect(periodOf({ first: '2026-03-28', last: '2026-03-30' }, 'Europe/Rome', 0)).toMatchObject({ from: new Date('2026-03-27T23:00:00Z'), to: new Date('2026-03-30T22:00:00Z') });
    expect(daysIn({ first: '2028-02-28', last: '2028-03-01' })).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('knows days and zones that are none', () => {
    expect(['2026-02-29', '2026-2-3', '26-02-03', '2026-13-01', '0026-01-01', ''].filter(isDay)).toEqual([]);
    expect(['Europe/Paris', 'UTC', 'Mars/Base', ''].filter(isZone)).toEqual(['Europe/Paris', 'UTC']);
  });
});
