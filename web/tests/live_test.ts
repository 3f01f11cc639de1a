import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onIdea, onLive, startLive, stopLive } from '../shared/live';

let say: (frame: object) => void;
let heard: string[] = [];
let leave = (): void => {};
const listen = (): void => { leave = onLive((frame) => heard.push('event' in frame ? `${frame.type} ${frame.event}` : frame.type)); };
const removed = (event: number): object => ({ type: 'removed', ticket: '1', event: String(event) });

afterEach(() => {
  leave();
  stopLive();
});
beforeEach(() => {
  heard = [];
  vi.stubGlobal('location', { origin: 'http://desk.example' });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('WebSocket', class {
    onmessage?: (event: { data: string }) => void;
    constructor() { say = (frame) => this.onmessage?.({ data: JSON.stringify(frame) }); }
    close(): void {}
  });
  startLive('4');
});

it('keeps what came before anybody listened, and while nobody did', () => {
  say(removed(5));
  listen();
  say(removed(6));
  leave();
  say(removed(7));
  expect(heard).toEqual(['removed 5', 'removed 6']);
  listen();
  expect(heard).toEqual(['removed 5', 'removed 6', 'removed 7']);
});

it('asks to read anew when too much came', () => {
  for (let event = 5; event <= 505; event += 1) say(removed(event));
  listen();
  expect(heard).toEqual(['resync', 'removed 505']);
});

it('tells of ideas apart, and keeps none for the inbox', () => {
  const ideas: (string | null)[] = [];
  const forget = onIdea((idea) => ideas.push(idea));
  say({ type: 'idea', event: '5', idea: '7' });
  say({ type: 'resync' });
  forget();
  say({ type: 'idea', event: '6', idea: '8' });
  listen();
  expect(ideas).toEqual(['7', null]);
  expect(heard).toEqual(['resync']);
});

it('keeps nothing for who signs in next', () => {
  say(removed(5));
  stopLive();
  listen();
  expect(heard).toEqual([]);
});
