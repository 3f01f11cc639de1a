import { useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { mayNotify } from '../shared/notices';

// Asks the browser's leave, on the person's own press alone; `always` also says how it stands.
export function NotifyMe({ always = false }: { always?: boolean }) {
  const [state, setState] = useState(mayNotify());
  if (state === 'default') return <p><button class="button" type="button" onClick={() => void Notification.requestPermission().then(setState)}>{t('notices.ask')}</button></p>;
  return always ? <p class="hint">{t(`notices.${state}`)}</p> : null;
}
