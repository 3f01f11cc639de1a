import { describe, expect, it } from 'vitest';
import { later, longestRetryMs, retryAfterMs, streamUrl } from '../shared/live_resume';

describe('resuming the stream', () => {
  it('goes on after the last event seen', () => {
    expect(streamUrl('https://desk.example.org', '9007199254740993')).toBe('wss://desk.example.org/api/v1/live?after=9007199254740993');
    expect(streamUrl('http://127.0.0.1:8015', null)).toBe('ws://127.0.0.1:8015/api/v1/live');
  });

  it('never goes back to an earlier event, also beyond 2^53', () => {
    expect(later('9', '10')).toBe('10');
    expect(later('9007199254740993', '9007199254740992')).toBe('9007199254740993');
    expect(later(null, '5')).toBe('5');
    expect(later('5', null)).toBe('5');
  });

  it('waits longer each time, up to half a minute, and never less than three quarters of that', () => {
    const waits = [0, 1, 2, 3, 4, 5, 50].map((attempt) => retryAfterMs(attempt, 0));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, longestRetryMs, longestRetryMs]);
    expect(retryAfterMs(2, 1)).toBe(3000);
  });
});
