import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import { now } from '../shared/clock';
import { t } from '../shared/i18n';
import { number, percent } from '../shared/time';
import type { Figures, ResponseTimes } from '../shared/types';
import { wish } from './asked';
import { ChartCard, Plot } from './chart_card';
import { begun, clockSpan, counted, goal, inSeconds } from './figures';
import { Hits } from './hits';
import { dayAt, daysIn, type Period } from './period';
import { hourName, longDay, shortDay } from './words';
import { weekdays, type Filters } from './wish';

const left = 44;
const floorAt = 190; // where the share's axis ends
const volume = 36; // the bars of how many began, beneath it
const base = floorAt + 16 + volume;
const height = base + 26;

// `open`: still going on, so that its share says little yet.
interface Point { key: string; tick: string; name: string; figures: Figures | null; behind: Filters; open?: boolean }

// Every day of the period up to today; of a single day its hours.
export function pointsOf(data: ResponseTimes, { first, last }: Period, today: string): Point[] {
  if (first === last) {
    const day = weekdays[(new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7]!;
    const found = new Map(data.hours.map((one) => [one.hour, one]));
    return Array.from({ length: 24 }, (_, hour) => `${day} ${String(hour).padStart(2, '0')}`).map((hour) => ({ key: hour, tick: `${hour.slice(4)}:00`, name: hourName(hour), figures: found.get(hour) ?? null, behind: { hour } }));
  }
  const found = new Map(data.days.map((one) => [one.day, one]));
  const shown = daysIn({ first, last: last < today || first > today ? last : today });
  return shown.map((day) => ({ key: day, tick: shortDay(day), name: longDay(day), figures: found.get(day) ?? null, behind: { day }, open: day === today }));
}

export function DayByDay({ data, period }: { data: ResponseTimes; period: Period }) {
  const points = pointsOf(data, period, dayAt(now(), wish.value.zone));
  const known = points.filter((point) => point.figures?.share != null);
  const share = (point: Point): number => point.figures!.share!;
  const ended = known.length > 1 ? known.filter((point) => !point.open) : known;
  const lowest = Math.min(0.8, ...ended.map(share));
  const y = scaleLinear().domain([Math.max(0, Math.floor(lowest * 5) / 5), 1]).range([floorAt, 16]).clamp(true);
  const most = Math.max(1, ...points.map(({ figures }) => (figures ? begun(figures) : 0)));
  const tall = (figures: Figures): number => Math.max(1, (begun(figures) / most) * volume);
  const drawn = (point: Point): boolean => point.figures?.share != null;
  const whole = points.filter((point) => !point.open || known.length === 1);
  const last = known.at(-1);
  const ofDay = period.first === period.last;
  const title = t(ofDay ? 'days.of_hours' : 'days.title');
  const falls = last !== undefined && known.length > 1 && share(known.at(-2)!) > share(last);
  const below = falls && y(share(last)) + 20 < floorAt; // where the line does not run, but not over the bars
  const draw = (width: number) => {
    const scale = scalePoint<string>().domain(points.map((point) => point.key)).range([left + 10, width - 14]);
    const x = (point: Point): number => scale(point.key)!;
    const step = points.length > 1 ? scale.step() : width - left;
    const path = line<Point>().defined(drawn).x(x).y((point) => y(share(point)));
    const wash = area<Point>().defined(drawn).x(x).y0(floorAt).y1((point) => y(share(point)));
    const every = Math.ceil(points.length / Math.max(2, Math.min(8, Math.floor(width / 84))));
    return (
      <>
        <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={last ? t('days.label', { share: percent(share(last), 1), day: last.name }) : t('reports.no_data')}>
          {y.ticks(3).map((tick) => <g key={tick}><line class="grid" x1={left} x2={width} y1={y(tick) + 0.5} y2={y(tick) + 0.5} /><text class="tick" x="0" y={y(tick) + 4}>{percent(tick)}</text></g>)}
          <path class="wash" d={wash(whole) ?? ''} />
          <line class="goal" x1={left} x2={width} y1={y(goal)} y2={y(goal)} />
          <path class="series" d={path(whole) ?? ''} />
          {last?.open && known.length > 1 && <path class="series open" d={path(known.slice(-2)) ?? ''} />}
          <text class="value halo" x={left + 4} y={y(goal) - 5}>{t('days.goal', { share: percent(goal) })}</text>
          {known.length <= 8 && known.map((point) => <circle key={point.key} class="dot" cx={x(point)} cy={y(share(point))} r="3" />)}
          {last && <><circle class={`dot ${last.open ? 'open' : ''}`} cx={x(last)} cy={y(share(last))} r="4" /><text class="value halo" x={Math.min(width, x(last) + 10)} y={Math.max(11, y(share(last)) + (below ? 20 : -9))} text-anchor="end">{percent(share(last))}</text></>}
          <text class="tick" x="0" y={base - volume + 10}>{number(most)}</text>
          {points.map((point) => point.figures && <rect key={point.key} class="volume" x={x(point) - Math.min(10, step * 0.35)} width={Math.max(1, Math.min(20, step * 0.7))} y={base - tall(point.figures)} height={tall(point.figures)} rx={Math.min(2, step / 5)} />)}
          <line class="axis" x1={left} x2={width} y1={base + 0.5} y2={base + 0.5} />
          {points.filter((_, index) => index % every === 0).map((point) => <text key={point.key} class="tick" x={Math.min(width - 20, Math.max(left + 14, x(point)))} y={height - 8} text-anchor="middle">{point.tick}</text>)}
        </svg>
        <Hits title={title} width={width} hits={points.flatMap((point) => (point.figures && begun(point.figures) ? [{
          left: x(point) - step / 2, top: 0, width: step, height: base, behind: point.behind,
          label: t('days.day_label', { day: point.name, n: begun(point.figures), share: point.figures.share === null ? '–' : percent(point.figures.share, 1), median: clockSpan(point.figures.p50) }),
        }] : []))} />
      </>
    );
  };
  return (
    <ChartCard title={title} about={t('days.about')} name="days" table={{
      head: [t(ofDay ? 'days.hour' : 'days.day'), t('days.begun'), t('days.counted'), t('reports.share'), t('reports.median')],
      rows: points.map(({ name, figures }) => [name, number(figures ? begun(figures) : 0), number(figures ? counted(figures) : 0), figures?.share == null ? null : percent(figures.share, 1), clockSpan(figures?.p50 ?? null)]),
      raw: points.map(({ key, figures }) => [key, figures ? begun(figures) : 0, figures ? counted(figures) : 0, figures?.share ?? null, inSeconds(figures?.p50 ?? null)]),
    }}>
      <Plot height={height} draw={draw} />
      {!last && <p class="hint">{t('reports.no_data')}</p>}
    </ChartCard>
  );
}
