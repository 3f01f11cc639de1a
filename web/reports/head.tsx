import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { me } from '../shared/session';
import type { ResponseTimes } from '../shared/types';
import { ask, asked, hrefWith, wish } from './asked';
import { more } from './at_rest';
import { counted } from './figures';
import { ownZone, periodNames } from './period';
import type { Answer } from './read';
import { filterName, daysText } from './words';
import { clockKinds, hrefOf, pageFilters, waitKinds, type PageFilter, type Wish } from './wish';

export const chooseDates = (): void => more.use(({ choosing }) => { choosing.value = 'dates'; });
export const chooseFilter = (): void => more.use(({ choosing }) => { choosing.value = 'filter'; });

function Periods() {
  const { period } = wish.value;
  const dates = typeof period !== 'string';
  return (
    <div class="periods">
      <div class="segmented" role="radiogroup" aria-label={t('reports.period')}>
        {periodNames.map((one) => <label key={one}><input type="radio" name="period" checked={one === period} onChange={() => ask({ period: one })} /><span>{t(`reports.${one}`)}</span></label>)}
      </div>
      <button class={`button ${dates ? 'chosen' : ''}`} type="button" aria-haspopup="dialog" onClick={chooseDates}>{dates ? daysText(period) : t('reports.dates')}</button>
    </div>
  );
}

function Pick<T extends string>({ label, value, options, onPick }: { label: string; value: T; options: readonly (readonly [T, string])[]; onPick: (value: T) => void }) {
  return <select class="pick" aria-label={label} value={value} onChange={(event) => onPick(event.currentTarget.value as T)}>{options.map(([one, text]) => <option key={one} value={one}>{text}</option>)}</select>;
}

// What the figures count, and what they are held to: each can be taken away again.
export function Chosen({ data }: { data: ResponseTimes | null }) {
  const now = wish.value;
  const mine = me()?.id;
  const without = (name: PageFilter): Wish['filters'] => ({ ...now.filters, [name]: undefined });
  const chips = pageFilters.flatMap((name) => {
    const value = now.filters[name];
    return value === undefined ? [] : [{ text: t(`reports.by_${name}_is`, { value: filterName(name, value, data) }), without: { filters: without(name) } as Partial<Wish> }];
  });
  if (now.zone !== ownZone()) chips.push({ text: t('reports.in_zone', { zone: now.zone }), without: { zone: ownZone() } });
  return (
    <div class="chosen">
      <Pick label={t('reports.which_waits')} value={now.waits} options={waitKinds.map((kind) => [kind, t(`reports.waits_${kind}`)] as const)} onPick={(waits) => ask({ waits })} />
      <Pick label={t('reports.which_clock')} value={now.clock} options={clockKinds.map((kind) => [kind, t(`reports.clock_${kind}`)] as const)} onPick={(clock) => ask({ clock })} />
      {mine && <button class="button" type="button" aria-pressed={now.filters.agent === mine} onClick={() => ask({ filters: now.filters.agent === mine ? without('agent') : { ...now.filters, agent: mine } })}>{t('reports.only_me')}</button>}
      <button class="button" type="button" aria-haspopup="dialog" onClick={chooseFilter}><Icon name="plus" size={14} />{t('reports.filter')}</button>
      {chips.length > 0 && (
        <ul class="chips" aria-label={t('reports.filters')}>
          {chips.map(({ text, without }) => <li key={text} class="chip accent">{text}<a class="square small" href={hrefWith(without)} aria-label={t('reports.remove', { what: text })}><Icon name="close" size={12} /></a></li>)}
        </ul>
      )}
    </div>
  );
}

// A link may name what we don't know: it is told, and what is shown instead is on the page.
export function NotKnown() {
  const { wrong, wish: shown } = asked.value;
  if (!wrong.length) return null;
  return <p class="not-known" role="status"><span>{t('reports.not_known', { what: wrong.map(({ value }) => `“${value}”`).join(', ') })}</span><a href={hrefOf(shown)}>{t('do.dismiss')}</a></p>;
}

export function Head({ answer }: { answer: Answer | null }) {
  const about = answer ? [t(`reports.count_${answer.wish.waits}`, { n: counted(answer.data.total) }), daysText(answer.period), t(`reports.clock_${answer.wish.clock}`), answer.wish.zone].join(' · ') : '\u00a0';
  return (
    <header class="reports-head">
      <div><h1>{t('nav.reports')}</h1><p>{about}</p></div>
      <Periods />
    </header>
  );
}
