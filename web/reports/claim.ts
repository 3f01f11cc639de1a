import type { Thanks } from '../shared/types';
import { wilson } from './figures';

export interface Side { share: number; low: number; high: number }
export type Verdict = 'faster' | 'slower' | 'unclear';
export interface Claim { fast: Side; late: Side; verdict: Verdict }

const promise = 900; // seconds

// Do answers within fifteen minutes earn more compliments than later ones? Only intervals that do not overlap say so.
export function testClaim(buckets: readonly Thanks[]): Claim | null {
  const side = (isFast: boolean): Side | null => {
    const mine = buckets.filter(({ upto_seconds: upto }) => (upto !== null && upto <= promise) === isFast);
    const sum = (of: (bucket: Thanks) => number): number => mine.reduce((all, bucket) => all + of(bucket), 0);
    return wilson(sum((bucket) => bucket.kudos), sum((bucket) => bucket.answers));
  };
  const [fast, late] = [side(true), side(false)];
  if (!fast || !late || buckets.every((bucket) => bucket.ratings === 0)) return null;
  return { fast, late, verdict: fast.low > late.high ? 'faster' : late.low > fast.high ? 'slower' : 'unclear' };
}
