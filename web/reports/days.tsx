import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import { region, t } from '../shared/i18n';
import { percent } from '../shared/time';
import type { DayFigures } from '../shared/types';
import { ChartCard, useWidth } from './chart_card';
import { clockSpan, counted } from './figures';

const height = 200;
const left = 44;
const foot = 24;

interface Point { at: Date; share: number | null; figures: DayFigures }

const dayOf = (text: string): Date => {
  const [year, month, date] = text.split('-').map(Number);
  return new Date(year!, month! - 1, date);
};

const shown = (at: Date): string => at.toLocaleDateString(region.value, { day: 'numeric', month: 'short' });

export function Days({ days }: { days: readonly DayFigures[] }) {
  const [box, width] = useWidth();
  const points: Point[] = days.map((figures) => ({ at: dayOf(figures.day), share: figures.share, figures }));
  const known = points.filter((point) => point.share !== null);
  const lowest = Math.min(0.8, ...known.map((point) => point.share!));
  const floor = Math.max(0, Math.floor(lowest * 5) / 5);
  const scale = scalePoint<string>().domain(days.map((one) => one.day)).range([left + 6, width - 12]);
  const x = (point: Point): number => scale(point.figures.day)!;
  const y = scaleLinear().domain([floor, 1]).range([height - foot, 14]);
  const path = line<Point>().defined((point) => point.share !== null).x((point) => x(point)).y((point) => y(point.share!));
  const wash = area<Point>().defined((point) => point.share !== null).x((point) => x(point)).y0(height - foot).y1((point) => y(point.share!));
  const last = known.at(-1);
  const falls = last !== undefined && (known.at(-2)?.share ?? 0) > last.share!;
  const below = falls && y(last.share!) + 20 < height - foot; // where the line does not run, but not over the days
  const every = Math.ceil(points.length / Math.max(2, Math.min(7, Math.floor(width / 90))));
  const ticks = points.filter((_, index) => index % every === 0);
  const rows = points.map(({ at, share, figures }) => [shown(at), counted(figures), share === null ? null : percent(share), clockSpan(figures.p50)] as const);
  const raw = points.map(({ share, figures }) => [figures.day, counted(figures), share, figures.p50 === null ? null : figures.p50 / 1e6] as const);
  return (
    <ChartCard wide title={t('reports.days')} about={t('reports.days_about')} name="days" table={{ head: [t('reports.day'), t('reports.replies'), t('reports.share'), t('reports.median')], rows, raw }}>
      <div ref={box}>
        <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={last ? t('reports.days_label', { share: percent(last.share!), day: shown(last.at) }) : t('reports.no_data')}>
          {y.ticks(3).map((tick) => <g key={tick}><line class="grid" x1={left} x2={width} y1={y(tick) + 0.5} y2={y(tick) + 0.5} /><text class="tick" x="0" y={y(tick) + 4}>{percent(tick)}</text></g>)}
          <path class="wash" d={wash(points) ?? ''} />
          <path class="series" d={path(points) ?? ''} />
          {known.length <= 8 && known.map((point) => <circle key={+point.at} class="dot" cx={x(point)} cy={y(point.share!)} r="3" />)}
          {last && <><circle class="dot" cx={x(last)} cy={y(last.share!)} r="4" /><text class="value" x={x(last) + 6} y={Math.max(11, y(last.share!) + (below ? 20 : -9))} text-anchor="end">{percent(last.share!)}</text></>}
          {ticks.map((point) => <text key={point.figures.day} class="tick" x={Math.min(width - 18, Math.max(left + 14, x(point)))} y={height - 6} text-anchor="middle">{shown(point.at)}</text>)}
        </svg>
        {!last && <p class="hint">{t('reports.no_data')}</p>}
      </div>
    </ChartCard>
  );
}
