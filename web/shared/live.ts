import { signal } from '@preact/signals';
import { learnServerTime } from './clock';
import { later, retryAfterMs, streamUrl } from './live_resume';
import { loadUnread, unreadNotices } from './notices';
import type { LiveFrame, NoticesFrame } from './types';

// The stream's state for the line on top of the page; `retryAt` is local time, so the seconds can be counted.
export const streamState = signal<{ open: boolean; retryAt: number | null; failures: number }>({ open: false, retryAt: null, failures: 0 });

// How many changes were heard of, for views that show figures and no tickets.
export const changesHeard = signal(0);

// `old`: an event that this page has heard of already, sent again for those that became visible late.
type Listener = (frame: LiveFrame, old: boolean) => void;
const listeners = new Set<Listener>();
// What came while nobody listened: the inbox is still loading, or another view is shown, and its lists are of before.
let kept: Parameters<Listener>[] = [];
const keptAtMost = 500;
const pingEveryMs = 20_000;

let socket: WebSocket | null = null;
let after: string | null = null;
let wanted = false;
let retryTimer = 0;
let pingTimer = 0;
let watching: object | null = null;

let tellNotices: (frame: NoticesFrame) => void = () => {};

// Notices are told on every page, whichever view listens to the rest.
export function onNotices(listener: typeof tellNotices): void {
  tellNotices = listener;
}

// Ideas concern their own page alone, which reads them anew whenever it is opened.
let tellIdea: (idea: string | null) => void = () => {};

// `null`: any may have changed.
export function onIdea(listener: typeof tellIdea): () => void {
  tellIdea = listener;
  return () => { tellIdea = () => {}; };
}

function noticed(frame: NoticesFrame): void {
  unreadNotices.value = (unreadNotices.peek() ?? 0) + frame.items.filter((one) => one.screen).length;
  tellNotices(frame);
}

export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  kept.splice(0).forEach((frame) => listener(...frame));
  return () => listeners.delete(listener);
}

export function startLive(from: string | null = null): void {
  if (wanted) return;
  after = from;
  wanted = true;
  addEventListener('online', retryNow);
  open();
}

export function stopLive(): void {
  wanted = false;
  after = null;
  kept = [];
  removeEventListener('online', retryNow);
  clearTimeout(retryTimer);
  socket?.close();
}

export function retryNow(): void {
  if (!wanted || socket) return;
  clearTimeout(retryTimer);
  open();
}

// What this person looks at: said again after each reconnect.
export function watch(frame: { type: 'watch'; ticket: string; replying: boolean }): void {
  watching = frame;
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function open(): void {
  const mine = new WebSocket(streamUrl(location.origin, after));
  socket = mine;
  mine.onopen = () => {
    streamState.value = { open: true, retryAt: null, failures: 0 };
    if (watching) mine.send(JSON.stringify(watching));
    pingTimer = window.setInterval(() => mine.readyState === WebSocket.OPEN && mine.send('{"type":"ping"}'), pingEveryMs);
  };
  mine.onmessage = (event: MessageEvent<string>) => take(event.data);
  mine.onclose = () => {
    if (socket !== mine) return;
    socket = null;
    clearInterval(pingTimer);
    if (!wanted) return;
    const failures = streamState.peek().failures + 1;
    const pause = retryAfterMs(failures - 1, Math.random());
    streamState.value = { open: false, retryAt: Date.now() + pause, failures };
    retryTimer = window.setTimeout(open, pause);
  };
}

function take(text: string): void {
  let frame: LiveFrame;
  try {
    frame = JSON.parse(text) as LiveFrame;
  } catch {
    return; // Not ours: the next frame or a resync mends what it may have said.
  }
  const old = after !== null && 'event' in frame && frame.event !== undefined && later(after, frame.event) === after;
  if (frame.type === 'hello') frame.fresh = after === null;
  if (frame.type === 'hello' || frame.type === 'pong') learnServerTime(frame.server_time);
  if (frame.type === 'hello') {
    after = later(after, frame.after);
  } else if ('event' in frame && frame.event) {
    after = later(after, frame.event);
  } else if (frame.type === 'resync') {
    after = null;
  }
  if (frame.type === 'notices') { if (!old) noticed(frame); return; }
  if (frame.type === 'idea') { tellIdea(frame.idea); return; }
  if (frame.type === 'resync') tellIdea(null);
  if (frame.type === 'resync') void loadUnread().catch(() => {});
  if (frame.type === 'ticket' || frame.type === 'removed' || frame.type === 'resync') changesHeard.value++;
  if (listeners.size) return listeners.forEach((listener) => listener(frame, old));
  if (kept.length === keptAtMost) kept = [[{ type: 'resync' }, false]];
  kept.push([frame, old]);
}
