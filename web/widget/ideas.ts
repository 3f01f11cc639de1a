import { Refusal } from './desk';
import { drawing, h } from './dom';
import { randomId } from './kept';
import type { Make } from './panel';

interface Idea { id: string; title: string; locale: string; state: string; reason: string; votes: number; url: string }

const waitAfterLastKeyMs = 90;

// What others wish for, looked through while one's own wish is typed; a vote counts once the mail's link is pressed.
export const ideas = (wish: string): Make => (panel) => {
  const { widget } = panel;
  let timer = 0;
  let running: AbortController | undefined;
  const text = h('input', { type: 'search', id: 'wish', maxLength: 200, value: wish, placeholder: panel.t('idea_example'), dir: 'auto' });
  const email = h('input', { type: 'email', autocomplete: 'email', placeholder: panel.t('email'), 'aria-label': panel.t('email'), value: widget.person?.email ?? widget.memory.kept.email, dir: 'auto' });
  const told = h('p', { class: 'hint', role: 'status' });
  const list = h('ul', { class: 'list' });
  let once = randomId();

  const send = async (path: string, body: object): Promise<void> => {
    if (!email.value || !email.validity.valid) {
      told.textContent = panel.t('email_wrong');
      email.focus();
      return;
    }
    widget.memory.save({ email: email.value });
    try {
      await widget.desk.post(path, { ...body, email: email.value, locale: widget.locale });
      once = randomId();
      told.textContent = panel.t('vote_mail', { email: email.value });
    } catch (error) {
      told.textContent = panel.t(error instanceof Refusal && error.status === 429 ? 'busy' : 'not_sent');
    }
  };
  const entry = (one: Idea): HTMLElement => h('li', { class: 'idea' },
    h('button', { class: 'vote', type: 'button', disabled: one.state === 'done', onclick: () => void send(`widget/ideas/${one.id}/votes`, {}) }, drawing(['M5 15l7-7 7 7']), String(one.votes), h('span', { class: 'spoken' }, ' ', panel.t('vote', { title: one.title }))),
    h('span', {}, h('a', { lang: one.locale, dir: 'auto', href: new URL(one.url, widget.origin).href, target: '_blank', rel: 'noopener' }, one.title), h('small', {}, [panel.t(`idea_${one.state}`), one.reason].filter(Boolean).join(' · '))));
  const look = async (): Promise<void> => {
    running?.abort();
    running = new AbortController();
    try {
      const { items } = await widget.desk.get<{ items: Idea[] }>('widget/ideas', { q: text.value.trim(), locale: widget.locale }, running.signal);
      list.replaceChildren(...items.map(entry));
    } catch (error) {
      if (error instanceof Refusal && error.status === 429) timer = window.setTimeout(() => void look(), 1000);
      else if (error instanceof Refusal) list.replaceChildren(h('li', {}, panel.failed(panel.t('away'), () => void look())));
    }
  };
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), waitAfterLastKeyMs);
  });
  void look();
  const post = (event: Event): void => {
    event.preventDefault();
    if (text.value.trim()) void send(`widget/ideas?once=${once}`, { title: text.value.trim() });
    else text.focus();
  };
  return {
    title: panel.t('ideas'), focus: text, left: () => { clearTimeout(timer); running?.abort(); },
    body: [h('label', { htmlFor: 'wish' }, panel.t('idea_label')), text, list],
    foot: [h('form', { class: 'form', noValidate: true, onsubmit: post }, told, email, h('button', { class: 'go', type: 'submit' }, panel.t('idea_post'))), panel.askPerson()],
  };
};
