import { describe, expect, it } from 'vitest';
import english from '../locales/en.json';
import { testClaim } from '../reports/claim';
import { toCsv } from '../reports/csv';
import { pointsOf } from '../reports/days';
import { begun, change, clockSpan, counted, countBehind, rank, wilson } from '../reports/figures';
import { heatLevel } from '../reports/heat';
import { moved } from '../reports/hits';
import { bucketIn, daysText, hourName } from '../reports/words';
import type { Filters } from '../reports/wish';
import { addEnglish } from '../shared/i18n';
import type { GroupFigures, Thanks } from '../shared/types';
import { figuresOf, report } from './report';

addEnglish(english);

describe('figures', () => {
  it('count what the share is of, and all that began', () => {
    expect([counted(report.total), begun(report.total)]).toEqual([41, 49]);
  });

  it('rank by share, and do not rank those with fewer than twenty replies', () => {
    const group = (key: string, answered: number, share: number | null): GroupFigures => ({ key, ...figuresOf({ answered, share }) });
    const { ranked, few } = rank([group('a', 100, 0.8), group('b', 20, 0.9), group('c', 19, 1), group('unassigned', 50, 0.5), group('d', 0, null)]);
    expect([ranked.map(({ key }) => key), few.map(({ key }) => key)]).toEqual([['b', 'a'], ['c', 'unassigned']]);
  });

  it('write spans as clocks do', () => {
    expect([250e6, 59e6, 3729e6, null].map((micros) => clockSpan(micros))).toEqual(['4:10', '0:59', '1:02:09', '–']);
  });

  it('change only where there was something before', () => {
    expect([change(5, 3), change(5, null), change(5, undefined), change(null, 3)]).toEqual([2, null, null, null]);
  });

  it('write files that no spreadsheet takes for a formula', () => {
    expect(toCsv([['Name', 'n'], ['=cmd()', 1], ['a,"b"', null], ['-x', -1]])).toBe('Name,n\r\n\'=cmd(),1\r\n"a,""b""",\r\n\'-x,-1');
  });

  it.each<[Filters, number | null]>([
    [{}, 49], [{ ending: 'met' }, 30], [{ ending: 'missed' }, 10], [{ ending: 'late' }, 11], [{ ending: 'running' }, 4], [{ ending: 'overdue' }, 1], [{ ending: 'off_hours' }, 5], [{ ending: 'kudos' }, null],
    [{ bucket: '0' }, 10], [{ bucket: '7' }, 3], [{ bucket: '0', ending: 'met' }, null], [{ reply_bucket: '1' }, 19], [{ reply_bucket: '1', ending: 'kudos' }, 7], [{ day: '2026-11-03' }, 39], [{ hour: 'tue 09' }, 30],
    [{ hour: 'mon 00' }, null], [{ agent: '3' }, 25], [{ agent: '3', ending: 'kudos' }, 7], [{ agent: 'unassigned' }, 4], [{ tag: 'a.b c' }, 4], [{ mailbox: '1', day: '2026-11-03' }, null],
  ])('know how many tickets are behind %j: %s', (behind, n) => expect(countBehind(report, behind)).toBe(n));
});

describe('the claim that fast answers earn compliments', () => {
  const bucket = (upto_seconds: number | null, kudos: number, answers: number): Thanks => ({ upto_seconds, answers, ratings: kudos, kudos, share: null, low: null, high: null });

  // Wilson's bounds are the shares from which the one seen lies 1.96 of their own standard errors away.
  it.each([[10, 50], [0, 10], [10, 10], [951, 1130], [1, 1]])('has an interval around %i of %i', (hits, of) => {
    const { share, low, high } = wilson(hits, of)!;
    for (const bound of [low, high].filter((one) => one > 1e-12 && one < 1 - 1e-12)) expect(of * (share - bound) ** 2).toBeCloseTo(1.959963984540054 ** 2 * bound * (1 - bound), 9);
    expect([low - 1e-12 <= share, share <= high + 1e-12]).toEqual([true, true]);
  });

  it.each([
    ['faster', [bucket(300, 60, 300), bucket(900, 50, 250), bucket(3600, 15, 200), bucket(null, 2, 50)]],
    ['slower', [bucket(300, 5, 300), bucket(900, 5, 250), bucket(3600, 60, 200)]],
    ['unclear', [bucket(300, 4, 20), bucket(900, 3, 20), bucket(3600, 2, 20)]],
  ] as const)('is held to be %s only by intervals that do not overlap', (verdict, buckets) => expect(testClaim(buckets)!.verdict).toBe(verdict));

  it('is not judged without ratings, nor without both sides', () => {
    expect([testClaim([bucket(900, 0, 9), bucket(3600, 0, 9)]), testClaim([bucket(900, 5, 9), bucket(3600, 0, 0)])]).toEqual([null, null]);
  });
});

describe('charts', () => {
  it('turn from cool to hot just after fifteen minutes', () => {
    const level = (minutes: number) => heatLevel(figuresOf({ p50: minutes * 60e6 }), 'median');
    expect([1, 6, 6.1, 10, 15, 15.1, 19, 23, 24].map(level)).toEqual([0, 0, 1, 1, 2, 3, 3, 4, 5]);
    expect([1, 0.95, 0.9, 0.85, 0.84, 0.69, 0.2].map((share) => heatLevel(figuresOf({ share }), 'share'))).toEqual([0, 0, 1, 2, 3, 4, 5]);
    expect(heatLevel(figuresOf(), 'median')).toBe(null);
  });

  it('are walked by arrows: along the order, and to the nearest of another row', () => {
    const bars = [0, 10, 20].map((left) => ({ left, top: 0 }));
    expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'End', 'Home', 'x'].map((key) => moved(bars, 1, key))).toEqual([2, 2, 0, 2, 0, null]);
    const cells = [{ left: 0, top: 0 }, { left: 30, top: 0 }, { left: 10, top: 5 }, { left: 40, top: 5 }, { left: 0, top: 9 }];
    expect([moved(cells, 1, 'ArrowDown'), moved(cells, 3, 'ArrowUp'), moved(cells, 3, 'ArrowDown'), moved(cells, 4, 'ArrowDown')]).toEqual([3, 1, 4, 4]);
  });

  it('show every day up to today, and of one day its hours', () => {
    const days = pointsOf(report, { first: '2026-11-01', last: '2026-11-09', from: new Date(), to: new Date() }, '2026-11-04');
    expect(days.map(({ key, figures, open }) => [key, figures?.share ?? null, open])).toEqual([['2026-11-01', 0.9, false], ['2026-11-02', null, false], ['2026-11-03', 0.7, false], ['2026-11-04', null, true]]);
    const hours = pointsOf(report, { first: '2026-11-03', last: '2026-11-03', from: new Date(), to: new Date() }, '2026-11-04');
    expect([hours.length, hours[9]!.figures!.share, hours[9]!.behind, hours[8]!.figures]).toEqual([24, 0.7, { hour: 'tue 09' }, null]);
  });

  it('name their parts', () => {
    expect(report.distribution.map((_, index) => bucketIn(report.distribution, index))).toEqual(['0–5', '5–10', '10–15', '15–30', '30–60', '1–2 h', '2–8 h', '8+ h']);
    expect(report.kudos.map((_, index) => bucketIn(report.kudos, index, true))).toEqual(['0–5 min', '5–15 min', '15–60 min', '1–4 h', '4–24 h', '24+ h']);
    expect(hourName('sun 23')).toBe('Sun 23:00–24:00');
    expect(daysText({ first: '2026-11-01', last: '2026-11-30' })).toMatch(/1.+30.+2026/);
  });
});
