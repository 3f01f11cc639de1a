import { useEffect, useState } from 'preact/hooks';
import english from '../locales/en.json?why';
import looks from '../styles/screens/why.css?inline';
import { get } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { addEnglish, t } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { closeDialog } from '../shared/open_dialogs';
import { explain, tellWrong } from '../shared/toasts';
import type { List, Ticket, WaitStory } from '../shared/types';
import { beginning, end, exact, isLate, stretches } from './why_words';

addEnglish(english);
addLooks(looks);

function Story({ wait }: { wait: WaitStory }) {
  const counted = stretches(wait);
  const tone = wait.n === null ? '' : isLate(wait) ? 'late' : 'ok';
  const span = exact(wait.business_us), target = exact(wait.target_us);
  return (
    <section class="why">
      <h3>{t(wait.first ? 'why.first' : 'why.next')} <span class={`chip ${tone}`}>{wait.n === null ? t('why.void') : t('why.of', { span, target })}</span></h3>
      {beginning(wait).map((line) => <p key={line}>{line}</p>)}
      {counted.length > 0 && <ul>{counted.map((line) => <li key={line}>{line}</li>)}</ul>}
      {end(wait).map((line) => <p key={line}>{line}</p>)}
    </section>
  );
}

// Why each of the ticket's waits counts as it does, in plain words.
export function WhyWaits({ ticket }: { ticket: Ticket }) {
  const [waits, setWaits] = useState<WaitStory[] | null>(null);
  useEffect(() => {
    get<List<WaitStory>>(`/tickets/${ticket.id}/waits`).then(({ items }) => setWaits(items), (error: unknown) => { closeDialog(); tellWrong(explain(error)); });
  }, [ticket.id]);
  return (
    <Dialog title={t('why.title')} onClose={closeDialog}>
      {!waits && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {waits?.length === 0 && <p class="hint">{t('why.none')}</p>}
      {waits?.map((wait) => <Story key={wait.started_by} wait={wait} />)}
    </Dialog>
  );
}
