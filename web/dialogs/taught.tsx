import { useEffect, useState } from 'preact/hooks';
import english from '../locales/en.json?taught';
import looks from '../styles/screens/taught.css?inline';
import { get, query, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { addEnglish, t } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { closeDialog, taught } from '../shared/open_dialogs';
import { messageTime } from '../shared/time';
import { explain, tellWrong } from '../shared/toasts';
import type { Lesson, List } from '../shared/types';

addEnglish(english);
addLooks(looks);

function Taught({ lesson, onTurn }: { lesson: Lesson; onTurn: () => void }) {
  const gone = lesson.taken_back_at !== null;
  return (
    <li>
      <p>
        <small>{t(`taught.${lesson.source}`)} · {messageTime(lesson.given_at)}{lesson.ticket && <> · <a href={`/t/${lesson.ticket}`} onClick={closeDialog}>#{lesson.ticket}</a></>}{!gone && !lesson.counts && <> · {t('taught.counts_no_more')}</>}</small>
        <span class={gone || !lesson.counts ? 'gone' : ''} lang="">{lesson.question}</span>
      </p>
      <button class="button" type="button" onClick={onTurn}>{t(gone ? 'taught.give' : 'taught.take_back')}</button>
    </li>
  );
}

// The questions by which an article was taught what it answers, and the way to put that right.
export function TaughtLessons() {
  const article = taught.value!;
  const [lessons, setLessons] = useState<Lesson[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const read = (cursor: string | null): void => {
    get<List<Lesson>>(`/articles/${article.id}/lessons${query({ cursor })}`).then((page) => {
      setLessons((before) => [...(cursor ? before ?? [] : []), ...page.items]);
      setNext(page.next);
    }, (error: unknown) => { closeDialog(); tellWrong(explain(error)); });
  };
  useEffect(() => read(null), [article.id]);
  // At once; refused by the server it is as it was.
  const turn = (lesson: Lesson): void => {
    const put = (changed: Lesson): void => setLessons((all) => all!.map((one) => (one.id === changed.id ? changed : one)));
    const gone = lesson.taken_back_at !== null;
    put({ ...lesson, taken_back_at: gone ? null : new Date().toISOString(), counts: gone });
    send(gone ? 'DELETE' : 'PUT', `/lessons/${lesson.id}/withdrawal`).catch((error: unknown) => { put(lesson); tellWrong(explain(error)); });
  };
  return (
    <Dialog title={t('taught.title', { title: article.title })} onClose={closeDialog}>
      {!lessons && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {lessons?.length === 0 && <p class="hint">{t('taught.none')}</p>}
      {lessons && lessons.length > 0 && <p class="hint">{t('taught.about')}</p>}
      <ol class="taught">{lessons?.map((lesson) => <Taught key={lesson.id} lesson={lesson} onTurn={() => turn(lesson)} />)}</ol>
      {next && <button class="button" type="button" onClick={() => read(next)}>{t('taught.more')}</button>}
    </Dialog>
  );
}
