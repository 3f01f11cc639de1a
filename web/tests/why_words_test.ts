import { beforeEach, describe, expect, it } from 'vitest';
import { addEnglish, useLanguage } from '../shared/i18n';
import english from '../locales/en.json';
import type { WaitStory } from '../shared/types';
import { beginning, end, exact, isLate, stretches } from '../dialogs/why_words';

// The instants are written in the test's own zone, as a reader sees them.
const at = (local: string): string => new Date(local).toISOString();
const min = 60e6;
const story = (changes: Partial<WaitStory> = {}): WaitStory => ({
  n: 1, first: true, started_at: at('2026-03-06T17:50:00'), started_by: '7', asked_by: 'Giulia', ending: 'answered',
  ended_at: at('2026-03-09T09:04:32'), ended_by: 'Ana', reply: '8', until: at('2026-03-09T09:04:32'),
  wall_us: 3794 * min + 32e6, business_us: 14 * min + 32e6, target_us: 15 * min, rule: { kind: 'mailbox', when: {}, from: null },
  due_at: at('2026-03-09T09:05:00'), mailbox: 'Help', schedule: 'Office', changes: [],
  counted: {
    first: [{ start: at('2026-03-06T17:50:00'), end: at('2026-03-06T18:00:00') }, { start: at('2026-03-09T09:00:00'), end: at('2026-03-09T09:04:32') }],
    last: [], left_out: 0, left_out_us: 0,
  },
  remarks: [], ...changes,
});
const all = (wait: WaitStory): string => [...beginning(wait), ...stretches(wait), ...end(wait)].join('\n');

beforeEach(async () => { addEnglish(english); await useLanguage('en'); });

it.each([[0, '0 s'], [400_000, '0.4 s'], [10 * min, '10 min'], [4 * min + 32e6, '4 min 32 s'], [60 * min, '1 h'], [26 * 60 * min + 5e6, '26 h 5 s'], [900e6 + 1000, '15 min 0.001 s']])('%i µs are %s', (us, told) => {
  expect(exact(us)).toBe(told);
});

it('tells what was counted', () => {
  expect(all(story())).toBe([
    'Giulia wrote on Fri, Mar 6, 17:50: the wait begins.',
    'What counts is the business hours “Office”:',
    'Fri, Mar 6, 17:50 to 18:00: 10 min',
    'Mon, Mar 9, 09:00 to 09:04:32: 4 min 32 s',
    'Ana replied on Mon, Mar 9, 09:04:32.',
    'Together 14 min 32 s: within the target of 15 min.',
    'The target of Help is 15 min.',
    'Without business hours: 63 h 14 min 32 s.',
  ].join('\n'));
});

describe('says', () => {
  it('how much a late one was over', () => {
    expect(end(story({ business_us: 20 * min }))).toContain('Together 20 min: 5 min more than the target of 15 min.');
    expect(isLate(story({ business_us: 15 * min }))).toBe(false);
    expect(isLate(story({ business_us: 15 * min + 1 }))).toBe(true);
  });
  it('when a running one is due, or that it never is', () => {
    const running = story({ ending: 'running', ended_at: null, ended_by: null, reply: null });
    expect(end(running).slice(0, 2)).toEqual(['Nobody has replied yet.', 'Together 14 min 32 s so far, of 15 min.']);
    expect(end(running)).toContain('The target is reached on Mon, Mar 9, 09:05.');
    expect(end({ ...running, due_at: null })).toContain('By these business hours the target is never reached.');
  });
  it('that every hour counts, and lists none', () => {
    const always = story({ schedule: null });
    expect(beginning(always)[1]).toBe('No business hours are set for Help: every hour counts.');
    expect(stretches(always)).toEqual([]);
  });
  it('that all of it lay outside', () => expect(beginning(story({ counted: { first: [], last: [], left_out: 0, left_out_us: 0 } }))).toContain('The wait lies outside them altogether, so nothing counts.'));
  it('what lies between many stretches', () => expect(stretches(story({ counted: { ...story().counted, left_out: 3, left_out_us: 27 * 60 * min } }))[2]).toBe('3 more stretches in between: 27 h'));
  it('which segment the target is for', () => expect(end(story({ rule: { kind: 'segment', when: { plan: 'pro', vip: true }, from: null } }))).toContain('The target for customers with plan: pro, vip: true is 15 min.'));
  it('what came back, and why a void one is void', () => {
    expect(end(story({ remarks: [{ kind: 'bounced', at: at('2026-03-09T10:00:00'), who: 'Bob', ticket: null }] }))[0]).toBe('On Mon, Mar 9, 10:00 the reply by Bob came back: it answered nobody, so the wait ran on.');
    const merged = story({ n: null, ending: 'void', remarks: [{ kind: 'merged', at: at('2026-03-09T10:00:00'), who: null, ticket: 1042 }] });
    expect(end(merged)).toContain('On Mon, Mar 9, 10:00 a merge with #1042 left only the earlier of two waits.');
    expect(end(merged)).toContain('Together 14 min 32 s.');
  });
});

it.each(['it', 'ru', 'uk', 'zh-Hans'])('has words for all of it in %s', async (language) => {
  await useLanguage(language);
  const told = all(story({ changes: [at('2026-03-07T00:00:00')], counted: { ...story().counted, left_out: 2, left_out_us: min } }));
  expect(told).not.toMatch(/why\.|\{\w+\}/);
  expect(told).toContain('Giulia');
});
