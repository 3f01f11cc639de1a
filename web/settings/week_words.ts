// Business hours in words, as they will be counted.
import { now } from '../shared/clock';
import { region, t } from '../shared/i18n';
import type { Hours, Span } from '../shared/types';
import { dayMinutes, openMinutes, saidDays, timeOf, type Said } from './week';

const upper = (text: string): string => text.charAt(0).toLocaleUpperCase(region.value) + text.slice(1);

// 5 January 2026 is a Monday.
const weekday = (index: number): string =>
  new Intl.DateTimeFormat(region.value, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + index));
export const dayName = (index: number): string => upper(weekday(index));
const listed = (parts: string[]): string => new Intl.ListFormat(region.value, { type: 'conjunction' }).format(parts);

function spanWords({ from, to, next }: Said): string {
  if (from === 0 && to === dayMinutes) return t('hours.all_day');
  const values = { from: timeOf(from), to: timeOf(to) };
  return next ? t('hours.span_next', values) : t('hours.span', values);
}

function daysWords(first: number, last: number): string {
  if (first === last) return weekday(first);
  if (last === first + 1) return listed([weekday(first), weekday(last)]);
  return t('hours.days', { from: weekday(first), to: weekday(last) });
}

export function weekWords(weekly: readonly Span[]): string {
  if (openMinutes(weekly) === 7 * dayMinutes) return t('hours.always');
  const said = saidDays(weekly).map((row) => listed(row.map(spanWords)));
  const groups: { first: number; last: number; words: string }[] = [];
  said.forEach((words, day) => {
    const group = groups.at(-1);
    if (group && group.words === words && group.last === day - 1) group.last = day;
    else if (words) groups.push({ first: day, last: day, words });
  });
  if (!groups.length) return t('hours.never');
  return groups.map(({ first, last, words }) => t('hours.group', { days: upper(daysWords(first, last)), spans: words })).join('; ');
}

const isAhead = (date: string): boolean => date >= new Date(now()).toISOString().slice(0, 10);
export const aheadOf = (hours: Pick<Hours, 'holidays'>): Hours['holidays'] => hours.holidays.filter(({ date }) => isAhead(date));

// "Monday – Friday 09:00–13:00 and 14:00–18:00; closed on 3 days ahead; Europe/Rome"
export function hoursWords(hours: Hours): string {
  const closed = aheadOf(hours).length;
  return [weekWords(hours.weekly), ...(closed ? [t('hours.closed_on', { n: closed })] : []), hours.zone].join('; ');
}

// An instant as the clocks of a zone show it, "2026-12-01T09:00".
export function localTime(iso: string, zone: string): string {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(Date.parse(iso));
  return shown.replace(' ', 'T');
}

const inZone = (iso: string, zone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(region.value, { ...options, timeZone: zone, hourCycle: 'h23' }).format(Date.parse(iso));
export const dateIn = (iso: string, zone: string): string =>
  inZone(iso, zone, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
export const weekdayIn = (iso: string, zone: string): string => inZone(iso, zone, { weekday: 'long', hour: '2-digit', minute: '2-digit' });
export const holidayDate = (date: string): string => inZone(`${date}T00:00:00Z`, 'UTC', { day: 'numeric', month: 'long', year: 'numeric', weekday: 'short' });
