import { useEffect, useState } from 'preact/hooks';
import { get, Problem, send } from '../shared/api';
import { Field, FormError } from '../dialogs/form';
import { t } from '../shared/i18n';
import { go } from '../shared/router';
import { signIn } from './sign_in';

interface Invitation { email: string; name: string; kind: 'invite' | 'reset' }
export const shortestPassword = 10;

// An invitation or a reset link: choose a password and be signed in.
export function NewPassword({ token }: { token: string }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = `/password-resets/${encodeURIComponent(token)}`;
  useEffect(() => {
    get<Invitation>(path).then(setInvitation, (error: unknown) => setProblem(error instanceof Problem ? error : new Problem(0, '')));
  }, [token]);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget as HTMLFormElement).get('password'));
    try {
      await send('PUT', path, { password });
      await signIn(invitation!.email, password);
      go('/', 'replace');
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  if (!invitation) {
    if (!problem) return <div class="hairline" role="status" aria-label={t('list.loading')} />;
    return <><h1>{t('access.dead_link')}</h1><p>{problem.status === 0 ? t('error.unreachable') : t('access.dead_link_text')}</p><p class="door-foot"><a href="/signin?forgot">{t('access.send_link')}</a></p></>;
  }
  const invited = invitation.kind === 'invite';
  return (
    <>
      <h1>{invited ? t('access.welcome', { name: invitation.name }) : t('access.new_password')}</h1>
      <p>{t(invited ? 'access.welcome_text' : 'access.new_password_text', { email: invitation.email })}</p>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <input type="hidden" name="username" value={invitation.email} autocomplete="username" />
        <Field label={t('field.new_password')} name="password" type="password" required autofocus autocomplete="new-password" min={shortestPassword} hint={t('field.password_hint', { n: shortestPassword })} problem={problem} />
        <FormError problem={problem} />
        <button class="button primary" type="submit">{t(invited ? 'access.start' : 'access.save_password')}</button>
      </form>
    </>
  );
}
