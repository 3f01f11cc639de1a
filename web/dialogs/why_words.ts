import { region, t } from '../shared/i18n';
import type { Stretch, WaitStory } from '../shared/types';

// "10 min", "4 min 32 s", "1 h 0 min 5 s" without the zero, "0.4 s": nothing is rounded away but parts of a millisecond.
export function exact(us: number): string {
  const seconds = us / 1e6;
  const whole = Math.floor(seconds);
  const rest = whole % 60 + Math.round((seconds - whole) * 1000) / 1000;
  const parts = [[Math.floor(whole / 3600), 'time.h'], [Math.floor(whole / 60) % 60, 'time.min'], [rest, 'time.s']] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, key]) => t(key, { n }));
  return told.length ? told.join(' ') : t('time.s', { n: 0 });
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const day: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };

// "Fri, 6 Mar, 17:50", with seconds where there are any.
export function moment(iso: string, parts: Intl.DateTimeFormatOptions = { ...day, ...clock }): string {
  const at = new Date(iso);
  const seconds: Intl.DateTimeFormatOptions = at.getSeconds() ? { second: '2-digit' } : {};
  return new Intl.DateTimeFormat(region.value, { ...parts, ...seconds }).format(at);
}

const us = (from: string, to: string): number => {
  // Date keeps milliseconds, the server microseconds: the last three digits by hand.
  const fine = (iso: string): number => Number(/\.\d{3}(\d{3})/.exec(iso)?.[1] ?? 0);
  return (Date.parse(to) - Date.parse(from)) * 1000 + fine(to) - fine(from);
};

function stretch({ start, end }: Stretch): string {
  const sameDay = new Date(start).toDateString() === new Date(end).toDateString();
  return t('why.stretch', { start: moment(start), end: sameDay ? moment(end, clock) : moment(end), span: exact(us(start, end)) });
}

// The stretches that count, one a line; none: everything does.
export function stretches({ counted, schedule }: WaitStory): string[] {
  if (schedule === null) return [];
  const between = counted.left_out ? [t('why.between', { n: counted.left_out, span: exact(counted.left_out_us) })] : [];
  return [...counted.first.map(stretch), ...between, ...counted.last.map(stretch)];
}

export function beginning(wait: WaitStory): string[] {
  const asked = t('why.asked', { name: wait.asked_by ?? t('why.somebody'), time: moment(wait.started_at) });
  if (wait.schedule === null) return [asked, t('why.always', { mailbox: wait.mailbox })];
  const changed = wait.changes.map((at) => t('why.changed', { time: moment(at) }));
  const counts = t('why.hours', { schedule: wait.schedule });
  return [asked, ...changed, counts, ...(wait.counted.first.length ? [] : [t('why.closed')])];
}

function ending(wait: WaitStory): string[] {
  if (wait.ending === 'running') return [t('why.running')];
  if (wait.ending === 'void') return [];
  return [t(`why.${wait.ending}`, { name: wait.ended_by ?? '', time: moment(wait.ended_at!) })];
}

function remarks(wait: WaitStory): string[] {
  return wait.remarks.map(({ kind, at, who, ticket }) =>
    t(kind === 'merged' && wait.ending === 'void' ? 'why.merged_void' : `why.${kind}`, { time: moment(at), name: who ?? '', ticket: String(ticket) }));
}

function traits(when: Record<string, unknown>): string {
  return Object.entries(when).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
}

function sum(wait: WaitStory): string {
  const span = exact(wait.business_us), target = exact(wait.target_us);
  if (wait.ending === 'running' && wait.business_us <= wait.target_us) return t('why.so_far', { span, target });
  if (wait.ending !== 'running' && wait.ending !== 'answered') return t('why.together', { span });
  return wait.business_us <= wait.target_us ? t('why.within', { span, target }) : t('why.over', { span, target, over: exact(wait.business_us - wait.target_us) });
}

export function end(wait: WaitStory): string[] {
  const due = wait.due_at === null ? t('why.never') : t('why.due', { time: moment(wait.due_at) });
  return [
    ...remarks(wait), ...ending(wait), sum(wait),
    t(`why.rule_${wait.rule.kind}`, { target: exact(wait.target_us), mailbox: wait.mailbox, traits: traits(wait.rule.when) }),
    ...(wait.ending === 'running' ? [due] : []),
    ...(wait.wall_us === wait.business_us ? [] : [t('why.wall', { span: exact(wait.wall_us) })]),
  ];
}

export const isLate = (wait: WaitStory): boolean => ['running', 'answered'].includes(wait.ending) && wait.business_us > wait.target_us;
