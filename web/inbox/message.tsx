import { useEffect, useState } from 'preact/hooks';
import { Avatar } from '../shared/avatar';
import { now, tick } from '../shared/clock';
import { t, type TextKey } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { PlainText, RichText } from '../shared/rich_text';
import { bytes, fullTime, messageTime } from '../shared/time';
import { MailBody } from './mail_body';
import { Menu } from '../shared/menu';
import { keyOf } from '../shared/commands';
import { act, Markdown, withAnswers } from './later';
import type { Rating } from '../shared/types';
import type { ShownMessage } from './talks';

const eventTexts: Partial<Record<ShownMessage['kind'], TextKey>> = { ack: 'event.ack', auto: 'event.auto', bounce: 'event.bounce', rating: 'event.rating', spam: 'event.spam' };

function Attachments({ message }: { message: ShownMessage }) {
  const files = message.attachments.filter((file) => !file.inline || !message.html);
  if (!files.length) return null;
  return (
    <ul class="files" aria-label={t('message.files')}>
      {files.map((file) => <li key={file.id}>{file.url ? <a class="file" href={file.url} download={file.name}><Icon name="file" /><span lang="">{file.name}</span><small>{bytes(file.size)}</small></a> : <span class="file"><Icon name="file" />{file.name}</span>}</li>)}
    </ul>
  );
}

function UndoWindow({ message, ticket }: { message: ShownMessage; ticket: string }) {
  void tick.value;
  const left = message.undo_until ? Math.ceil((Date.parse(message.undo_until) - now()) / 1000) : 0;
  if (left <= 0) return null;
  return <p class="delivery">{t('message.goes_out', { n: left })} <button class="link" type="button" onClick={() => act(({ takeBack }) => takeBack(ticket, message.id))}>{t('do.undo')}</button></p>;
}

function DeliveryLine({ message, ticket }: { message: ShownMessage; ticket: string }) {
  const { local, delivery } = message;
  if (local?.state === 'sending') return <p class="delivery">{t('message.sending')}</p>;
  if (local) {
    return (
      <p class="delivery wrong" role="alert">{t('message.not_sent')} <button class="link" type="button" onClick={local.again}>{t('do.retry')}</button> <button class="link" type="button" onClick={local.drop}>{t('message.edit')}</button></p>
    );
  }
  if (delivery?.state === 'failed') return <p class="delivery wrong">{t('message.undelivered')} <span lang="">{delivery.error}</span></p>;
  if (delivery && delivery.state === 'queued' && delivery.attempts > 0 && delivery.next_attempt_at) return <p class="delivery soon">{t('message.later', { time: messageTime(delivery.next_attempt_at) })}</p>;
  if (message.undo_until && Date.parse(message.undo_until) > now()) return <UndoWindow message={message} ticket={ticket} />;
  return delivery && <p class="delivery">{delivery.state === 'sent' ? <><Icon name="check" size={14} /> {t('message.sent')}</> : t('message.queued')}</p>;
}

function Text({ message, onHeight }: { message: ShownMessage; onHeight: () => void }) {
  if (message.html) return <MailBody message={message} onHeight={onHeight} />;
  if (message.rendered !== null) return <div class="prose" lang="" dir="auto"><RichText html={message.rendered} /></div>;
  if (message.local) return <div class="prose" lang="" dir="auto"><Markdown text={message.text} /></div>;
  return <div class="plain" lang=""><PlainText text={message.text} /></div>;
}

function addresses(message: ShownMessage): string {
  return [...message.to, ...message.cc].map((one) => one.name ? `${one.name} <${one.email}>` : one.email).join(', ');
}

function RatingLine({ rating }: { rating: Rating }) {
  return <p class={`rated ${rating.score}`}><Icon name={rating.score === 'kudos' ? 'heart' : 'quote'} size={16} /><span>{t(`rated.${rating.score}`)}{rating.comment && <q lang="">{rating.comment}</q>}</span></p>;
}

// One message: the customer's (white), ours (bluish), a note (amber), or a line for what machines said.
export function MessageView({ message, isBounced, ticket, onHeight }: { message: ShownMessage; isBounced: boolean; ticket: string; onHeight: () => void }) {
  const [unfolded, setUnfolded] = useState(false);
  useEffect(onHeight, [message]);
  const event = eventTexts[message.kind];
  const name = message.author.name || message.author.email || t('message.system');
  const tone = message.kind === 'note' ? 'note' : message.author.kind === 'agent' ? 'ours' : 'theirs';
  if (event && !unfolded) {
    return (
      <div class="event">
        <Icon name={message.kind === 'bounce' ? 'alert' : 'mail'} />
        <span>{t(event, { name })}{message.delivery?.state === 'failed' && <span class="wrong"> {t('message.undelivered')} <span lang="">{message.delivery.error}</span></span>}</span><time dateTime={message.at} title={fullTime(message.at)}>{messageTime(message.at)}</time>
        {(message.text || message.html) && <button class="link" type="button" onClick={() => setUnfolded(true)}>{t('do.show')}</button>}
      </div>
    );
  }
  return (
    <article class={`message ${tone} ${message.local?.state === 'failed' || message.delivery?.state === 'failed' || isBounced ? 'failed' : ''}`} aria-label={t(tone === 'note' ? 'message.note_by' : 'message.from', { name })}>
      <header>
        <Avatar name={name} seed={message.author.id ?? message.author.email} size="s" />
        <strong lang="">{name}</strong>
        {message.kind === 'note' && <span class="chip soon">{t('message.note')}</span>}
        {message.author.kind === 'third_party' && <span class="chip">{t('message.third_party')}</span>}
        {message.cc.length > 0 && <span class="hint cc" title={addresses(message)}>{t('message.cc', { n: message.cc.length })}</span>}
        <time dateTime={message.at} title={fullTime(message.at)}>{messageTime(message.at)}</time>
        {message.kind === 'reply' && !message.local && <Menu label={t('message.more')} buttonClass="square small" button={<Icon name="more" size={16} />} items={[{ label: t('do.save_article'), key: keyOf('save-article'), run: () => withAnswers(({ saveAsArticle }) => saveAsArticle(message.id)) }]} />}
      </header>
      <Text message={message} onHeight={onHeight} />
      {message.quoted && !message.html && (
        <details class="quoted" onToggle={onHeight}><summary>{t('message.quoted')}</summary><div class="plain" lang=""><PlainText text={message.quoted} /></div></details>
      )}
      <Attachments message={message} />
      {isBounced ? <p class="delivery wrong">{t('message.bounced')}</p> : <DeliveryLine message={message} ticket={ticket} />}
      {message.rating && <RatingLine rating={message.rating} />}
      {message.raw_url && message.author.kind !== 'agent' && (
        <footer class="hint">
          {message.why && <span>{message.why}</span>}
          <a href={message.raw_url} target="_blank" rel="noopener">{t('message.raw')}</a>
        </footer>
      )}
    </article>
  );
}
