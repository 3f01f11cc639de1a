import { focusOnceDrawn } from '../shared/focus';
import { draftOf, write } from './drafts';
import { selectedId } from './tickets';

// The composer's textarea has one fixed id, so that keys and actions find it without holding on to it.
export const composerId = 'composer-text';

export function focusComposer(kind?: 'reply' | 'note'): void {
  const id = selectedId.peek();
  if (id !== null && kind && draftOf(id).peek().kind !== kind) write(id, { kind });
  let looks = kind === undefined ? 2 : 1; // text that was just put back is drawn by the second
  focusOnceDrawn(() => {
    const box = document.getElementById(composerId) as HTMLTextAreaElement | null;
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
    return box !== null && --looks <= 0;
  });
}
