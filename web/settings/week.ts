// The arithmetic of a week of business hours, as the server reckons it: a span belongs to the day on which it starts, 24:00 is the
// day's end, an end at or before the start lies on the next day, and what spans share counts once.
import type { Day, Span } from '../shared/types';

export const days: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
export const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

// What people type: "9", "930", "9.30", "09:30", "24"; null when it is no time. 24:00 is one at the end only.
export function readTime(text: string, isEnd: boolean): string | null {
  const found = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text.trim());
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0);
  if (Number(found[2] ?? 0) > 59 || minutes > dayMinutes || (minutes === dayMinutes && !isEnd)) return null;
  return timeOf(minutes);
}

export interface Piece { from: number; to: number }

// Merged stretches of the week in minutes from Monday 00:00, by start; the last may reach beyond its end.
export function stretches(weekly: readonly Span[]): Piece[] {
  const all = weekly.map(({ day, start, end }) => {
    const from = days.indexOf(day) * dayMinutes + minutesOf(start);
    const length = minutesOf(end) - minutesOf(start);
    return { from, to: from + (length > 0 ? length : length + dayMinutes) };
  }).sort((a, b) => a.from - b.from);
  const merged: Piece[] = [];
  for (const piece of all) {
    const last = merged.at(-1);
    if (last && piece.from <= last.to) last.to = Math.max(last.to, piece.to);
    else merged.push({ ...piece });
  }
  while (merged.length > 1 && merged.at(-1)!.to >= merged[0]!.from + weekMinutes) {
    merged.at(-1)!.to = Math.max(merged.at(-1)!.to, merged[0]!.to + weekMinutes);
    merged.shift();
  }
  return merged;
}

export const openMinutes = (weekly: readonly Span[]): number =>
  stretches(weekly).reduce((sum, { from, to }) => sum + Math.min(to - from, weekMinutes), 0);

export function overlaps(weekly: readonly Span[]): boolean {
  const length = ({ start, end }: Span): number => (minutesOf(end) - minutesOf(start) + dayMinutes - 1) % dayMinutes + 1;
  return weekly.reduce((sum, span) => sum + length(span), 0) > openMinutes(weekly);
}

// What is open on each day, Monday first, in minutes of that day. `night`: the rest of a span that began the day before.
export interface DayPiece extends Piece { night: boolean }
export function dayPieces(weekly: readonly Span[]): DayPiece[][] {
  const rows: DayPiece[][] = days.map(() => []);
  for (const { from, to } of stretches(weekly))
    for (let at = from, first = true; at < Math.min(to, from + weekMinutes); first = false) {
      const midnight = (Math.floor(at / dayMinutes) + 1) * dayMinutes;
      const end = Math.min(to, midnight);
      rows[Math.floor(at / dayMinutes) % 7]!.push({ from: at % dayMinutes, to: end - (midnight - dayMinutes), night: !first });
      at = end;
    }
  return rows.map((row) => row.sort((a, b) => a.from - b.from));
}

// The same as people say it: a night that ends by noon belongs to its evening ("22:00 to 06:00 on the next day").
export interface Said { from: number; to: number; next: boolean }
export function saidDays(weekly: readonly Span[]): Said[][] {
  const rows = dayPieces(weekly);
  const isTail = (day: number, piece: DayPiece | undefined): boolean => {
    const before = rows[(day + 6) % 7]!.at(-1);
    return !!piece?.night && piece.from === 0 && piece.to <= dayMinutes / 2 && !!before && before.to === dayMinutes && before.from > 0;
  };
  return rows.map((row, day) => row.filter((piece) => !isTail(day, piece)).map(({ from, to }) => {
    const tail = rows[(day + 1) % 7]![0];
    const next = to === dayMinutes && isTail((day + 1) % 7, tail);
    return { from, to: next ? tail!.to : to, next };
  }));
}

// A day's spans in the place of those of other days.
export const copyDay = (weekly: readonly Span[], from: Day, to: readonly Day[]): Span[] => [
  ...weekly.filter(({ day }) => day === from || !to.includes(day)),
  ...to.filter((day) => day !== from).flatMap((day) => weekly.filter((span) => span.day === from).map((span) => ({ ...span, day }))),
];
