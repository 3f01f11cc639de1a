import { Chooser, type Choice } from '../dialogs/chooser';
import { matches } from '../dialogs/matches';
import { t } from '../shared/i18n';
import { people } from '../shared/people';
import { mayActAs, me } from '../shared/session';
import { number } from '../shared/time';
import type { Figures, ResponseTimes } from '../shared/types';
import { ask, wish } from './asked';
import { begun } from './figures';
import { filterName } from './words';
import { channelNames, type PageFilter } from './wish';

// Everything the page can be held to, in one list to type into: whoever has figures here with how many, and all people and channels.
export function filterChoices(data: ResponseTimes): { filter: PageFilter; value: string; n: number }[] {
  const rows = (filter: PageFilter, groups: readonly (Figures & { key?: string; hour?: string })[]) => groups.map((group) => ({ filter, value: (group.key ?? group.hour)!, n: begun(group) }));
  const found = [...rows('agent', data.agents), ...rows('channel', data.channels), ...rows('mailbox', data.mailboxes), ...rows('tag', data.tags), ...rows('plan', data.plans)];
  const others = (filter: PageFilter, values: readonly string[]) => values.filter((value) => !found.some((one) => one.filter === filter && one.value === value)).map((value) => ({ filter, value, n: 0 }));
  const everyone = mayActAs('manager') ? people.value.map(({ id }) => id) : me() ? [me()!.id] : [];
  return [...found, ...others('agent', everyone), ...others('channel', channelNames), ...rows('hour', data.hours)];
}

export function FilterChooser({ data, onClose }: { data: ResponseTimes; onClose: () => void }) {
  const { filters } = wish.value;
  const choices = (typed: string): Choice[] => filterChoices(data).filter(({ filter, value }) => filters[filter] !== value).flatMap(({ filter, value, n }) => {
    const label = t(`reports.by_${filter}_is`, { value: filterName(filter, value, data) });
    if (!matches(label, typed) || (filter === 'hour' && !typed)) return [];
    return [{ id: `${filter} ${value}`, label, after: n ? <small>{number(n)}</small> : null, run: () => ask({ filters: { ...filters, [filter]: value } }) }];
  });
  return <Chooser title={t('choose.title')} placeholder={t('choose.placeholder')} choices={choices} onClose={onClose} />;
}
