import type { ComponentChildren } from 'preact';
import { t } from '../shared/i18n';
import { percent } from '../shared/time';
import { leastInteresting, ofHundred, outOf, verdictOf, type Deflection, type DeflectionPage } from './deflection_figures';

const share = (of: number | null): string => (of === null ? '–' : percent(of));

// The lift in one sentence, as sure as it is.
export function liftText(figures: Deflection, controlPercent: number): string {
  const verdict = verdictOf(figures, controlPercent);
  const [lift, low, high] = [figures.lift, figures.low, figures.high].map(ofHundred) as [number, number, number];
  switch (verdict) {
    case 'fewer': return t('deflection.fewer', { of: outOf, n: lift, low, high });
    case 'more': return t('deflection.more', { of: outOf, n: -lift, low: -high, high: -low });
    case 'too_few': return t('deflection.too_few', { n: figures.more_needed });
    case 'none': return t('deflection.none', { n: leastInteresting, of: outOf });
    default: return t(`deflection.${verdict}`);
  }
}

// What an interval that holds 0 says so far.
export function soFar(figures: Deflection): string {
  if (figures.lift === null) return '';
  return t('deflection.so_far', { of: outOf, n: ofHundred(figures.lift), low: ofHundred(figures.low), high: ofHundred(figures.high) });
}

export const grossText = (figures: Deflection): string =>
  t('deflection.gross_of', { share: share(figures.gross), solved: figures.solved, left: figures.left, n: figures.lists });

function Stat({ title, value, children }: { title: string; value: string; children: ComponentChildren }) {
  return <section class="card stat"><h2>{title}</h2><strong>{value}</strong><p>{children}</p></section>;
}

// The interval as a bar: 0 in the middle, from 100 fewer to 100 more.
function Reach({ figures }: { figures: Deflection }) {
  if (figures.lift === null) return null;
  const at = (value: number | null): number => 150 + (value ?? 0) * 140;
  return (
    <svg class="reach" viewBox="0 0 300 34" aria-hidden="true">
      <line class="axis" x1="10" x2="290" y1="17" y2="17" />
      <line class="grid" x1="150" x2="150" y1="5" y2="29" />
      <rect class="interval" x={at(figures.low)} width={Math.max(2, at(figures.high) - at(figures.low))} y="11" height="12" rx="6" />
      <circle class="dot" cx={at(figures.lift)} cy="17" r="5" />
    </svg>
  );
}

export function DeflectionCards({ data }: { data: DeflectionPage }) {
  const verdict = verdictOf(data, data.control_percent);
  const isSure = verdict === 'fewer' || verdict === 'more';
  return (
    <div class="cards deflection-cards">
      <section class={`card stat lift ${isSure ? '' : 'unsure'}`}>
        <h2>{t('deflection.lift')}</h2>
        <p class="sentence">{liftText(data, data.control_percent)}</p>
        <Reach figures={data} />
        <p>{isSure ? t('deflection.sure') : soFar(data)}</p>
      </section>
      <Stat title={t('deflection.with')} value={share(data.list.share)}>{t('deflection.sent_of', { sent: data.list.sent, n: data.list.visitors })}</Stat>
      <Stat title={t('deflection.without')} value={share(data.withheld.share)}>{t('deflection.sent_of', { sent: data.withheld.sent, n: data.withheld.visitors })}</Stat>
      <Stat title={t('deflection.gross')} value={share(data.gross)}>{t('deflection.gross_parts', { solved: data.solved, left: data.left, n: data.lists })}</Stat>
      <Stat title={t('deflection.by_mail')} value={share(data.mail.share)}>{t('deflection.mail_of', { solved: data.mail.solved, n: data.mail.acknowledged })}</Stat>
    </div>
  );
}
