import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { isComposing } from '../shared/key_rules';
import { mayActAs, session } from '../shared/session';
import type { Ticket } from '../shared/types';
import { carryOut, linkArticle } from './edits';
import { offersFor, savedReplies, type Offer } from './snippets';
import { talkOf } from './talks';
import { fillIn, firstName, replace, triggerAt, type Trigger } from './text_edits';

const offerId = (index: number): string => `offer-${index}`;

const variables = (ticket: Ticket): Record<string, string> => {
  const link = talkOf(ticket.id).peek().suggestions[0]?.url;
  return { first_name: firstName(ticket.customer.name) || ticket.customer.email, link: link ?? `${session.peek()?.desk.public_url ?? ''}/help` };
};

// The list that `/` and `[[` open over the composer's text. The textarea stays a plain textbox; aria-activedescendant names the
// chosen line.
export function Offers({ ticket, box }: { ticket: Ticket; box: HTMLTextAreaElement }) {
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const [current, setCurrent] = useState(0);
  const [noneSaved, setNoneSaved] = useState(false);
  const trigger = useRef<Trigger | null>(null);
  const late = useRef<'' | 'looking' | 'entered'>(''); // the list is of what was typed before; then an Enter has come
  const list = useRef<HTMLUListElement>(null);

  const close = (): void => {
    trigger.current = null;
    late.current = '';
    setOffers([]);
    setNoneSaved(false);
  };
  const look = (): void => {
    const found = box.selectionStart === box.selectionEnd ? triggerAt(box.value, box.selectionStart) : null;
    trigger.current = found;
    if (!found) { close(); return; }
    late.current = 'looking';
    void offersFor(found, talkOf(ticket.id).peek().language).catch(() => []).then((some) => {
      if (trigger.current !== found) return; // typed on, chosen or closed meanwhile
      if (late.current === 'entered' && some[0]) { choose(some[0]); return; }
      late.current = '';
      setOffers(some);
      setCurrent(0);
      setNoneSaved(found.kind === 'saved' && found.query === '' && savedReplies.peek()?.length === 0);
    });
  };
  const choose = (offer: Offer): void => {
    const found = trigger.current;
    if (!found) return;
    const { saved, article } = offer;
    if (saved) carryOut(ticket.id, box, (now) => replace(now, found.from, now.from, fillIn(saved.text, variables(ticket))));
    if (article) void linkArticle(ticket.id, box, article, (now) => replace(now, found.from, now.from, '')).catch(() => {});
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event) || !offers.length) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const enter = (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab';
    if (step) setCurrent((current + step + offers.length) % offers.length);
    else if (enter && late.current && current === 0) late.current = 'entered'; // quick fingers mean what they typed
    else if (enter) choose(offers[current]!);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // Typed before this was there: looked at now.
  useEffect(() => { if (document.activeElement === box) look(); }, []);
  useLayoutEffect(() => {
    const heard = [['input', look], ['click', look], ['blur', close]] as const;
    heard.forEach(([name, act]) => box.addEventListener(name, act));
    box.addEventListener('keydown', onKey, true); // before the textarea's own
    return () => {
      heard.forEach(([name, act]) => box.removeEventListener(name, act));
      box.removeEventListener('keydown', onKey, true);
    };
  });
  useLayoutEffect(() => {
    if (!offers.length) return;
    box.setAttribute('aria-controls', 'snippets');
    box.setAttribute('aria-activedescendant', offerId(current));
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
    return () => ['aria-controls', 'aria-activedescendant'].forEach((name) => box.removeAttribute(name));
  }, [offers, current]);
  if (noneSaved) return <p class="snippets" role="status" onPointerDown={(event) => event.preventDefault()}>{t('saved.none')} {mayActAs('manager') && <a href="/settings/saved-replies">{t('saved.add')}</a>}</p>;
  if (!offers.length) return null;
  return (
    <ul ref={list} class="snippets" id="snippets" role="listbox" aria-label={t('composer.offers')}>
      {offers.map((offer, index) => (
        <li key={offer.id} id={offerId(index)} role="option" aria-selected={index === current} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(offer)}>
          <strong lang="">{offer.title}</strong><span lang="">{offer.about}</span>
        </li>
      ))}
    </ul>
  );
}
