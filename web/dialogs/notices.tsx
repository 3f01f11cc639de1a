import { useEffect, useState } from 'preact/hooks';
import { get, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { Icon, type IconName } from '../shared/icon';
import { loadUnread } from '../shared/notices';
import { closeDialog } from '../shared/open_dialogs';
import { messageTime } from '../shared/time';
import { explain, tellWrong } from '../shared/toasts';
import type { NoticeKind, NotificationList } from '../shared/types';
import { NotifyMe } from './notify_me';
import { noticeText } from './take_notices';

const icons: Record<NoticeKind, IconName> = {
  alert_50: 'clock', alert_80: 'clock', alert_100: 'alert', ticket: 'inbox', answer: 'mail', assigned: 'person', mention: 'note', kudos: 'check',
};

// What the bell opens: the last ones, each the way to its ticket.
export function Notices() {
  const [list, setList] = useState<NotificationList | null>(null);
  const load = (): void => { get<NotificationList>('/notifications').then(setList, (error: unknown) => { closeDialog(); tellWrong(explain(error)); }); };
  useEffect(load, []);
  const newest = list?.items[0]?.id;
  const readAll = (): void => {
    send('PUT', '/notifications/read', { up_to: newest }).then(() => { load(); return loadUnread(); }).catch((error: unknown) => tellWrong(explain(error)));
  };
  return (
    <Dialog title={t('nav.notices')} onClose={closeDialog}>
      {!list && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {list?.items.length === 0 && <p class="hint">{t('notices.none')}</p>}
      <NotifyMe />
      <ul class="notices">
        {list?.items.map((one) => (
          <li key={one.id}>
            <a href={`/t/${one.ticket.number}`} class={one.read ? undefined : 'unread'} onClick={closeDialog}>
              <Icon name={icons[one.what]} />
              <span><strong>{noticeText(one.what, one.by)}</strong>{!one.read && <span class="visually-hidden">{t('notices.unread')}</span>}<small lang="">#{one.ticket.number} {one.ticket.subject}</small></span>
              <time dateTime={one.at}>{messageTime(one.at)}</time>
            </a>
          </li>
        ))}
      </ul>
      <div class="form-foot">
        <a class="button" href="/settings/notifications" onClick={closeDialog}>{t('notices.choose')}</a>
        {(list?.unread ?? 0) > 0 && <button class="button" type="button" onClick={readAll}>{t('notices.all_read')}</button>}
      </div>
    </Dialog>
  );
}
