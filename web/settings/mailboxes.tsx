import { useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { Field, FormError } from '../dialogs/form';
import { t } from '../shared/i18n';
import { duration } from '../shared/time';
import { tell } from '../shared/toasts';
import type { List, Mailbox } from '../shared/types';
import { Loading, PageHead, useRead } from './parts';

function Edit({ mailbox, onDone }: { mailbox: Mailbox | null; onDone: (changed: boolean) => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const body = { address: String(form.get('address')).trim(), name: String(form.get('name')).trim(), target_seconds: Math.round(Number(form.get('target_seconds')) * 60), ask_rating: form.has('ask_rating'), suggest_articles: form.has('suggest_articles') };
    try {
      await (mailbox ? send('PATCH', `/mailboxes/${mailbox.id}`, body) : send('POST', '/mailboxes', body));
      tell(t('do.saved'));
      onDone(true);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <Dialog title={t(mailbox ? 'mailboxes.edit' : 'mailboxes.add')} onClose={() => onDone(false)}>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <Field label={t('mailboxes.address')} name="address" type="email" required autofocus value={mailbox?.address ?? ''} problem={problem} />
        <Field label={t('mailboxes.name')} name="name" required value={mailbox?.name ?? ''} hint={t('mailboxes.name_hint')} problem={problem} />
        <Field label={t('mailboxes.target')} name="target_seconds" type="number" required value={String((mailbox?.target_seconds ?? 900) / 60)} hint={t('mailboxes.target_hint')} problem={problem} />
        <label class="switch"><input type="checkbox" name="ask_rating" defaultChecked={mailbox?.ask_rating ?? true} /><span>{t('mailboxes.ask_rating')}</span></label>
        <label class="switch"><input type="checkbox" name="suggest_articles" defaultChecked={mailbox?.suggest_articles ?? true} /><span>{t('mailboxes.suggest_articles')}</span></label>
        <FormError problem={problem} />
        <div class="form-foot"><button class="button" type="button" onClick={() => onDone(false)}>{t('do.cancel')}</button><button class="button primary" type="submit">{t('do.save')}</button></div>
      </form>
    </Dialog>
  );
}

export function Mailboxes() {
  const { data, failed, again } = useRead<List<Mailbox>>('/mailboxes');
  const [editing, setEditing] = useState<Mailbox | 'new' | null>(null);
  const done = (changed: boolean): void => { setEditing(null); if (changed) again(); };
  return (
    <>
      <PageHead title={t('settings.mailboxes')} about={t('mailboxes.about')}><button class="button primary" type="button" onClick={() => setEditing('new')}>{t('mailboxes.add')}</button></PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <ul class="card flush things">
          {data.items.map((mailbox) => (
            <li key={mailbox.id}>
              <span class="about"><strong>{mailbox.name}</strong><small>{mailbox.address}</small></span>
              <span class="chip">{t('mailboxes.within', { span: duration(mailbox.target_seconds) })}</span>
              <button class="button" type="button" aria-label={t('mailboxes.edit_one', { name: mailbox.name })} onClick={() => setEditing(mailbox)}>{t('do.edit')}</button>
            </li>
          ))}
          {data.items.length === 0 && <li><span class="about">{t('mailboxes.none')}</span></li>}
        </ul>
      )}
      {editing && <Edit mailbox={editing === 'new' ? null : editing} onDone={done} />}
    </>
  );
}
