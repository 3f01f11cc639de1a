import { drawing, h } from './dom';

// What is said before any text has come from the help desk: [the launcher, new answers, away].
const words: Record<string, [help: string, answers: string, away: string]> = {
  en: ['Help', 'new answers', 'Help can’t be reached just now. Please try again in a moment.'],
  it: ['Aiuto', 'nuove risposte', 'L’assistenza non è raggiungibile in questo momento. Riprova tra poco.'],
  ru: ['Помощь', 'новые ответы', 'Помощь сейчас недоступна. Попробуйте ещё раз чуть позже.'],
  uk: ['Допомога', 'нові відповіді', 'Допомога зараз недоступна. Спробуйте ще раз трохи згодом.'],
  zh: ['帮助', '新回复', '暂时无法连接帮助中心，请稍后再试。'],
};

export class Launcher {
  private readonly label = h('span');
  private readonly badge = h('span', { class: 'badge', hidden: true });
  private readonly notice = h('p', { class: 'notice', role: 'status', hidden: true });
  readonly button: HTMLButtonElement;
  private speaks = words.en!;
  private unread = 0;

  constructor(frame: HTMLElement, onPress: () => void) {
    const mark = drawing(['M12 3a9 9 0 1 1-9 9 9 9 0 0 1 9-9', 'ring'], ['M12 3a9 9 0 0 1 9 9']);
    this.button = h('button', { class: 'launcher', type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'dialog', onclick: onPress }, mark, this.label, this.badge);
    frame.append(this.notice, this.button);
  }

  speak(locale: string): void {
    this.speaks = words[locale.slice(0, 2).toLowerCase()] ?? words.en!;
    this.label.textContent = this.speaks[0];
    this.button.parentElement?.setAttribute('aria-label', this.speaks[0]);
    this.mark(this.unread);
  }
  mark(unread: number): void {
    this.unread = unread;
    this.badge.hidden = unread === 0;
    this.badge.textContent = String(unread);
    if (unread) this.button.setAttribute('aria-label', `${this.speaks[0]}, ${this.speaks[1]}: ${unread}`);
    else this.button.removeAttribute('aria-label');
  }
  away(isAway: boolean): void {
    this.notice.hidden = !isAway;
    this.notice.textContent = isAway ? this.speaks[2] : '';
  }
}
