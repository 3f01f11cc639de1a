import { useState } from 'preact/hooks';
import { get } from '../shared/api';
import { languages, t } from '../shared/i18n';
import { openDialog, taught } from '../shared/open_dialogs';
import { explain, tellWrong } from '../shared/toasts';
import type { Suggestion, Ticket, Why } from '../shared/types';
import { wrongHere } from './answer_deeds';
import { act, Markdown } from './later';
import { talkOf } from './talks';

// Our preview knows no headings: a reply has none.
const withoutHeadings = (body: string): string => body.replace(/^#{1,6}[ \t]+(.+)$/gm, '**$1**\n');
const primary = (locale: string): string => locale.split('-')[0]!;

function WhyIt({ why }: { why: Why }) {
  return (
    <p class="hint">
      {why.words.length > 0 && <>{t('answers.words')} {why.words.map((word) => <span key={word} class="chip" lang="">{word}</span>)} </>}
      {why.tickets.length > 0 && <>{t('answers.tickets')} {why.tickets.map(({ id, number, subject }) => <a key={id} href={`/t/${number}`} title={subject}>#{number}</a>)}</>}
    </p>
  );
}

function Answer({ ticket, answer, nth }: { ticket: Ticket; answer: Suggestion; nth: number }) {
  const [text, setText] = useState<string | null>(null);
  const { language } = talkOf(ticket.id).value;
  const read = (): void => {
    if (text !== null) setText(null);
    else get<{ body: string }>(`/articles/${answer.id}`).then(({ body }) => setText(withoutHeadings(body)), (error: unknown) => tellWrong(explain(error)));
  };
  const isArticle = answer.kind === 'article';
  return (
    <li>
      <h3><kbd>{nth}</kbd> <a href={answer.url} target="_blank" rel="noopener" lang={answer.locale}>{answer.title}</a>
        {!isArticle && <span class="chip accent">{t('answers.idea')}</span>}
        {language && answer.locale && primary(answer.locale) !== primary(language) && <span class="chip">{languages[answer.locale] ?? answer.locale}</span>}
      </h3>
      {answer.why && <WhyIt why={answer.why} />}
      <p class="links">
        <button class="link" type="button" onClick={() => act(({ insertAnswer }) => insertAnswer(ticket.id, answer))}>{t('answers.insert')}</button>
        {isArticle && <button class="link" type="button" aria-expanded={text !== null} onClick={read}>{t('answers.read')}</button>}
        <button class="link" type="button" onClick={() => void wrongHere(ticket.id, answer)}>{t('answers.wrong')}</button>
        {isArticle && <button class="link" type="button" onClick={() => { taught.value = answer; openDialog.value = 'taught'; }}>{t('answers.taught')}</button>}
      </p>
      {text !== null && <div class="peek prose" role="region" tabIndex={0} aria-label={answer.title} lang={answer.locale}><Markdown text={text} /></div>}
    </li>
  );
}

// The likely answers with their reasons: read before one is put in, taken away where they are wrong.
export function AnswersPanel({ ticket }: { ticket: Ticket }) {
  const { suggestions } = talkOf(ticket.id).value;
  return (
    <section class="answers-panel" aria-label={t('answers.title')}>
      <ol>{suggestions.map((answer, index) => <Answer key={answer.kind + answer.id} ticket={ticket} answer={answer} nth={index + 1} />)}</ol>
    </section>
  );
}
