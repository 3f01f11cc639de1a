import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { FormError } from '../dialogs/form';
import { Problem, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { tell } from '../shared/toasts';

interface Editing<T> {
  title: string;
  list: string; // where such things are: '/webhooks'
  id: string | undefined; // none: a new one
  canRemove?: boolean;
  read: (form: FormData) => object;
  onDone: (saved?: T) => void; // saved, or removed
  onCancel: () => void;
  children: (problem: Problem | null) => ComponentChildren;
}

// One thing of a list: made, changed, removed. What is wrong is said beside its field.
export function Edit<T>({ title, list, id, canRemove = false, read, onDone, onCancel, children }: Editing<T>) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const attemptTo = async (work: () => Promise<T>): Promise<void> => {
    try {
      const saved = await work();
      tell(t('do.saved'));
      onDone(saved);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const body = read(new FormData(event.currentTarget as HTMLFormElement));
    void attemptTo(() => (id ? send<T>('PATCH', `${list}/${id}`, body) : send<T>('POST', list, body)));
  };
  return (
    <Dialog title={title} onClose={onCancel}>
      <form class="form" onSubmit={onSubmit}>
        {children(problem)}
        <FormError problem={problem} />
        <div class="form-foot">
          {id && canRemove && <button class="button" type="button" onClick={() => void attemptTo(() => send<T>('DELETE', `${list}/${id}`))}>{t('do.remove')}</button>}
          <span class="grow" />
          <button class="button" type="button" onClick={onCancel}>{t('do.cancel')}</button>
          <button class="button primary" type="submit">{t('do.save')}</button>
        </div>
      </form>
    </Dialog>
  );
}

// Shown to who made it, once.
export function SecretOnce({ title, about, secret, onClose }: { title: string; about: string; secret: string; onClose: () => void }) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{about}</p>
      <p class="invite"><input readOnly value={secret} aria-label={title} onFocus={(event) => event.currentTarget.select()} /></p>
    </Dialog>
  );
}
