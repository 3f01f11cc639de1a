import { signal, type Signal } from '@preact/signals';
import { get } from './api';
import type { List, PublicIdea } from './types';

// What a customer voted for, read once and again after a change.
export type VotedIdea = PublicIdea & { voted_at: string };
const known = new Map<string, Signal<readonly VotedIdea[]>>();

const read = (id: string, into: Signal<readonly VotedIdea[]>): void =>
  void get<List<VotedIdea>>(`/customers/${id}/ideas`).then((all) => { into.value = all.items; }, () => {});

export function ideasOf(customer: string): Signal<readonly VotedIdea[]> {
  let ideas = known.get(customer);
  if (!ideas) { known.set(customer, (ideas = signal([]))); read(customer, ideas); }
  return ideas;
}

export function customerIdeasChanged(): void {
  for (const [id, ideas] of known) read(id, ideas);
}
