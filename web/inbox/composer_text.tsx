import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { isComposing } from '../shared/key_rules';
import { session } from '../shared/session';
import type { Ticket } from '../shared/types';
import { attach, draftOf, write } from './drafts';
import { composerId } from './focus';
import { focusRow } from './selection';
import { offerId, SnippetList } from './snippet_list';
import { offersFor, type Offer } from './snippets';
import { talkOf } from './talks';
import { fillIn, firstName, linkTo, replace, triggerAt, type Edit, type Trigger } from './text_edits';

export const carryOut = (ticket: string, box: HTMLTextAreaElement | null, edit: (now: Edit) => Edit): void => {
  if (!box) return;
  const done = edit({ text: box.value, from: box.selectionStart, to: box.selectionEnd });
  box.value = done.text;
  write(ticket, { text: done.text });
  box.focus();
  box.setSelectionRange(done.from, done.to);
};

const variables = (ticket: Ticket): Record<string, string> => {
  const link = talkOf(ticket.id).peek().suggestions[0]?.url;
  return { first_name: firstName(ticket.customer.name) || ticket.customer.email, link: link ?? `${session.peek()?.desk.public_url ?? ''}/help` };
};

// The native textarea: input methods, undo and screen readers know it. It grows with the text.
export function ComposerText({ ticket, onRef }: { ticket: Ticket; onRef: (box: HTMLTextAreaElement | null) => void }) {
  const draft = draftOf(ticket.id).value;
  const box = useRef<HTMLTextAreaElement | null>(null);
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const [current, setCurrent] = useState(0);
  const trigger = useRef<Trigger | null>(null);

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

  const look = (): void => {
    const el = box.current!;
    const found = el.selectionStart === el.selectionEnd ? triggerAt(el.value, el.selectionStart) : null;
    trigger.current = found;
    if (!found) { setOffers([]); return; }
    void offersFor(found).then((list) => {
      if (trigger.current?.from !== found.from || trigger.current.query !== found.query) return;
      setOffers(list);
      setCurrent(0);
    }).catch(() => setOffers([]));
  };
  const choose = (offer: Offer): void => {
    const found = trigger.current;
    if (!found) return;
    carryOut(ticket.id, box.current, (now) => {
      const at = now.from;
      if (offer.saved) return replace(now, found.from, at, fillIn(offer.saved.text, variables(ticket)));
      return linkTo({ text: now.text.slice(0, found.from) + now.text.slice(at), from: found.from, to: found.from }, offer.title, offer.article!.url);
    });
    setOffers([]);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (offers.length) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step) setCurrent((current + step + offers.length) % offers.length);
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') choose(offers[current]!);
      else if (event.key === 'Escape') setOffers([]);
      else return;
    } else if (event.key === 'Escape') focusRow(ticket.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    attach(ticket.id, files);
  };
  return (
    <>
      {offers.length > 0 && <SnippetList offers={offers} current={current} onChoose={choose} />}
      <textarea ref={box} id={composerId} rows={3} lang="" aria-label={t(draft.kind === 'note' ? 'composer.note' : 'composer.reply')} placeholder={t(draft.kind === 'note' ? 'composer.note_hint' : 'composer.hint')}
        aria-controls={offers.length ? 'snippets' : undefined} aria-activedescendant={offers.length ? offerId(current) : undefined} aria-autocomplete="list"
        onInput={(event) => { write(ticket.id, { text: event.currentTarget.value }); look(); }} onKeyDown={onKey} onClick={look} onBlur={() => setOffers([])} onPaste={onPaste} />
    </>
  );
}
