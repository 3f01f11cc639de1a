// Usage events, sent a few at a time: at most one request in five seconds, and one more when the page is left.
export interface UsageEvent { name: string; at: string; data?: unknown }

const pauseMs = 5000;
const most = 50; // a request; what a page does beyond is not told

export class Track {
  private waiting: UsageEvent[] = [];
  private timer = 0;

  // `send` says false while it can't: the events wait for the next turn.
  constructor(private readonly send: (events: UsageEvent[]) => boolean) {
    addEventListener('pagehide', () => this.flush());
  }

  note(name: string, data?: unknown): void {
    if (this.waiting.length < most) this.waiting.push({ name, at: new Date().toISOString(), data });
    this.later();
  }

  // Again in five seconds, if there is something to tell: nobody was known to tell it of.
  later(): void {
    if (this.waiting.length) this.timer ||= window.setTimeout(() => this.flush(), pauseMs);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.waiting.length && this.send(this.waiting)) this.waiting = [];
  }
}
