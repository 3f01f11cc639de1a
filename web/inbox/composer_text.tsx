import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../shared/i18n';
import { isComposing } from '../shared/key_rules';
import { draftOf, write } from './drafts';
import { composerId } from './focus';
import { act } from './later';
import { focusRow } from './selection';

// The native textarea: input methods, undo and screen readers know it. It grows with the text.
export function ComposerText({ ticket, onRef }: { ticket: string; onRef: (box: HTMLTextAreaElement | null) => void }) {
  const draft = draftOf(ticket).value;
  const box = useRef<HTMLTextAreaElement | null>(null);
  useEffect(() => onRef(box.current), []);
  useLayoutEffect(() => {
    const el = box.current!;
    if (el.value !== draft.text) el.value = draft.text;
    const fit = (): void => {
      el.style.height = '';
      if (el.value) el.style.height = `${el.scrollHeight}px`;
    };
    fit();
    const later = requestAnimationFrame(fit);
    return () => cancelAnimationFrame(later);
  }, [draft.text]);
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.key !== 'Escape') return;
    focusRow(ticket);
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    act(({ attach }) => attach(ticket, files));
  };
  return (
    <textarea ref={box} id={composerId} rows={3} lang="" dir="auto" aria-label={t(draft.kind === 'note' ? 'composer.note' : 'composer.reply')} placeholder={t(draft.kind === 'note' ? 'composer.note_hint' : 'composer.hint')}
      aria-autocomplete="list" onInput={(event) => write(ticket, { text: event.currentTarget.value })} onKeyDown={onKey} onPaste={onPaste} />
  );
}
