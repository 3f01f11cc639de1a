import type { ComponentChildren } from 'preact';
import { t } from '../shared/i18n';
import { number, percent } from '../shared/time';
import type { Figures } from '../shared/types';
import { counted, exactParts, fastEnough } from './figures';

const radius = 34;
const length = 2 * Math.PI * radius;

function Headline({ now, before }: { now: Figures; before: Figures | null }) {
  const points = now.share !== null && before?.share != null ? Math.round((now.share - before.share) * 100) : null;
  return (
    <section class="card stat headline">
      <svg viewBox="0 0 80 80" width="80" height="80" aria-hidden="true">
        <circle class="track" cx="40" cy="40" r={radius} />
        {now.share !== null && <circle class={`arc ${now.share >= fastEnough ? 'ok' : 'soon'}`} cx="40" cy="40" r={radius} stroke-dasharray={`${now.share * length} ${length}`} transform="rotate(-90 40 40)" />}
        <text x="40" y="45" text-anchor="middle">{now.share === null ? '–' : percent(now.share)}</text>
      </svg>
      <div>
        <h2>{t('reports.within')}</h2>
        <strong>{number(now.met)}</strong>
        <p>{t('reports.of', { n: counted(now) })} {points !== null && <Delta good={points >= 0} text={t('reports.points', { n: points, sign: points > 0 ? '+' : points < 0 ? '−' : '±', size: Math.abs(points) })} />}</p>
      </div>
    </section>
  );
}

function Delta({ good, text }: { good: boolean; text: string }) {
  return <span class={`delta ${good ? 'ok' : 'soon'}`}>{text}</span>;
}

function Span({ title, micros, before }: { title: string; micros: number | null; before: number | null | undefined }) {
  const change = micros !== null && before != null ? micros - before : null;
  return (
    <section class="card stat">
      <h2>{title}</h2>
      <strong>{micros === null ? '–' : exactParts(micros).map(([value, unit], index) => <span key={unit}>{index ? String(value).padStart(2, '0') : number(value)}<small>{unit} </small></span>)}</strong>
      <p>{change !== null && Math.abs(change) >= 1e6 && <Delta good={change <= 0} text={t(change < 0 ? 'reports.faster' : 'reports.slower', { span: exactParts(Math.abs(change)).map(([value, unit]) => `${number(value)} ${unit}`).join(' ') })} />}</p>
    </section>
  );
}

function Count({ title, value, about, tone = '' }: { title: string; value: number; about: ComponentChildren; tone?: string }) {
  return <section class={`card stat ${tone}`}><h2>{title}</h2><strong>{number(value)}</strong><p>{about}</p></section>;
}

export function Cards({ now, before }: { now: Figures; before: Figures | null }) {
  return (
    <div class="cards">
      <Headline now={now} before={before} />
      <Span title={t('reports.median_first')} micros={now.p50} before={before?.p50} />
      <Span title={t('reports.p90')} micros={now.p90} before={before?.p90} />
      <Count title={t('reports.running')} value={now.running} tone={now.overdue ? 'late' : ''} about={t('reports.overdue', { n: now.overdue })} />
      <Count title={t('reports.closed_unanswered')} value={now.closed_unanswered} about={t('reports.off_hours', { n: now.off_hours })} />
    </div>
  );
}
