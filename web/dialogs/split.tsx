import { useState } from 'preact/hooks';
import english from '../locales/en.json?split';
import { Dialog } from '../shared/dialog';
import { addEnglish, t } from '../shared/i18n';
import { closeDialog, hands } from '../shared/open_dialogs';
import { messageTime } from '../shared/time';
import type { Ticket } from '../shared/types';

addEnglish(english);

// Messages that are about something else become a ticket of their own; one at least stays.
export function Split({ ticket }: { ticket: Ticket }) {
  const messages = hands.value?.messages(ticket.id) ?? null;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const moved = messages?.map(({ id }) => id).filter((id) => chosen.has(id)) ?? [];
  const fits = moved.length > 0 && moved.length < messages!.length;
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    closeDialog();
    hands.peek()?.split(ticket, moved);
  };
  return (
    <Dialog title={t('split.title')} onClose={closeDialog}>
      <form class="form" onSubmit={onSubmit}>
        <p class="hint">{t('split.about')}</p>
        {!messages && <div class="hairline" role="status" aria-label={t('list.loading')} />}
        <ul class="parts">
          {messages?.map((message) => (
            <li key={message.id}>
              <label class="switch"><input type="checkbox" checked={chosen.has(message.id)} onChange={() => toggle(message.id)} />
                <span class="grow"><strong lang="">{message.author.name || message.author.email || t('message.system')}</strong> <small>{messageTime(message.at)}</small><br /><span lang="">{message.text.slice(0, 120)}</span></span>
              </label>
            </li>
          ))}
        </ul>
        <div class="form-foot"><button class="button" type="button" onClick={closeDialog}>{t('do.cancel')}</button><button class="button primary" type="submit" disabled={!fits}>{t('split.make')}</button></div>
      </form>
    </Dialog>
  );
}
