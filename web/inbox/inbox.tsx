import english from '../locales/en.json?asker,composer,event,likely,message,pane,queue,rated,row,section,talk';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { Problem } from '../shared/api';
import { bootTickets } from '../shared/boot';
import { addCommands } from '../shared/commands';
import { counts, countsChanged } from '../shared/counts';
import { addEnglish, t } from '../shared/i18n';
import { onLive, watch } from '../shared/live';
import { hands } from '../shared/open_dialogs';
import { place } from '../shared/router';
import { session } from '../shared/session';
import { tellWrong } from '../shared/toasts';
import { layout } from '../shared/width';
import { Conversation } from './conversation';
import { CustomerPane, paneOpen } from './customer_pane';
import { draftOf } from './drafts';
import { inboxCommands } from './inbox_commands';
import { act, fetchRest } from './later';
import { List } from './list';
import { takeFrame } from './live_feed';
import { search } from './search';
import { open, openOnPhone, select, selectNumber } from './selection';
import { talkOf } from './talks';
import { loadPage, pages, put, rows, selected, selectedId, takePage, tickets, view } from './tickets';

addEnglish(english);

function wantedNumber(): number | null {
  const { parts, params } = place.value;
  const number = Number(parts[0] === 't' ? parts[1] : params.get('t'));
  return Number.isInteger(number) && number > 0 ? number : null;
}

function useView(): void {
  useLayoutEffect(() => {
    search('');
    const boot = bootTickets.peek();
    bootTickets.value = null;
    if (boot) takePage(view.peek(), boot, true);
    else if (!pages.peek()[view.value].loaded) void loadPage(view.value);
  }, [view.value]);
}

// The address names a ticket: select it. Otherwise the most urgent one is in the hand on screens that show both.
function useSelection(): void {
  const number = wantedNumber();
  useEffect(() => {
    if (number === null) { if (layout.peek() === 'narrow') openOnPhone.value = false; return; }
    if (number !== wantedNumber()) return; // keys were faster than this effect: it comes again with what they chose
    if (selected.peek()?.number === number) { openOnPhone.value = true; return; }
    selectNumber(number).catch((error: unknown) => tellWrong(error instanceof Problem && error.status === 404 ? t('ticket.missing', { number: `#${number}` }) : t('error.unreachable')));
  }, [number]);
  const first = rows.value[0]?.id;
  useEffect(() => {
    if (number !== null || first === undefined || layout.peek() === 'narrow') return;
    if (selectedId.peek() === null || !rows.peek().some((ticket) => ticket.id === selectedId.peek())) select(first);
  }, [view.value, first === undefined]);
}

// What the dialogs need of the inbox while it is there.
function useHands(): void {
  useLayoutEffect(() => {
    hands.value = {
      selected: () => selected.value,
      assign: (agent) => act(({ assign }) => assign(agent)),
      setTags: (id, tags) => act(({ setTags }) => setTags(id, tags)),
      merge: (from, into) => act(({ merge }) => merge(from, into)),
      split: (from, messages) => act(({ split }) => split(from, messages)),
      messages: (id) => (talkOf(id).value.loaded ? talkOf(id).value.messages.filter((message) => !message.local) : null),
      tagsInUse: () => new Set([...tickets.value.values()].flatMap((ticket) => ticket.tags)),
      show: (ticket) => { put(ticket); open(ticket.id); },
      forget: (customer) => act(({ forgetCustomer }) => forgetCustomer(customer)),
    };
    return () => { hands.value = null; };
  }, []);
}

// Colleagues see who reads and who writes.
function usePresence(): void {
  const id = selectedId.value;
  const replying = id !== null && draftOf(id).value.text.trim() !== '' && draftOf(id).value.kind === 'reply';
  useEffect(() => { if (id !== null) watch({ type: 'watch', ticket: id, replying }); }, [id, replying]);
}

function useTitle(): void {
  const first = counts.value?.first ?? 0;
  const desk = session.value?.desk.name ?? 'Fifteen';
  useEffect(() => { document.title = first > 0 ? `(${first}) ${desk}` : desk; }, [first, desk]);
}

export default function Inbox() {
  useEffect(fetchRest, []);
  useLayoutEffect(() => addCommands(inboxCommands), []);
  useEffect(() => { if (counts.peek()) countsChanged(); }, []);
  useView();
  useEffect(() => onLive(takeFrame), []);
  useSelection();
  usePresence();
  useHands();
  useTitle();
  const ticket = selected.value;
  const phone = layout.value === 'narrow';
  const showTalk = ticket !== null && (!phone || openOnPhone.value);
  return (
    <div class={`inbox ${paneOpen.value && layout.value === 'wide' && ticket ? 'with-pane' : ''}`}>
      {!(phone && showTalk) && <List main={phone} />}
      {showTalk ? <Conversation ticket={ticket} /> : !phone && <main class="talk none" aria-label={t('talk.none')}><p class="hint">{rows.value.length ? t('talk.choose') : ''}</p></main>}
      {showTalk && <CustomerPane ticket={ticket} />}
    </div>
  );
}
