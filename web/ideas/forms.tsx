import { useState } from 'preact/hooks';
import { Field, FormError } from '../dialogs/form';
import type { Problem } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t, type TextKey } from '../shared/i18n';
import type { IdeaDetail, IdeaState } from '../shared/types';
import type { ComponentChildren } from 'preact';
import { add, answer, asProblem, edit, moveTo, stateName } from './deeds';
import { states } from './wish';

// A form over the page: says what the server minds, and closes when it is done.
function Form({ title, button, onClose, save, children }: {
  title: string; button: string; onClose: () => void; save: (form: FormData) => Promise<unknown>; children: (problem: Problem | null) => ComponentChildren;
}) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    save(new FormData(event.currentTarget as HTMLFormElement)).then(onClose, (error: unknown) => { setProblem(asProblem(error)); setBusy(false); });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        {children(problem)}
        <FormError problem={problem} />
        <div class="form-foot"><button class="button" type="button" onClick={onClose}>{t('do.cancel')}</button><button class="button primary" type="submit" aria-disabled={busy}>{button}</button></div>
      </form>
    </Dialog>
  );
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

// Who will be told, before it is said.
function Tell({ idea }: { idea: IdeaDetail }) {
  const most = idea.would_tell >= 10_000;
  return (
    <label class="check"><input type="checkbox" name="tell" defaultChecked />
      <span>{t(most ? 'ideas.tell_many' : 'ideas.tell', { n: idea.would_tell })}</span></label>
  );
}

export function MoveForm({ idea, onClose }: { idea: IdeaDetail; onClose: () => void }) {
  return (
    <Form title={t('ideas.move')} button={t('ideas.move')} onClose={onClose}
      save={(form) => moveTo(idea, text(form, 'state') as IdeaState, text(form, 'reason'), form.get('tell') === 'on')}>
      {(problem) => (
        <>
          <fieldset class="segmented wrap"><legend class="visually-hidden">{t('ideas.state')}</legend>
            {states.map((state) => <label key={state}><input type="radio" name="state" value={state} defaultChecked={state === idea.state} autofocus={state === idea.state} /><span>{stateName(state)}</span></label>)}
          </fieldset>
          <Field label={t('ideas.reason')} name="reason" rows={4} value={idea.reason} hint={t('ideas.reason_hint')} problem={problem} />
          <Tell idea={idea} />
        </>
      )}
    </Form>
  );
}

export function AnswerForm({ idea, onClose }: { idea: IdeaDetail; onClose: () => void }) {
  return (
    <Form title={t('ideas.answer')} button={t('do.save')} onClose={onClose} save={(form) => answer(idea, text(form, 'text'), form.get('tell') === 'on')}>
      {(problem) => (
        <>
          <Field label={t('ideas.answer')} name="text" rows={8} value={idea.answer} autofocus hint={t('ideas.answer_hint')} problem={problem} />
          <Tell idea={idea} />
        </>
      )}
    </Form>
  );
}

function Words({ idea, problem }: { idea: IdeaDetail | null; problem: Problem | null }) {
  return (
    <>
      <Field label={t('ideas.field_title')} name="title" required autofocus value={idea?.title ?? ''} problem={problem} />
      <Field label={t('ideas.field_text')} name="text" rows={6} value={idea?.text ?? ''} problem={problem} />
    </>
  );
}

export function WordsForm({ idea, onClose, onAdded }: { idea: IdeaDetail | null; onClose: () => void; onAdded: (idea: IdeaDetail) => void }) {
  const title: TextKey = idea ? 'ideas.edit' : 'ideas.add';
  return (
    <Form title={t(title)} button={t(idea ? 'do.save' : 'ideas.add')} onClose={onClose}
      save={(form) => (idea ? edit(idea, text(form, 'title'), text(form, 'text')) : add(text(form, 'title'), text(form, 'text')).then(onAdded))}>
      {(problem) => <Words idea={idea} problem={problem} />}
    </Form>
  );
}
