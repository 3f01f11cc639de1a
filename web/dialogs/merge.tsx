import { useRef, useState } from 'preact/hooks';
import { get, query } from '../shared/api';
import { t } from '../shared/i18n';
import { closeDialog, hands } from '../shared/open_dialogs';
import { shortTime } from '../shared/time';
import type { Customer, Found, Ticket } from '../shared/types';
import { Chooser, type Choice } from './chooser';

const most = 12;

// Which ticket this one goes into: the customer's others at first, then by words or by number.
export function Merge({ ticket }: { ticket: Ticket }) {
  const [found, setFound] = useState<readonly Ticket[]>([]);
  const asked = useRef('');
  const look = (typed: string): void => {
    asked.current = typed;
    const number = /^#?(\d{1,12})$/.exec(typed)?.[1];
    const answer = number ? get<Ticket>(`/tickets/${number}`).then((one) => [one])
      : typed ? get<Found>(`/search${query({ q: typed })}`).then((all) => all.tickets) : get<Customer>(`/customers/${ticket.customer.id}`).then((customer) => customer.tickets);
    void answer.catch(() => []).then((all) => { if (asked.current === typed) setFound(all.filter((one) => one.id !== ticket.id).slice(0, most)); });
  };
  const choices = (): Choice[] => found.map((one) => ({
    id: one.id, label: `#${one.number} ${one.subject || t('ticket.no_subject')}`, after: <small lang="">{one.customer.name || one.customer.email} · {shortTime(one.last_customer_at ?? one.updated_at)}</small>,
    run: () => hands.peek()?.merge(ticket, one.number),
  }));
  return <Chooser title={t('merge.title', { number: `#${ticket.number}` })} placeholder={t('merge.placeholder')} choices={choices} onTyped={look} onClose={closeDialog} />;
}
