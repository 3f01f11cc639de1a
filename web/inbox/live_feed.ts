import { countsChanged } from '../shared/counts';
import { now } from '../shared/clock';
import { me } from '../shared/session';
import type { LiveFrame, RatedFrame } from '../shared/types';
import { draftOf } from './drafts';
import { markRead, select, selectNumber } from './selection';
import { changeTalk, isStored, loadActions, loadTalk, messagesMoved, staleTalk, talkOf } from './talks';
import { arrived, closedOrder, drop, forgetLists, loadPage, pages, put, selectedId, tickets, view } from './tickets';

const words = new Set(['message', 'reply', 'note', 'bounce', 'auto', 'rating', 'ack', 'delivery', 'bounced']);
const movers = new Set(['merged', 'unmerge', 'split']);

// What the stream says, into the lists and conversations in memory.
export function takeFrame(frame: LiveFrame, old: boolean): void {
  if (frame.type === 'ticket') takeTicket(frame, old);
  else if (frame.type === 'rated') takeRating(frame);
  else if (frame.type === 'hello' && frame.fresh) readListAgain();
  else if (frame.type === 'removed') {
    drop(frame.ticket);
    if (selectedId.peek() === frame.ticket && frame.erased) select(null);
    else if (selectedId.peek() === frame.ticket) void selectNumber(Number(frame.ticket)).catch(() => select(null));
  }
  else if (frame.type === 'presence') changeTalk(frame.ticket, { present: frame.agents.filter((agent) => agent.id !== me()?.id) });
  else if (frame.type === 'resync') {
    forgetLists();
    void loadPage(view.peek());
    if (selectedId.peek()) void loadTalk(selectedId.peek()!, true);
  }
}

function takeRating(frame: RatedFrame): void {
  if (selectedId.peek() === frame.ticket) void loadTalk(frame.ticket, true);
  else if (isStored(frame.ticket)) staleTalk(frame.ticket);
}

// A list that was read before the stream began lacks what came between.
function readListAgain(): void {
  if (pages.peek()[view.peek()].loading) setTimeout(readListAgain, 100);
  else void loadPage(view.peek());
}

function takeTicket(frame: Extract<LiveFrame, { type: 'ticket' }>, old: boolean): void {
  const { ticket, actor } = frame;
  const before = tickets.peek().get(ticket.id);
  if (old && before?.version === ticket.version) return;
  if (!before) arrived.add(ticket.id);
  if (ticket.state === 'closed' && before?.state !== 'closed' && !closedOrder.peek().includes(ticket.id)) closedOrder.value = [ticket.id, ...closedOrder.peek()];
  put(ticket);
  if (JSON.stringify([before?.wait, before?.state, before?.assignee]) !== JSON.stringify([ticket.wait, ticket.state, ticket.assignee])) countsChanged();
  const byOther = actor !== null && actor.id !== me()?.id;
  if (byOther && frame.what === 'reply' && draftOf(ticket.id).peek().text) {
    changeTalk(ticket.id, { conflict: { who: actor.name, at: new Date(now()).toISOString(), asked: false } });
  }
  if (movers.has(frame.what)) messagesMoved();
  else if (selectedId.peek() === ticket.id) {
    if (!words.has(frame.what)) void loadActions(ticket.id);
    if (words.has(frame.what) || byOther || !talkOf(ticket.id).peek().loaded) void loadTalk(ticket.id, true).then(() => markRead(ticket.id));
  } else if (isStored(ticket.id)) staleTalk(ticket.id);
}
