import { t } from '../shared/i18n';
import { number } from '../shared/time';
import type { Figures, GroupFigures, ResponseTimes } from '../shared/types';
import type { EndingName, FilterName, Filters } from './wish';

export const goal = 0.85;
// From the goal on a share is green, below it amber, as it is shown: 85 % in amber beside a goal of 85 % would puzzle. A person is never red.
export const reachesGoal = (share: number): boolean => Math.round(share * 100) >= goal * 100;
export const fewestForRank = 20;

// What the share is a share of; a wait that still has time is in neither.
export const counted = (figures: Figures): number => figures.answered + figures.overdue;
// Every wait that began, however it went on.
export const begun = (figures: Figures): number => figures.answered + figures.running + figures.closed_unanswered + figures.self_solved;

// 6 min 12 s: the headline shows seconds where they still say something.
export function exactParts(micros: number): [number, string][] {
  const seconds = Math.round(micros / 1e6);
  if (seconds < 60) return [[seconds, t('unit.s')]];
  if (seconds < 3600) return [[Math.floor(seconds / 60), t('unit.min')], [seconds % 60, t('unit.s')]];
  return [[Math.floor(seconds / 3600), t('unit.h')], [Math.floor(seconds / 60) % 60, t('unit.min')]];
}
export const spanText = (micros: number): string => exactParts(micros).map(([value, unit]) => `${number(value)} ${unit}`).join(' ');

// 4:10 for tables: minutes and seconds, 1:02:09 from an hour on.
export function clockSpan(micros: number | null): string {
  if (micros === null) return '–';
  const seconds = Math.round(micros / 1e6);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}
export const inSeconds = (micros: number | null): number | null => (micros === null ? null : micros / 1e6);

// Nothing was answered: how long those have waited who still do is nobody's reply time.
export const measured = (figures: Figures, micros: number | null): number | null => (figures.answered ? micros : null);

// By share, best first; those with too few replies to say much come after a line.
export function rank(groups: readonly GroupFigures[]): { ranked: GroupFigures[]; few: GroupFigures[] } {
  const all = groups.filter((group) => begun(group) > 0);
  all.sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || b.answered - a.answered);
  const enough = (group: GroupFigures): boolean => group.answered >= fewestForRank && group.key !== 'unassigned';
  return { ranked: all.filter(enough), few: all.filter((one) => !enough(one)) };
}

// A change against the period before. What is not there in both has none.
export const change = (now: number | null, before: number | null | undefined): number | null => (now === null || before == null ? null : now - before);

// Wilson's 95 % interval of a share (Wilson 1927), as clock.md has it; nothing of nothing says nothing.
export function wilson(hits: number, of: number): { share: number; low: number; high: number } | null {
  if (of === 0) return null;
  const z = 1.959963984540054;
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

// How many tickets stand behind a figure of this page, where the page knows it.
export function countBehind(data: ResponseTimes, behind: Filters): number | null {
  const { ending, ...rest } = behind;
  const [[name, key] = [], ...more] = Object.entries(rest) as [FilterName, string][];
  if (more.length) return null;
  if (name === 'bucket') return ending ? null : data.distribution[Number(key)]?.count ?? 0;
  if (name === 'reply_bucket') {
    const bucket = data.kudos[Number(key)];
    return ending === 'kudos' ? bucket?.kudos ?? 0 : ending === 'rated' ? bucket?.ratings ?? 0 : ending && ending !== 'answered' ? null : bucket?.answers ?? 0;
  }
  const rows: Partial<Record<FilterName, Figures | undefined>> = {
    agent: data.agents.find((one) => one.key === key), channel: data.channels.find((one) => one.key === key), mailbox: data.mailboxes.find((one) => one.key === key),
    tag: data.tags.find((one) => one.key === key), plan: data.plans.find((one) => one.key === key), day: data.days.find((one) => one.day === key), hour: data.hours.find((one) => one.hour === key),
  };
  const figures = name ? rows[name] : data.total;
  return figures ? countOf(figures, ending as EndingName | undefined) : null;
}

function countOf(figures: Figures & { ratings?: number; kudos?: number }, ending: EndingName | undefined): number | null {
  switch (ending) {
    case undefined: return begun(figures);
    case 'missed': return figures.answered - figures.met;
    case 'late': return figures.answered - figures.met + figures.overdue;
    case 'rated': return figures.ratings ?? null;
    case 'kudos': return figures.kudos ?? null;
    default: return figures[ending];
  }
}
