import { Component } from 'preact';
import { Avatar } from '../shared/avatar';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { DoneRing, Ring } from '../shared/ring';
import { RichText } from '../shared/rich_text';
import { duration, fullTime, shortTime } from '../shared/time';
import type { Person, Ticket } from '../shared/types';
import { open, rowId } from './selection';

interface Props { ticket: Ticket; selected: boolean; marked: boolean; slides: boolean; present: readonly Person[]; snippet?: string | undefined; focusable: boolean; language: string }

const nameOf = (ticket: Ticket): string => ticket.customer.name || ticket.customer.email;

// Draws again only when its own ticket or state changed: a list of thousands stays quick under j and k.
export class Row extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    return (Object.keys(next) as (keyof Props)[]).some((key) => next[key] !== this.props[key]);
  }

  override render({ ticket, selected, marked, slides, present, snippet, focusable }: Props) {
    const answered = ticket.wait === null;
    const since = ticket.wait?.started_at ?? ticket.last_customer_at ?? ticket.updated_at;
    return (
      <li id={rowId(ticket.id)} role="option" aria-selected={selected} tabIndex={focusable ? 0 : -1}
        class={`row ${ticket.unread ? 'unread' : ''} ${marked ? 'marked' : ''} ${slides ? 'arrived' : ''}`} onClick={() => open(ticket.id)}>
        {marked ? <span class="ring tick" role="img" aria-label={t('row.marked')}><Icon name="check" /></span> : ticket.wait ? <Ring wait={ticket.wait} /> : <DoneRing closed={ticket.state === 'closed'} />}
        <span class="who" lang="">{nameOf(ticket)}</span>
        <span class="when">
          {present.map((agent) => <Avatar key={agent.id} name={agent.name} seed={agent.id} size="s" title={t('row.reads', { name: agent.name })} />)}
          {answered && ticket.last_response_seconds !== null
            ? t('row.replied_in', { span: duration(ticket.last_response_seconds) })
            : <time dateTime={since} title={fullTime(since)}>{shortTime(since)}</time>}
        </span>
        <span class="subject" lang="">{ticket.unread && <span class="visually-hidden">{t('row.unread')} </span>}{ticket.subject || t('ticket.no_subject')}</span>
        <span class="preview" lang="">{snippet ? <RichText html={snippet} /> : ticket.preview}</span>
      </li>
    );
  }
}
