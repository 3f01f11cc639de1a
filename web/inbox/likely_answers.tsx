import { signal } from '@preact/signals';
import { keyOf } from '../shared/commands';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import type { Ticket } from '../shared/types';
import { act, AnswersPanel } from './later';
import { talkOf } from './talks';

export const answersOpen = signal(false);

// What may answer this ticket; 1, 2 and 3 put its link into the reply. None found: nothing is shown.
export function LikelyAnswers({ ticket }: { ticket: Ticket }) {
  const { suggestions } = talkOf(ticket.id).value;
  if (!suggestions.length || ticket.state === 'closed') return null;
  const open = answersOpen.value;
  return (
    <>
      {open && <AnswersPanel ticket={ticket} />}
      <div class="likely-answers" role="group" aria-label={t('likely.title')}>
        <button class="link" type="button" aria-expanded={open} title={`${t('likely.details')} (${keyOf('answers')})`} onClick={() => { answersOpen.value = !open; }}>{t('likely.title')}</button>
        {suggestions.map((answer, index) => (
          <button key={answer.kind + answer.id} class="pill" type="button" title={`${t('likely.insert')} (${index + 1})`} onClick={() => act(({ insertAnswer }) => insertAnswer(ticket.id, answer))}><Icon name={answer.kind === 'idea' ? 'bolt' : 'book'} size={16} /><span lang={answer.locale}>{answer.title}</span><kbd aria-hidden="true">{index + 1}</kbd></button>
        ))}
      </div>
    </>
  );
}
