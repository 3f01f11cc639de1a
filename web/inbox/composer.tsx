import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { keyOf } from '../shared/commands';
import { now, tick } from '../shared/clock';
import { t, tx } from '../shared/i18n';
import { ringState } from '../shared/ring_state';
import { countdown } from '../shared/time';
import type { Ticket } from '../shared/types';
import { ComposerText } from './composer_text';
import { ComposerTools } from './composer_tools';
import { draftOf, write } from './drafts';
import { act, Markdown, Offers, Uploads } from './later';

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

export function Composer({ ticket }: { ticket: Ticket }) {
  const draft = draftOf(ticket.id).value;
  const [box, setBox] = useState<HTMLTextAreaElement | null>(null);
  const [over, setOver] = useState(false);
  const [writing, setWriting] = useState(false);
  const note = draft.kind === 'note';
  const name = ticket.customer.name || ticket.customer.email;
  const ready = draft.text.trim() !== '';
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    act(({ attach }) => attach(ticket.id, files));
  };
  const send = (close: boolean): void => act(({ submit }) => submit(ticket.id, close));
  return (
    <section class={`composer ${note ? 'note' : ''} ${over ? 'over' : ''}`} aria-label={t(note ? 'composer.note' : 'composer.reply')}
      onFocusIn={() => setWriting(true)} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      <div class="composer-head">
        {note
          ? <><span class="chip soon">{t('composer.note')}</span><span class="hint">{t('composer.only_team')}</span><button class="link" type="button" onClick={() => { write(ticket.id, { kind: 'reply' }); box?.focus(); }}>{t('composer.to_reply')}</button></>
          : <><span>{tx('composer.reply_to', { name: <strong lang="">{name}</strong> })}</span><Due ticket={ticket} /></>}
      </div>
      <ComposerText ticket={ticket.id} onRef={setBox} />
      {box && writing && <Offers ticket={ticket} box={box} />}
      {previewOpen.value && ready && <div class="preview-box prose" role="region" aria-label={t('composer.preview')} lang=""><Markdown text={draft.text} /></div>}
      {draft.uploads.length > 0 && <Uploads ticket={ticket.id} />}
      <div class="composer-foot">
        <ComposerTools ticket={ticket.id} box={box} preview={previewOpen.value} onPreview={() => { previewOpen.value = !previewOpen.value; box?.focus(); }} />
        {!note && ticket.state === 'open' && (
          <button class="button" type="button" aria-disabled={!ready} title={keyOf('send-close')} onClick={() => send(true)}>{t('composer.send_close')}</button>
        )}
        <button class="button primary" type="button" aria-disabled={!ready} onClick={() => send(false)}>{t(note ? 'composer.add_note' : 'composer.send')}<kbd aria-hidden="true">{keyOf('send')}</kbd></button>
      </div>
    </section>
  );
}
