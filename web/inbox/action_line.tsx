import { useEffect } from 'preact/hooks';
import { t, type TextKey } from '../shared/i18n';
import { Icon, type IconName } from '../shared/icon';
import { fullTime, messageTime } from '../shared/time';
import type { Action } from '../shared/types';

const icons: Partial<Record<Action['kind'], IconName>> = { close: 'check', reopen: 'undo', assign: 'person' };

function textOf(action: Action, ticket: number): string {
  const { kind, actor, assignee } = action;
  const name = actor.name || t(actor.kind === 'agent' ? 'composer.someone' : actor.kind === 'system' ? 'message.system' : 'action.customer');
  if (kind === 'assign') return assignee === actor.name ? t('action.took', { name }) : assignee ? t('action.assign', { name, to: assignee }) : t('action.unassign', { name });
  if (kind === 'tag') {
    const said = (key: TextKey, tags: string[]): string[] => (tags.length ? [t(key, { name, tags: tags.join(', ') })] : []);
    return [...said('action.tagged', action.added), ...said('action.untagged', action.removed)].join(' ');
  }
  const leaves = action.from === ticket;
  const key: TextKey = kind === 'merge' ? (leaves ? 'action.merge_out' : 'action.merge_in') : kind === 'unmerge' ? (leaves ? 'action.unmerge_out' : 'action.unmerge_in')
    : kind === 'split' ? (leaves ? 'action.split_out' : 'action.split_in') : `action.${kind as 'close' | 'reopen' | 'spam' | 'unspam'}`;
  return t(key, { name, number: `#${leaves ? action.into : action.from}` });
}

// "Tom closed this", with its time.
export function ActionLine({ action, ticket, onHeight }: { action: Action; ticket: number; onHeight: () => void }) {
  useEffect(onHeight, []);
  return (
    <div class="event">
      <Icon name={icons[action.kind] ?? 'note'} />
      <span>{textOf(action, ticket)}</span><time dateTime={action.at} title={fullTime(action.at)}>{messageTime(action.at)}</time>
    </div>
  );
}
