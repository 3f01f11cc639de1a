import { scaleBand, scaleLinear } from 'd3-scale';
import { t } from '../shared/i18n';
import { number } from '../shared/time';
import type { Bucket, Figures } from '../shared/types';
import { ChartCard, useWidth } from './chart_card';
import { clockSpan } from './figures';

const height = 236;
const foot = 26;
const target = 900;

// "0–5", "30–60", "1–2 h", "over 8 h": minutes up to an hour, then hours.
export function bucketLabel(from: number, upto: number | null): string {
  if (upto === null) return t('reports.over', { n: from / 3600 });
  if (upto <= 3600) return `${from / 60}–${upto / 60}`;
  return t('reports.hours', { from: from / 3600, to: upto / 3600 });
}

const tone = (upto: number | null): string => (upto !== null && upto <= target ? 'ok' : upto !== null && upto <= 3600 ? 'soon' : 'late');

const percentiles = ['p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

export function Distribution({ buckets, figures }: { buckets: readonly Bucket[]; figures: Figures }) {
  const [box, width] = useWidth();
  const bars = buckets.map((bucket, index) => ({ ...bucket, label: bucketLabel(buckets[index - 1]?.upto_seconds ?? 0, bucket.upto_seconds) }));
  const total = bars.reduce((all, bar) => all + bar.count, 0);
  const fast = bars.filter((bar) => bar.upto_seconds !== null && bar.upto_seconds <= target);
  const x = scaleBand<number>().domain(bars.map((_, index) => index)).range([0, width]).paddingInner(0.2).paddingOuter(0.1);
  const y = scaleLinear().domain([0, Math.max(1, ...bars.map((bar) => bar.count))]).range([height - foot, 22]);
  const lineAt = fast.length && fast.length < bars.length ? (x(fast.length)! + x(fast.length - 1)! + x.bandwidth()) / 2 : null;
  const sentence = t('reports.distribution_label', { n: total, fast: fast.reduce((all, bar) => all + bar.count, 0) });
  return (
    <ChartCard wide title={t('reports.distribution')} about={t('reports.distribution_about')} name="distribution"
      table={{ head: [t('reports.minutes'), t('reports.replies')], rows: bars.map((bar) => [bar.label, bar.count]) }}>
      <div ref={box}>
        <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
          {bars.map((bar, index) => (
            <g key={bar.label}>
              <rect class={`fill-${tone(bar.upto_seconds)}`} x={x(index)} width={x.bandwidth()} rx="4" y={bar.count ? Math.min(y(bar.count), height - foot - 2) : height - foot} height={bar.count ? Math.max(2, height - foot - y(bar.count)) : 0}><title>{`${bar.label}: ${number(bar.count)}`}</title></rect>
              <text class="value" x={x(index)! + x.bandwidth() / 2} y={y(bar.count) - 6} text-anchor="middle">{number(bar.count)}</text>
              <text class="tick" x={x(index)! + x.bandwidth() / 2} y={height - 8} text-anchor="middle">{bar.label}</text>
            </g>
          ))}
          <line class="axis" x1="0" x2={width} y1={height - foot + 0.5} y2={height - foot + 0.5} />
          {lineAt !== null && <><line class="target" x1={lineAt} x2={lineAt} y1="2" y2={height - foot} /><text class="value" x={lineAt + 7} y="12">{t('reports.target')}</text></>}
        </svg>
        <dl class="spans">{percentiles.map((name) => <div key={name}><dt>{name === 'max' ? t('reports.longest') : name}</dt><dd>{clockSpan(figures[name])}</dd></div>)}</dl>
        {total === 0 && <p class="hint">{t('reports.no_data')}</p>}
      </div>
    </ChartCard>
  );
}
