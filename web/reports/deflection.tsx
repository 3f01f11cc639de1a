import english from '../locales/en.json?deflection,days';
import looks from '../styles/screens/deflection.css?inline';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { Problem } from '../shared/api';
import { addCommands, type Command } from '../shared/commands';
import { addEnglish, t, type TextKey } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { go } from '../shared/router';
import { wish } from './asked';
import { DeflectionCards, grossText, liftText, soFar } from './deflection_cards';
import { verdictOf } from './deflection_figures';
import { useDeflection } from './deflection_read';
import { ControlGroup } from './deflection_share';
import { ByArticle, ByChannel, ByDay, Queries, ToMend, ToWrite } from './deflection_tables';
import { periodNames, type Days, type PeriodName } from './period';
import { channelName, daysText } from './words';

addEnglish(english);
addLooks(looks);

const path = '/reports/deflection';
const channels = ['form', 'widget', 'email'];

function hrefOf(period: PeriodName | Days, channel: string): string {
  const params = new URLSearchParams();
  if (typeof period !== 'string') { params.set('from', period.first); params.set('to', period.last); }
  else if (period !== 'month') params.set('period', period);
  if (channel) params.set('channel', channel);
  return params.size ? `${path}?${params}` : path;
}
const asked = (): { period: PeriodName | Days; zone: string; channel: string } => {
  const { period, zone, filters } = wish.value;
  return { period, zone, channel: channels.includes(filters.channel ?? '') ? filters.channel! : '' };
};

const keys: Command[] = periodNames.map((period, index) => ({
  id: `deflection-${period}`, keys: String(index + 1), label: () => t('deflection.show_period', { period: t(`reports.${period}`) }), run: () => go(hrefOf(period, asked().channel)),
}));

function Pickers() {
  const { period, channel } = asked();
  return (
    <div class="periods">
      <div class="segmented" role="radiogroup" aria-label={t('reports.period')}>
        {periodNames.map((one) => <label key={one}><input type="radio" name="period" checked={one === period} onChange={() => go(hrefOf(one, channel))} /><span>{t(`reports.${one}`)}</span></label>)}
      </div>
      <select class="pick" aria-label={t('reports.channel')} value={channel} onChange={(event) => go(hrefOf(period, event.currentTarget.value))}>
        <option value="">{t('deflection.all_channels')}</option>
        {channels.map((one) => <option key={one} value={one}>{channelName(one)}</option>)}
      </select>
    </div>
  );
}

function Failed({ problem, again }: { problem: Problem; again: () => void }) {
  if (problem.status === 403) return <div class="empty" role="alert"><p>{t('deflection.managers_only')}</p></div>;
  return <div class="empty" role="alert"><p>{problem.status >= 400 && problem.status < 500 ? problem.message : t('error.unreachable')}</p><button class="button" type="button" onClick={again}>{t('do.retry')}</button></div>;
}

const definitions: [TextKey, TextKey][] = [
  ['deflection.draft', 'deflection.draft_is'], ['deflection.lift', 'deflection.lift_is'], ['deflection.sure_title', 'deflection.sure_is'], ['deflection.gross', 'deflection.gross_is'],
  ['deflection.by_mail', 'deflection.mail_is'], ['deflection.missed', 'deflection.missed_is'], ['deflection.would_save', 'deflection.would_save_is'], ['deflection.to_mend', 'deflection.mend_is'],
];

function HowItIsCounted() {
  return (
    <details class="card how">
      <summary>{t('deflection.how')}</summary>
      <dl>{definitions.map(([term, text]) => <div key={term}><dt>{t(term)}</dt><dd>{t(text)}</dd></div>)}</dl>
    </details>
  );
}

export default function DeflectionView() {
  const { data, shown, problem, loading, again } = useDeflection(asked());
  useLayoutEffect(() => addCommands(keys), []);
  useEffect(() => { document.title = t('deflection.title'); }, []);
  return (
    <main class="view reports deflection" aria-busy={loading}>
      {loading && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      <header class="reports-head">
        <div><h1>{t('deflection.title')}</h1><p><a href="/reports">{t('nav.reports')}</a> · {daysText(shown)} · {asked().zone}</p></div>
        <Pickers />
      </header>
      {problem && <Failed problem={problem} again={again} />}
      {data && (
        <div class={`figures ${loading ? 'old' : ''}`}>
          <DeflectionCards data={data} />
          <div class="charts">
            <ToWrite data={data} />
            <Queries data={data} />
            <ByDay data={data} />
            <ByChannel data={data} />
            <ByArticle data={data} />
            <ToMend data={data} />
            <ControlGroup data={data} shown={shown} again={again} />
            <HowItIsCounted />
          </div>
        </div>
      )}
    </main>
  );
}

// On the page of response times: what was kept from being sent.
export function Kept() {
  const { period, zone } = wish.value;
  const { data, problem, again } = useDeflection({ period, zone, channel: '' });
  const isSure = data !== null && ['fewer', 'more'].includes(verdictOf(data, data.control_percent));
  return (
    <section class="card kept" aria-labelledby="kept">
      <h2 id="kept">{t('deflection.kept_title')} <a href={hrefOf(period, '')}>{t('deflection.title')}</a></h2>
      {problem && <p class="hint">{t('error.unreachable')} <button class="link" type="button" onClick={again}>{t('do.retry')}</button></p>}
      {data && <p class="sentence">{liftText(data, data.control_percent)}</p>}
      {data && <p class="hint">{!isSure && soFar(data)} {data.lists > 0 && grossText(data)}</p>}
    </section>
  );
}
