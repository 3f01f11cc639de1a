import { now } from './clock';
import { region, t } from './i18n';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = region.value + JSON.stringify(options);
  const found = formats.get(key) ?? new Intl.DateTimeFormat(region.value, options);
  formats.set(key, found);
  return Number.isNaN(at) ? '' : found.format(at);
}

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();
const hour = (at: number): string => format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

// Today 23:41, this week "Tue", this year "3 Mar", before "3 Mar 2025".
export function shortTime(iso: string, at = now()): string {
  const time = Date.parse(iso);
  if (sameDay(time, at)) return hour(time);
  if (at - time < 6 * dayMs && at > time) return format(time, { weekday: 'short' });
  if (new Date(time).getFullYear() === new Date(at).getFullYear()) return format(time, { day: 'numeric', month: 'short' });
  return format(time, { day: 'numeric', month: 'short', year: 'numeric' });
}

// In a conversation the hour matters on every day.
export function messageTime(iso: string, at = now()): string {
  const time = Date.parse(iso);
  return sameDay(time, at) ? hour(time) : `${shortTime(iso, at)} ${hour(time)}`;
}

export const fullTime = (iso: string): string => format(Date.parse(iso), { dateStyle: 'full', timeStyle: 'medium' });
export const day = (iso: string): string => format(Date.parse(iso), { day: 'numeric', month: 'long', year: 'numeric' });
export const monthYear = (iso: string): string => format(Date.parse(iso), { month: 'long', year: 'numeric' });
export const number = (value: number): string => new Intl.NumberFormat(region.value).format(value);
export const percent = (share: number, digits = 0): string =>
  new Intl.NumberFormat(region.value, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);

// "45 s", "6 min", "1 h 20 min", "3 d 4 h": two units at most, rounded down to the smaller.
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return t('time.s', { n: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t('time.min', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? t('time.h_min', { h: hours, m: minutes % 60 }) : t('time.h', { n: hours });
  const days = Math.floor(hours / 24);
  return hours % 24 ? t('time.d_h', { d: days, h: hours % 24 }) : t('time.d', { n: days });
}

export const ago = (iso: string, at = now()): string => t('time.ago', { span: duration((at - Date.parse(iso)) / 1000) });

// The exact count-down: 3:36, 1:02:09.
export function countdown(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  return hours ? `${hours}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}` : `${Math.floor(total / 60)}:${two(total % 60)}`;
}

export function bytes(size: number): string {
  const [unit, factor] = size < 1000 ? (['byte', 1] as const) : size < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const);
  return new Intl.NumberFormat(region.value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: size < 1e6 ? 0 : 1 }).format(size / factor);
}
