import { region, t, type TextKey } from '../shared/i18n';
import { people } from '../shared/people';
import type { GroupFigures, ResponseTimes } from '../shared/types';
import { utcOf, type Days } from './period';
import { weekdays, type PageFilter } from './wish';

const channels: Record<string, TextKey> = { email: 'channel.email', form: 'channel.form', widget: 'channel.widget', api: 'channel.api', phone: 'channel.phone' };

// A name of days is a date without a zone: it is written as such.
const dated = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(region.value, { timeZone: 'UTC', ...options });
export const shortDay = (day: string): string => dated({ day: 'numeric', month: 'short' }).format(utcOf(day));
export const longDay = (day: string): string => dated({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }).format(utcOf(day));
export const daysText = ({ first, last }: Days): string => dated({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(utcOf(first), utcOf(last));

// 2024 began with a Monday.
export const weekdayName = (index: number, weekday: 'short' | 'long' = 'short'): string => dated({ weekday }).format(Date.UTC(2024, 0, 1 + index));
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
export function hourName(hour: string): string {
  const [day = '', at = ''] = hour.split(' ');
  return `${weekdayName(weekdays.indexOf(day as (typeof weekdays)[number]))} ${clock(Number(at))}–${clock(Number(at) + 1)}`;
}

// "0–5", "30–60", "1–2 h", "8+ h": minutes up to an hour, then hours; `unit` where no axis says minutes.
export function bucketName(from: number, upto: number | null, unit = false): string {
  if (upto === null) return t('reports.over', { n: from / 3600 });
  if (upto > 3600) return t('reports.hours', { from: from / 3600, to: upto / 3600 });
  return unit ? t('reports.minutes_long', { from: from / 60, to: upto / 60 }) : `${from / 60}–${upto / 60}`;
}
export const bucketIn = (buckets: readonly { upto_seconds: number | null }[], index: number, unit = false): string =>
  bucketName(buckets[index - 1]?.upto_seconds ?? 0, buckets[index]?.upto_seconds ?? null, unit);

const named = (groups: readonly GroupFigures[] | undefined, key: string): string | undefined => groups?.find((group) => group.key === key)?.name;
export const agentName = (key: string, data: ResponseTimes | null): string =>
  key === 'unassigned' ? t('reports.nobody') : named(data?.agents, key) ?? people.value.find((agent) => agent.id === key)?.name ?? `#${key}`;
export const channelName = (key: string): string => (channels[key] ? t(channels[key]) : key);
export const tagName = (key: string): string => (key === 'untagged' ? t('reports.untagged') : key);
export const planName = (key: string): string => (key === 'none' ? t('reports.no_plan') : key);

// What the page is held to, as a person says it: "Ana Ferri", "Contact form", "Mon 09:00–10:00".
export function filterName(filter: PageFilter, value: string, data: ResponseTimes | null): string {
  switch (filter) {
    case 'agent': return agentName(value, data);
    case 'channel': return channelName(value);
    case 'mailbox': return named(data?.mailboxes, value) ?? `#${value}`;
    case 'tag': return tagName(value);
    case 'plan': return planName(value);
    case 'hour': return hourName(value);
  }
}
