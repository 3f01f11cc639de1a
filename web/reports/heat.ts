import type { Figures } from '../shared/types';
import { goal } from './figures';
import type { HeatBy } from './wish';

// Six steps from cool to hot that turn at the promise: between the third and the fourth lie fifteen minutes, or the goal.
export const minutes = [6, 10, 15, 19, 23];
export const shares = [0.95, 0.9, goal, 0.7, 0.5];

export function heatLevel(figures: Figures, by: HeatBy): number | null {
  const value = by === 'share' ? figures.share : figures.p50;
  if (value === null) return null;
  const hotter = by === 'share' ? shares.map((step) => value < step) : minutes.map((step) => value > step * 60e6);
  return hotter.filter(Boolean).length;
}
