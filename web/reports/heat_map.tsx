import { t } from '../shared/i18n';
import { percent } from '../shared/time';
import type { HourFigures, ResponseTimes } from '../shared/types';
import { layout } from '../shared/width';
import { ask, wish } from './asked';
import { ChartCard, Plot } from './chart_card';
import { begun, clockSpan, inSeconds } from './figures';
import { heatLevel, minutes, shares } from './heat';
import { Hits } from './hits';
import { hourName, weekdayName } from './words';
import { weekdays, type HeatBy } from './wish';

const gap = 3;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const two = (hour: number): string => String(hour).padStart(2, '0');

const textOf = (figures: HourFigures | undefined, by: HeatBy): string => (by === 'share' ? (figures?.share == null ? '–' : percent(figures.share)) : clockSpan(figures?.p50 ?? null));

function Legend({ by }: { by: HeatBy }) {
  const [first, last] = by === 'share' ? [percent(shares[0]!), percent(shares.at(-1)!)] : [minutes[0]!, minutes.at(-1)!];
  return (
    <p class="legend">
      <span>{t(`reports.heat_${by}_cool`, { n: first })}</span>
      {[0, 1, 2, 3, 4, 5].map((level) => <span key={level} class={`swatch heat-${level}`} />)}
      <span>{t(`reports.heat_${by}_hot`, { n: last })}</span>
      <button class="link" type="button" onClick={() => ask({ heat: by === 'share' ? 'median' : 'share' }, 'replace')}>{t(`reports.heat_to_${by === 'share' ? 'median' : 'share'}`)}</button>
    </p>
  );
}

// The week by hours, days across on a phone: there a cell must still be hit by a finger.
export function HeatMap({ data }: { data: ResponseTimes }) {
  const by = wish.value.heat;
  const found = new Map(data.hours.map((one) => [one.hour, one]));
  const slowest = data.hours.filter(({ p50 }) => p50 !== null).sort((a, b) => b.p50! - a.p50!)[0];
  const title = t('reports.heat');
  const draw = (width: number) => {
    const upright = width < 480;
    const left = upright ? 44 : 38;
    const head = upright ? 20 : 2;
    const [columns, rows] = upright ? [7, 24] : [24, 7];
    const wide = (width - left + gap) / columns;
    const high = upright ? 24 : Math.min(38, Math.max(20, wide * 1.35));
    const height = head + rows * high + (upright ? 0 : 22);
    const cells = Array.from({ length: rows * columns }, (_, index) => {
      const [row, column] = [Math.floor(index / columns), index % columns];
      const [day, hour] = upright ? [column, row] : [row, column];
      const key = `${weekdays[day]!} ${two(hour)}`;
      return { key, figures: found.get(key), x: left + column * wide, y: head + row * high };
    });
    const full = cells.flatMap((cell) => (cell.figures ? [{ ...cell, figures: cell.figures }] : []));
    return (
      <>
        <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={slowest ? t('reports.heat_label', { hour: hourName(slowest.hour), span: clockSpan(slowest.p50) }) : t('reports.no_data')}>
          {weekdays.map((day, index) => (upright
            ? <text key={day} class="tick" x={left + index * wide + (wide - gap) / 2} y="12" text-anchor="middle">{weekdayName(index)}</text>
            : <text key={day} class="tick" x="0" y={head + index * high + (high - gap) / 2 + 4}>{weekdayName(index)}</text>))}
          {hours.filter((hour) => hour % 4 === 0).map((hour) => (upright
            ? <text key={hour} class="tick" x="0" y={head + hour * high + (high - gap) / 2 + 4}>{two(hour)}:00</text>
            : <text key={hour} class="tick" x={left + hour * wide} y={height - 5}>{two(hour)}:00</text>))}
          {cells.map(({ key, figures, x, y }) => {
            const level = figures ? heatLevel(figures, by) : null;
            return <rect key={key} class={`cell ${level === null ? 'none' : `heat-${level}`}`} x={x} y={y} width={wide - gap} height={high - gap} rx="4" />;
          })}
          {full.map(({ key, figures, x, y }) => <text key={key} class="printed" x={x + (wide - gap) / 2} y={y + (high - gap) / 2 + 3} text-anchor="middle">{by === 'share' ? Math.round((figures.share ?? 0) * 100) : Math.round((figures.p50 ?? 0) / 60e6)}</text>)}
        </svg>
        <Hits title={title} width={width} hits={full.map(({ key, figures, x, y }) => ({
          left: x, top: y, width: wide - gap, height: high - gap, behind: { hour: key },
          label: t('reports.cell_label', { hour: hourName(key), n: begun(figures), median: clockSpan(figures.p50), share: figures.share === null ? '–' : percent(figures.share) }),
        }))} />
      </>
    );
  };
  return (
    <ChartCard title={title} about={t(`reports.heat_about_${by}`)} name="heat" legend={<Legend by={by} />} table={{
      head: [t('reports.weekday'), ...hours.map(two)],
      rows: weekdays.map((day, index) => [weekdayName(index, 'long'), ...hours.map((hour) => textOf(found.get(`${day} ${two(hour)}`), by))]),
      raw: weekdays.map((day) => [day, ...hours.map((hour) => { const one = found.get(`${day} ${two(hour)}`); return one ? (by === 'share' ? one.share : inSeconds(one.p50)) : null; })]),
    }}>
      <Plot height={layout.value === 'narrow' ? 596 : 240} draw={draw} />
      {data.hours.length === 0 && <p class="hint">{t('reports.no_data')}</p>}
    </ChartCard>
  );
}
