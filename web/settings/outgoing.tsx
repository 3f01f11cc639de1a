import { send } from '../shared/api';
import { t } from '../shared/i18n';
import { ago, messageTime } from '../shared/time';
import { tell } from '../shared/toasts';
import type { Outgoing, OutgoingMail } from '../shared/types';
import { attempt, Loading, PageHead, useRead } from './parts';

const numberOf = (mail: OutgoingMail): number | string | null => (typeof mail.ticket === 'object' ? mail.ticket?.number ?? null : mail.ticket);

function state(mail: OutgoingMail): string {
  if (mail.state === 'failed') return t('outgoing.failed', { n: mail.attempts });
  return mail.next_attempt_at ? t('outgoing.next', { time: messageTime(mail.next_attempt_at) }) : t('outgoing.waiting');
}

function Mail({ mail, onRetry }: { mail: OutgoingMail; onRetry: () => void }) {
  const number = numberOf(mail);
  return (
    <li>
      <span class="about"><strong lang="">{mail.subject || t('ticket.no_subject')}</strong>
        <small>{mail.to}{number !== null && <> · <a href={`/t/${number}`}>#{number}</a></>} · {ago(mail.created_at)}</small>
        {mail.error && <small lang="">{mail.error}</small>}
      </span>
      <span class={`chip ${mail.state === 'failed' ? 'late' : 'soon'}`}>{state(mail)}</span>
      <button class="button" type="button" onClick={onRetry}>{t('do.retry')}</button>
    </li>
  );
}

// Mail that has not gone out. Without a relay that is not an error: it waits until there is one.
export function OutgoingMails() {
  const { data, failed, again } = useRead<Outgoing>('/outgoing');
  const retry = async (mail: OutgoingMail): Promise<void> => {
    if (await attempt(() => send('PUT', `/outgoing/${mail.id}/retry`))) tell(t('outgoing.retrying'));
    again();
  };
  return (
    <>
      <PageHead title={t('settings.outgoing')} about={t('outgoing.about')}><button class="button" type="button" onClick={again}>{t('do.refresh')}</button></PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <>
          <p class="calm">{data.relay ? t('outgoing.relay', { relay: data.relay }) : t('outgoing.no_relay')}</p>
          <ul class="card flush things">
            {data.items.map((mail) => <Mail key={mail.id} mail={mail} onRetry={() => void retry(mail)} />)}
            {data.items.length === 0 && <li><span class="about">{t('outgoing.none')}</span></li>}
          </ul>
        </>
      )}
    </>
  );
}
