import { signal } from '@preact/signals';
import type { Message, Person, Ticket } from './types';

// Which dialog is open. Dialogs come as a file of their own (dialogs/), their switches are here.
export type DialogName = 'palette' | 'keys' | 'assign' | 'erase' | 'link-idea' | 'tags' | 'merge' | 'split' | 'new-ticket' | 'notices' | 'taught' | 'waits';
export const openDialog = signal<DialogName | null>(null);

// Whose lessons the dialog of that name shows.
export const taught = signal<{ id: string; title: string } | null>(null);

// The keys pressed while the dialog's file is on its way: a chooser has them in its field.
export const typedAhead: string[] = [];

export const closeDialog = (): void => {
  openDialog.value = null;
  typedAhead.length = 0;
};

// What the dialogs can do to tickets: the inbox puts its hands in here, so that the dialogs need not come with the inbox.
export interface Hands {
  selected: () => Ticket | null;
  tagsInUse: () => Iterable<string>;
  assign: (agent: Person | null) => void;
  setTags: (id: string, tags: string[]) => void;
  messages: (id: string) => readonly Message[] | null; // null while they are read
  merge: (from: Ticket, into: number) => void;
  split: (from: Ticket, messages: string[]) => void;
  show: (ticket: Ticket) => void;
  forget: (customer: string) => void; // who is erased: her tickets are nowhere any more
}
export const hands = signal<Hands | null>(null);
