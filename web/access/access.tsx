import english from '../locales/en.json?access,field';
import looks from '../styles/screens/access.css?inline';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { addEnglish } from '../shared/i18n';
import { Mark } from '../shared/icon';
import { addLooks } from '../shared/lazy';
import { go, place } from '../shared/router';
import { session } from '../shared/session';
import { ForgotPassword } from './forgot_password';
import { NewPassword } from './new_password';
import { SignIn } from './sign_in';

addEnglish(english);
addLooks(looks);

export function Door({ children }: { children: ComponentChildren }) {
  return (
    <main class="door">
      <section class="door-box">
        <div class="brand"><Mark />{session.value?.desk.name ?? 'Fifteen'}</div>
        {children}
      </section>
    </main>
  );
}

// The doors in: signing in, an invitation, a forgotten password. After signing in the page that was asked for opens.
export default function Access() {
  const [area, token] = place.value.parts;
  const signedIn = session.value !== null;
  useEffect(() => { if (signedIn && area === 'signin') go('/', 'replace'); }, [signedIn, area]);
  if ((area === 'welcome' || area === 'reset') && token) return <Door><NewPassword token={token} /></Door>;
  if (area === 'reset' || place.value.params.has('forgot')) return <Door><ForgotPassword /></Door>;
  return signedIn ? null : <Door><SignIn /></Door>;
}
