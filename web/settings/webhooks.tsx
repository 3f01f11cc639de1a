import { useState } from 'preact/hooks';
import { Field } from '../dialogs/form';
import { send } from '../shared/api';
import { t } from '../shared/i18n';
import { messageTime } from '../shared/time';
import { tell } from '../shared/toasts';
import type { List, Webhook, WebhookDelivery } from '../shared/types';
import { Edit, SecretOnce } from './edit';
import { attempt, Loading, PageHead, useRead } from './parts';

// Programs' words, the same in every language.
const events = ['ticket.opened', 'message.received', 'reply.sent', 'ticket.closed', 'ticket.reopened', 'wait.alert_50', 'wait.alert_80', 'wait.alert_100', 'rating.given'];

function EditHook({ hook, onDone, onCancel }: { hook: Webhook | null; onDone: (made?: Webhook) => void; onCancel: () => void }) {
  return (
    <Edit<Webhook> title={t(hook ? 'webhooks.edit' : 'webhooks.add')} list="/webhooks" id={hook?.id} canRemove onDone={onDone} onCancel={onCancel}
      read={(form) => ({ url: form.get('url'), events: form.getAll('events') })}>
      {(problem) => (
        <>
          <Field label={t('webhooks.url')} name="url" type="url" required autofocus value={hook?.url ?? 'https://'} problem={problem} />
          <fieldset class="days">
            <legend>{t('webhooks.events')}</legend>
            {events.map((event) => <label key={event} class="switch"><input type="checkbox" name="events" value={event} defaultChecked={hook ? hook.events.includes(event) : event === 'ticket.opened'} /><code>{event}</code></label>)}
          </fieldset>
        </>
      )}
    </Edit>
  );
}

const stateOf = (one: WebhookDelivery): string => {
  if (one.state === 'sent') return t('webhooks.sent');
  return one.next_attempt_at && one.attempts ? t('webhooks.next', { time: messageTime(one.next_attempt_at) }) : t(`webhooks.${one.state}`);
};

function Deliveries({ hook }: { hook: Webhook }) {
  const { data, failed, again } = useRead<List<WebhookDelivery>>(`/webhooks/${hook.id}/deliveries`);
  const test = async (): Promise<void> => {
    if (!(await attempt(() => send('POST', `/webhooks/${hook.id}/tests`)))) return;
    tell(t('webhooks.tested'));
    setTimeout(again, 2000);
  };
  return (
    <div class="deliveries">
      <div class="form-foot">
        <button class="button" type="button" onClick={again}>{t('do.refresh')}</button>
        {hook.active && <button class="button" type="button" onClick={() => void test()}>{t('webhooks.test')}</button>}
      </div>
      {!data ? <Loading failed={failed} again={again} /> : data.items.length === 0 ? <p class="hint">{t('webhooks.no_deliveries')}</p> : (
        <ul>
          {data.items.map((one) => (
            <li key={one.id}>
              <code>{one.event}</code>
              <span class={`chip ${one.state === 'sent' ? '' : one.state === 'failed' ? 'late' : 'soon'}`}>{stateOf(one)}{one.status !== null && ` · ${one.status}`}</span>
              <time dateTime={one.created_at}>{messageTime(one.created_at)}</time>
              {one.error && <small lang="">{one.error}</small>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Hook({ hook, onEdit, onChange }: { hook: Webhook; onEdit: () => void; onChange: () => void }) {
  const [open, setOpen] = useState(false);
  const turn = async (active: boolean): Promise<void> => { if (await attempt(() => send('PATCH', `/webhooks/${hook.id}`, { active }))) onChange(); };
  return (
    <li>
      <span class={`about ${hook.active ? '' : 'off'}`}><strong lang="">{hook.url}</strong>
        <small>{hook.events.join(', ')}</small>
        {hook.stopped_because && <small class="wrong">{t(`webhooks.stopped_${hook.stopped_because}`)}</small>}
        {hook.active && hook.failing_since && <small class="wrong">{t('webhooks.failing_since', { time: messageTime(hook.failing_since) })}</small>}
      </span>
      <button class="button" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t('webhooks.log')}</button>
      <button class="button" type="button" onClick={() => void turn(!hook.active)}>{t(hook.active ? 'webhooks.stop' : 'webhooks.start')}</button>
      <button class="button" type="button" aria-label={t('webhooks.edit_one', { url: hook.url })} onClick={onEdit}>{t('do.edit')}</button>
      {open && <Deliveries hook={hook} />}
    </li>
  );
}

export function Webhooks() {
  const { data, failed, again } = useRead<List<Webhook>>('/webhooks');
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const done = (made?: Webhook): void => { setEditing(null); setSecret(made?.secret ?? null); again(); };
  return (
    <>
      <PageHead title={t('settings.webhooks')} about={t('webhooks.about')}><button class="button primary" type="button" onClick={() => setEditing('new')}>{t('webhooks.add')}</button></PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <ul class="card flush things">
          {data.items.map((hook) => <Hook key={hook.id} hook={hook} onEdit={() => setEditing(hook)} onChange={again} />)}
          {data.items.length === 0 && <li><span class="about">{t('webhooks.none')}</span></li>}
        </ul>
      )}
      {editing && <EditHook hook={editing === 'new' ? null : editing} onDone={done} onCancel={() => setEditing(null)} />}
      {secret && <SecretOnce title={t('webhooks.secret')} about={t('webhooks.secret_once')} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
