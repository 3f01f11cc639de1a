import { useState } from 'preact/hooks';
import { Field } from '../dialogs/form';
import { send } from '../shared/api';
import { t } from '../shared/i18n';
import { mayActAs } from '../shared/session';
import { tell } from '../shared/toasts';
import type { List, SavedReply } from '../shared/types';
import { Edit } from './edit';
import { attempt, Loading, PageHead, useRead } from './parts';

function EditReply({ reply, onDone }: { reply: SavedReply | null; onDone: (changed: boolean) => void }) {
  return (
    <Edit title={t(reply ? 'saved.edit' : 'saved.add')} list="/saved-replies" id={reply?.id} read={(form) => ({ title: form.get('title'), text: form.get('text') })} onDone={() => onDone(true)} onCancel={() => onDone(false)}>
      {(problem) => (
        <>
          <Field label={t('saved.title')} name="title" required autofocus value={reply?.title ?? ''} problem={problem} />
          <Field label={t('saved.text')} name="text" required rows={8} value={reply?.text ?? ''} hint={t('saved.text_hint', { first_name: '{first_name}', link: '{link}' })} problem={problem} />
        </>
      )}
    </Edit>
  );
}

export function SavedReplies() {
  const { data, failed, again } = useRead<List<SavedReply>>('/saved-replies');
  const [editing, setEditing] = useState<SavedReply | 'new' | null>(null);
  const may = mayActAs('manager');
  const done = (changed: boolean): void => { setEditing(null); if (changed) again(); };
  const remove = async (reply: SavedReply): Promise<void> => {
    if (!(await attempt(() => send('DELETE', `/saved-replies/${reply.id}`)))) return;
    again();
    tell(t('saved.removed', { title: reply.title }), { undo: () => void attempt(() => send('POST', '/saved-replies', { title: reply.title, text: reply.text })).then(again) });
  };
  return (
    <>
      <PageHead title={t('settings.saved')} about={t(may ? 'saved.about' : 'saved.about_agent')}>{may && <button class="button primary" type="button" onClick={() => setEditing('new')}>{t('saved.add')}</button>}</PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <ul class="card flush things">
          {data.items.map((reply) => (
            <li key={reply.id}>
              <span class="about" lang=""><strong>{reply.title}</strong><small>{reply.text.slice(0, 160)}</small></span>
              {may && <button class="button" type="button" aria-label={t('saved.edit_one', { title: reply.title })} onClick={() => setEditing(reply)}>{t('do.edit')}</button>}
              {may && <button class="button" type="button" aria-label={t('saved.remove_one', { title: reply.title })} onClick={() => void remove(reply)}>{t('do.remove')}</button>}
            </li>
          ))}
          {data.items.length === 0 && <li><span class="about">{t('saved.none')}</span></li>}
        </ul>
      )}
      {editing && <EditReply reply={editing === 'new' ? null : editing} onDone={done} />}
    </>
  );
}
