import { scaleBand } from 'd3-scale';
import { t } from '../shared/i18n';
import { number, percent } from '../shared/time';
import type { ResponseTimes } from '../shared/types';
import { ChartCard, Plot } from './chart_card';
import { clockSpan } from './figures';
import { Hits } from './hits';
import { bucketIn } from './words';

const height = 236;
const foot = 26;
const head = 22;
const target = 900; // seconds

const tone = (upto: number | null): string => (upto !== null && upto <= target ? 'ok' : upto !== null && upto <= 3600 ? 'soon' : 'late');
const percentiles = ['p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

export function Distribution({ data }: { data: ResponseTimes }) {
  const bars = data.distribution.map((bucket, index) => ({ ...bucket, label: bucketIn(data.distribution, index) }));
  const total = bars.reduce((all, bar) => all + bar.count, 0);
  const fast = bars.filter((bar) => bar.upto_seconds !== null && bar.upto_seconds <= target);
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const base = height - foot;
  const tall = (count: number): number => (count ? Math.max(2, (count / most) * (base - head)) : 0);
  const title = t('reports.distribution');
  const part = (count: number): number => (total ? count / total : 0);
  const draw = (width: number) => {
    const x = scaleBand<number>().domain(bars.map((_, index) => index)).range([0, width]).paddingInner(0.2).paddingOuter(0.1);
    const lineAt = fast.length && fast.length < bars.length ? (x(fast.length)! + x(fast.length - 1)! + x.bandwidth()) / 2 : null;
    return (
      <>
        <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={total ? t('reports.distribution_label', { n: total, fast: fast.reduce((all, bar) => all + bar.count, 0) }) : t('reports.no_data')}>
          {bars.map((bar, index) => (
            <g key={index}>
              <rect class={`fill-${tone(bar.upto_seconds)}`} x={x(index)} width={x.bandwidth()} rx="4" y={base - tall(bar.count)} height={tall(bar.count)} />
              <text class="value" x={x(index)! + x.bandwidth() / 2} y={base - tall(bar.count) - 6} text-anchor="middle">{number(bar.count)}</text>
              <text class="tick" x={x(index)! + x.bandwidth() / 2} y={height - 8} text-anchor="middle">{bar.label}</text>
            </g>
          ))}
          <line class="axis" x1="0" x2={width} y1={base + 0.5} y2={base + 0.5} />
          {lineAt !== null && <><line class="target" x1={lineAt} x2={lineAt} y1="2" y2={base} /><text class="value" x={lineAt + 7} y="12">{t('reports.target')}</text></>}
        </svg>
        <Hits title={title} width={width} hits={bars.flatMap((bar, index) => (bar.count ? [{
          left: x(index)! - 3, top: 0, width: x.bandwidth() + 6, height, behind: { bucket: String(index) },
          label: t('reports.bar_label', { span: bucketIn(data.distribution, index, true), n: bar.count, part: percent(part(bar.count), 1) }),
        }] : []))} />
      </>
    );
  };
  return (
    <ChartCard title={title} about={t('reports.distribution_about')} name="distribution" table={{
      head: [t('reports.minutes'), t('reports.waits'), t('reports.part')],
      rows: bars.map((bar) => [bar.label, number(bar.count), percent(part(bar.count), 1)]), raw: bars.map((bar) => [bar.label, bar.count, part(bar.count)]),
    }}>
      <Plot height={height} draw={draw} />
      {total === 0 && <p class="hint">{t('reports.no_data')}</p>}
      <dl class="spans">{percentiles.map((name) => <div key={name}><dt>{name === 'max' ? t('reports.longest') : name}</dt><dd>{clockSpan(data.total[name])}</dd></div>)}</dl>
    </ChartCard>
  );
}
