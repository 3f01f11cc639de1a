import { useEffect, useState } from 'preact/hooks';
import { get, send } from '../shared/api';
import { counts } from '../shared/counts';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { me, mayActAs } from '../shared/session';
import { duration, percent } from '../shared/time';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { Agent, Counts, List, Mailbox } from '../shared/types';
import { found, searchFailed, searchText } from './search';
import { view } from './tickets';

async function writeTestTicket(): Promise<void> {
  const agent = me();
  if (!agent) return;
  try {
    await send('POST', '/tickets', { email: agent.email, name: agent.name, subject: t('empty.test_subject'), text: t('empty.test_text'), channel: 'form' });
    tell(t('empty.test_sent'));
  } catch (error) {
    tellWrong(explain(error));
  }
}

function Step({ done, to, text }: { done: boolean; to: string; text: string }) {
  return <li class={done ? 'done' : ''}><a href={to}>{text}</a>{done && <Icon name="check" size={16} />}</li>;
}

// Steps tick themselves off: what is there already needs no doing.
function FirstSteps() {
  const [there, setThere] = useState({ mailbox: false, colleagues: false });
  useEffect(() => {
    void Promise.all([get<List<Mailbox>>('/mailboxes'), get<List<Agent>>('/agents')])
      .then(([mailboxes, agents]) => setThere({ mailbox: mailboxes.items.length > 0, colleagues: agents.items.length > 1 }), () => {});
  }, []);
  return (
    <div class="first-steps">
      <h2>{t('empty.first_run')}</h2>
      <ol>
        {mayActAs('admin') && <Step done={there.mailbox} to="/settings/mailboxes" text={t('empty.step_mailbox')} />}
        {mayActAs('admin') && <Step done={there.colleagues} to="/settings/people" text={t('empty.step_people')} />}
        <li><button class="link" type="button" onClick={() => void writeTestTicket()}>{t('empty.step_test')}</button></li>
      </ol>
    </div>
  );
}

function Done({ today }: { today: Counts['today'] }) {
  return (
    <>
      <h2>{t('empty.answered')}</h2>
      {today.median_us !== null && <p>{t('empty.median', { span: duration(today.median_us / 1e6) })}</p>}
      {today.share !== null && <><progress max={1} value={today.share} aria-label={t('today.title')} /><p class="hint">{t('empty.share', { share: percent(today.share) })}</p></>}
    </>
  );
}

// Nothing to list: why, and what can be done. No picture.
export function Empty() {
  const words = searchText.value.trim();
  const today = counts.value?.today;
  if (words) return <div class="empty" role="status">{searchFailed.value ? <p>{t('error.unreachable')}</p> : found.value && <p>{t('empty.found', { words })}</p>}</div>;
  if (view.value === 'closed') return <div class="empty"><p>{t('empty.closed')}</p></div>;
  if (view.value === 'mine') return <div class="empty"><p>{t('empty.mine')}</p></div>;
  return <div class="empty">{today && today.total > 0 ? <Done today={today} /> : view.value === 'all' ? <FirstSteps /> : <h2>{t('empty.answered')}</h2>}</div>;
}
