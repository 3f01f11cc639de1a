import { useState } from 'preact/hooks';
import { Field } from '../dialogs/form';
import { t } from '../shared/i18n';
import { duration } from '../shared/time';
import type { List, Mailbox } from '../shared/types';
import { Edit } from './edit';
import { Loading, PageHead, useRead } from './parts';

function EditMailbox({ mailbox, onDone }: { mailbox: Mailbox | null; onDone: (changed: boolean) => void }) {
  const read = (form: FormData): object => ({
    address: String(form.get('address')).trim(), name: String(form.get('name')).trim(), target_seconds: Math.round(Number(form.get('target_seconds')) * 60),
    ask_rating: form.has('ask_rating'), suggest_articles: form.has('suggest_articles'),
  });
  return (
    <Edit title={t(mailbox ? 'mailboxes.edit' : 'mailboxes.add')} list="/mailboxes" id={mailbox?.id} read={read} onDone={() => onDone(true)} onCancel={() => onDone(false)}>
      {(problem) => (
        <>
          <Field label={t('mailboxes.address')} name="address" type="email" required autofocus value={mailbox?.address ?? ''} problem={problem} />
          <Field label={t('mailboxes.name')} name="name" required value={mailbox?.name ?? ''} hint={t('mailboxes.name_hint')} problem={problem} />
          <Field label={t('mailboxes.target')} name="target_seconds" type="number" required value={String((mailbox?.target_seconds ?? 900) / 60)} hint={t('mailboxes.target_hint')} problem={problem} />
          <label class="switch"><input type="checkbox" name="ask_rating" defaultChecked={mailbox?.ask_rating ?? true} /><span>{t('mailboxes.ask_rating')}</span></label>
          <label class="switch"><input type="checkbox" name="suggest_articles" defaultChecked={mailbox?.suggest_articles ?? true} /><span>{t('mailboxes.suggest_articles')}</span></label>
        </>
      )}
    </Edit>
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
      {editing && <EditMailbox mailbox={editing === 'new' ? null : editing} onDone={done} />}
    </>
  );
}
