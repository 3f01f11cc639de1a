import { signal } from '@preact/signals';
import { tick } from '../shared/clock';
import { t } from '../shared/i18n';
import { ago } from '../shared/time';
import type { Ticket } from '../shared/types';
import { merge } from './actions';
import { changeTalk, type Conflict } from './talks';

// Tickets that the agent has said are two, as long as this page lives.
const apart = signal<ReadonlySet<string>>(new Set());

// The mail pointed to another ticket, but its sender takes no part there: a person decides.
export function MayBelongBar({ ticket, other }: { ticket: Ticket; other: number }) {
  if (apart.value.has(ticket.id)) return null;
  const number = `#${other}`;
  return (
    <div class="bar">
      <span>{t('ticket.may_belong', { number })}</span>
      <span class="links">
        <a href={`/t/${other}`}>{t('do.show')}</a>
        <button class="link" type="button" onClick={() => merge(ticket, other)}>{t('do.merge_into', { number })}</button>
        <button class="link" type="button" onClick={() => { apart.value = new Set([...apart.value, ticket.id]); }}>{t('do.keep_apart')}</button>
      </span>
    </div>
  );
}

export function ConflictBar({ ticket, conflict }: { ticket: string; conflict: Conflict }) {
  void tick.value;
  const show = (): void => {
    changeTalk(ticket, { conflict: null });
    document.querySelector('.messages > :last-child')?.scrollIntoView({ block: 'end' });
  };
  return (
    <div class="bar soon" role="alert">
      <span>{t('conflict.answered', { name: conflict.who, ago: ago(conflict.at) })} {conflict.asked && t('conflict.send_again')}</span>
      <button class="link" type="button" onClick={show}>{t('do.show')}</button>
    </div>
  );
}
