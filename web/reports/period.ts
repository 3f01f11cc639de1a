// Half-open periods of whole local days that end with today, and the same length before for comparison.
export type PeriodName = 'today' | 'week' | 'month' | 'quarter';
export interface Period { from: Date; to: Date; days: number }

const lengths: Record<PeriodName, number> = { today: 1, week: 7, month: 30, quarter: 91 };
export const periodNames = Object.keys(lengths) as PeriodName[];

// Local midnight, also across the nights when clocks change (days are counted, not hours).
const midnight = (at: Date, plusDays: number): Date => new Date(at.getFullYear(), at.getMonth(), at.getDate() + plusDays);

export function periodOf(name: PeriodName, now: Date): Period {
  const days = lengths[name];
  return { from: midnight(now, 1 - days), to: midnight(now, 1), days };
}

export function periodBefore({ from, days }: Period): Period {
  return { from: midnight(from, -days), to: from, days };
}

export const isPeriod = (name: string | null): name is PeriodName => name !== null && name in lengths;
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
