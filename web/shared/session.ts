import { signal } from '@preact/signals';
import type { Agent, Role, Session } from './types';

export const session = signal<Session | null>(null);

export const me = (): Agent | null => session.value?.agent ?? null;

const rank: Record<Role, number> = { agent: 0, manager: 1, admin: 2 };

export const mayActAs = (role: Role): boolean => {
  const agent = me();
  return agent !== null && rank[agent.role] >= rank[role];
};
