import { query } from '../shared/api';
import { isDay, isPeriod, isZone, ownZone, periodOf, type Days, type PeriodName } from './period';

// What the page is asked to show: all of it stands in its address, so that a link says everything and "back" works.
const endings = ['answered', 'met', 'missed', 'running', 'overdue', 'late', 'closed_unanswered', 'self_solved', 'off_hours', 'rated', 'kudos'] as const;
export type EndingName = (typeof endings)[number];
export const channelNames = ['email', 'form', 'widget', 'api', 'phone'] as const;
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const id = /^\d{1,19}$/;
const among = (words: readonly string[]) => (value: string): boolean => words.includes(value);
const given = (value: string): boolean => value.trim() !== '' && value.length <= 200;
const checks = {
  agent: (value: string) => value === 'unassigned' || id.test(value),
  channel: among(channelNames),
  mailbox: (value: string) => id.test(value),
  tag: given,
  plan: given,
  hour: (value: string) => /^[a-z]{3} ([01]\d|2[0-3])$/.test(value) && weekdays.some((day) => value.startsWith(day)),
  day: isDay,
  bucket: (value: string) => /^[0-7]$/.test(value),
  ending: among(endings),
  reply_bucket: (value: string) => /^[0-5]$/.test(value),
};
export type FilterName = keyof typeof checks;
export type Filters = Partial<Record<FilterName, string>>;
const names = Object.keys(checks) as FilterName[];
// What the whole page can be held to; the others only choose the tickets behind a figure.
export const pageFilters = ['agent', 'channel', 'mailbox', 'tag', 'plan', 'hour'] as const;
export type PageFilter = (typeof pageFilters)[number];
export const isPageFilter = (name: string): name is PageFilter => pageFilters.some((one) => one === name);

export const waitKinds = ['first', 'next', 'all'] as const;
export const clockKinds = ['business', 'wall'] as const;
export type HeatBy = 'median' | 'share';

export interface Wish {
  period: PeriodName | Days;
  waits: (typeof waitKinds)[number];
  clock: (typeof clockKinds)[number];
  zone: string;
  filters: Filters;
  behind: Filters | null; // whose tickets are shown; {}: all of the page's
  heat: HeatBy;
  tables: readonly string[]; // the charts that are shown as tables
}

export interface Wrong { name: string; value: string }

// Reads an address; what it names and we don't know is left out and told.
export function readWish(params: URLSearchParams): { wish: Wish; wrong: Wrong[] } {
  const wrong: Wrong[] = [];
  function taken<T extends string>(name: string, is: (value: string) => boolean, otherwise: T): T {
    const value = params.get(name);
    if (value === null) return otherwise;
    if (is(value)) return value as T;
    wrong.push({ name, value });
    return otherwise;
  }
  const filters: Filters = {};
  for (const name of pageFilters) {
    const value = taken(name, checks[name], '');
    if (value) filters[name] = value;
  }
  const behind: Filters = {};
  const shows = params.getAll('show').filter((show) => {
    const [, name = '', value = ''] = /^(\w+)\.(.*)$/.exec(show) ?? [];
    const known = names.includes(name as FilterName) && checks[name as FilterName](value);
    if (known) behind[name as FilterName] = value;
    else if (show !== 'all') wrong.push({ name: 'show', value: show });
    return known || show === 'all';
  });
  let period: Wish['period'] = taken<PeriodName>('period', isPeriod, 'month');
  const [first, last] = [taken('from', isDay, ''), taken('to', isDay, '')];
  if (first && last && first <= last) period = { first, last };
  else if (first || last) wrong.push({ name: 'from', value: `${first || '?'} – ${last || '?'}` });
  return {
    wrong,
    wish: {
      period, filters, behind: shows.length ? behind : null,
      waits: taken('waits', among(waitKinds), 'first'), clock: taken('clock', among(clockKinds), 'business'), zone: taken('zone', isZone, ownZone()),
      heat: taken<HeatBy>('heat', among(['median', 'share']), 'median'), tables: params.get('tables')?.split(',').filter((name) => /^[\w-]+$/.test(name)) ?? [],
    },
  };
}

// The address of a wish; what is as always is left out. But for the plain page it names the zone: whoever gets the link is to see
// the same days.
export function hrefOf(wish: Wish): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string | undefined, always = ''): void => { if (value && value !== always) params.append(name, value); };
  if (typeof wish.period === 'string') put('period', wish.period, 'month');
  else { put('from', wish.period.first); put('to', wish.period.last); }
  put('waits', wish.waits, 'first');
  put('clock', wish.clock, 'business');
  for (const name of pageFilters) put(name, wish.filters[name]);
  put('heat', wish.heat, 'median');
  put('tables', wish.tables.join());
  if (wish.behind) {
    for (const name of names) { if (wish.behind[name]) params.append('show', `${name}.${wish.behind[name]}`); }
    if (!params.has('show')) params.append('show', 'all');
  }
  if (params.toString() || wish.zone !== ownZone()) params.append('zone', wish.zone);
  const text = params.toString();
  return `/reports${text && '?'}${text}`;
}

// What the server is asked for it: the page's figures, or with `behind` the waits behind one of them.
export function askedOf({ period, waits, clock, zone, filters }: Wish, now: number, behind: Filters = {}): string {
  const { from, to } = periodOf(period, zone, now);
  return query({ from: from.toISOString(), to: to.toISOString(), zone, waits: waits === 'first' ? null : waits, clock: clock === 'business' ? null : clock, ...filters, ...behind });
}
