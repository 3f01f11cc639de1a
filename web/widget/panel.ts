import { article } from './article';
import { ask } from './ask';
import type { View, Widget } from './core';
import { drawing, h } from './dom';
import { Follow } from './follow';
import { ideas } from './ideas';
import looks from './panel.css?inline';
import { survey } from './survey';
import { talk } from './talk';

// What the panel begins with: the texts of the reader's language, and what is promised just now.
export interface Start { locale: string; texts: Record<string, string>; name: string; promise: string | null; accent: string | null; ideas: boolean }

// One view: it is read `fromEnd` where the last is what counts; `foot` stands below what scrolls, `focus` has the cursor at first, `left` is called once it is gone.
export interface Shown { title: string; about?: string | null; body: Node[]; foot?: Node[]; focus?: HTMLElement; left?: () => void; personal?: boolean; fromEnd?: boolean }
export type Make = (panel: Panel) => Shown;

const cross = 'M6 6l12 12M18 6L6 18';
const arrow = 'M15 5l-7 7 7 7';
const focusable = 'button:not([disabled]):not([hidden]), a[href], input:not([hidden]), textarea, [tabindex="0"]';

export class Panel {
  readonly follow = new Follow(this);
  private readonly title = h('h2', { id: 'title', tabIndex: -1 });
  private readonly about = h('p', { class: 'about' });
  private readonly back: HTMLButtonElement;
  private readonly body = h('div', { class: 'body' });
  private readonly foot = h('div', { class: 'foot' });
  private readonly status = h('p', { class: 'spoken', role: 'status' });
  private readonly dialog: HTMLElement;
  putAway?: (() => void) | undefined; // the card of a survey, which would stand before the panel
  private stack: Make[] = [];
  private shown: Shown | null = null;
  private cameFrom: Element | null = null;

  constructor(readonly widget: Widget, readonly start: Start) {
    const { fence } = widget;
    this.back = h('button', { class: 'icon', type: 'button', 'aria-label': this.t('back'), onclick: () => this.goBack() }, drawing([arrow]));
    const close = h('button', { class: 'icon', type: 'button', 'aria-label': this.t('close'), onclick: () => this.close() }, drawing([cross]));
    this.dialog = h('div', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', lang: start.locale, hidden: true },
      h('div', { class: 'head' }, this.back, h('div', { class: 'titles' }, this.title, this.about), close), this.body, this.foot, this.status);
    fence.dress(looks);
    if (start.accent && !fence.theme.accent) widget.wear({ ...fence.theme, accent: start.accent });
    fence.frame.append(this.dialog);
    fence.onkey = (event) => this.onKey(event);
  }

  // {name} marks what is put in.
  t(key: string, values: Record<string, string> = {}): string {
    return (this.start.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  }
  say(text: string): void {
    this.status.textContent = text;
  }

  open(view: View): void {
    if (view.survey) {
      void survey(this, view.survey);
      return;
    }
    this.putAway?.();
    const { widget } = this;
    if (!widget.isOpen) this.cameFrom = document.activeElement;
    widget.isOpen = true;
    this.dialog.hidden = false;
    widget.launcher.button.setAttribute('aria-expanded', 'true');
    widget.launcher.mark(0);
    if (view.text !== undefined) widget.memory.save({ draft: view.text });
    if (view.text !== undefined || !this.shown) this.stack = [ask];
    if (view.article) this.stack.push(article({ id: view.article }));
    if (view.idea !== undefined) this.stack.push(ideas(view.idea));
    if (view.question) this.stack.push(talk(view.question));
    this.draw();
    widget.tell('open');
  }

  close(): void {
    const { widget } = this;
    if (!widget.isOpen) return;
    widget.isOpen = false;
    this.dialog.hidden = true;
    widget.launcher.button.setAttribute('aria-expanded', 'false');
    const last = this.cameFrom;
    if (last instanceof HTMLElement && last !== document.body && last.isConnected && !last.shadowRoot) last.focus();
    if (!last || last === document.body || widget.fence.holds(last)) widget.launcher.button.focus();
    widget.tell('close');
  }

  end(): void {
    this.close();
    this.follow.stop();
    this.putAway?.();
    this.shown?.left?.();
    this.dialog.remove();
  }

  identified(): void {
    if (this.shown?.personal) this.draw();
  }

  go(make: Make): void {
    this.stack.push(make);
    this.draw();
  }
  goBack(): void {
    if (this.stack.length > 1) this.stack.pop();
    this.draw();
  }
  // The form, and what stands before it.
  home(...above: Make[]): void {
    this.stack = [ask, ...above];
    this.draw();
  }

  private draw(): void {
    this.shown?.left?.();
    this.show(this.stack.at(-1)!(this));
  }
  private show(shown: Shown): void {
    this.shown = shown;
    this.title.textContent = shown.title;
    this.about.textContent = shown.about ?? '';
    this.about.hidden = !shown.about;
    this.back.hidden = this.stack.length < 2;
    this.body.replaceChildren(...shown.body);
    this.foot.replaceChildren(...(shown.foot ?? []));
    this.foot.hidden = !shown.foot?.length;
    this.body.scrollTop = shown.fromEnd ? this.body.scrollHeight : 0;
    if (this.widget.isOpen) (shown.focus ?? this.title).focus();
  }

  // "A person, please": from anywhere back to the form.
  askPerson(): HTMLElement {
    return h('button', { class: 'plain', type: 'button', onclick: () => this.home() }, this.t('person'));
  }
  // A view whose content is still to come; what failed says so and can be tried again.
  wait(title: string, load: () => Promise<Shown>): Shown {
    const shown: Shown = { title, body: [h('div', { class: 'line', role: 'progressbar', 'aria-label': title })] };
    void load().then((loaded) => {
      if (this.shown === shown) this.show(loaded);
      else loaded.left?.();
    }, () => {
      if (this.shown === shown) this.body.replaceChildren(this.failed(this.t('away'), () => this.draw()));
    });
    return shown;
  }
  failed(text: string, again: () => void): HTMLElement {
    return h('div', { class: 'failed', role: 'alert' }, h('p', {}, text), h('button', { class: 'plain', type: 'button', onclick: again }, this.t('again')));
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.widget.isOpen) return;
    if (event.key === 'Escape') {
      if (this.stack.length > 1) this.goBack();
      else this.close();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.dialog.querySelector('form')?.requestSubmit();
    if (event.key !== 'Tab') return;
    const all = [...this.dialog.querySelectorAll<HTMLElement>(focusable)].filter((one) => one.offsetParent !== null);
    const [first, last] = [all[0], all.at(-1)];
    const now = this.widget.fence.focused;
    if (event.shiftKey ? now === first || now === this.title : now === last) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  }
}

export const start = (widget: Widget, begun: Start): Panel => new Panel(widget, begun);
