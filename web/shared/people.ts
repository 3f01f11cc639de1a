import { signal } from '@preact/signals';
import { get } from './api';
import type { Agent, List } from './types';

// Everyone at the desk; read once, and again after a change of people.
export const people = signal<readonly Agent[]>([]);
let asked: Promise<void> | null = null;

export function loadPeople(fresh = false): Promise<void> {
  if (fresh || !asked) asked = get<List<Agent>>('/agents').then((list) => { people.value = list.items; }, () => { asked = null; });
  return asked;
}
