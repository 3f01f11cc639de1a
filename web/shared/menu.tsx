import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface MenuItem { label: string; key?: string; run: () => void; icon?: ComponentChildren }

// A button with a short list under it. Arrows move, Esc and a click elsewhere close it.
export function Menu({ label, button, items, up = false, buttonClass = 'square' }: {
  label: string; button: ComponentChildren; items: MenuItem[]; up?: boolean; buttonClass?: string;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const outside = (event: Event): void => { if (!root.current?.contains(event.target as Node)) setOpen(false); };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const close = (): void => { setOpen(false); opener.current?.focus(); };
  const onKey = (event: KeyboardEvent): void => {
    if (!open) return;
    if (event.key === 'Tab') { setOpen(false); return; }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') close();
    else if (step) {
      const all = [...root.current!.querySelectorAll<HTMLElement>('[role=menuitem]')];
      all[(all.indexOf(document.activeElement as HTMLElement) + step + all.length) % all.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu" ref={root} onKeyDown={onKey}>
      <button ref={opener} class={buttonClass} type="button" aria-haspopup="menu" aria-expanded={open} aria-label={label} title={label} onClick={() => setOpen(!open)}>{button}</button>
      {open && (
        <div class={`menu-list ${up ? 'up' : ''}`} role="menu" aria-label={label}>
          {items.map((item) => (
            <button key={item.label} type="button" role="menuitem" tabIndex={-1} onClick={() => { close(); item.run(); }}>
              {item.icon}<span class="grow">{item.label}</span>{item.key && <kbd>{item.key}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
