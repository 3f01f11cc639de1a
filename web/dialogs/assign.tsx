import { useEffect } from 'preact/hooks';
import { Avatar } from '../shared/avatar';
import { Chooser, type Choice } from './chooser';
import { t } from '../shared/i18n';
import { matches } from './matches';
import { loadPeople, people } from '../shared/people';
import { closeDialog, hands } from '../shared/open_dialogs';
import { me } from '../shared/session';

function choices(typed: string): Choice[] {
  const mine = me()?.id;
  const sorted = people.value.filter((agent) => agent.active).sort((a, b) => Number(b.id === mine) - Number(a.id === mine) || a.name.localeCompare(b.name));
  const named = sorted.filter((agent) => matches(`${agent.name} ${agent.email}`, typed)).map((agent) => ({
    id: agent.id, label: agent.id === mine ? t('assign.me', { name: agent.name }) : agent.name,
    before: <Avatar name={agent.name} seed={agent.id} size="s" />, run: () => hands.peek()?.assign(agent),
  }));
  const nobody = t('assign.nobody');
  return matches(nobody, typed) ? [...named, { id: 'nobody', label: nobody, run: () => hands.peek()?.assign(null) }] : named;
}

export function Assign() {
  useEffect(() => { void loadPeople(); }, []);
  return <Chooser title={t('assign.title')} placeholder={t('assign.placeholder')} choices={choices} loading={people.value.length === 0} onClose={closeDialog} />;
}
