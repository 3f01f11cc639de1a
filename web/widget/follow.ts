import type { Panel } from './panel';
import { readTalk, type Talk } from './talk';

const firstPauseMs = 1000, longestPauseMs = 30_000, pollMs = 30_000, tries = 3;
const firstBeatMs = 10_000, silenceMs = 40_000; // the help desk lets itself be heard at once, and every 25 s

// Hears of a question's answers by the event stream; where that can't be (it is refused, or a proxy holds it back), it asks now and
// then. The last question is followed on when the panel is closed: the launcher's mark tells of answers.
export class Follow {
  private stream?: EventSource | undefined;
  private timer = 0;
  private failures = 0;
  private token = '';
  private stamp = ''; // of what was seen last: the help desk says at once if that is old
  private onNews?: ((talk: Talk) => void) | undefined;
  private onLost?: ((isLost: boolean) => void) | undefined;

  constructor(private readonly panel: Panel) {
    addEventListener('online', () => { if (this.token) this.connect(); });
  }

  // Returns what ends the watching; the following goes on.
  watch(token: string, stamp: string, onNews: (talk: Talk) => void, onLost: (isLost: boolean) => void): () => void {
    this.onNews = onNews;
    this.onLost = onLost;
    if (token !== this.token) this.failures = 0;
    this.token = token;
    this.stamp = stamp;
    this.connect();
    return () => { if (this.onNews === onNews) this.onNews = this.onLost = undefined; };
  }

  stop(): void {
    this.token = '';
    clearTimeout(this.timer);
    this.stream?.close();
  }

  private connect(): void {
    this.stream?.close();
    const stream = new EventSource(`${this.panel.widget.origin}/api/v1/live/public?${new URLSearchParams({ token: this.token, after: this.stamp })}`);
    this.stream = stream;
    const again = (failures: number): void => {
      stream.close();
      this.failures = failures;
      if (failures >= tries) void this.look();
      const pause = failures >= tries ? pollMs : Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
      this.wait(pause * (0.75 + Math.random() / 2), () => this.connect());
    };
    const heard = (): void => {
      this.failures = 0;
      this.onLost?.(false);
      this.wait(silenceMs, () => again(tries));
    };
    this.wait(firstBeatMs, () => again(tries));
    stream.addEventListener('beat', heard);
    stream.addEventListener('change', () => {
      heard();
      void this.look();
    });
    stream.addEventListener('error', () => again(this.failures + 1));
  }

  private wait(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(then, ms);
  }

  private async look(): Promise<void> {
    const { token } = this;
    try {
      const talk = await readTalk(this.panel, token);
      if (token !== this.token) return;
      this.stamp = talk.stamp;
      this.onLost?.(false);
      this.onNews?.(talk);
      if (!this.panel.widget.isOpen) {
        const seen = this.panel.widget.memory.kept.questions.find((one) => one.token === token)?.seen ?? 0;
        this.panel.widget.launcher.mark(Math.max(0, talk.messages.filter(({ from }) => from === 'agent').length - seen));
      }
    } catch {
      this.onLost?.(true);
    }
  }
}
