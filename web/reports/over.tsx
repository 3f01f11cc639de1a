import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { go } from '../shared/router';
import { hrefWith, wish } from './asked';
import { TicketsBehind } from './behind';
import { DatesDialog } from './dates';
import { FilterChooser } from './filter';
import type { Answer } from './read';

// Which of the two choosers is open.
export const choosing = signal<'dates' | 'filter' | null>(null);
const close = (): void => { choosing.value = null; };

// What lies over the page. The tickets behind a figure are a place of their own: opened from here, closing them is "back".
export function Over({ answer }: { answer: Answer }) {
  const { behind } = wish.value;
  const wasClosed = useRef(false);
  useEffect(() => {
    if (!behind) wasClosed.current = true;
  }, [behind]);
  useEffect(() => close, []);
  if (choosing.value === 'dates') return <DatesDialog onClose={close} />;
  if (choosing.value === 'filter') return <FilterChooser data={answer.data} onClose={close} />;
  if (!behind) return null;
  const leave = (): void => {
    if (wasClosed.current) history.back();
    else go(hrefWith({ behind: null }), 'replace');
  };
  return <TicketsBehind key={JSON.stringify(behind)} behind={behind} answer={answer} onClose={leave} />;
}
