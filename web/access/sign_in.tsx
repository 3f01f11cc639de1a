import { useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { learnServerTime } from '../shared/clock';
import { Field } from '../dialogs/form';
import { t } from '../shared/i18n';
import { session } from '../shared/session';
import { duration } from '../shared/time';
import { explain } from '../shared/toasts';
import type { Session } from '../shared/types';

export async function signIn(email: string, password: string): Promise<void> {
  const made = await send<Session>('POST', '/session', { email, password });
  learnServerTime(made.server_time);
  session.value = made;
}

function sentence(problem: Problem): string {
  if (problem.status === 401) return t('access.refused');
  if (problem.status === 429) return t('access.slow_down', { span: duration(problem.retryAfterSeconds || 60) });
  return explain(problem);
}

export function SignIn() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      await signIn(String(form.get('email')).trim(), String(form.get('password')));
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(500, t('error.unknown')));
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{t('access.sign_in')}</h1>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <Field label={t('field.email')} name="email" type="email" required autofocus autocomplete="username" />
        <Field label={t('field.password')} name="password" type="password" required autocomplete="current-password" />
        {problem && <p class="wrong" role="alert">{sentence(problem)}</p>}
        <button class="button primary" type="submit" disabled={busy}>{t('access.sign_in')}</button>
      </form>
      <p class="door-foot"><a href="/signin?forgot">{t('access.forgot')}</a></p>
    </>
  );
}
