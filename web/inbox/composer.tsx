import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { keyOf } from '../shared/commands';
import { now, tick } from '../shared/clock';
import { t, tx } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { ringState } from '../shared/ring_state';
import { bytes, countdown } from '../shared/time';
import type { Ticket } from '../shared/types';
import { ComposerText } from './composer_text';
import { ComposerTools } from './composer_tools';
import { attach, draftOf, removeUpload, retryUpload, write } from './drafts';
import { Markdown } from './markdown';
import { submit } from './sending';

export const previewOpen = signal(false);

// The one place with an exact count-down: seconds matter to the one who is writing.
function Due({ ticket }: { ticket: Ticket }) {
  void tick.value;
  if (!ticket.wait?.due_at) return null;
  const left = Date.parse(ticket.wait.due_at) - now();
  const { tone } = ringState(ticket.wait, now());
  const key = left >= 0 ? (ticket.wait.first ? 'composer.first_due' : 'composer.next_due') : ticket.wait.first ? 'composer.first_late' : 'composer.next_late';
  return <span class={`chip ${tone}`}>{t(key, { time: countdown(Math.abs(left)) })}</span>;
}

function Uploads({ ticket }: { ticket: string }) {
  const { uploads } = draftOf(ticket).value;
  if (!uploads.length) return null;
  return (
    <ul class="files">
      {uploads.map((one) => (
        <li key={one.key} class={`file ${one.state}`}>
          <Icon name="clip" /><span lang="">{one.name}</span><small>{one.state === 'running' ? t('composer.uploading') : one.state === 'failed' ? t('composer.upload_failed') : bytes(one.size)}</small>
          {one.state === 'failed' && <button class="link" type="button" onClick={() => retryUpload(ticket, one)}>{t('do.retry')}</button>}
          <button class="square small" type="button" aria-label={t('composer.remove', { name: one.name })} onClick={() => removeUpload(ticket, one)}><Icon name="close" size={14} /></button>
        </li>
      ))}
    </ul>
  );
}

export function Composer({ ticket }: { ticket: Ticket }) {
  const draft = draftOf(ticket.id).value;
  const [box, setBox] = useState<HTMLTextAreaElement | null>(null);
  const [over, setOver] = useState(false);
  const note = draft.kind === 'note';
  const name = ticket.customer.name || ticket.customer.email;
  const ready = draft.text.trim() !== '';
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    attach(ticket.id, event.dataTransfer?.files ?? []);
  };
  return (
    <section class={`composer ${note ? 'note' : ''} ${over ? 'over' : ''}`} aria-label={t(note ? 'composer.note' : 'composer.reply')}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      <div class="composer-head">
        {note
          ? <><span class="chip soon">{t('composer.note')}</span><span class="hint">{t('composer.only_team')}</span><button class="link" type="button" onClick={() => { write(ticket.id, { kind: 'reply' }); box?.focus(); }}>{t('composer.to_reply')}</button></>
          : <><span>{tx('composer.reply_to', { name: <strong lang="">{name}</strong> })}</span><Due ticket={ticket} /></>}
      </div>
      <ComposerText ticket={ticket} onRef={setBox} />
      {previewOpen.value && ready && <div class="preview-box prose" role="region" aria-label={t('composer.preview')} lang=""><Markdown text={draft.text} /></div>}
      <Uploads ticket={ticket.id} />
      <div class="composer-foot">
        <ComposerTools ticket={ticket.id} box={box} preview={previewOpen.value} onPreview={() => { previewOpen.value = !previewOpen.value; box?.focus(); }} />
        {!note && ticket.state === 'open' && (
          <button class="button" type="button" aria-disabled={!ready} title={keyOf('send-close')} onClick={() => submit(ticket.id, true)}>{t('composer.send_close')}</button>
        )}
        <button class="button primary" type="button" aria-disabled={!ready} onClick={() => submit(ticket.id, false)}>{t(note ? 'composer.add_note' : 'composer.send')}<kbd aria-hidden="true">{keyOf('send')}</kbd></button>
      </div>
    </section>
  );
}
