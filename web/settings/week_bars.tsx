import { t } from '../shared/i18n';
import type { Span } from '../shared/types';
import { dayMinutes, dayPieces, type DayPiece } from './week';
import { dayName, weekWords } from './week_words';

const quarters = [6, 12, 18];

// One day from midnight to midnight; what began the evening before is paler.
export function DayBar({ pieces }: { pieces: readonly DayPiece[] }) {
  return (
    <svg class="day-bar" viewBox={`0 0 ${dayMinutes} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width={dayMinutes} height="10" />
      {quarters.map((hour) => <path key={hour} d={`M${hour * 60} 0v10`} />)}
      {pieces.map(({ from, to, night }) => <rect key={from} class={night ? 'open night' : 'open'} x={from} width={to - from} height="10" />)}
    </svg>
  );
}

export function WeekBars({ weekly }: { weekly: readonly Span[] }) {
  const rows = dayPieces(weekly);
  return (
    <div class="week-bars" role="img" aria-label={t('hours.drawn', { words: weekWords(weekly) })}>
      <div class="scale" aria-hidden="true"><span /><span class="hours">{[0, ...quarters, 24].map((hour) => <span key={hour}>{hour}</span>)}</span></div>
      {rows.map((pieces, day) => <div key={day} aria-hidden="true"><span>{dayName(day).slice(0, 3)}</span><DayBar pieces={pieces} /></div>)}
    </div>
  );
}
