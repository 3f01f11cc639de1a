import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { isDark } from '../shared/theme';

// A stranger's HTML: its own document under its own policy (scripts and outside requests refused by the server's header), in
// a sandbox without scripts. Same origin only so that its height can be read and keys pressed in it reach the page.
export function MailBody({ message, from, onHeight }: { message: string; from: string; onHeight: () => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [original, setOriginal] = useState(false);
  const dark = isDark.value && !original;
  const watching = useRef<ResizeObserver | null>(null);
  useEffect(() => () => watching.current?.disconnect(), []);

  const fit = (): void => {
    const page = frame.current?.contentDocument;
    if (!frame.current || !page?.body) return;
    const height = Math.ceil(Math.max(page.body.getBoundingClientRect().bottom, page.body.scrollHeight));
    frame.current.style.height = `${Math.min(20000, Math.max(24, height))}px`;
    onHeight();
  };
  const onLoad = (): void => {
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    watching.current?.disconnect();
    watching.current = new ResizeObserver(fit);
    watching.current.observe(page.body);
    page.addEventListener('keydown', (event) => {
      const again = new KeyboardEvent('keydown', { key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey, bubbles: true, cancelable: true });
      if (!frame.current?.dispatchEvent(again)) event.preventDefault();
    });
    fit();
  };
  return (
    <div class={`mail-body ${original && isDark.value ? 'on-white' : ''}`}>
      <iframe ref={frame} title={t('message.from', { name: from })} sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" loading="lazy"
        src={`/api/v1/messages/${message}/body${dark ? '?theme=dark' : ''}`} onLoad={onLoad} />
      {isDark.value && <button class="link hint" type="button" aria-pressed={original} onClick={() => setOriginal(!original)}>{t('message.original_colours')}</button>}
    </div>
  );
}
