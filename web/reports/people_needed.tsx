import english from '../locales/en.json?staffing';
import looks from '../styles/screens/people_needed.css?inline';
import { useEffect, useState } from 'preact/hooks';
import { get, query } from '../shared/api';
import { now } from '../shared/clock';
import { addEnglish, t } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { duration, number, percent } from '../shared/time';
import { wish } from './asked';
import { ChartCard } from './chart_card';
import { hoursShown, mean, mostMissed, standing, weeksBack, type HourNeed, type Need } from './staffing';
import { hourName, weekdayName } from './words';
import { weekdays } from './wish';

addEnglish(english);
addLooks(looks);

const said = (hour: HourNeed): string => t('staffing.hour', {
  hour: hourName(hour.hour), arrivals: mean(hour.arrivals), needed: hour.needed === null ? '–' : number(hour.needed), people: mean(hour.answered_by),
});

function Week({ need }: { need: Need }) {
  const [shown, setShown] = useState<HourNeed | null>(null);
  const hours = hoursShown(need.hours);
  const at = new Map(need.hours.map((hour) => [hour.hour, hour]));
  const missed = mostMissed(need.hours);
  const label = missed.length ? missed.map(said).join(' ') : t('staffing.enough');
  const point = (event: Event): void => {
    const cell = (event.target as Element).closest('[data-hour]');
    setShown(cell ? at.get(cell.getAttribute('data-hour')!) ?? null : null);
  };
  return (
    <>
      <div class="people-week" role="img" aria-label={label} onPointerOver={point} onClick={point} onPointerLeave={() => setShown(null)}>
        <div><span />{hours.map((hour) => <span key={hour} class="tick">{String(hour).padStart(2, '0')}</span>)}</div>
        {weekdays.map((key, index) => (
          <div key={key}>
            <span class="tick day">{weekdayName(index)}</span>
            {hours.map((hour) => {
              const name = `${key} ${String(hour).padStart(2, '0')}`;
              const one = at.get(name);
              return <span key={name} data-hour={name} class={`cell ${one ? standing(one) : ''}`}>{one?.needed ? number(one.needed) : ''}</span>;
            })}
          </div>
        ))}
      </div>
      <p class="people-said" aria-hidden="true">{shown ? said(shown) : label}</p>
    </>
  );
}

function Method({ need }: { need: Need }) {
  return (
    <details class="people-method">
      <summary>{t('staffing.method')}</summary>
      <p>{t('staffing.method_model')}</p>
      {need.pace && <p>{t(need.pace.rough ? 'staffing.method_rough' : 'staffing.method_pace', { n: need.pace.samples, mean: duration(need.pace.mean / 1e6), median: duration(need.pace.median / 1e6) })}</p>}
      <p>{t('staffing.method_closed')}</p>
      {need.fit && <p>{t('staffing.fit', { expected: percent(need.fit.expected), share: percent(need.fit.share), points: number(Math.round(need.fit.error * 100)) })}</p>}
    </details>
  );
}

// From the last weeks, whatever period the page shows: a plan wants several of each weekday.
export default function PeopleNeeded() {
  const { zone, filters: { mailbox } } = wish.value;
  const [need, setNeed] = useState<Need | 'failed' | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const to = now();
    const from = to - weeksBack * 7 * 86_400_000;
    get<Need>(`/reports/people-needed${query({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), zone, mailbox })}`, stop.signal)
      .then(setNeed, () => { if (!stop.signal.aborted) setNeed('failed'); });
    return () => stop.abort();
  }, [mailbox, zone, round]);
  const told = need === 'failed' ? null : need;
  const about = told?.waits
    ? t('staffing.about', { n: told.waits, goal: percent(told.goal), target: duration(told.target / 1e6), weeks: weeksBack })
    : t('staffing.about_none', { weeks: weeksBack });
  const rows = (told?.hours ?? []).map((hour) => [hourName(hour.hour), mean(hour.arrivals), hour.needed, mean(hour.answered_by), hour.share === null ? null : percent(hour.share), hour.expected === null ? null : percent(hour.expected)] as const);
  const raw = (told?.hours ?? []).map((hour) => [hour.hour, hour.arrivals, hour.needed, hour.answered_by, hour.share, hour.expected] as const);
  const head = [t('staffing.column_hour'), t('staffing.column_arrivals'), t('staffing.column_needed'), t('staffing.column_people'), t('staffing.column_share'), t('staffing.column_expected')];
  return (
    <ChartCard title={t('staffing.title')} about={about} name="people-needed" table={{ head, rows, raw }}>
      {need === null && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {need === 'failed' && <p role="alert">{t('error.unreachable')} <button class="link" type="button" onClick={() => { setNeed(null); setRound(round + 1); }}>{t('do.retry')}</button></p>}
      {told && told.waits > 0 && !told.pace && <p class="hint">{t('staffing.few')}</p>}
      {told && told.waits === 0 && <p class="hint">{t('staffing.none')}</p>}
      {told?.pace && <><Week need={told} /><Method need={told} /></>}
    </ChartCard>
  );
}
