import { useRef, useState } from 'preact/hooks';
import { upload } from '../shared/api';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { ago } from '../shared/time';
import { explain } from '../shared/toasts';
import type { CalendarReading, Holiday, HolidayCalendar } from '../shared/types';
import { aheadOf, holidayDate } from './week_words';

const byDate = (a: Holiday, b: Holiday): number => a.date.localeCompare(b.date);

// Those known stay as they are; days that are new come.
export function joined(known: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const names = new Map(more.map(({ date, name }) => [date, name]));
  for (const { date, name } of known) names.set(date, name || names.get(date) || '');
  return [...names].map(([date, name]) => ({ date, name })).sort(byDate);
}

function Add({ onAdd }: { onAdd: (holiday: Holiday) => void }) {
  const [date, setDate] = useState('');
  const [name, setName] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const add = (): void => {
    if (!date) return;
    onAdd({ date, name: name.trim() });
    setDate('');
    setName('');
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => { if (event.key === 'Enter') { event.preventDefault(); add(); } };
  return (
    <div class="holiday-add" onKeyDown={onKeyDown}>
      <label class="field"><span>{t('hours.date')}</span><input ref={box} type="date" value={date} onInput={(event) => setDate(event.currentTarget.value)} /></label>
      <label class="field grow"><span>{t('hours.holiday_name')}</span><input value={name} maxLength={200} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} /></label>
      <button class="button" type="button" aria-disabled={!date} onClick={add}>{t('hours.holiday_add')}</button>
    </div>
  );
}

function FromFile({ onRead }: { onRead: (reading: CalendarReading) => void }) {
  const [problem, setProblem] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      onRead(await upload<CalendarReading>('/schedules/calendar', file));
      setProblem('');
    } catch (error) {
      setProblem(explain(error));
    }
    box.current!.value = '';
  };
  return (
    <div class="holiday-file">
      <input ref={box} type="file" hidden accept=".ics,text/calendar" aria-label={t('hours.import')} onChange={(event) => void read(event.currentTarget.files?.[0])} />
      <button class="button" type="button" onClick={() => box.current?.click()}><Icon name="file" />{t('hours.import')}</button>
      <span class="hint">{t('hours.import_hint')}</span>
      {problem && <p class="wrong" role="alert">{problem}</p>}
    </div>
  );
}

export function calendarState(calendar: HolidayCalendar | null): { text: string; wrong: boolean } | null {
  if (!calendar) return null;
  if (calendar.error) {
    const last = calendar.fetched_at ? [t('hours.calendar_last', { ago: ago(calendar.fetched_at) })] : [];
    return { text: [t('hours.calendar_failed', { error: calendar.error, n: calendar.holidays }), ...last].join(' '), wrong: true };
  }
  if (!calendar.fetched_at) return { text: t('hours.calendar_reading'), wrong: false };
  return { text: t('hours.calendar_read', { ago: ago(calendar.fetched_at), n: calendar.holidays }), wrong: false };
}

export function Holidays({ holidays, url, calendar, problem, onChange, onBigChange, onUrl }: {
  holidays: Holiday[]; url: string; calendar: HolidayCalendar | null; problem: string | undefined;
  onChange: (holidays: Holiday[]) => void; onBigChange: (holidays: Holiday[], what: string) => void; onUrl: (url: string) => void;
}) {
  const [all, setAll] = useState(false);
  const ahead = aheadOf({ holidays });
  const shown = all ? holidays : ahead;
  const state = calendarState(calendar && calendar.url === url.trim() ? calendar : null);
  const taken = (reading: CalendarReading): void => {
    const next = joined(holidays, reading.holidays);
    const left = reading.timed + reading.unreadable;
    onBigChange(next, [t('hours.imported', { n: next.length - holidays.length }), ...(left ? [t('hours.left_out', { n: left })] : [])].join(' '));
  };
  return (
    <>
      {shown.length > 0 && (
        <ul class="holidays">
          {shown.map((holiday) => (
            <li key={holiday.date}>
              <span class="date">{holidayDate(holiday.date)}</span>
              <input value={holiday.name} maxLength={200} autocomplete="off" aria-label={t('hours.name_of', { date: holidayDate(holiday.date) })} onInput={(event) => onChange(holidays.map((one) => (one === holiday ? { ...one, name: event.currentTarget.value } : one)))} />
              <button class="square small" type="button" aria-label={t('hours.holiday_remove', { date: holidayDate(holiday.date) })} onClick={() => onBigChange(holidays.filter((one) => one !== holiday), t('hours.holiday_removed', { date: holidayDate(holiday.date) }))}><Icon name="close" size={14} /></button>
            </li>
          ))}
        </ul>
      )}
      {!holidays.length && <p class="hint">{t('hours.no_holidays')}</p>}
      {holidays.length > ahead.length && <button class="link" type="button" onClick={() => setAll(!all)}>{all ? t('hours.hide_past') : t('hours.show_past', { n: holidays.length - ahead.length })}</button>}
      <Add onAdd={(holiday) => onChange(joined(holidays.filter(({ date }) => date !== holiday.date), [holiday]))} />
      <FromFile onRead={taken} />
      <label class="field"><span>{t('hours.calendar_url')}</span>
        <input type="url" value={url} maxLength={2000} autocomplete="off" placeholder="https://" aria-invalid={problem ? true : undefined} onInput={(event) => onUrl(event.currentTarget.value)} />
        {problem ? <small class="wrong">{problem}</small> : <small class="hint">{t('hours.calendar_hint')}</small>}
      </label>
      {state && <p class={state.wrong ? 'wrong' : 'hint'} role="status">{state.text}</p>}
    </>
  );
}
