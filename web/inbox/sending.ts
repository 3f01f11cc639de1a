import { newKey, Problem, send } from '../shared/api';
import { now } from '../shared/clock';
import { countsChanged } from '../shared/counts';
import { t } from '../shared/i18n';
import { me } from '../shared/session';
import { dismiss, explain, tell, tellWrong } from '../shared/toasts';
import type { Message, Ticket, TicketDetail } from '../shared/types';
import { get } from '../shared/api';
import { clear, draftOf, write, type Draft } from './drafts';
import { focusComposer } from './focus';
import { backToList, neighbour, select } from './selection';
import { changeTalk, loadTalk, merged, talkOf, type ShownMessage } from './talks';
import { assume, closedOrder, put, selectedId, tickets } from './tickets';
import { inTurn } from './turns';

// Sending a reply or a note: it stands in the conversation at once, goes out after the undo window, and comes back into the
// composer when it is undone. Refused or lost, it stays in its place with the text intact.
export const undoSeconds = 10;
let nextLocal = 1;
const offers = new Map<string, number>(); // message to the toast that offers its undo

export function localMessage(draft: Draft, again: () => void, drop: () => void): ShownMessage {
  const agent = me();
  return {
    id: `local-${nextLocal++}`, kind: draft.kind, at: new Date(now()).toISOString(), text: draft.text, quoted: null, html: false, rendered: null,
    author: { kind: 'agent', id: agent?.id ?? null, name: agent?.name ?? '', email: agent?.email ?? '' }, to: [], cc: [],
    attachments: draft.uploads.map((one) => ({ id: one.id ?? '', name: one.name, content_type: '', size: one.size, inline: false, url: '' })),
    why: null, delivery: null, rating: null, closes: false, undo_until: null, raw_url: null, local: { state: 'sending', again, drop },
  };
}

// What the ticket looks like once the reply counts (clock.md: the click on Send is the instant).
export function afterReply(ticket: Ticket, kind: Draft['kind'], close: boolean, at: number): Partial<Ticket> {
  if (kind === 'note') return {};
  const agent = me();
  const waited = ticket.wait ? Math.max(0, Math.round((at - Date.parse(ticket.wait.started_at)) / 1000)) : ticket.last_response_seconds;
  return { wait: null, unread: false, last_response_seconds: waited, last_replier: agent && { id: agent.id, name: agent.name }, ...(close ? { state: 'closed' as const } : {}) };
}

const setMessages = (id: string, change: (all: readonly ShownMessage[]) => readonly ShownMessage[]): void =>
  changeTalk(id, { messages: change(talkOf(id).peek().messages) });

export function submit(id: string, close: boolean): void {
  const draft = draftOf(id).peek();
  const conflict = talkOf(id).peek().conflict;
  if (!draft.text.trim()) return;
  if (draft.uploads.some((one) => one.state !== 'done')) { tellWrong(t('composer.wait_for_files')); return; }
  if (conflict && !conflict.asked && draft.kind === 'reply') { changeTalk(id, { conflict: { ...conflict, asked: true } }); return; }
  const next = close && selectedId.peek() === id ? neighbour(id) : null;
  clear(id);
  changeTalk(id, { conflict: null });
  void post(id, draft, close);
  if (close && selectedId.peek() === id) { select(next); backToList(); }
}

// What a request is known by: said again after a lost answer, it is not done twice.
interface Said { key: string; version: number }

async function post(id: string, draft: Draft, close: boolean, before?: Said): Promise<void> {
  const ticket = tickets.peek().get(id);
  if (!ticket) return;
  const said = before ?? { key: newKey(), version: ticket.version };
  const drop = (): void => setMessages(id, (all) => all.filter((one) => one.id !== mine.id));
  const mine: ShownMessage = localMessage(draft, () => { drop(); void post(id, draft, close, said); }, () => { drop(); write(id, draft); focusComposer(); });
  setMessages(id, (all) => [...all, mine]);
  const reply = draft.kind === 'reply';
  const settle = assume(id, afterReply(ticket, draft.kind, close, now()));
  if (close) closedOrder.value = [id, ...closedOrder.value.filter((other) => other !== id)];
  const body = { kind: draft.kind, text: draft.text, close, undo_seconds: reply ? undoSeconds : 0, attachments: draft.uploads.map((one) => one.id) };
  const sent = inTurn(id, () => say(id, body, said));
  // Who takes it back at once need not wait for the server's answer.
  const offer = reply ? tell(t('done.sent'), { undo: () => void sent.then((made) => takeBack(id, made.id), () => {}), seconds: undoSeconds }) : 0;
  try {
    const made = await sent;
    setMessages(id, (all) => all.filter((one) => one.id !== made.id).map((one) => (one.id === mine.id ? made : one)));
    settle(true);
    void get<TicketDetail>(`/tickets/${id}`).then((fresh) => put(fresh)).catch(() => {});
    countsChanged();
    if (reply) offers.set(made.id, offer);
    else tell(t('done.noted'));
  } catch (error) {
    settle(false);
    dismiss(offer);
    if (error instanceof Problem && error.status === 409) overtaken(id, draft, error, drop);
    else setMessages(id, (all) => all.map((one) => (one.id === mine.id ? { ...mine, local: { ...mine.local!, state: 'failed' } } : one)));
  }
}

// What she did herself a moment ago, and what no person wrote, is no news to her: it is said again to the newer ticket.
async function say(id: string, body: object, said: Said, tries = 5): Promise<Message> {
  try {
    return await send<Message>('POST', `/tickets/${id}/messages`, { ...body, if_version: said.version }, said.key);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409 || tries <= 1 || since(error).some(isNews)) throw error;
    said.version = Number(error.body.version);
    return say(id, body, said, tries - 1);
  }
}

const since = (problem: Problem): Message[] => (Array.isArray(problem.body.since) ? problem.body.since : []) as Message[];
const isNews = ({ author }: Message): boolean => author.kind !== 'system' && !(author.kind === 'agent' && author.id === me()?.id);

// Someone else was faster: their words are shown, ours go back into the composer, Send asks once.
function overtaken(id: string, draft: Draft, problem: Problem, drop: () => void): void {
  drop();
  write(id, draft);
  const known = talkOf(id).peek().messages;
  const fresh = since(problem).filter((message) => !known.some((one) => one.id === message.id));
  const last = since(problem).filter(isNews).at(-1);
  changeTalk(id, { messages: merged([...known.filter((one) => !one.local), ...fresh], known), conflict: { who: last?.author.name ?? t('composer.someone'), at: last?.at ?? new Date(now()).toISOString(), asked: true } });
  void get<TicketDetail>(`/tickets/${id}`).then((detail) => put(detail)).catch(() => {});
}

export async function takeBack(id: string, message: string): Promise<void> {
  dismiss(offers.get(message) ?? 0);
  offers.delete(message);
  try {
    const { text } = await send<{ text: string }>('DELETE', `/messages/${message}`);
    const kind = talkOf(id).peek().messages.find((one) => one.id === message)?.kind === 'note' ? 'note' : 'reply';
    setMessages(id, (all) => all.filter((one) => one.id !== message));
    void loadTalk(id, true); // what was being read meanwhile still has it
    const draft = draftOf(id).peek();
    write(id, { kind, text: draft.text ? `${text}\n\n${draft.text}` : text });
    put(await get<TicketDetail>(`/tickets/${id}`));
    select(id, false);
    focusComposer();
    countsChanged();
  } catch (error) {
    tellWrong(error instanceof Problem && error.status === 410 ? t('done.too_late') : explain(error));
  }
}
