import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { isComposing } from '../shared/key_rules';
import { typedAhead } from '../shared/open_dialogs';

export interface Choice { id: string; label: string; before?: ComponentChildren; after?: ComponentChildren; run: () => void }

// Type, move with the arrows, Enter: the palette, assigning and tagging are all this.
export function Chooser({ title, placeholder, choices, loading = false, onTyped, onClose }: {
  title: string; placeholder: string; choices: (typed: string) => Choice[]; loading?: boolean; onTyped?: (typed: string) => void; onClose: () => void;
}) {
  const ahead = useRef(typedAhead.splice(0)).current;
  const [typed, setTyped] = useState(ahead.filter((key) => key !== 'Enter').join(''));
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = choices(typed.trim());
  const current = Math.min(at, found.length - 1);
  useLayoutEffect(() => list.current?.children[current]?.scrollIntoView({ block: 'nearest' }), [current]);

  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    onClose();
    setTimeout(choice.run);
  };
  // Quick fingers: an Enter before the list has come counts when it is there.
  const entered = useRef(ahead.at(-1) === 'Enter');
  useLayoutEffect(() => onTyped?.(typed.trim()), []);  // before a first key could ask for something else
  useEffect(() => { if (entered.current && !loading) choose(found[current]); }, [loading]);
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) setAt((current + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && loading) entered.current = true;
    else if (event.key === 'Enter') choose(found[current]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={title} kind="list" bare onClose={onClose}>
      <input class="chooser-input" type="text" role="combobox" aria-expanded="true" aria-controls="choices" aria-label={title} autocomplete="off" spellcheck={false}
        aria-activedescendant={found[current] ? `choice-${current}` : undefined}
        placeholder={placeholder} value={typed} onInput={(event) => { setTyped(event.currentTarget.value); setAt(0); onTyped?.(event.currentTarget.value.trim()); }} onKeyDown={onKey} />
      <ul ref={list} class="choices" id="choices" role="listbox" aria-label={title}>
        {found.map((choice, index) => (
          <li key={choice.id} id={`choice-${index}`} role="option" aria-selected={index === current} onPointerMove={() => index !== current && setAt(index)} onClick={() => choose(choice)}>
            {choice.before}<span class="grow">{choice.label}</span>{choice.after}
          </li>
        ))}
      </ul>
      {found.length === 0 && !loading && typed && <p class="choices-none">{t('chooser.none')}</p>}
    </Dialog>
  );
}
