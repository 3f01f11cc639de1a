import { Chooser, type Choice } from './chooser';
import { t } from '../shared/i18n';
import { matches } from './matches';
import { closeDialog, hands } from '../shared/open_dialogs';
import type { Ticket } from '../shared/types';

// Tags in use among the tickets in memory, and whatever is typed. Choosing one that is there takes it off.
export function Tags({ ticket }: { ticket: Ticket }) {
  const setTags = (tags: string[]): void => hands.peek()?.setTags(ticket.id, tags);
  const choices = (typed: string): Choice[] => {
    const used = new Set([...ticket.tags, ...(hands.value?.tagsInUse() ?? [])]);
    const named = [...used].filter((tag) => matches(tag, typed)).slice(0, 12).map((tag) => {
      const on = ticket.tags.includes(tag);
      return { id: tag, label: t(on ? 'tags.remove' : 'tags.add', { tag }), run: () => setTags(on ? ticket.tags.filter((one) => one !== tag) : [...ticket.tags, tag]) };
    });
    const fresh = typed && !used.has(typed) ? [{ id: ' new', label: t('tags.new', { tag: typed }), run: () => setTags([...ticket.tags, typed]) }] : [];
    return [...named, ...fresh];
  };
  return <Chooser title={t('do.tags')} placeholder={t('tags.placeholder')} choices={choices} onClose={closeDialog} />;
}
