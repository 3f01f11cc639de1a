import { describe, expect, it } from 'vitest';
import { arrange, belongs, byUrgency } from '../inbox/order';
import { at, ticket, wait } from './ticket';

const ids = (list: { id: string }[]): string[] => list.map((one) => one.id);

describe('order of work', () => {
  it('puts the most overdue first, then those without a due time, then answered ones by the customer’s last words', () => {
    const all = [
      ticket({ id: '1', last_customer_at: at(10) }), ticket({ id: '2', last_customer_at: at(20) }),
      ticket({ id: '3', wait: wait(null, true, 3) }), ticket({ id: '4', wait: wait(25) }), ticket({ id: '5', wait: wait(12, false) }),
    ];
    expect(ids([...all].sort(byUrgency))).toEqual(['5', '4', '3', '2', '1']);
  });

  it('is the same whatever the list was before', () => {
    const all = Array.from({ length: 40 }, (_, n) => ticket({ id: String(100 + n), wait: n % 3 ? wait(n % 7) : null, last_customer_at: at(n % 5) }));
    const once = ids([...all].sort(byUrgency));
    expect(ids([...all].reverse().sort(byUrgency))).toEqual(once);
  });

  it.each([
    ['all', true, true, true, false], ['first', true, false, false, false], ['waiting', true, true, false, false], ['mine', false, true, false, false], ['closed', false, false, false, true],
  ] as const)('shows in %s what it names', (view, first, next, answered, closed) => {
    const me = 'a1';
    expect([
      belongs(view, ticket({ wait: wait(5) }), me), belongs(view, ticket({ wait: wait(5, false), assignee: { id: me, name: 'Me' } }), me),
      belongs(view, ticket(), me), belongs(view, ticket({ state: 'closed' }), me),
    ]).toEqual([first, next, answered, closed]);
  });

  it('never shows spam', () => {
    expect(belongs('all', ticket({ spam: true, wait: wait(1) }), undefined)).toBe(false);
  });

  it('keeps the row that is being worked on although it has left the view', () => {
    const sections = arrange('first', [ticket({ id: '7' }), ticket({ id: '8', wait: wait(9) })], undefined, '7', []);
    expect(sections.map((section) => [section.key, ...ids(section.tickets)])).toEqual([['first', '8'], ['answered', '7']]);
  });

  it('lists closed tickets as the server ordered them', () => {
    const all = [ticket({ id: '1', state: 'closed' }), ticket({ id: '2', state: 'closed' }), ticket({ id: '3' })];
    expect(arrange('closed', all, undefined, null, ['2', '1', '3']).map((section) => ids(section.tickets))).toEqual([['2', '1']]);
  });
});
