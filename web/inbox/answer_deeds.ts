import { send } from '../shared/api';
import { t } from '../shared/i18n';
import { go } from '../shared/router';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { Suggestion } from '../shared/types';
import { changeTalk, talkOf } from './talks';

// Away at once; refused by the server it comes back.
export async function wrongHere(ticket: string, wrong: Suggestion): Promise<void> {
  const before = talkOf(ticket).peek().suggestions;
  changeTalk(ticket, { suggestions: before.filter((answer) => answer !== wrong) });
  try {
    await send('POST', `/tickets/${ticket}/wrong-answers`, { kind: wrong.kind, id: wrong.id });
    tell(t('answers.wrong_done'));
  } catch (error) {
    changeTalk(ticket, { suggestions: before });
    tellWrong(explain(error));
  }
}

let saving = false;

// An article drafted from this reply, for its writer to look over in the editor.
export async function saveAsArticle(reply: string): Promise<void> {
  if (saving) return;
  saving = true;
  try {
    const { id, to_check } = await send<{ id: string; to_check: string[] }>('POST', `/messages/${reply}/article`);
    tell(to_check.length ? t('answers.saved_to_check', { n: to_check.length }) : t('answers.saved'));
    go(`/articles/${id}`);
  } catch (error) {
    tellWrong(explain(error));
  } finally {
    saving = false;
  }
}
