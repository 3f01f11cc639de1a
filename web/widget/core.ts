import { Desk } from './desk';
import { Fence, type Theme } from './fence';
import { Memory } from './kept';
import { Launcher } from './launcher';
import type { Panel, Start } from './panel';
import { Track } from './track';

declare const __PANEL__: string; // where the build put panel.ts

export interface Person { id?: string; email?: string; name?: string; plan?: string; created?: string; company?: { id?: string; name?: string }; signature?: string }
export interface Suggestion { kind: 'article' | 'idea'; id: string; title: string; url: string; locale?: string }
export interface Survey { id: string; question: string; kind: 'nps' | 'rating' | 'choice'; labels?: string[] }
export interface Question { text: string; email?: string | undefined; tags?: string[] | undefined }
export type View = { text?: string; article?: string; idea?: string; question?: string; survey?: Survey };
export type EventName = 'ready' | 'open' | 'close' | 'suggested' | 'deflected' | 'asked' | 'survey';

const surveyRestMs = 14 * 86_400_000;
const unreadLastsMs = 30 * 86_400_000;

// The widget on one page: what both of its files share.
export class Widget {
  readonly desk: Desk;
  readonly memory = new Memory();
  readonly fence = new Fence();
  readonly launcher = new Launcher(this.fence.frame, () => void (this.isOpen ? this.panel?.then((panel) => panel.close()) : this.open({})));
  readonly track = new Track((events) => this.sendEvents(events));
  person: Person | null = null;
  isOpen = false;
  private wish = '';
  private panel?: Promise<Panel> | undefined;
  private readonly heard = new Map<EventName, ((detail: unknown) => void)[]>();
  private isReady = false;

  constructor(readonly origin: string, key: string) {
    this.desk = new Desk(origin, key);
    this.launcher.speak(this.locale);
    this.fence.stand();
  }

  get locale(): string {
    return this.wish || document.documentElement.lang || navigator.language;
  }
  async speak(locale: string): Promise<void> {
    this.wish = locale;
    this.launcher.speak(this.locale);
    if (this.panel) await this.again();
  }
  private async again(): Promise<void> {
    const wasOpen = this.isOpen;
    await this.panel?.then((panel) => panel.end(), () => {});
    this.panel = undefined;
    if (wasOpen) await this.open({});
  }

  on(event: EventName, listener: (detail: unknown) => void): void {
    this.heard.set(event, [...(this.heard.get(event) ?? []), listener]);
    if (event === 'ready' && this.isReady) listener(undefined);
  }
  tell(event: EventName, detail?: unknown): void {
    if (event === 'ready') this.isReady = true;
    for (const listener of this.heard.get(event) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error); // the site's own
      }
    }
  }

  // From here on the browser may keep something, and the rest is loaded.
  async open(view: View): Promise<void> {
    this.memory.allow();
    this.launcher.away(false);
    try {
      (await (this.panel ??= this.load())).open(view);
    } catch (error) {
      this.panel = undefined;
      console.warn('Fifteen:', error);
      this.launcher.away(true);
    }
  }
  async close(): Promise<void> {
    (await this.panel)?.close();
  }

  // The panel's file and, at the same time, its words. After an update the file of an hour ago may be gone: then the one of now.
  private async load(): Promise<Panel> {
    const [{ start }, begun] = await Promise.all([
      (import(/* @vite-ignore */ `${this.origin}${__PANEL__}`) as Promise<typeof import('./panel')>).catch(() => import(/* @vite-ignore */ `${this.origin}/widget-panel.js?${Date.now()}`) as Promise<typeof import('./panel')>),
      this.desk.get<Start>('widget/start', { locale: this.locale }),
    ]);
    return start(this, begun);
  }

  identify(person: Person | null): void {
    this.person = person;
    this.track.later();
    void this.panel?.then((panel) => panel.identified());
  }
  wear(theme: Theme): void {
    this.fence.wear(theme);
  }

  suggest(text: string, signal?: AbortSignal): Promise<Suggestion[]> {
    const { visitor } = this.memory.kept;
    const query = { q: text.slice(0, 400), locale: this.locale, limit: '3', visitor, session: this.memory.session(), channel: 'widget' };
    return this.desk.get<{ items: Suggestion[] }>('suggestions', query, signal).then(({ items }) => items);
  }

  // Throws a Refusal. `once` is the same for the same question, however often it is sent.
  async ask(question: Question, once: string): Promise<{ number: string; token: string }> {
    const { visitor, session } = this.memory.kept;
    const asked = await this.desk.post<{ number: string; token: string }>(`widget/questions?once=${once}`, {
      ...question, locale: this.locale, page: location.href.slice(0, 1000), visitor, session: session.id, ...(this.person ? { identity: this.person } : {}),
    });
    this.memory.endSession();
    const subject = question.text.trim().split('\n')[0]!.slice(0, 80);
    this.memory.save({ questions: [{ token: asked.token, subject, at: Date.now(), seen: 0, open: true }, ...this.memory.kept.questions] });
    this.tell('asked', { number: asked.number });
    return asked;
  }

  // One question, at most once a person and never within 14 days of another: on this browser, which is all that we know of most.
  async survey(survey: Survey): Promise<void> {
    const shown = Object.values(this.memory.kept.surveys);
    if (survey.id in this.memory.kept.surveys || shown.some((at) => Date.now() - at < surveyRestMs)) return;
    await this.open({ survey });
  }

  private sendEvents(events: object[]): boolean {
    if (!this.person?.signature) return false;
    void this.desk.post('widget/events', { identity: this.person, events }, { keepalive: true }).catch(() => {});
    return true;
  }

  // Someone who asked lately is told of answers by a mark on the launcher: the one request before the panel is opened.
  async lookForAnswers(): Promise<void> {
    const lately = this.memory.kept.questions.filter(({ at }) => Date.now() - at < unreadLastsMs);
    if (!lately.length) return;
    const { items } = await this.desk.post<{ items: { token: string; answers: number }[] }>('widget/answers', { tokens: lately.map(({ token }) => token) });
    const seen = new Map(lately.map((question) => [question.token, question.seen]));
    this.launcher.mark(items.reduce((sum, { token, answers }) => sum + Math.max(0, answers - (seen.get(token) ?? 0)), 0));
  }

  async shutdown(): Promise<void> {
    this.person = null;
    await this.panel?.then((panel) => panel.end(), () => {});
    this.panel = undefined;
    this.memory.forget();
    this.launcher.mark(0);
  }
}
