import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { FormError } from '../dialogs/form';
import { now } from '../shared/clock';
import { t } from '../shared/i18n';
import { go } from '../shared/router';
import { tell } from '../shared/toasts';
import type { HoursVersion, Mailbox, Schedule } from '../shared/types';
import { Holidays } from './holidays';
import { changes, draftOf, freshDraft, hoursOf, inForce, isSame, keepDraft, keptDraft, type Draft } from './hours_draft';
import { Preview } from './hours_preview';
import { attempt, PageHead } from './parts';
import { WeekEditor } from './week_editor';
import { dateIn, hoursWords, localTime } from './week_words';

const list = '/settings/hours';
const thisMoment = (): string => new Date(now()).toISOString();
const here = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

function ZoneField({ zone, onChange, problem }: { zone: string; onChange: (zone: string) => void; problem: string | undefined }) {
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], []);
  const [text, setText] = useState(zone);
  useLayoutEffect(() => setText(zone), [zone]);
  const known = zones.includes(text) || text === zone;

  return (
    <div class="field">
      <label for="zone">{t('hours.zone')}</label>
      <input id="zone" list="zones" autocomplete="off" value={text} aria-describedby="zone-about" aria-invalid={known && !problem ? undefined : true}
        onInput={(event) => { setText(event.currentTarget.value); if (zones.includes(event.currentTarget.value)) onChange(event.currentTarget.value); }} />
      <datalist id="zones">{zones.map((one) => <option key={one} value={one} />)}</datalist>
      <p id="zone-about" class={problem || !known ? 'wrong' : 'hint'}>{problem ?? (known ? t('hours.zone_now', { time: localTime(thisMoment(), zone).slice(11) }) : t('hours.zone_unknown', { zone }))}</p>
    </div>
  );
}

function From({ draft, change, problem }: { draft: Draft; change: (what: Partial<Draft>) => void; problem: string | undefined }) {
  return (
    <section class="card form" aria-labelledby="from">
      <h3 id="from">{t('hours.from_when')}</h3>
      <div class="segmented" role="radiogroup" aria-labelledby="from">
        <label><input type="radio" name="later" checked={!draft.later} disabled={draft.replaces !== null} onChange={() => change({ later: false })} /><span>{t('hours.from_now')}</span></label>
        <label><input type="radio" name="later" checked={draft.later} onChange={() => change({ later: true })} /><span>{t('hours.from_later')}</span></label>
      </div>
      {draft.later && (
        <label class="field"><span>{t('hours.from_time', { zone: draft.zone })}</span>
          <input type="datetime-local" required value={draft.from} min={localTime(thisMoment(), draft.zone)} aria-invalid={problem ? true : undefined} onInput={(event) => change({ from: event.currentTarget.value })} />
        </label>
      )}
      {problem ? <p class="wrong">{problem}</p> : <p class="hint">{t('hours.from_hint')}</p>}
    </section>
  );
}

function Mailboxes({ mailboxes, own, draft, change }: { mailboxes: Mailbox[]; own: string | null; draft: Draft; change: (what: Partial<Draft>) => void }) {
  const toggle = (id: string, on: boolean): void => change({ mailboxes: on ? [...draft.mailboxes, id] : draft.mailboxes.filter((one) => one !== id) });
  return (
    <section class="card form" aria-labelledby="kept-by">
      <h3 id="kept-by">{t('hours.kept_by')}</h3>
      {mailboxes.map((mailbox) => (
        <label key={mailbox.id} class="switch">
          <input type="checkbox" checked={draft.mailboxes.includes(mailbox.id)} onChange={(event) => toggle(mailbox.id, event.currentTarget.checked)} />
          <span>{mailbox.name} <small class="hint">{mailbox.address}{mailbox.schedule && mailbox.schedule !== own && ` · ${t('hours.has_others')}`}</small></span>
        </label>
      ))}
      <p class="hint">{t('hours.kept_by_hint')}</p>
    </section>
  );
}

function Versions({ schedule, draft, onEdit, onChanged }: { schedule: Schedule; draft: Draft; onEdit: (version: HoursVersion) => void; onChanged: () => void }) {
  const remove = async (version: HoursVersion): Promise<void> => {
    const path = `/schedules/${schedule.id}/versions`;
    if (!(await attempt(() => send('DELETE', `${path}/${version.from}`)))) return;
    onChanged();
    tell(t('hours.version_removed'), { undo: () => void attempt(() => send('POST', path, { ...hoursOf(version), from: version.from })).then(onChanged) });
  };
  return (
    <section aria-labelledby="versions">
      <h3 id="versions">{t('hours.versions')}</h3>
      <ul class="card flush things">
        {[...schedule.versions].reverse().map((version) => {
          const first = version === schedule.versions[0];
          const when = dateIn(version.from, version.zone);
          return (
            <li key={version.from}>
              <span class="about"><strong>{first ? t('hours.from_start') : t('hours.since', { date: when })}</strong><small>{hoursWords(version)}</small></span>
              {version.in_force && <span class="chip accent">{t('hours.in_force')}</span>}
              {!version.begun && <span class="chip">{t('hours.ahead')}</span>}
              {!version.begun && draft.replaces !== version.from && <button class="button" type="button" aria-label={t('hours.version_edit', { date: when })} onClick={() => onEdit(version)}>{t('do.edit')}</button>}
              {!version.begun && <button class="button" type="button" aria-label={t('hours.version_remove', { date: when })} onClick={() => void remove(version)}>{t('do.remove')}</button>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

async function save(schedule: Schedule | null, draft: Draft, before: Draft): Promise<void> {
  const hours = hoursOf(draft);
  if (!schedule) {
    const made = await send<Schedule>('POST', '/schedules', { ...hours, name: draft.name, mailboxes: draft.mailboxes });
    if (draft.calendar.trim()) await send('PUT', `/schedules/${made.id}/calendar`, { url: draft.calendar.trim() });
    return;
  }
  const path = `/schedules/${schedule.id}`;
  const changed = changes(draft, before);
  const from = draft.later ? { from: draft.from } : {};
  if (changed.calendar) await (draft.calendar.trim() ? send('PUT', `${path}/calendar`, { url: draft.calendar.trim() }) : send('DELETE', `${path}/calendar`));
  if (changed.hours) await (draft.replaces ? send('PUT', `${path}/versions/${draft.replaces}`, { ...hours, ...from }) : send('POST', `${path}/versions`, { ...hours, ...from }));
  if (changed.about) await send('PATCH', path, { name: draft.name, mailboxes: draft.mailboxes });
}

// What the wish would have counted; of a version that is edited without another week or mailbox, nothing.
const previewWish = (draft: Draft): object | null => (draft.mailboxes.length ? { mailboxes: draft.mailboxes, hours: hoursOf(draft) } : null);

export function HoursEditor({ schedule, mailboxes, onChanged }: { schedule: Schedule | null; mailboxes: Mailbox[]; onChanged: () => void }) {
  const id = schedule?.id ?? 'new';
  const free = mailboxes.filter((mailbox) => !mailbox.schedule).map((mailbox) => mailbox.id);
  const [before, setBefore] = useState<Draft>(() => (schedule ? draftOf(schedule) : freshDraft(here, free)));
  const [draft, setDraft] = useState<Draft>(() => keptDraft(id) ?? before);
  const [kept, setKept] = useState(() => keptDraft(id) !== null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wrong = (field: string): string | undefined => problem?.fields.find((one) => one.field === field)?.message;
  const set = (next: Draft): void => { setDraft(next); keepDraft(id, isSame(next, before) ? null : next); };
  const change = (what: Partial<Draft>): void => set({ ...draft, ...what });
  // A change that one press made and another takes back.
  const changeMuch = (what: Partial<Draft>, text: string): void => {
    const was = draft;
    change(what);
    tell(text, { undo: () => set(was) });
  };
  const startFrom = (next: Draft): void => { setBefore(next); setDraft(next); setKept(false); keepDraft(id, null); setProblem(null); };
  const discard = (): void => {
    const was = draft;
    startFrom(before);
    tell(t('hours.discarded'), { undo: () => { setDraft(was); keepDraft(id, was); } });
  };
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      await save(schedule, draft, before);
    } catch (error) {
      return setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
    keepDraft(id, null);
    onChanged();
    tell(t('do.saved'), schedule && !draft.later ? { undo: () => void attempt(() => save(schedule, { ...before, later: false, replaces: null }, draft)).then(onChanged) } : {});
    go(list);
  };
  const fieldless = problem && !problem.fields.some(({ field }) => ['name', 'zone', 'from', 'url', 'weekly', 'holidays'].includes(field)) ? problem : null;
  const changed = !isSame(draft, before);
  return (
    <form class="hours-form" onSubmit={(event) => void onSubmit(event)} noValidate>
      <PageHead title={schedule ? t('hours.edit_one', { name: schedule.name }) : t('hours.add')}><a class="button" href={list}>{t('do.back')}</a></PageHead>
      {kept && changed && <p class="calm kept">{t('hours.kept')} <button class="link" type="button" onClick={discard}>{t('hours.discard')}</button></p>}
      <p class="words" aria-live="polite">{hoursWords(draft)}</p>
      <section class="card form" aria-labelledby="week">
        <h3 id="week">{t('hours.week')}</h3>
        <WeekEditor weekly={draft.weekly} onChange={(weekly) => change({ weekly })} onBigChange={(weekly, text) => changeMuch({ weekly }, text)} />
        {wrong('weekly') && <p class="wrong" role="alert">{wrong('weekly')}</p>}
      </section>
      <Preview wish={previewWish(draft)} />
      <section class="card form" aria-label={t('hours.about_title')}>
        <div class="two">
          <div class="field"><label for="hours-name">{t('hours.name')}</label>
            <input id="hours-name" value={draft.name} maxLength={200} required autocomplete="off" placeholder={t('hours.name_example')} aria-invalid={wrong('name') ? true : undefined} onInput={(event) => change({ name: event.currentTarget.value })} />
            {wrong('name') && <p class="wrong">{wrong('name')}</p>}
          </div>
          <ZoneField zone={draft.zone} onChange={(zone) => change({ zone })} problem={wrong('zone')} />
        </div>
      </section>
      <section class="card form" aria-labelledby="holidays">
        <h3 id="holidays">{t('hours.holidays')}</h3>
        <Holidays holidays={draft.holidays} url={draft.calendar} calendar={schedule?.calendar ?? null} problem={wrong('url')} onUrl={(calendar) => change({ calendar })}
          onChange={(holidays) => change({ holidays })} onBigChange={(holidays, text) => changeMuch({ holidays }, text)} />
        {wrong('holidays') && <p class="wrong" role="alert">{wrong('holidays')}</p>}
      </section>
      <Mailboxes mailboxes={mailboxes} own={schedule?.id ?? null} draft={draft} change={change} />
      {schedule && <From draft={draft} change={change} problem={wrong('from')} />}
      <FormError problem={fieldless} />
      <div class="form-foot sticky">
        {changed && !kept && <button class="button" type="button" onClick={discard}>{t('hours.discard')}</button>}
        <button class="button primary" type="submit" aria-disabled={!changed && schedule !== null}>{t('do.save')}</button>
      </div>
      {schedule && <Versions schedule={schedule} draft={draft} onChanged={onChanged} onEdit={(version) => { startFrom(draftOf(schedule, version)); scrollTo(0, 0); }} />}
      {draft.replaces && schedule && <p class="hint">{t('hours.editing_ahead', { date: dateIn(draft.replaces, draft.zone) })} <button class="link" type="button" onClick={() => startFrom(draftOf(schedule, inForce(schedule)))}>{t('hours.edit_current')}</button></p>}
    </form>
  );
}
