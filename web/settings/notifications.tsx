import { NotifyMe } from '../dialogs/notify_me';
import { send } from '../shared/api';
import { region, t } from '../shared/i18n';
import type { NoticeChoices, NoticeKind } from '../shared/types';
import { attempt, Loading, PageHead, useRead } from './parts';

const kinds: NoticeKind[] = ['alert_50', 'alert_80', 'alert_100', 'ticket', 'answer', 'assigned', 'mention', 'kudos'];
const channels = ['screen', 'browser', 'mail'] as const;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

// 2 November 2026 is a Monday.
const dayName = (index: number): string => new Intl.DateTimeFormat(region.value, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 10, 2 + index));
const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const toggled = <T,>(list: readonly T[], one: T): T[] => (list.includes(one) ? list.filter((other) => other !== one) : [...list, one]);

// What, where and when: each change is kept at once.
export function Notifications() {
  const { data, failed, again, set } = useRead<NoticeChoices>('/notice-choices');
  if (!data) return <Loading failed={failed} again={again} />;
  const change = async (part: Partial<NoticeChoices>): Promise<void> => {
    const wanted = { ...data, ...part, zone: here() };
    set(() => wanted);
    if (!(await attempt(() => send('PUT', '/notice-choices', wanted)))) set(() => data);
  };
  return (
    <>
      <PageHead title={t('settings.notifications')} about={t('notices.about')} />
      <section class="card flush scroll">
        <table class="choices-table">
          <thead><tr><th scope="col">{t('notices.what')}</th>{channels.map((channel) => <th key={channel} scope="col">{t(`notices.${channel}`)}</th>)}</tr></thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{t(`notices.kind_${kind}`)}</th>
                {channels.map((channel) => (
                  <td key={channel}><input type="checkbox" aria-label={`${t(`notices.kind_${kind}`)}, ${t(`notices.${channel}`)}`} checked={data[channel].includes(kind)} onChange={() => void change({ [channel]: toggled(data[channel], kind) })} /></td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <NotifyMe always />
      <section class="card form" aria-labelledby="quiet">
        <h3 id="quiet">{t('notices.quiet')}</h3>
        <p class="hint">{t('notices.quiet_about', { zone: here() })}</p>
        <div class="two">
          {(['quiet_from', 'quiet_until'] as const).map((end) => (
            <label key={end} class="field"><span>{t(`notices.${end}`)}</span><input type="time" required value={data[end]} onChange={(event) => { if (event.currentTarget.value) void change({ [end]: event.currentTarget.value }); }} /></label>
          ))}
        </div>
        <fieldset class="days">
          <legend>{t('notices.quiet_days')}</legend>
          {days.map((day, index) => <label key={day} class="switch"><input type="checkbox" checked={data.quiet_days.includes(day)} onChange={() => void change({ quiet_days: toggled(data.quiet_days, day) })} /><span>{dayName(index)}</span></label>)}
        </fieldset>
      </section>
    </>
  );
}
