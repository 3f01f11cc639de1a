import { region } from '../shared/i18n';

export const weeksBack = 8;

// One hour of the week: "mon 09". `needed` null: no number of people is enough.
export interface HourNeed { hour: string; waits: number; arrivals: number; needed: number | null; answered_by: number; share: number | null; expected: number | null }
export interface Need {
  goal: number; target: number; waits: number;
  pace: { mean: number; median: number; samples: number; rough: boolean } | null;
  hours: HourNeed[];
  fit: { share: number; expected: number; error: number } | null;
}

export const mean = (value: number): string => new Intl.NumberFormat(region.value, { maximumFractionDigits: 1 }).format(value);

// All hours from the first to the last of a day in which anything happens.
export function hoursShown(hours: readonly HourNeed[]): number[] {
  const busy = hours.map(({ hour }) => Number(hour.slice(4)));
  if (busy.length === 0) return [];
  const first = Math.min(...busy);
  return Array.from({ length: Math.max(...busy) - first + 1 }, (_, index) => first + index);
}

const missing = (hour: HourNeed): number => (hour.needed ?? 0) - hour.answered_by;

// Averages are rarely whole: a quarter of a person is no one's absence.
export function standing(hour: HourNeed): 'none' | 'enough' | 'short' | 'far' {
  if (hour.needed === 0) return 'none';
  if (hour.needed === null) return 'far';
  return missing(hour) <= 0.25 ? 'enough' : missing(hour) <= 1 ? 'short' : 'far';
}

// Where one more person would be missed most: by those who come.
export const mostMissed = (hours: readonly HourNeed[]): HourNeed[] =>
  hours.filter((hour) => ['short', 'far'].includes(standing(hour)))
    .sort((a, b) => missing(b) * b.arrivals - missing(a) * a.arrivals)
    .slice(0, 3);
