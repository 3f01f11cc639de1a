import { useEffect, useRef, useState } from 'preact/hooks';
import { query } from '../shared/api';
import { t } from '../shared/i18n';
import { isDark } from '../shared/theme';
import type { Message } from '../shared/types';
import { showPictures, showsPictures } from './pictures';

// A stranger's HTML: its own document under its own policy (scripts and outside requests refused by the server's header), in
// a sandbox without scripts. Same origin only so that its height can be read and keys pressed in it reach the page.
export function MailBody({ message, onHeight }: { message: Message; onHeight: () => void }) {
  const { name, email } = message.author;
  const frame = useRef<HTMLIFrameElement>(null);
  const [original, setOriginal] = useState(false);
  const [page, setPage] = useState({ withheld: 0, isDark: false });
  const pictures = showsPictures(email);
  const watching = useRef<ResizeObserver | null>(null);
  useEffect(() => () => watching.current?.disconnect(), []);

  const fit = (): void => {
    const shown = frame.current?.contentDocument;
    if (!frame.current || !shown?.body) return;
    const height = Math.ceil(Math.max(shown.body.getBoundingClientRect().bottom, shown.body.scrollHeight));
    frame.current.style.height = `${Math.min(20000, Math.max(24, height))}px`;
    onHeight();
  };
  const onLoad = (): void => {
    const shown = frame.current?.contentDocument;
    if (!shown?.body) return;
    setPage({ withheld: Number(shown.body.dataset.withheldPictures), isDark: getComputedStyle(shown.documentElement).colorScheme === 'dark' });
    watching.current?.disconnect();
    watching.current = new ResizeObserver(fit);
    watching.current.observe(shown.body);
    shown.addEventListener('keydown', (event) => {
      const again = new KeyboardEvent('keydown', { key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey, bubbles: true, cancelable: true });
      if (!frame.current?.dispatchEvent(again)) event.preventDefault();
    });
    fit();
  };
  return (
    <div class={`mail-body ${original && isDark.value ? 'on-white' : ''}`}>
      {page.withheld > 0 && <p class="bar"><span>{t('message.pictures', { n: page.withheld })}</span><button class="link" type="button" onClick={() => showPictures(email, true)}>{t('message.show_pictures')}</button></p>}
      <iframe ref={frame} title={t('message.from', { name: name || email })} sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" loading="lazy"
        src={`/api/v1/messages/${message.id}/body${query({ theme: isDark.value && !original ? 'dark' : null, pictures: pictures ? 'all' : null })}`} onLoad={onLoad} />
      <p class="links">
        {isDark.value && (page.isDark || original) && <button class="link" type="button" aria-pressed={original} onClick={() => setOriginal(!original)}>{t('message.original_colours')}</button>}
        {pictures && <button class="link" type="button" onClick={() => showPictures(email, false)}>{t('message.hide_pictures')}</button>}
      </p>
    </div>
  );
}
