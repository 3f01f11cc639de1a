import { signal } from '@preact/signals';
import type { List, Ticket } from './types';

// The first page of tickets as it came inside the HTML; taken once by the inbox.
export const bootTickets = signal<List<Ticket> | null>(null);
