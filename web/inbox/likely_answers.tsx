import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import type { Ticket } from '../shared/types';
import { act } from './later';
import { talkOf } from './talks';

// Articles that may answer this ticket; 1, 2 and 3 put their link into the reply. None found: nothing is shown.
export function LikelyAnswers({ ticket }: { ticket: Ticket }) {
  const { suggestions } = talkOf(ticket.id).value;
  if (!suggestions.length || ticket.state === 'closed') return null;
  return (
    <div class="likely-answers" role="group" aria-label={t('likely.title')}>
      <p aria-hidden="true">{t('likely.title')}</p>
      {suggestions.map((answer, index) => (
        <button key={answer.id} class="pill" type="button" title={`${t('likely.insert')} (${index + 1})`} onClick={() => act(({ insertAnswer }) => insertAnswer(ticket.id, answer))}><Icon name="book" size={16} /><span lang="">{answer.title}</span></button>
      ))}
    </div>
  );
}
