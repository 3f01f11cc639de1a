import { useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { setSingleKeys, singleKeys } from '../shared/commands';
import { Field, FormError } from '../dialogs/form';
import { chooseLanguage, language, languages, t } from '../shared/i18n';
import { signOut } from '../shared/nav';
import { mayActAs, me } from '../shared/session';
import { chooseTheme, theme, type Theme } from '../shared/theme';
import { tell } from '../shared/toasts';
import type { DigestChoice } from '../shared/types';
import { attempt, Loading, PageHead, useRead } from './parts';

const themes: Theme[] = ['system', 'light', 'dark'];

function Look() {
  return (
    <section class="card form" aria-labelledby="look">
      <h3 id="look">{t('you.look')}</h3>
      <div class="segmented" role="radiogroup" aria-label={t('you.theme')}>
        {themes.map((one) => <label key={one}><input type="radio" name="theme" checked={theme.value === one} onChange={() => chooseTheme(one)} /><span>{t(`theme.${one}`)}</span></label>)}
      </div>
      <label class="field"><span>{t('you.language')}</span>
        <select value={language.value} onChange={(event) => void chooseLanguage(event.currentTarget.value)}>
          {Object.entries(languages).map(([id, name]) => <option key={id} value={id} lang={id}>{name}</option>)}
        </select>
      </label>
      <label class="switch"><input type="checkbox" checked={singleKeys.value} onChange={(event) => setSingleKeys(event.currentTarget.checked)} /><span>{t('you.single_keys')}</span></label>
    </section>
  );
}

function Password() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    try {
      await send('PUT', '/session/password', { current: given.get('current'), new: given.get('new') });
      form.reset();
      setProblem(null);
      tell(t('you.password_changed'));
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <form class="card form" aria-labelledby="password" onSubmit={(event) => void onSubmit(event)}>
      <h3 id="password">{t('you.password')}</h3>
      <div class="two">
        {/* Tells a password manager whose password it is. */}
        <input type="text" name="username" autocomplete="username" value={me()?.email} readOnly hidden />
        <Field label={t('field.current_password')} name="current" type="password" required autocomplete="current-password" problem={problem} />
        <Field label={t('field.new_password')} name="new" type="password" required autocomplete="new-password" min={10} hint={t('field.password_hint', { n: 10 })} problem={problem} />
      </div>
      <FormError problem={problem} />
      <div class="form-foot"><span class="hint grow">{t('you.password_hint')}</span><button class="button" type="submit">{t('you.change_password')}</button></div>
    </form>
  );
}

// Managers get last week's figures by mail, in the zone and language in which they last said so.
function Digest() {
  const { data, failed, again, set } = useRead<DigestChoice>('/session/digest');
  const choose = async (wanted: boolean): Promise<void> => {
    const choice: DigestChoice = { wanted, zone: Intl.DateTimeFormat().resolvedOptions().timeZone || '', language: language.peek() };
    if (!await attempt(() => send('PUT', '/session/digest', choice))) return;
    set(() => choice);
    tell(t('do.saved'));
  };
  return (
    <section class="card form" aria-labelledby="digest">
      <h3 id="digest">{t('you.digest')}</h3>
      {data ? <label class="switch"><input type="checkbox" checked={data.wanted} onChange={(event) => void choose(event.currentTarget.checked)} /><span>{t('you.digest_wanted')}</span></label> : <Loading failed={failed} again={again} />}
      <p class="hint">{t('you.digest_about')}</p>
    </section>
  );
}

export function You() {
  const agent = me()!;
  return (
    <>
      <PageHead title={t('settings.you')} about={`${agent.name} · ${agent.email} · ${t(`role.${agent.role}`)}`}><button class="button" type="button" onClick={() => void signOut()}>{t('nav.sign_out')}</button></PageHead>
      <Look />
      {mayActAs('manager') && <Digest />}
      <Password />
    </>
  );
}
