import { useEffect, useState } from 'preact/hooks';
import { get, newKey, Problem, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { closeDialog, hands } from '../shared/open_dialogs';
import { Field, FormError } from './form';
import { tell } from '../shared/toasts';
import type { List, Mailbox, Ticket } from '../shared/types';

function Kind({ kind, onKind }: { kind: 'mail' | 'phone_note'; onKind: (kind: 'mail' | 'phone_note') => void }) {
  return (
    <div class="segmented" role="radiogroup" aria-label={t('new.kind')}>
      {(['mail', 'phone_note'] as const).map((one) => (
        <label key={one}><input type="radio" name="kind" checked={kind === one} onChange={() => onKind(one)} /><span>{t(one === 'mail' ? 'new.mail' : 'new.phone')}</span></label>
      ))}
    </div>
  );
}

// Writing to a customer first, or writing down a call. Neither starts a clock: the customer's answer does.
export function NewTicket() {
  const [kind, setKind] = useState<'mail' | 'phone_note'>('mail');
  const [mailboxes, setMailboxes] = useState<readonly Mailbox[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [key] = useState(newKey);
  useEffect(() => { void get<List<Mailbox>>('/mailboxes').then((list) => setMailboxes(list.items)).catch(() => {}); }, []);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    setBusy(true);
    try {
      const made = await send<Ticket>('POST', '/tickets', {
        email: text('email'), name: text('name') || undefined, subject: text('subject'), text: text('text'), mailbox: text('mailbox') || undefined,
        channel: kind === 'mail' ? 'email' : 'phone', started_by: 'agent', kind,
      }, key);
      const full = await get<Ticket>(`/tickets/${made.id}`);
      closeDialog();
      tell(t(kind === 'mail' ? 'new.sent' : 'new.logged'));
      hands.peek()?.show(full);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(500, t('error.unknown')));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('do.new_ticket')} onClose={closeDialog}>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <Kind kind={kind} onKind={setKind} />
        <div class="two">
          <Field label={t('field.email')} name="email" type="email" required autofocus problem={problem} />
          <Field label={t('field.name')} name="name" problem={problem} />
        </div>
        <Field label={t('field.subject')} name="subject" required problem={problem} />
        <Field label={t(kind === 'mail' ? 'new.text_mail' : 'new.text_phone')} name="text" rows={7} required problem={problem} />
        {mailboxes.length > 1 && (
          <label class="field"><span>{t('new.from')}</span><select name="mailbox">{mailboxes.map((box) => <option key={box.id} value={box.address}>{box.name} ({box.address})</option>)}</select></label>
        )}
        <FormError problem={problem} />
        <div class="form-foot"><button class="button" type="button" onClick={closeDialog}>{t('do.cancel')}</button><button class="button primary" type="submit" disabled={busy}>{t(kind === 'mail' ? 'composer.send' : 'new.log')}</button></div>
      </form>
    </Dialog>
  );
}
