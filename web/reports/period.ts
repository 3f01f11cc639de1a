// Half-open periods of whole days in a zone. A day is its name, 2026-11-03, so that no clock change can move it.
export type PeriodName = 'today' | 'week' | 'month' | 'quarter';
export interface Days { first: string; last: string }
export interface Period extends Days { from: Date; to: Date }

const lengths: Record<PeriodName, number> = { today: 1, week: 7, month: 30, quarter: 91 };
export const periodNames = Object.keys(lengths) as PeriodName[];
export const isPeriod = (name: string): name is PeriodName => Object.hasOwn(lengths, name);

export const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const dayMs = 86_400_000;
export const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const named = (utc: number): string => new Date(utc).toISOString().slice(0, 10);
export const isDay = (text: string): boolean => /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(utcOf(text)) && named(utcOf(text)) === text;
export const plusDays = (day: string, days: number): string => named(utcOf(day) + days * dayMs);
export const daysIn = ({ first, last }: Days): string[] => Array.from({ length: Math.round((utcOf(last) - utcOf(first)) / dayMs) + 1 }, (_, n) => plusDays(first, n));

// What clocks in the zone show at an instant, as though it were UTC.
const wallClock = new Map<string, Intl.DateTimeFormat>();
function shownAt(instant: number, zone: string): number {
  const format = wallClock.get(zone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  wallClock.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
}

export const dayAt = (instant: number, zone: string): string => named(shownAt(instant, zone));

// The first instant of a day. Where clocks skip midnight the day begins after the gap; where they show it twice, at the first.
export function startOf(day: string, zone: string): Date {
  const midnight = utcOf(day);
  const offsets = [midnight - dayMs, midnight + dayMs].map((around) => shownAt(around, zone) - around);
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b);
  return new Date(candidates.find((at) => shownAt(at, zone) === midnight) ?? midnight - offsets[0]!);
}

const between = (first: string, last: string, zone: string): Period => ({ first, last, from: startOf(first, zone), to: startOf(plusDays(last, 1), zone) });

// A named period ends with today.
export function periodOf(asked: PeriodName | Days, zone: string, now: number): Period {
  if (typeof asked !== 'string') return between(asked.first, asked.last, zone);
  const today = dayAt(now, zone);
  return between(plusDays(today, 1 - lengths[asked]), today, zone);
}
