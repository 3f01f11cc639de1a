import { t, type TextKey } from '../shared/i18n';
import { messageTime, number } from '../shared/time';
import type { Incoming as Counts } from '../shared/types';
import { Loading, PageHead, useRead } from './parts';

const sum = (parts: Record<string, number>): number => Object.values(parts).reduce((all, one) => all + one, 0);

function Reasons({ title, parts }: { title: string; parts: Record<string, number> }) {
  const entries = Object.entries(parts).filter(([, count]) => count > 0);
  if (!entries.length) return null;
  return <p class="reasons" aria-label={title}><span class="hint">{title}</span>{entries.map(([reason, count]) => <span key={reason} class="chip">{reason.replaceAll('_', ' ')} {number(count)}</span>)}</p>;
}

// The account of every mail: accepted = opened + joined + duplicate + ignored. What was ignored is listed with its reason.
export function Incoming() {
  const { data, failed, again } = useRead<Counts>('/incoming');
  const numbers: [TextKey, number][] = data ? [
    ['incoming.accepted', data.accepted], ['incoming.opened', data.opened], ['incoming.joined', data.joined],
    ['incoming.duplicate', data.duplicate], ['incoming.ignored', sum(data.ignored)], ['incoming.refused', sum(data.refused)],
  ] : [];
  return (
    <>
      <PageHead title={t('settings.incoming')} about={t('incoming.about')}><button class="button" type="button" onClick={again}>{t('do.refresh')}</button></PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <>
          <section class="card">
            <dl class="numbers">{numbers.map(([key, count]) => <div key={key}><dt>{t(key)}</dt><dd>{number(count)}</dd></div>)}</dl>
            <Reasons title={t('incoming.why_ignored')} parts={data.ignored} />
            <Reasons title={t('incoming.why_refused')} parts={data.refused} />
          </section>
          <ul class="card flush things" aria-label={t('incoming.ignored')}>
            {data.items.map((mail) => (
              <li key={mail.id}><span class="about" lang=""><strong>{mail.subject || t('ticket.no_subject')}</strong><small>{mail.from} · {messageTime(mail.at)}</small></span><span class="chip">{mail.reason.replaceAll('_', ' ')}</span></li>
            ))}
            {data.items.length === 0 && <li><span class="about">{t('incoming.none')}</span></li>}
          </ul>
        </>
      )}
    </>
  );
}
