import { expect, it } from 'vitest';
import { ringState } from '../shared/ring_state';

const due = Date.UTC(2026, 10, 2, 9, 15);
const state = (secondsLeft: number, target = 900) =>
  ringState({ due_at: new Date(due).toISOString(), target_seconds: target }, due - secondsLeft * 1000);

it.each([
  [900, 'ok', '15', 1], [840, 'ok', '14', 14 / 15], [301, 'ok', '6', 6 / 15], [300, 'soon', '5', 5 / 15], [1, 'soon', '1', 1 / 15],
  [0, 'soon', '1', 1 / 15], [-1, 'late', '+1', 1], [-180, 'late', '+3', 1], [-181, 'late', '+4', 1],
])('with %i s left it is %s and says %s', (left, tone, text, share) => {
  const ring = state(left);
  expect([ring.tone, ring.text]).toEqual([tone, text]);
  expect(ring.share).toBeCloseTo(share);
});

it('says hours and days when minutes no longer fit', () => {
  expect([state(-99 * 60).text, state(-100 * 60).text, state(-26 * 3600).text, state(-120 * 3600).text]).toEqual(['+99', '+1h', '+26h', '+5d']);
});

it('is full, not more, when business hours put the due time far away', () => {
  expect(state(14 * 3600).share).toBe(1);
});

it('calls a third of a short target soon', () => {
  expect([state(101, 300).tone, state(100, 300).tone]).toEqual(['ok', 'soon']);
});

it('has a face for a wait that is never due', () => {
  expect(ringState({ due_at: null, target_seconds: 900 }, due)).toMatchObject({ tone: 'never', text: '–' });
});
