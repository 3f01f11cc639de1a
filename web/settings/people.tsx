import { useEffect, useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { Avatar } from '../shared/avatar';
import { Dialog } from '../shared/dialog';
import { Field, FormError } from '../dialogs/form';
import { t } from '../shared/i18n';
import { loadPeople, people } from '../shared/people';
import { me } from '../shared/session';
import { tell } from '../shared/toasts';
import type { Agent, Role } from '../shared/types';
import { attempt, PageHead } from './parts';

const roles: Role[] = ['agent', 'manager', 'admin'];

function RoleOptions() {
  return <>{roles.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}</>;
}

async function change(agent: Agent, what: Partial<Agent>): Promise<void> {
  if (await attempt(() => send('PATCH', `/agents/${agent.id}`, what))) tell(t('people.changed', { name: agent.name }), { undo: () => void change(agent, { role: agent.role, active: agent.active }) });
  await loadPeople(true);
}

function Person({ agent }: { agent: Agent }) {
  const self = agent.id === me()?.id;
  return (
    <li class={agent.active ? '' : 'off'}>
      <Avatar name={agent.name} seed={agent.id} />
      <span class="about"><strong>{agent.name}</strong><small>{agent.email}{!agent.active && ` · ${t('people.inactive')}`}</small></span>
      <select aria-label={t('people.role_of', { name: agent.name })} value={agent.role} disabled={self || !agent.active} onChange={(event) => void change(agent, { role: event.currentTarget.value as Role })}><RoleOptions /></select>
      <button class="button" type="button" disabled={self} onClick={() => void change(agent, { active: !agent.active })}>{t(agent.active ? 'people.deactivate' : 'people.activate')}</button>
    </li>
  );
}

function InviteLink({ url }: { url: string }) {
  const copy = (): void => void navigator.clipboard?.writeText(url).then(() => tell(t('people.copied')));
  return (
    <div class="form">
      <p>{t('people.link_text')}</p>
      <div class="field invite"><input readOnly value={url} aria-label={t('people.link')} onFocus={(event) => event.currentTarget.select()} /><button class="button" type="button" onClick={copy}>{t('people.copy')}</button></div>
    </div>
  );
}

function Invite({ onClose }: { onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try {
      const made = await send<Agent & { invite_url: string }>('POST', '/agents', { email: form.get('email'), name: form.get('name'), role: form.get('role') });
      setLink(made.invite_url);
      await loadPeople(true);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <Dialog title={t('people.invite')} onClose={onClose}>
      {link ? <InviteLink url={link} /> : (
        <form class="form" onSubmit={(event) => void onSubmit(event)}>
          <div class="two"><Field label={t('field.name')} name="name" required autofocus problem={problem} /><Field label={t('field.email')} name="email" type="email" required problem={problem} /></div>
          <label class="field"><span>{t('people.role')}</span><select name="role"><RoleOptions /></select></label>
          <p class="hint">{t('people.roles_hint')}</p>
          <FormError problem={problem} />
          <div class="form-foot"><button class="button" type="button" onClick={onClose}>{t('do.cancel')}</button><button class="button primary" type="submit">{t('people.invite')}</button></div>
        </form>
      )}
    </Dialog>
  );
}

export function People() {
  const [inviting, setInviting] = useState(false);
  useEffect(() => { void loadPeople(true); }, []);
  const sorted = [...people.value].sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return (
    <>
      <PageHead title={t('settings.people')} about={t('people.about')}><button class="button primary" type="button" onClick={() => setInviting(true)}>{t('people.invite')}</button></PageHead>
      <ul class="card flush things">{sorted.map((agent) => <Person key={agent.id} agent={agent} />)}</ul>
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </>
  );
}
