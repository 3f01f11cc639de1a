import { signal } from '@preact/signals';
import { recall, remember } from '../shared/storage';

// Senders whose pictures this agent wants to see. Loading one tells its owner that the mail was opened, and from where: so
// nobody's are shown unasked, and each agent decides alone.
const mostSenders = 500;
const senders = signal<readonly string[]>(recall('pictures', []));

export const showsPictures = (sender: string): boolean => senders.value.includes(sender);

export function showPictures(sender: string, on: boolean): void {
  const others = senders.peek().filter((one) => one !== sender);
  senders.value = on ? [sender, ...others].slice(0, mostSenders) : others;
  remember('pictures', senders.peek());
}
