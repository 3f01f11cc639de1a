// Where a stream goes on, and when: pure, so that it is tested without sockets.
export const firstRetryMs = 1000;
export const longestRetryMs = 30_000;

// 1, 2, 4 … 30 s, each shortened by up to a quarter so that a desk's browsers do not all come back in one moment.
export function retryAfterMs(attempt: number, random: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempt, 10)) * (1 - random / 4);
}

export function streamUrl(origin: string, after: string | null): string {
  const url = new URL('/api/v1/live', origin.replace(/^http/, 'ws'));
  if (after !== null) url.searchParams.set('after', after);
  return url.toString();
}

// Event ids are decimal strings beyond 2^53: the longer one is the later, equal lengths compare as text.
export function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return a > b ? a : b;
}
