import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../shared/i18n';
import type { Offer } from './snippets';

export const offerId = (index: number): string => `offer-${index}`;

// The list over the composer. The textarea stays a plain textbox; aria-activedescendant names the chosen line.
export function SnippetList({ offers, current, onChoose }: { offers: readonly Offer[]; current: number; onChoose: (offer: Offer) => void }) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => list.current?.children[current]?.scrollIntoView({ block: 'nearest' }), [current]);
  return (
    <ul ref={list} class="snippets" id="snippets" role="listbox" aria-label={t('composer.offers')}>
      {offers.map((offer, index) => (
        <li key={offer.id} id={offerId(index)} role="option" aria-selected={index === current} onPointerDown={(event) => event.preventDefault()} onClick={() => onChoose(offer)}>
          <strong lang="">{offer.title}</strong><span lang="">{offer.about}</span>
        </li>
      ))}
    </ul>
  );
}
