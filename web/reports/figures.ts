import { t } from '../shared/i18n';
import type { Figures } from '../shared/types';

export const fastEnough = 0.8; // from here on a share is green, below it amber; a person is never red
export const fewestForRank = 20;

export const counted = (figures: Figures): number => figures.answered + figures.overdue;

// 6 min 12 s: the headline shows seconds where they still say something.
export function exactParts(micros: number): [number, string][] {
  const seconds = Math.round(micros / 1e6);
  if (seconds < 60) return [[seconds, t('unit.s')]];
  if (seconds < 3600) return [[Math.floor(seconds / 60), t('unit.min')], [seconds % 60, t('unit.s')]];
  return [[Math.floor(seconds / 3600), t('unit.h')], [Math.floor(seconds / 60) % 60, t('unit.min')]];
}

// 4:10 for tables: minutes and seconds, 1:02:09 from an hour on.
export function clockSpan(micros: number | null): string {
  if (micros === null) return '–';
  const seconds = Math.round(micros / 1e6);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

// Nothing was answered: how long those have waited who still do is nobody's reply time.
export const measured = (figures: Figures, micros: number | null): number | null => (figures.answered ? micros : null);

export interface Ranked { id: string; figures: Figures }

// By share, best first; those with too few replies to say much come after a line.
export function rank(groups: Record<string, Figures>): { ranked: Ranked[]; few: Ranked[] } {
  const all = Object.entries(groups).map(([id, figures]) => ({ id, figures })).filter(({ figures }) => counted(figures) + figures.running > 0);
  all.sort((a, b) => (b.figures.share ?? -1) - (a.figures.share ?? -1) || b.figures.answered - a.figures.answered);
  const enough = ({ id, figures }: Ranked): boolean => figures.answered >= fewestForRank && id !== 'unassigned';
  return { ranked: all.filter(enough), few: all.filter((one) => !enough(one)) };
}
