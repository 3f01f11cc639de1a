import { t } from '../shared/i18n';
import { day, duration } from '../shared/time';
import type { Promised } from '../shared/types';

const whenKey = ({ mailbox, when }: Promised): string => JSON.stringify([mailbox, Object.entries(when).sort(([a], [b]) => a.localeCompare(b))]);
const begins = ({ from }: Promised): number => (from ? Date.parse(from) : 0);

// Those that hold or are to hold: of the same customers the last one that has begun, and what comes after it. Everyone's first.
export function standing(targets: readonly Promised[], now: number): Promised[] {
  const live = targets.filter(({ until }) => !until || Date.parse(until) > now);
  const current = new Map<string, Promised>();
  for (const target of live) {
    const known = current.get(whenKey(target));
    if (begins(target) <= now && (!known || begins(target) >= begins(known))) current.set(whenKey(target), target);
  }
  const order = (target: Promised): number => (Object.keys(target.when).length ? 1 : 0);
  return live.filter((target) => begins(target) > now || current.get(whenKey(target)) === target)
    .sort((a, b) => order(a) - order(b) || whenKey(a).localeCompare(whenKey(b)) || begins(a) - begins(b));
}

export const whoWords = ({ when }: Pick<Promised, 'when'>): string => {
  const traits = Object.entries(when).map(([trait, value]) => t('targets.trait', { trait, value: String(value) }));
  return traits.length ? t('targets.customers_with', { traits: traits.join(', ') }) : t('targets.everyone');
};

// "5 min for customers with plan = pro, from 1 December 2026"
export function targetWords(target: Promised, now: number): string {
  const words = t('targets.words', { span: duration(target.target_seconds), who: whoWords(target) });
  return begins(target) > now ? t('targets.from', { words, date: day(target.from!) }) : words;
}

// "pro", 5 and true are different values; what is typed reads as the plainest of them.
export function traitValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text) ? Number(text) : text;
}
