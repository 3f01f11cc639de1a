import { describe, expect, it } from 'vitest';
import { toCsv } from '../reports/csv';
import { clockSpan, rank } from '../reports/figures';
import { periodBefore, periodOf } from '../reports/period';
import type { Figures } from '../shared/types';

const figures = (answered: number, share: number | null): Figures =>
  ({ answered, met: 0, running: 0, overdue: 0, closed_unanswered: 0, self_solved: 0, off_hours: 0, share, p50: null, p75: null, p90: null, p95: null, p99: null, max: null });

describe('reports', () => {
  it('take whole local days, also over the night when clocks change', () => {
    const { from, to } = periodOf('month', new Date(2026, 3, 10, 15, 30));
    expect([from.getHours(), to.getHours(), to.getDate()]).toEqual([0, 0, 11]);
    expect([from.getMonth(), from.getDate()]).toEqual([2, 12]);
  });

  it('compare with as many days before', () => {
    const period = periodOf('week', new Date(2026, 10, 22, 8));
    const before = periodBefore(period);
    expect(before.to).toEqual(period.from);
    expect(before.from).toEqual(new Date(2026, 10, 9));
  });

  it('rank by share, and do not rank those with fewer than twenty replies', () => {
    const { ranked, few } = rank({ a: figures(100, 0.8), b: figures(20, 0.9), c: figures(19, 1), unassigned: figures(50, 0.5), d: figures(0, null) });
    expect([ranked.map(({ id }) => id), few.map(({ id }) => id)]).toEqual([['b', 'a'], ['c', 'unassigned']]);
  });

  it('write spans as clocks do', () => {
    expect([250e6, 59e6, 3729e6, null].map((micros) => clockSpan(micros))).toEqual(['4:10', '0:59', '1:02:09', '–']);
  });

  it('write files that no spreadsheet takes for a formula', () => {
    expect(toCsv([['Name', 'n'], ['=cmd()', 1], ['a,"b"', null], ['-x', -1]])).toBe('Name,n\r\n\'=cmd(),1\r\n"a,""b""",\r\n\'-x,-1');
  });
});
