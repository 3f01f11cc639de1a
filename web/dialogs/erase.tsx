import { useEffect, useRef, useState } from 'preact/hooks';
import english from '../locales/en.json?erase';
import { send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { addEnglish, t } from '../shared/i18n';
import { closeDialog, hands } from '../shared/open_dialogs';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { Ticket } from '../shared/types';

addEnglish(english);

// The right to erasure: says in words what goes and what stays, and begins where nothing happens by a careless Enter.
export function Erase({ ticket }: { ticket: Ticket }) {
  const { id, name, email } = ticket.customer;
  const [busy, setBusy] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current!.focus(), []);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await send('DELETE', `/customers/${id}`);
      closeDialog();
      hands.peek()?.forget(id);
      tell(t('erase.done'));
    } catch (error) {
      setBusy(false);
      tellWrong(explain(error));
    }
  };
  return (
    <Dialog title={t('erase.title', { name: name || email })} onClose={closeDialog}>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <p>{t('erase.goes')}</p>
        <p>{t('erase.stays')}</p>
        <p class="hint">{t('erase.beyond')}</p>
        <p><strong>{t('erase.no_undo')}</strong></p>
        <div class="form-foot"><button class="button" type="button" ref={cancel} onClick={closeDialog}>{t('do.cancel')}</button><button class="button primary" type="submit" disabled={busy}>{t('erase.confirm')}</button></div>
      </form>
    </Dialog>
  );
}
