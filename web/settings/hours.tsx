import english from '../locales/en.json?hours,targets';
import looks from '../styles/screens/hours.css?inline';
import { useEffect, useState } from 'preact/hooks';
import { send } from '../shared/api';
import { now } from '../shared/clock';
import { addEnglish, t } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { place } from '../shared/router';
import { tell } from '../shared/toasts';
import type { List, Mailbox, Promised, Schedule } from '../shared/types';
import { calendarState } from './holidays';
import { hoursOf, inForce } from './hours_draft';
import { HoursEditor } from './hours_editor';
import { attempt, Loading, PageHead, useRead } from './parts';
import { TargetDialog } from './target_dialog';
import { standing, targetWords } from './target_words';
import { WeekBars } from './week_bars';
import { dateIn, hoursWords, weekdayIn } from './week_words';

addEnglish(english);
addLooks(looks);

const lookAgainMs = 2000;

function OpenChip({ schedule }: { schedule: Schedule }) {
  if (schedule.open) return <span class="chip ok">{t('hours.open_now')}</span>;
  if (!schedule.opens_at) return <span class="chip">{t('hours.never')}</span>;
  const { zone } = inForce(schedule);
  const soon = Date.parse(schedule.opens_at) - now() < 6 * 86_400_000;
  return <span class="chip">{t('hours.opens', { time: soon ? weekdayIn(schedule.opens_at, zone) : dateIn(schedule.opens_at, zone) })}</span>;
}

function OneSchedule({ schedule, mailboxes, onChanged }: { schedule: Schedule; mailboxes: Mailbox[]; onChanged: () => void }) {
  const current = inForce(schedule);
  const calendar = calendarState(schedule.calendar);
  const names = mailboxes.filter(({ id }) => schedule.mailboxes.includes(id)).map(({ name }) => name);
  const remove = async (): Promise<void> => {
    if (!(await attempt(() => send('DELETE', `/schedules/${schedule.id}`)))) return;
    onChanged();
    tell(t('hours.removed', { name: schedule.name }), { undo: () => void attempt(() => send('POST', '/schedules', { name: schedule.name, ...hoursOf(current) })).then(onChanged) });
  };
  return (
    <section class="card hours-one" aria-label={schedule.name}>
      <header>
        <h3>{schedule.name}</h3>
        <OpenChip schedule={schedule} />
        {!names.length && <button class="button" type="button" aria-label={t('hours.remove_one', { name: schedule.name })} onClick={() => void remove()}>{t('do.remove')}</button>}
        <a class="button" href={`/settings/hours/${schedule.id}`} aria-label={t('hours.change_one', { name: schedule.name })}>{t('do.edit')}</a>
      </header>
      <p class="words">{hoursWords(current)}</p>
      <WeekBars weekly={current.weekly} />
      {schedule.versions.filter(({ begun }) => !begun).map((version) => <p key={version.from} class="hint">{t('hours.then', { date: dateIn(version.from, version.zone), words: hoursWords(version) })}</p>)}
      <p class="hint">{names.length ? t('hours.used_by', { names: names.join(', ') }) : t('hours.unused')}</p>
      {calendar && <p class={calendar.wrong ? 'wrong' : 'hint'}>{calendar.text}</p>}
    </section>
  );
}

function OneMailbox({ mailbox, schedules, targets, onChanged, onAdd }: { mailbox: Mailbox; schedules: Schedule[]; targets: Promised[]; onChanged: () => void; onAdd: () => void }) {
  const at = now();
  const own = standing(targets.filter((target) => target.mailbox === mailbox.id || target.mailbox === null), at);
  const everyone = own.some((target) => !Object.keys(target.when).length && !(target.from && Date.parse(target.from) > at));
  const keep = async (schedule: string | null): Promise<void> => {
    const before = mailbox.schedule;
    if (await attempt(() => send('PATCH', `/mailboxes/${mailbox.id}`, { schedule })))
      tell(t('hours.mailbox_changed', { name: mailbox.name }), { undo: () => void attempt(() => send('PATCH', `/mailboxes/${mailbox.id}`, { schedule: before })).then(onChanged) });
    onChanged();
  };
  const end = async (target: Promised): Promise<void> => {
    const { id, from, until, ...again } = target;
    if (!(await attempt(() => send('DELETE', `/targets/${id}`)))) return;
    onChanged();
    const ahead = from && Date.parse(from) > now() ? { from } : {};
    tell(t('targets.ended'), { undo: () => void attempt(() => send('POST', '/targets', { ...again, ...ahead })).then(onChanged) });
  };
  return (
    <li class="promise">
      <span class="about"><strong>{mailbox.name}</strong><small>{mailbox.address}</small></span>
      <select aria-label={t('hours.of_mailbox', { name: mailbox.name })} value={mailbox.schedule ?? ''} onChange={(event) => void keep(event.currentTarget.value || null)}>
        <option value="">{t('hours.always')}</option>
        {schedules.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
      <ul class="targets" aria-label={t('targets.of', { name: mailbox.name })}>
        {!everyone && <li>{t('targets.default')}</li>}
        {own.map((target) => {
          const words = targetWords(target, at);
          return <li key={target.id}>{words}{target.mailbox === null && <small class="hint"> {t('targets.every_mailbox')}</small>} <button class="link" type="button" aria-label={t('targets.end_one', { words })} onClick={() => void end(target)}>{t('targets.end')}</button></li>;
        })}
      </ul>
      <button class="button" type="button" aria-label={t('targets.add_one', { name: mailbox.name })} onClick={onAdd}>{t('targets.add')}</button>
    </li>
  );
}

// Business hours, who keeps them and what is promised within them.
export default function HoursPages() {
  const schedules = useRead<List<Schedule>>('/schedules');
  const mailboxes = useRead<List<Mailbox>>('/mailboxes');
  const targets = useRead<List<Promised>>('/targets');
  const [adding, setAdding] = useState<Mailbox | null>(null);
  const again = (): void => { schedules.again(); mailboxes.again(); targets.again(); };
  const reading = schedules.data?.items.some(({ calendar }) => calendar && !calendar.fetched_at && !calendar.error) ?? false;
  useEffect(() => {
    if (!reading) return;
    const timer = setInterval(schedules.again, lookAgainMs);
    return () => clearInterval(timer);
  }, [reading]);
  const wanted = place.value.parts[2];
  if (!schedules.data || !mailboxes.data || !targets.data)
    return <><PageHead title={t('settings.hours')} about={t('hours.about')} /><Loading failed={schedules.failed || mailboxes.failed || targets.failed} again={again} /></>;
  const own = schedules.data.items.find(({ id }) => id === wanted);
  if (own || wanted === 'new') return <HoursEditor key={wanted} schedule={own ?? null} mailboxes={mailboxes.data.items} onChanged={again} />;
  return (
    <>
      <PageHead title={t('settings.hours')} about={t('hours.about')}><a class="button primary" href="/settings/hours/new">{t('hours.add')}</a></PageHead>
      {schedules.data.items.map((schedule) => <OneSchedule key={schedule.id} schedule={schedule} mailboxes={mailboxes.data!.items} onChanged={again} />)}
      {!schedules.data.items.length && <p class="card">{t('hours.none')}</p>}
      <section aria-labelledby="promises">
        <h3 id="promises">{t('targets.title')}</h3>
        <p class="hint">{t('targets.about')}</p>
        <ul class="card flush things">
          {mailboxes.data.items.map((mailbox) => <OneMailbox key={mailbox.id} mailbox={mailbox} schedules={schedules.data!.items} targets={targets.data!.items} onChanged={again} onAdd={() => setAdding(mailbox)} />)}
          {!mailboxes.data.items.length && <li>{t('mailboxes.none')}</li>}
        </ul>
      </section>
      {adding && <TargetDialog mailbox={adding} onDone={(changed) => { setAdding(null); if (changed) again(); }} />}
    </>
  );
}
