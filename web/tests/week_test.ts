import { describe, expect, it } from 'vitest';
import { language } from '../shared/i18n';
import type { Day, Hours, Promised, Span } from '../shared/types';
import { changes, freshDraft, isSame } from '../settings/hours_draft';
import { joined } from '../settings/holidays';
import { standing, targetWords, traitValue } from '../settings/target_words';
import { copyDay, dayPieces, days, openMinutes, overlaps, readTime, saidDays, stretches } from '../settings/week';
import { hoursWords, localTime, weekWords } from '../settings/week_words';

// "mon 09:00-13:00, fri 22:00-06:00"
const week = (text: string): Span[] => text.split(', ').filter(Boolean).map((one) => {
  const [day, start, end] = one.split(/[ -]/) as [Day, string, string];
  return { day, start, end };
});
const workdays = (spans: string): string => days.slice(0, 5).flatMap((day) => spans.split(' ').map((span) => `${day} ${span}`)).join(', ');
const everyDay = (span: string): string => days.map((day) => `${day} ${span}`).join(', ');

it.each([
  ['9', '09:00'], ['930', '09:30'], ['9.30', '09:30'], ['9:30', '09:30'], [' 17:45 ', '17:45'], ['24', null], ['24:01', null], ['12:60', null], ['', null], ['noon', null], ['-1', null],
])('reads %j as the start %j', (typed, read) => expect(readTime(typed, false)).toBe(read));
it('knows the end of the day', () => expect(readTime('24', true)).toBe('24:00'));

describe('a week is counted', () => {
  it.each([
    ['mon 09:00-17:00', 480, false], ['mon 09:00-13:00, mon 12:00-14:00', 300, true], ['mon 20:00-24:00, mon 20:00-00:00', 240, true],
    ['mon 22:00-06:00, tue 05:00-07:00', 540, true], ['sun 22:00-06:00, mon 05:00-07:00', 540, true], ['mon 09:00-09:00', 1440, false],
    ['mon 09:00-13:00, mon 13:00-14:00', 300, false], [everyDay('00:00-24:00'), 10080, false], [everyDay('09:00-09:00'), 10080, false], ['', 0, false],
  ])('%s: %i minutes', (text, minutes, overlap) => {
    expect(openMinutes(week(text))).toBe(minutes);
    expect(overlaps(week(text))).toBe(overlap);
    const drawn = dayPieces(week(text)).flat();
    expect(drawn.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(minutes);
    expect(drawn.every(({ from, to }) => from >= 0 && from < to && to <= 1440)).toBe(true);
  });

  // Held against a walk through every minute.
  it('as by hand, for random weeks', () => {
    let seed = 20261126;
    const random = (below: number): number => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
    const time = (quarters: number): string => `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
    for (let round = 0; round < 300; round++) {
      const weekly = Array.from({ length: random(9) }, (): Span => ({ day: days[random(7)]!, start: time(random(96)), end: time(random(97)) }));
      const open = new Set<number>();
      for (const { day, start, end } of weekly) {
        const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
        const from = days.indexOf(day) * 1440 + minutes(start);
        const length = minutes(end) > minutes(start) ? minutes(end) - minutes(start) : minutes(end) + 1440 - minutes(start);
        for (let at = from; at < from + length; at++) open.add(at % 10080);
      }
      const counted = new Set<number>();
      dayPieces(weekly).forEach((row, day) => row.forEach(({ from, to }) => { for (let at = from; at < to; at++) counted.add(day * 1440 + at); }));
      expect(counted).toEqual(open);
      expect(openMinutes(weekly)).toBe(open.size);
      expect(stretches(weekly).every(({ from, to }) => to > from)).toBe(true);
      expect(saidDays(weekly).flat().length).toBeLessThanOrEqual(dayPieces(weekly).flat().length);
    }
  });
});

describe('a week in words', () => {
  it.each([
    ['en', `${workdays('09:00-13:00 14:00-18:00')}, sat 22:00-06:00`, 'Monday – Friday: 09:00–13:00 and 14:00–18:00; Saturday: 22:00 until 06:00 on the next day'],
    ['en', workdays('22:00-06:00'), 'Monday – Friday: 22:00 until 06:00 on the next day'],
    ['en', 'mon 09:00-13:00, mon 12:00-18:00', 'Monday: 09:00–18:00'],
    ['en', 'sat 10:00-12:00, sun 10:00-12:00', 'Saturday and Sunday: 10:00–12:00'],
    ['en', 'mon 00:00-24:00, tue 00:00-24:00', 'Monday and Tuesday: all day'],
    ['en', everyDay('00:00-24:00'), 'Always open'],
    ['en', '', 'Never open'],
    ['it', workdays('09:00-13:00 14:00-18:00'), 'Lunedì – venerdì: 09:00–13:00 e 14:00–18:00'],
    ['ru', 'sat 10:00-12:00, sun 10:00-12:00', 'Суббота и воскресенье: 10:00–12:00'],
    ['uk', 'fri 22:00-06:00', 'Пʼятниця: 22:00 до 06:00 наступного дня'],
    ['zh-Hans', workdays('09:00-17:00'), '星期一至星期五:09:00–17:00'],
  ])('%s: %s', async (spoken, text, words) => {
    const { useLanguage } = await import('../shared/i18n');
    await useLanguage(spoken);
    expect(weekWords(week(text)).replaceAll('’', 'ʼ')).toBe(words);
    await useLanguage('en');
  });

  it('with the closed days ahead and the zone', () => {
    const hours: Hours = { zone: 'Europe/Rome', weekly: week('mon 09:00-17:00'), holidays: [{ date: '2001-12-25', name: '' }, { date: '2999-12-25', name: '' }] };
    expect(language.value).toBe('en');
    expect(hoursWords(hours)).toBe('Monday: 09:00–17:00; closed on 1 day ahead; Europe/Rome');
  });
});

it('copies a day in the place of others', () => {
  const weekly = week('mon 09:00-13:00, mon 14:00-18:00, tue 10:00-11:00, sun 10:00-11:00');
  expect(copyDay(weekly, 'mon', ['mon', 'tue'])).toEqual(week('mon 09:00-13:00, mon 14:00-18:00, sun 10:00-11:00, tue 09:00-13:00, tue 14:00-18:00'));
});

it('shows an instant as the clocks of a zone do', () => expect(localTime('2026-12-01T23:30:00Z', 'Europe/Rome')).toBe('2026-12-02T00:30'));

it('joins closed days by date, with the names that are known', () => {
  expect(joined([{ date: '2026-12-25', name: '' }, { date: '2026-12-24', name: 'Eve' }], [{ date: '2026-12-25', name: 'Christmas' }, { date: '2026-12-24', name: 'X' }, { date: '2026-01-01', name: 'New Year' }]))
    .toEqual([{ date: '2026-01-01', name: 'New Year' }, { date: '2026-12-24', name: 'Eve' }, { date: '2026-12-25', name: 'Christmas' }]);
});

describe('what is promised', () => {
  const at = Date.parse('2026-11-26T12:00:00Z');
  const promised = (id: string, more: Partial<Promised>): Promised => ({ id, mailbox: '1', when: {}, target_seconds: 300, from: null, until: null, ...more });
  it('is the last of the same customers, and what is to come', () => {
    const targets = [
      promised('old', {}), promised('pro', { when: { plan: 'pro' }, from: '2026-11-01T00:00:00Z' }), promised('now', { from: '2026-11-20T00:00:00Z' }),
      promised('ended', { when: { plan: 'free' }, until: '2026-11-20T00:00:00Z' }), promised('next', { from: '2026-12-01T00:00:00Z' }),
    ];
    expect(standing(targets, at).map(({ id }) => id)).toEqual(['now', 'next', 'pro']);
  });
  it('is told in words', () => {
    expect(targetWords(promised('a', { when: { plan: 'pro', seats: 5 } }), at)).toBe('5 min: customers with plan = pro, seats = 5');
    expect(targetWords(promised('a', { from: '2026-12-01T00:00:00Z' }), at)).toBe('5 min: everyone, from December 1, 2026');
  });
  it.each([['pro', 'pro'], ['5', 5], ['0.5', 0.5], ['007', '007'], ['true', true], ['-3', -3], ['1e5', '1e5']])('reads %j as %j', (typed, value) => expect(traitValue(typed)).toBe(value));
});

it('tells the server no more than what has changed', () => {
  const before = { ...freshDraft('UTC', ['1']), name: 'Office' };
  expect(changes(before, before)).toEqual({ about: false, hours: false, calendar: false });
  expect(changes({ ...before, name: 'Night' }, before)).toEqual({ about: true, hours: false, calendar: false });
  expect(changes({ ...before, weekly: [] }, before)).toEqual({ about: false, hours: true, calendar: false });
  expect(changes({ ...before, later: true, from: '2026-12-01T00:00' }, before)).toEqual({ about: false, hours: true, calendar: false });
  expect(changes({ ...before, calendar: 'https://x.example/a.ics' }, before)).toEqual({ about: false, hours: false, calendar: true });
  expect(isSame(before, { ...before })).toBe(true);
});
