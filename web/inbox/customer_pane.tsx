import { signal } from '@preact/signals';
import { Avatar } from '../shared/avatar';
import { ideasOf } from '../shared/customer_ideas';
import { Dialog } from '../shared/dialog';
import { t, type TextKey } from '../shared/i18n';
import { openDialog } from '../shared/open_dialogs';
import { mayActAs } from '../shared/session';
import { duration, messageTime, monthYear } from '../shared/time';
import type { Customer, Ticket } from '../shared/types';
import { layout } from '../shared/width';
import { askerOf, customerOf } from './talks';

// Closed on wide screens it gives its room to the conversation; on others it is a sheet.
export const paneOpen = signal(layout.peek() === 'wide');

const known: Record<string, TextKey> = { plan: 'pane.plan', company: 'pane.company', phone: 'pane.phone', page: 'pane.page', signed_up: 'pane.signed_up', locale: 'pane.language' };

function shownTrait(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const subtitle = (customer: Customer): string => [customer.traits.company, customer.traits.plan].filter((part) => typeof part === 'string').join(' · ');

function Details({ ticket, customer }: { ticket: Ticket; customer: Customer | null }) {
  const traits = Object.entries(customer?.traits ?? {}).filter(([, value]) => shownTrait(value) !== '').slice(0, 20);
  return (
    <dl class="details">
      <div><dt>{t('pane.email')}</dt><dd><a href={`mailto:${ticket.customer.email}`}>{ticket.customer.email}</a></dd></div>
      {customer && <div><dt>{t('pane.since')}</dt><dd>{monthYear(customer.created_at)}</dd></div>}
      <div><dt>{t('pane.mailbox')}</dt><dd>{ticket.mailbox.name || ticket.mailbox.address}</dd></div>
      {traits.map(([name, value]) => <div key={name}><dt lang="">{known[name] ? t(known[name]) : name}</dt><dd lang="">{shownTrait(value)}</dd></div>)}
    </dl>
  );
}

// What the page with the widget says of who asks. Unless the site has signed for it, anybody could have said so.
function Asked({ ticket }: { ticket: Ticket }) {
  const asker = askerOf(ticket.id).value;
  if (!asker) return null;
  const { said, page, verified, events } = asker;
  const facts: [TextKey, string | undefined][] = [['asker.id', said.id], ['asker.name', said.name], ['pane.email', said.email === ticket.customer.email ? '' : said.email], ['pane.plan', said.plan], ['pane.company', said.company?.name ?? said.company?.id], ['pane.signed_up', said.created]];
  return (
    <>
      {Object.keys(said).length > 0 && <p><span class={`chip ${verified ? 'ok' : 'soon'}`}>{t(verified ? 'asker.verified' : 'asker.unverified')}</span></p>}
      <dl class="details">
        {facts.filter(([, value]) => value).map(([key, value]) => <div key={key}><dt>{t(key)}</dt><dd lang="">{value}</dd></div>)}
        {page && <div><dt>{t('asker.page')}</dt><dd lang=""><a href={page} target="_blank" rel="noopener noreferrer">{page.replace(/^https?:\/\//, '')}</a></dd></div>}
      </dl>
      {events.length > 0 && <><h3>{t('asker.events')}</h3><ol class="lately">{events.map((event) => <li key={event.at + event.name}><span lang="">{event.name}</span><small>{messageTime(event.at)}</small></li>)}</ol></>}
    </>
  );
}

function History({ ticket, customer }: { ticket: Ticket; customer: Customer }) {
  const others = customer.tickets.filter((other) => other.id !== ticket.id);
  if (!others.length) return <p class="hint">{t('pane.first_ticket')}</p>;
  return (
    <ol class="lately">
      {others.map((other) => (
        <li key={other.id} class={other.wait ? 'waits' : other.state}>
          <a href={`/t/${other.number}`} lang="">{other.subject || t('ticket.no_subject')}</a>
          <small>#{other.number} · {other.last_response_seconds !== null ? t('row.replied_in', { span: duration(other.last_response_seconds) }) : t(other.state === 'open' ? 'ticket.open' : 'ticket.closed')} · {messageTime(other.last_customer_at ?? other.updated_at)}</small>
        </li>
      ))}
    </ol>
  );
}

function Ideas({ customer }: { customer: string }) {
  const ideas = ideasOf(customer).value;
  if (!ideas.length) return null;
  return (
    <>
      <h3>{t('nav.ideas')}</h3>
      <ol class="lately">{ideas.map((idea) => <li key={idea.id}><a href={`/ideas/${idea.number}`} lang={idea.locale}>{idea.title}</a><small>{t('pane.voted', { at: messageTime(idea.voted_at) })}</small></li>)}</ol>
    </>
  );
}

// The sheet makes room for the question.
function askToErase(): void {
  if (layout.peek() !== 'wide') paneOpen.value = false;
  openDialog.value = 'erase';
}

function Content({ ticket }: { ticket: Ticket }) {
  const customer = customerOf(ticket.customer.id).value;
  const name = ticket.customer.name || ticket.customer.email;
  return (
    <>
      <header class="pane-head">
        <Avatar name={name} seed={ticket.customer.id} size="l" />
        <div><h2 lang="">{name}</h2>{customer && subtitle(customer) && <p class="hint" lang="">{subtitle(customer)}</p>}</div>
      </header>
      <h3>{t('pane.details')}</h3>
      <Details ticket={ticket} customer={customer} />
      {ticket.channel === 'widget' && <Asked ticket={ticket} />}
      <Ideas customer={ticket.customer.id} />
      {customer && <><h3>{t('pane.lately')}</h3><History ticket={ticket} customer={customer} /></>}
      {mayActAs('admin') && <p><button class="link" type="button" onClick={askToErase}>{t('pane.erase')}</button></p>}
    </>
  );
}

export function CustomerPane({ ticket }: { ticket: Ticket }) {
  if (!paneOpen.value) return null;
  if (layout.value === 'wide') return <aside class="pane" aria-label={t('pane.label')}><Content ticket={ticket} /></aside>;
  return <Dialog title={t('pane.label')} kind="sheet" onClose={() => { paneOpen.value = false; }}><div class="pane"><Content ticket={ticket} /></div></Dialog>;
}
