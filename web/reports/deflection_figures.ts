// What /reports/deflection answers; shares are of 1, null where nothing counts.
export interface SentShare { visitors: number; sent: number; share: number | null }
export interface DraftCounts {
  lists: number; solved: number; left: number; sent: number; gross: number | null;
  withheld_drafts: number; withheld_sent: number; listed_nothing: number; open: number;
}
export interface Deflection extends DraftCounts {
  lift: number | null; low: number | null; high: number | null; more_needed: number; withheld: SentShare; list: SentShare;
}
export interface ArticleLine {
  id: string; title: string; slug: string; locale: string; updated_at: string; listed: number; opened: number;
  helpful: number; not_helpful: number; solved: number; missed: number; unhelpful: boolean; stale: boolean;
}
export interface QueryLine { words: string; drafts: number; listed_nothing: number; tickets: number }
export interface Topic { title: string; words: string[]; examples: string[]; locale: string; drafts: number; tickets: number; would_save: number | null }
export interface DeflectionPage extends Deflection {
  mail: { acknowledged: number; listed: number; withheld: number; solved: number; share: number | null };
  control_percent: number; kept_days: number;
  channels: Record<string, Deflection>; days: (DraftCounts & { day: string })[];
  articles: ArticleLine[]; queries: QueryLine[]; topics: Topic[];
}

// How sure the lift is: fewer or more send for sure, none worth a thought, or too early to say.
export type Verdict = 'empty' | 'no_control' | 'fewer' | 'more' | 'too_few' | 'none';
export function verdictOf(figures: Deflection, controlPercent: number): Verdict {
  const { lift, low, high, more_needed: more, withheld, list } = figures;
  if (!withheld.visitors && !list.visitors) return 'empty';
  if (!withheld.visitors && !controlPercent) return 'no_control';
  if (lift !== null && low !== null && low > 0) return 'fewer';
  if (lift !== null && high !== null && high < 0) return 'more';
  return more > 0 ? 'too_few' : 'none';
}

// Days until the control group is large enough, at the pace of the period; null: nobody can tell.
export function daysLeft(figures: Deflection, days: number): number | null {
  if (!figures.more_needed || !figures.withheld.visitors) return null;
  return Math.max(1, Math.ceil((figures.more_needed * days) / figures.withheld.visitors));
}

// What the control group cost: of its visitors, those who sent a question that a list would have kept from it.
export const costOf = ({ lift, withheld }: Deflection): number => Math.max(0, Math.round((lift ?? 0) * withheld.visitors));

// "Of 100 visitors": what the headline counts in, and the least that is worth a thought (domain/lift.hpp).
export const outOf = 100;
export const leastInteresting = 5;
export const ofHundred = (share: number | null): number => Math.round((share ?? 0) * outOf);
