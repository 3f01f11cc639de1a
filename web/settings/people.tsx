import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { Avatar } from '../shared/avatar';
import { Dialog } from '../shared/dialog';
import { Field, FormError } from '../dialogs/form';
import { t } from '../shared/i18n';
import { loadPeople, people } from '../shared/people';
import { me } from '../shared/session';
import { messageTime } from '../shared/time';
import { tell } from '../shared/toasts';
import type { Agent, InvitedAgent, Role } from '../shared/types';
import { attempt, PageHead } from './parts';

const roles: Role[] = ['agent', 'manager', 'admin'];

function RoleOptions() {
  return <>{roles.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}</>;
}

async function change(agent: Agent, what: Partial<Agent>): Promise<void> {
  if (await attempt(() => send('PATCH', `/agents/${agent.id}`, what))) tell(t('people.changed', { name: agent.name }), { undo: () => void change(agent, { role: agent.role, active: agent.active }) });
  await loadPeople(true);
}

function Person({ agent, onInvited }: { agent: Agent; onInvited: (invited: InvitedAgent) => void }) {
  const self = agent.id === me()?.id;
  const inviteAgain = (): Promise<boolean> => attempt(async () => onInvited(await send<InvitedAgent>('PUT', `/agents/${agent.id}/invitation`)));
  const state = !agent.active ? t('people.inactive') : agent.has_password ? '' : t('people.no_password');
  return (
    <li class={agent.active ? '' : 'off'}>
      <Avatar name={agent.name} seed={agent.id} />
      <span class="about"><strong>{agent.name}</strong><small>{agent.email}{state && ` · ${state}`}</small></span>
      {agent.active && !agent.has_password && <button class="button" type="button" onClick={() => void inviteAgain()}>{t('people.invite_again')}</button>}
      <select aria-label={t('people.role_of', { name: agent.name })} value={agent.role} disabled={self || !agent.active} onChange={(event) => void change(agent, { role: event.currentTarget.value as Role })}><RoleOptions /></select>
      <button class="button" type="button" disabled={self} onClick={() => void change(agent, { active: !agent.active })}>{t(agent.active ? 'people.deactivate' : 'people.activate')}</button>
    </li>
  );
}

function Invited({ invited }: { invited: InvitedAgent }) {
  const link = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => link.current?.focus(), []);
  const copy = (): void => void navigator.clipboard?.writeText(invited.invite_url).then(() => tell(t('people.copied')));
  return (
    <div class="form">
      <p role="status">{t(`people.mail_${invited.invite_mail}`, { email: invited.email })}</p>
      <div class="field invite"><input ref={link} readOnly value={invited.invite_url} aria-label={t('people.link')} onFocus={(event) => event.currentTarget.select()} /><button class="button" type="button" onClick={copy}>{t('people.copy')}</button></div>
      <p class="hint">{t('people.link_until', { time: messageTime(invited.invite_expires_at) })}</p>
    </div>
  );
}

function InviteForm({ onInvited, onClose }: { onInvited: (invited: InvitedAgent) => void; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try {
      onInvited(await send<InvitedAgent>('POST', '/agents', { email: form.get('email'), name: form.get('name'), role: form.get('role') }));
      await loadPeople(true);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <form class="form" onSubmit={(event) => void onSubmit(event)}>
      <div class="two"><Field label={t('field.name')} name="name" required autofocus problem={problem} /><Field label={t('field.email')} name="email" type="email" required problem={problem} /></div>
      <label class="field"><span>{t('people.role')}</span><select name="role"><RoleOptions /></select></label>
      <p class="hint">{t('people.roles_hint')}</p>
      <FormError problem={problem} />
      <div class="form-foot"><button class="button" type="button" onClick={onClose}>{t('do.cancel')}</button><button class="button primary" type="submit">{t('people.invite')}</button></div>
    </form>
  );
}

export function People() {
  const [dialog, setDialog] = useState<'form' | InvitedAgent | null>(null);
  useEffect(() => { void loadPeople(true); }, []);
  const close = (): void => setDialog(null);
  const sorted = [...people.value].sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return (
    <>
      <PageHead title={t('settings.people')} about={t('people.about')}><button class="button primary" type="button" onClick={() => setDialog('form')}>{t('people.invite')}</button></PageHead>
      <ul class="card flush things">{sorted.map((agent) => <Person key={agent.id} agent={agent} onInvited={setDialog} />)}</ul>
      {dialog && <Dialog title={t('people.invite')} onClose={close}>{dialog === 'form' ? <InviteForm onInvited={setDialog} onClose={close} /> : <Invited invited={dialog} />}</Dialog>}
    </>
  );
}
