import { describe, expect, it } from 'vitest';
import { ownZone } from '../reports/period';
import { askedOf, hrefOf, readWish, type Wish } from '../reports/wish';

const plain: Wish = { period: 'month', waits: 'first', clock: 'business', zone: ownZone(), filters: {}, behind: null, heat: 'median', tables: [] };
const read = (href: string) => readWish(new URL(href, 'https://desk.example').searchParams);

describe('the address of the reports', () => {
  it('is short for what is shown as always', () => expect(hrefOf(plain)).toBe('/reports'));

  it.each<Partial<Wish>>([
    {}, { period: 'quarter' }, { period: { first: '2026-11-01', last: '2026-11-30' } }, { waits: 'next', clock: 'wall', zone: 'Asia/Tokyo' },
    { filters: { agent: '7', channel: 'email', mailbox: '2', tag: 'a.b & c=d+е', plan: 'none', hour: 'mon 09' } }, { filters: { agent: 'unassigned', tag: 'untagged' } },
    { behind: {} }, { behind: { bucket: '3' } }, { behind: { agent: '3', ending: 'kudos' } }, { behind: { day: '2026-11-03' }, filters: { plan: 'pro' } }, { behind: { tag: 'show.all', hour: 'sun 23', reply_bucket: '5' } },
    { heat: 'share', tables: ['heat', 'days'] },
  ])('says all of %j and is read back as the same', (part) => {
    const wish = { ...plain, ...part };
    expect(read(hrefOf(wish))).toEqual({ wish, wrong: [] });
  });

  it.each([
    ['period=fortnight', ['fortnight']], ['agent=ana', ['ana']], ['channel=pigeon', ['pigeon']], ['hour=mon 24', ['mon 24']], ['hour=xyz 09', ['xyz 09']], ['waits=last', ['last']], ['clock=sun', ['sun']],
    ['zone=Mars/Base', ['Mars/Base']], ['show=bucket.8', ['bucket.8']], ['show=colour.red', ['colour.red']], ['show=ending.lost', ['ending.lost']], ['from=2026-11-05', ['2026-11-05 – ?']],
    ['from=2026-11-05&to=2026-11-01', ['2026-11-05 – 2026-11-01']], ['from=2026-02-30&to=2026-03-01', ['2026-02-30', '? – 2026-03-01']], ['heat=blue', ['blue']], [`tag=${'x'.repeat(201)}`, ['x'.repeat(201)]],
  ])('that says %s shows the rest, and tells', (query, wrong) => {
    const { wish, wrong: told } = read(`/reports?${query}`);
    expect(wish).toEqual(plain);
    expect(told.map(({ value }) => value)).toEqual(wrong);
  });

  it('asks the server for instants, and for the tickets behind a figure with both filters', () => {
    const wish: Wish = { ...plain, period: { first: '2026-11-01', last: '2026-11-30' }, zone: 'Europe/Rome', filters: { channel: 'email' } };
    expect(Object.fromEntries(new URLSearchParams(askedOf(wish, 0)))).toEqual({ from: '2026-10-31T23:00:00.000Z', to: '2026-11-30T23:00:00.000Z', zone: 'Europe/Rome', channel: 'email' });
    expect(Object.fromEntries(new URLSearchParams(askedOf({ ...wish, waits: 'all', clock: 'wall' }, 0, { ending: 'late', channel: 'form' }))))
      .toEqual({ from: '2026-10-31T23:00:00.000Z', to: '2026-11-30T23:00:00.000Z', zone: 'Europe/Rome', waits: 'all', clock: 'wall', ending: 'late', channel: 'form' });
  });
});
