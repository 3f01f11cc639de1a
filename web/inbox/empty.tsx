import { send } from '../shared/api';
import { t } from '../shared/i18n';
import { me, mayActAs } from '../shared/session';
import { duration, percent } from '../shared/time';
import { tell, tellWrong } from '../shared/toasts';
import type { Counts } from '../shared/types';
import { explain } from './actions';
import { found, searchFailed, searchText } from './search';
import { loadPage, view, type Page } from './tickets';

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

function FirstSteps() {
  return (
    <div class="first-steps">
      <h2>{t('empty.first_run')}</h2>
      <ol>
        {mayActAs('admin') && <li><a href="/settings/mailboxes">{t('empty.step_mailbox')}</a></li>}
        {mayActAs('admin') && <li><a href="/settings/people">{t('empty.step_people')}</a></li>}
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
export function Empty({ page, searching, counts }: { page: Page; searching: boolean; counts: Counts | null }) {
  if (searching) {
    if (searchFailed.value) return <div class="empty" role="status"><p>{t('error.unreachable')}</p></div>;
    return <div class="empty" role="status">{found.value && <p>{t('empty.found', { words: searchText.value.trim() })}</p>}</div>;
  }
  if (page.failed) {
    return <div class="empty" role="status"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={() => void loadPage(view.peek())}>{t('do.retry')}</button></div>;
  }
  if (!page.loaded) return <div class="hairline" role="status" aria-label={t('list.loading')} />;
  if (view.value === 'closed') return <div class="empty"><p>{t('empty.closed')}</p></div>;
  if (view.value === 'mine') return <div class="empty"><p>{t('empty.mine')}</p></div>;
  return <div class="empty">{counts && counts.today.total > 0 ? <Done today={counts.today} /> : view.value === 'all' ? <FirstSteps /> : <h2>{t('empty.answered')}</h2>}</div>;
}
