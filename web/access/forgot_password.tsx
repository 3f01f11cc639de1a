import { useState } from 'preact/hooks';
import { send } from '../shared/api';
import { Field } from '../dialogs/form';
import { t } from '../shared/i18n';

// The answer is the same for every address: nobody learns here who works at this desk.
export function ForgotPassword() {
  const [state, setState] = useState<'asking' | 'sent' | 'failed'>('asking');
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setState(await send('POST', '/password-resets', { email: String(form.get('email')).trim() }).then(() => 'sent' as const, () => 'failed' as const));
  };
  return (
    <>
      <h1>{t('access.forgot')}</h1>
      {state === 'sent' ? <p role="status">{t('access.link_sent')}</p> : (
        <form class="form" onSubmit={(event) => void onSubmit(event)}>
          <Field label={t('field.email')} name="email" type="email" required autofocus autocomplete="username" />
          {state === 'failed' && <p class="wrong" role="alert">{t('error.unreachable')}</p>}
          <button class="button primary" type="submit">{t('access.send_link')}</button>
        </form>
      )}
      <p class="door-foot"><a href="/signin">{t('access.back')}</a></p>
    </>
  );
}
