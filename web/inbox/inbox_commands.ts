import type { Command } from '../shared/commands';
import { t } from '../shared/i18n';
import { openDialog } from '../shared/open_dialogs';
import { me } from '../shared/session';
import { layout } from '../shared/width';
import { previewOpen } from './composer';
import { paneOpen } from './customer_pane';
import { composerId, focusComposer } from './focus';
import { act, withAnswers } from './later';
import { answersOpen } from './likely_answers';
import { searchId } from './list_head';
import { search, searchText } from './search';
import { backToList, focusRow, marked, open, openOnPhone, select, step, toggleMark } from './selection';
import { talkOf } from './talks';
import { rows, selected, selectedId } from './tickets';

const has = (): boolean => selectedId.peek() !== null;
const inComposer = (): boolean => has() && document.activeElement?.id === composerId;
const answer = (n: number): void => {
  const id = selectedId.peek()!;
  const chosen = talkOf(id).peek().suggestions[n - 1]!;
  act(({ insertAnswer }) => insertAnswer(id, chosen));
};
const lastReply = (): string | undefined => has() ? talkOf(selectedId.peek()!).peek().messages.filter(({ kind, local }) => kind === 'reply' && !local).at(-1)?.id : undefined;
const send = (close: boolean): void => {
  const id = selectedId.peek()!;
  act(({ submit }) => submit(id, close));
};

// One step back: the search, the ticks, the conversation on the phone.
function back(): void {
  if (searchText.peek()) search('');
  else if (marked.peek().size) marked.value = new Set();
  else if (layout.peek() === 'narrow' && openOnPhone.peek()) backToList();
  focusRow();
}

export const inboxCommands: Command[] = [
  { id: 'next', keys: 'j, ArrowDown', label: () => t('do.next'), run: () => step(1), inPalette: false },
  { id: 'previous', keys: 'k, ArrowUp', label: () => t('do.previous'), run: () => step(-1), inPalette: false },
  { id: 'open', keys: 'Enter', label: () => t('do.open'), when: () => document.activeElement?.getAttribute('role') === 'option' || document.activeElement === document.body, run: () => { const id = selectedId.peek() ?? rows.peek()[0]?.id; if (id) open(id); }, inPalette: false },
  { id: 'reply', keys: 'r', label: () => t('composer.reply'), when: has, run: () => { open(selectedId.peek()!); focusComposer('reply'); } },
  { id: 'note', keys: 'n', label: () => t('composer.note'), when: has, run: () => { open(selectedId.peek()!); focusComposer('note'); } },
  { id: 'close', keys: 'e', label: () => t('do.close_or_reopen'), when: has, run: () => act(({ closeOrReopen }) => closeOrReopen()) },
  { id: 'assign', keys: 'a', label: () => t('do.assign'), when: has, run: () => { openDialog.value = 'assign'; } },
  { id: 'assign-me', keys: 'm', label: () => t('do.assign_me'), when: has, run: () => { const agent = me(); if (agent) act(({ assign }) => assign(agent)); } },
  { id: 'unread', keys: 'u', label: () => t('do.unread'), when: has, run: () => act(({ markUnread }) => markUnread()) },
  { id: 'tags', keys: '', label: () => t('do.tags'), when: has, run: () => { openDialog.value = 'tags'; } },
  { id: 'merge', keys: '', label: () => t('do.merge'), when: has, run: () => { openDialog.value = 'merge'; } },
  { id: 'link-idea', keys: '', label: () => t('do.link_idea'), when: has, run: () => { openDialog.value = 'link-idea'; } },
  { id: 'split', keys: '', label: () => t('do.split'), when: () => has() && talkOf(selectedId.peek()!).peek().messages.length > 1, run: () => { openDialog.value = 'split'; } },
  { id: 'spam', keys: '', label: () => t(selected.peek()?.spam ? 'do.not_spam' : 'do.spam'), when: has, run: () => act(({ setSpam }) => setSpam(selectedId.peek()!, !selected.peek()?.spam)) },
  { id: 'mark', keys: 'x', label: () => t('do.mark'), when: has, run: () => toggleMark(selectedId.peek()!) },
  { id: 'pane', keys: 'i', label: () => t('pane.show'), when: has, run: () => { paneOpen.value = !paneOpen.peek(); } },
  { id: 'new', keys: 'c', label: () => t('do.new_ticket'), run: () => { openDialog.value = 'new-ticket'; } },
  { id: 'search', keys: '/, Shift+/', label: () => t('queue.search'), run: () => { const box = document.getElementById(searchId) as HTMLInputElement | null; box?.focus(); box?.select(); } },
  { id: 'send', keys: '$mod+Enter', label: () => t('composer.send'), when: inComposer, whileTyping: true, run: () => send(false), inPalette: false },
  { id: 'send-close', keys: '$mod+Shift+Enter', label: () => t('composer.send_close'), when: inComposer, whileTyping: true, run: () => send(true), inPalette: false },
  { id: 'preview', keys: 'p', label: () => t('composer.preview'), when: has, run: () => { previewOpen.value = !previewOpen.peek(); } },
  ...[1, 2, 3].map((n): Command => ({ id: `answer-${n}`, keys: String(n), label: () => t('likely.insert_nth', { n }), when: () => has() && talkOf(selectedId.peek()!).peek().suggestions.length >= n, run: () => answer(n), inPalette: false })),
  { id: 'answers', keys: 'l', label: () => t('likely.details'), when: () => has() && talkOf(selectedId.peek()!).peek().suggestions.length > 0, run: () => { answersOpen.value = !answersOpen.peek(); } },
  { id: 'save-article', keys: 's', label: () => t('do.save_article'), when: () => !!lastReply(), run: () => { const reply = lastReply()!; withAnswers(({ saveAsArticle }) => saveAsArticle(reply)); } },
  { id: 'first', keys: 'Home', label: () => t('do.first'), run: () => { const first = rows.peek()[0]; if (first) select(first.id); }, inPalette: false },
  { id: 'back', keys: 'Escape', label: () => t('do.back'), run: back, inPalette: false },
];
