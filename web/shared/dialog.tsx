import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { openDialogs } from './commands';
import { t } from './i18n';
import { Icon } from './icon';

// The browser's own modal: it keeps the focus inside, gives it back on closing and closes on Esc.
export function Dialog({ title, onClose, children, kind = 'box', bare = false }: {
  title: string; onClose: () => void; children: ComponentChildren; kind?: 'box' | 'list' | 'sheet'; bare?: boolean;
}) {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = box.current!;
    const before = document.activeElement;
    dialog.showModal();
    openDialogs.value++;
    return () => {
      openDialogs.value--;
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <dialog ref={box} class={`dialog ${kind}`} aria-label={title}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === box.current) onClose(); }}>
      <div class="dialog-body">
        {!bare && (
          <header class="dialog-head">
            <h2>{title}</h2>
            <button class="square" type="button" aria-label={t('do.close_dialog')} onClick={onClose}><Icon name="close" /></button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
