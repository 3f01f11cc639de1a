import type { ComponentChildren } from 'preact';
import { t } from '../shared/i18n';
import { number, percent } from '../shared/time';
import type { Figures } from '../shared/types';
import { hrefBehind, wish } from './asked';
import { change, counted, exactParts, reachesGoal, spanText } from './figures';
import type { EndingName } from './wish';

const radius = 34;
const length = 2 * Math.PI * radius;

// A difference to the period before. Green is better and red worse; whoever can't see that hears it.
function Delta({ text, better }: { text: string; better: boolean | null }) {
  const tone = better === null ? '' : better ? 'ok' : 'late';
  return <><span class={`delta ${tone}`}>{text}</span> {t('reports.on_before')}<span class="visually-hidden">{better === null ? '' : `, ${t(better ? 'reports.better' : 'reports.worse')}`}</span></>;
}

// A count that opens its tickets; none opens nothing.
function Behind({ n, ending, children }: { n: number; ending: EndingName; children: ComponentChildren }) {
  return n ? <a href={hrefBehind({ ending })}>{children}</a> : <span>{children}</span>;
}

function Headline({ now, before }: { now: Figures; before: Figures | null }) {
  const difference = change(now.share, before?.share);
  const points = difference === null ? null : Math.round(difference * 100);
  const late = now.answered - now.met + now.overdue;
  return (
    <section class="card stat headline">
      <svg viewBox="0 0 80 80" width="80" height="80" aria-hidden="true">
        <circle class="track" cx="40" cy="40" r={radius} />
        {now.share !== null && now.share > 0 && <circle class={`arc ${reachesGoal(now.share) ? 'ok' : 'soon'}`} cx="40" cy="40" r={radius} stroke-dasharray={`${now.share * length} ${length}`} transform="rotate(-90 40 40)" />}
        <text x="40" y="46" text-anchor="middle">{now.share === null ? '–' : percent(now.share)}</text>
      </svg>
      <div>
        <h2>{t('reports.within')}</h2>
        <strong><Behind n={now.met} ending="met">{number(now.met)}</Behind></strong>
        <p>{t(`reports.of_${wish.value.waits}`, { n: counted(now) })} {points !== null && <Delta better={points === 0 ? null : points > 0} text={t('reports.points', { n: Math.abs(points), sign: points > 0 ? '+' : points < 0 ? '−' : '±' })} />}</p>
      </div>
      <p class="sum">{t('reports.sum', { met: now.met, counted: counted(now), n: now.running - now.overdue })} <Behind n={late} ending="late">{t('reports.late', { n: late })}</Behind></p>
    </section>
  );
}

function Span({ title, micros, before, children }: { title: string; micros: number | null; before: number | null | undefined; children?: ComponentChildren }) {
  const more = change(micros, before);
  return (
    <section class="card stat">
      <h2>{title}</h2>
      <strong>{micros === null ? '–' : exactParts(micros).map(([value, unit], index) => <span key={unit}>{index ? String(value).padStart(2, '0') : number(value)}<small>{unit} </small></span>)}</strong>
      <p>{more !== null && <Delta better={Math.abs(more) < 1e6 ? null : more < 0} text={Math.abs(more) < 1e6 ? '±0' : `${more > 0 ? '+' : '−'}${spanText(Math.abs(more))}`} />}</p>
      {children}
    </section>
  );
}

export function Cards({ now, before }: { now: Figures; before: Figures | null }) {
  const off = now.answered ? now.off_hours / now.answered : 0;
  return (
    <div class="cards">
      <Headline now={now} before={before} />
      <Span title={t('reports.median_reply')} micros={now.p50} before={before?.p50}>
        <p><Behind n={now.off_hours} ending="off_hours">{t(wish.value.clock === 'business' ? 'reports.off_hours_zero' : 'reports.off_hours', { share: percent(off, 1) })}</Behind></p>
      </Span>
      <Span title={t('reports.p90')} micros={now.p90} before={before?.p90}>
        <p>{now.max !== null && t('reports.longest_was', { span: spanText(now.max) })}</p>
      </Span>
      <section class={`card stat ${now.overdue ? 'late' : ''}`}>
        <h2>{t('reports.still_waiting')}</h2>
        <strong><Behind n={now.running} ending="running">{number(now.running)}</Behind></strong>
        <p><Behind n={now.overdue} ending="overdue">{t('reports.overdue', { n: now.overdue })}</Behind></p>
      </section>
      <section class="card stat">
        <h2>{t('reports.closed_unanswered')}</h2>
        <strong><Behind n={now.closed_unanswered} ending="closed_unanswered">{number(now.closed_unanswered)}</Behind></strong>
        <p><Behind n={now.self_solved} ending="self_solved">{t('reports.self_solved', { n: now.self_solved })}</Behind></p>
      </section>
    </div>
  );
}
