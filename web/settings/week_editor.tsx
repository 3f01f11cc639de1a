import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { Menu } from '../shared/menu';
import type { Day, Span } from '../shared/types';
import { copyDay, dayMinutes, dayPieces, days, minutesOf, overlaps, readTime, timeOf } from './week';
import { DayBar } from './week_bars';
import { dayName } from './week_words';

const quarter = 15;

// A time on a 24-hour clock, however it is typed; arrows move it by a quarter of an hour.
function TimeField({ label, value, isEnd, onChange, focus }: { label: string; value: string; isEnd: boolean; onChange: (time: string) => void; focus?: boolean }) {
  const [text, setText] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => setText(value), [value]);
  useLayoutEffect(() => { if (focus) box.current?.select(); }, []);
  const read = readTime(text, isEnd);
  const settle = (): void => { if (read && read !== value) onChange(read); if (read) setText(read); };
  const step = (by: number): void => {
    const most = isEnd ? dayMinutes : dayMinutes - quarter;
    const next = timeOf(Math.min(most, Math.max(0, Math.floor(minutesOf(read ?? value) / quarter) * quarter + by)));
    setText(next);
    onChange(next);
  };
  return (
    <input ref={box} class="time" inputMode="numeric" autocomplete="off" maxLength={5} aria-label={label} aria-invalid={read ? undefined : true} value={text}
      onInput={(event) => { setText(event.currentTarget.value); const whole = readTime(event.currentTarget.value, isEnd); if (whole && event.currentTarget.value.length === 5) onChange(whole); }}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        step(event.key === 'ArrowUp' ? quarter : -quarter);
      }} />
  );
}

// After the day's last span, else the morning.
function nextSpan(day: Day, spans: readonly Span[]): Span {
  const end = Math.max(0, ...spans.map(({ start, end: until }) => (minutesOf(until) > minutesOf(start) ? minutesOf(until) : dayMinutes)));
  if (!spans.length) return { day, start: '09:00', end: '17:00' };
  const start = Math.min(end + 60, dayMinutes - 60);
  return { day, start: timeOf(start), end: timeOf(Math.min(start + 240, dayMinutes)) };
}

// The week as it will be counted, to be changed: each day's spans are fields.
export function WeekEditor({ weekly, onChange, onBigChange }: {
  weekly: Span[]; onChange: (weekly: Span[]) => void; onBigChange: (weekly: Span[], what: string) => void;
}) {
  const [fresh, setFresh] = useState<Span | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const pieces = dayPieces(weekly);
  const focusOn = (day: Day): void => requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-add="${day}"]`)?.focus()) as unknown as void;
  const change = (span: Span, what: Partial<Span>): void => onChange(weekly.map((one) => (one === span ? { ...one, ...what } : one)));
  const add = (day: Day): void => {
    const span = nextSpan(day, weekly.filter((one) => one.day === day));
    setFresh(span);
    onChange([...weekly, span]);
  };
  const remove = (span: Span): void => {
    onBigChange(weekly.filter((one) => one !== span), t('hours.span_removed', { day: dayName(days.indexOf(span.day)) }));
    focusOn(span.day);
  };
  const copy = (from: Day, to: readonly Day[], label: string): void => onBigChange(copyDay(weekly, from, to), t('hours.copied', { day: dayName(days.indexOf(from)), to: label }));
  return (
    <div class="week" ref={root}>
      {days.map((day, index) => {
        const name = dayName(index);
        const spans = weekly.filter((span) => span.day === day);
        const targets: [string, readonly Day[]][] = [
          [t('hours.to_workdays'), days.slice(0, 5)], [t('hours.to_every_day'), days],
          ...days.filter((other) => other !== day).map((other): [string, readonly Day[]] => [dayName(days.indexOf(other)), [other]]),
        ];
        return (
          <div key={day} class="week-day" role="group" aria-label={name}>
            <span class="week-name">{name}</span>
            <DayBar pieces={pieces[index]!} />
            <div class="week-spans">
              {spans.map((span, n) => (
                <span key={n} class="span">
                  <TimeField label={t('hours.from_label', { day: name, n: n + 1 })} value={span.start} isEnd={false} focus={span === fresh} onChange={(start) => change(span, { start })} />
                  <span aria-hidden="true">–</span>
                  <TimeField label={t('hours.to_label', { day: name, n: n + 1 })} value={span.end} isEnd onChange={(end) => change(span, { end })} />
                  {minutesOf(span.end) <= minutesOf(span.start) && <span class="chip">{t('hours.next_day')}</span>}
                  <button class="square small" type="button" aria-label={t('hours.remove_span', { day: name, n: n + 1 })} onClick={() => remove(span)}><Icon name="close" size={14} /></button>
                </span>
              ))}
              {!spans.length && <span class="hint">{t('hours.closed')}</span>}
            </div>
            <div class="week-tools">
              <button class="square" type="button" data-add={day} aria-label={t('hours.add_span', { day: name })} title={t('hours.add_span', { day: name })} onClick={() => add(day)}><Icon name="plus" /></button>
              <Menu label={t('hours.copy_day', { day: name })} button={<Icon name="more" />} items={targets.map(([label, to]) => ({ label: t('hours.copy_to', { to: label }), run: () => copy(day, to, label) }))} />
            </div>
          </div>
        );
      })}
      {overlaps(weekly) && <p class="calm" role="status">{t('hours.overlap')}</p>}
    </div>
  );
}
