import { Refusal } from './desk';
import { h } from './dom';
import { Files } from './files';
import { randomId } from './kept';
import type { Make, Panel, Shown } from './panel';
import { tree, type Tree } from './tree';

export interface Talk {
  subject: string; state: 'open' | 'closed'; stamp: string; waiting_since: string | null; rating: Score | null; can_rate: boolean;
  messages: { id: string; from: 'customer' | 'agent' | 'system'; own: boolean; name: string; at: string; body: Tree[]; files: { name: string; url: string }[] }[];
}
type Score = 'kudos' | 'good' | 'bad';

const scores: [Score, string][] = [['kudos', 'rate_1'], ['good', 'rate_2'], ['bad', 'rate_3']];

export const readTalk = (panel: Panel, token: string): Promise<Talk> => panel.widget.desk.get<Talk>(`widget/questions/${token}`);

// A question and its answers, which come in while it is open.
export const talk = (token: string): Make => (panel) => panel.wait(panel.t('your_question'), async () => new Conversation(panel, token, await readTalk(panel, token)).shown);

class Conversation {
  readonly shown: Shown;
  private readonly list = h('ol', { class: 'talk' });
  private readonly line = h('p', { class: 'hint' });
  private readonly lost = h('p', { class: 'wrong', role: 'status' });
  private readonly ending = h('div', { class: 'ending' });
  private readonly text: HTMLTextAreaElement;
  private readonly send: HTMLButtonElement;
  private readonly files: Files;
  private once = randomId();

  constructor(private readonly panel: Panel, private readonly token: string, private now: Talk) {
    this.files = new Files(panel);
    this.text = h('textarea', { rows: 2, maxLength: 20000, 'aria-label': panel.t('write_back'), placeholder: panel.t('write_back'), dir: 'auto' });
    this.files.watch(this.text);
    this.send = h('button', { class: 'go', type: 'submit' }, panel.t('send'));
    const form = h('form', { class: 'form', noValidate: true, onsubmit: (event: Event) => { event.preventDefault(); void this.reply(); } },
      this.files.list, h('div', { class: 'row' }, this.text, this.files.button), this.send);
    const left = panel.follow.watch(token, now.stamp, (fresh) => this.take(fresh), (isLost) => { this.lost.textContent = isLost ? panel.t('lost') : ''; });
    this.shown = { title: now.subject, body: [this.list, this.line, this.ending, this.lost], foot: [form], left, fromEnd: true };
    this.draw();
  }

  private take(fresh: Talk): void {
    const last = fresh.messages.at(-1);
    if (last && last.from === 'agent' && last.id !== this.now.messages.at(-1)?.id) this.panel.say(this.panel.t('answered_by', { name: last.name }));
    this.now = fresh;
    this.draw();
  }

  private draw(): void {
    const { panel, now } = this;
    const when = new Intl.DateTimeFormat(panel.start.locale, { dateStyle: 'medium', timeStyle: 'short' });
    this.list.replaceChildren(...now.messages.map((one) => h('li', { class: one.own ? 'own' : one.from },
      h('p', { class: 'by' }, h('strong', { dir: 'auto' }, one.own ? panel.t('you') : one.name), ' ', h('time', { dateTime: one.at }, when.format(new Date(one.at)))),
      h('div', { class: 'words', lang: '', dir: 'auto' }, ...tree(panel, one.body)),
      one.files.length ? h('ul', { class: 'files' }, ...one.files.map((file) => h('li', {}, h('a', { href: new URL(file.url, panel.widget.origin).href, target: '_blank', rel: 'noopener' }, file.name)))) : null)));
    this.line.textContent = now.waiting_since ? [panel.t('is_waiting'), panel.start.promise].filter(Boolean).join(' · ') : '';
    this.ending.replaceChildren(...this.endings());
    if (this.list.parentElement) this.list.parentElement.scrollTop = this.list.parentElement.scrollHeight;
    if (!panel.widget.isOpen) return; // nobody has seen it
    const answers = now.messages.filter(({ from }) => from === 'agent').length;
    const { kept } = panel.widget.memory;
    panel.widget.memory.save({ questions: kept.questions.map((one) => (one.token === this.token ? { ...one, seen: answers, open: now.state === 'open' } : one)) });
  }

  // "This is solved" while it is open, how it was once there is an answer to speak of.
  private endings(): HTMLElement[] {
    const { panel, now } = this;
    if (now.state === 'open') return now.messages.length ? [h('button', { class: 'choice', type: 'button', onclick: () => void this.act('solution', {}) }, panel.t('solved'))] : [];
    const rate = (score: Score, text: string): HTMLElement => h('button', { class: 'choice', type: 'button', 'aria-pressed': String(now.rating === score), onclick: () => void this.act('rating', { score }) }, panel.t(text));
    return [h('p', { role: 'status' }, panel.t('is_solved')), ...(now.can_rate ? [h('p', {}, panel.t('rate')), ...scores.map(([score, text]) => rate(score, text))] : [])];
  }

  private async reply(): Promise<void> {
    if (!this.text.value.trim() || this.send.disabled) return;
    this.send.disabled = true;
    const sent = await this.act('messages', { text: this.text.value, ...(await this.files.sent()) }, `?once=${this.once}`);
    this.send.disabled = false;
    this.send.textContent = this.panel.t(sent ? 'send' : 'again');
    if (!sent) return;
    this.once = randomId();
    this.text.value = '';
    this.files.clear();
    this.text.focus();
  }

  private async act(what: string, body: object, more = ''): Promise<boolean> {
    try {
      await this.panel.widget.desk.post(`widget/questions/${this.token}/${what}${more}`, body);
      this.take(await readTalk(this.panel, this.token));
      this.lost.textContent = '';
      return true;
    } catch (error) {
      this.lost.textContent = this.panel.t(error instanceof Refusal && error.status === 429 ? 'busy' : 'not_sent');
      return false;
    }
  }
}
