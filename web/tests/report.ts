import type { Figures, ResponseTimes } from '../shared/types';

export const figuresOf = (some: Partial<Figures> = {}): Figures =>
  ({ answered: 0, met: 0, running: 0, overdue: 0, closed_unanswered: 0, self_solved: 0, off_hours: 0, share: null, p50: null, p75: null, p90: null, p95: null, p99: null, max: null, ...some });

// A report as the server gives it; two people, two days, one hour.
export const report: ResponseTimes = {
  total: figuresOf({ answered: 40, met: 30, running: 4, overdue: 1, closed_unanswered: 2, self_solved: 3, off_hours: 5, share: 30 / 41, p50: 372e6, p90: 1265e6, max: 7200e6 }),
  before: null,
  distribution: [300, 600, 900, 1800, 3600, 7200, 28800, null].map((upto_seconds, index) => ({ upto_seconds, count: 10 - index })),
  days: [{ day: '2026-11-01', ...figuresOf({ answered: 10, met: 9, share: 0.9 }) }, { day: '2026-11-03', ...figuresOf({ answered: 30, met: 21, running: 4, closed_unanswered: 2, self_solved: 3, share: 0.7 }) }],
  hours: [{ hour: 'tue 09', ...figuresOf({ answered: 30, met: 21, share: 0.7 }) }],
  agents: [{ key: '3', name: 'Ana', ratings: 9, kudos: 7, ...figuresOf({ answered: 25, met: 20, overdue: 1 }) }, { key: 'unassigned', ratings: 0, kudos: 0, ...figuresOf({ running: 4 }) }],
  channels: [{ key: 'email', ...figuresOf({ answered: 40 }) }], mailboxes: [{ key: '1', name: 'Help', ...figuresOf({ answered: 40 }) }], tags: [{ key: 'a.b c', ...figuresOf({ answered: 4 }) }], plans: [],
  kudos: [300, 900, 3600, 14400, 86400, null].map((upto_seconds, index) => ({ upto_seconds, answers: 20 - index, ratings: 10 - index, kudos: 8 - index, share: null, low: null, high: null })),
  precision: 'exact',
};
