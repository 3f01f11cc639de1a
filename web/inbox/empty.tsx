import english from '../locales/en.json?empty';
import { useEffect, useState } from 'preact/hooks';
import { get, send } from '../shared/api';
import { counts } from '../shared/counts';
import { addEnglish, t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { me, mayActAs } from '../shared/session';
import { duration, percent } from '../shared/time';
import { tell, tellWrong } from '../shared/toasts';
import type { Agent, Counts, List, Mailbox } from '../shared/types';
import type { View } from './order';
import type { Page } from './tickets';

addEnglish(english);

type Explain = (error: unknown) => string;

async function writeTestTicket(explain: Explain): Promise<void> {
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
function FirstSteps({ explain }: { explain: Explain }) {
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
        <li><button class="link" type="button" onClick={() => void writeTestTicket(explain)}>{t('empty.step_test')}</button></li>
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
export default function Empty({ view, page, words, found, searchFailed, again, explain }: {
  view: View; page: Page; words: string | null; found: boolean; searchFailed: boolean; again: () => void; explain: Explain;
}) {
  const today = counts.value?.today;
  if (words !== null) {
    if (searchFailed) return <div class="empty" role="status"><p>{t('error.unreachable')}</p></div>;
    return <div class="empty" role="status">{found && <p>{t('empty.found', { words })}</p>}</div>;
  }
  if (page.failed) {
    return <div class="empty" role="status"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={again}>{t('do.retry')}</button></div>;
  }
  if (!page.loaded) return <div class="hairline" role="status" aria-label={t('list.loading')} />;
  if (view === 'closed') return <div class="empty"><p>{t('empty.closed')}</p></div>;
  if (view === 'mine') return <div class="empty"><p>{t('empty.mine')}</p></div>;
  return <div class="empty">{today && today.total > 0 ? <Done today={today} /> : view === 'all' ? <FirstSteps explain={explain} /> : <h2>{t('empty.answered')}</h2>}</div>;
}
