// What is being changed of one schedule. It is kept in this browser until it is saved or thrown away, so that leaving the page
// loses nothing.
import { recall, remember } from '../shared/storage';
import type { Hours, HoursVersion, Schedule } from '../shared/types';
import { localTime } from './week_words';

export interface Draft extends Hours {
  name: string; mailboxes: string[]; calendar: string;
  later: boolean; from: string; // on the zone's clocks
  replaces: string | null; // the start of the version that this is to stand for
}

export const inForce = (schedule: Schedule): HoursVersion => schedule.versions.find((version) => version.in_force) ?? schedule.versions[0]!;
export const hoursOf = ({ zone, weekly, holidays }: Hours): Hours => ({ zone, weekly, holidays });

const officeDays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

export function freshDraft(zone: string, mailboxes: string[]): Draft {
  return { name: '', mailboxes, calendar: '', zone, weekly: officeDays.map((day) => ({ day, start: '09:00', end: '17:00' })), holidays: [], later: false, from: '', replaces: null };
}

export function draftOf(schedule: Schedule, version: HoursVersion = inForce(schedule)): Draft {
  const ahead = !version.begun;
  return {
    name: schedule.name, mailboxes: schedule.mailboxes, calendar: schedule.calendar?.url ?? '', ...hoursOf(version),
    later: ahead, from: ahead ? localTime(version.from, version.zone) : '', replaces: ahead ? version.from : null,
  };
}

const key = (id: string): string => `hours.${id}`;
export const keptDraft = (id: string): Draft | null => recall<Draft | null>(key(id), null);
export const keepDraft = (id: string, draft: Draft | null): void => void remember(key(id), draft);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
export const isSame = (a: Draft, b: Draft): boolean => same(a, b);

// What saving has to tell the server.
export function changes(draft: Draft, before: Draft): { about: boolean; hours: boolean; calendar: boolean } {
  const when = ({ later, from }: Draft): unknown => later && from;
  return {
    about: draft.name !== before.name || !same([...draft.mailboxes].sort(), [...before.mailboxes].sort()),
    hours: !same(hoursOf(draft), hoursOf(before)) || !same(when(draft), when(before)),
    calendar: draft.calendar.trim() !== before.calendar,
  };
}
