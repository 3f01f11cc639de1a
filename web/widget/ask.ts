import { article } from './article';
import { Refusal } from './desk';
import { h } from './dom';
import { Files } from './files';
import { ideas } from './ideas';
import { randomId } from './kept';
import type { Make, Panel } from './panel';
import { questions } from './questions';
import { talk } from './talk';
import { suggestions } from './suggestions';

const shortest = 3;
const waitAfterLastKeyMs = 90;

// The first view: a question, what may answer it, and who to answer to.
export const ask: Make = (panel) => {
  const { widget } = panel;
  const { kept } = widget.memory;
  let once = randomId();
  const files = new Files(panel);
  const text = h('textarea', { id: 'text', rows: 3, maxLength: 20000, placeholder: panel.t('example'), value: kept.draft, dir: 'auto' });
  const address = widget.person?.email;
  const email = h('input', { id: 'email', type: 'email', autocomplete: 'email', placeholder: panel.t('email'), 'aria-label': panel.t('email'), value: address ?? kept.email, required: true, dir: 'auto' });
  const answers = h('div', { class: 'answers', hidden: true });
  const wrong = h('p', { class: 'wrong', role: 'alert', id: 'wrong' });
  const send = h('button', { class: 'go', type: 'submit' }, panel.t('send'));
  const stop = watch(panel, text, answers);
  files.watch(text);

  const complain = (about: string, field?: HTMLElement): void => {
    wrong.textContent = about;
    for (const one of [text, email]) one.removeAttribute('aria-invalid');
    field?.setAttribute('aria-invalid', 'true');
    field?.setAttribute('aria-describedby', 'wrong');
    field?.focus();
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (send.disabled) return;
    if (!text.value.trim()) return complain(panel.t('text_missing'), text);
    if (!email.validity.valid) return complain(panel.t('email_wrong'), email);
    complain('');
    send.disabled = true;
    send.textContent = panel.t('sending');
    widget.memory.save({ email: email.value });
    try {
      const asked = await widget.ask({ text: text.value, email: email.value, ...(await files.sent()) }, once);
      widget.memory.save({ draft: '' });
      once = randomId();
      panel.say(panel.t('sent'));
      panel.home(talk(asked.token));
    } catch (error) {
      const status = error instanceof Refusal ? error.status : -1;
      complain(panel.t(status === 429 ? 'busy' : status === 413 ? 'files_large' : 'not_sent'));
      send.disabled = false;
      send.textContent = panel.t('again');
      send.focus();
    }
  };
  const more = h('div', { class: 'more' },
    kept.questions.length > 0 || widget.person?.signature ? h('button', { class: 'plain', type: 'button', onclick: () => panel.go(questions) }, panel.t('yours')) : null,
    panel.start.ideas ? h('button', { class: 'plain', type: 'button', onclick: () => panel.go(ideas('')) }, panel.t('ideas')) : null);
  const form = h('form', { class: 'form', noValidate: true, onsubmit: (event: Event) => void submit(event) },
    files.list, h('div', { class: 'row' }, address ? h('p', { class: 'to', dir: 'auto' }, panel.t('goes_to', { email: address })) : email, files.button),
    wrong, send, h('p', { class: 'hint' }, panel.t('by_email')));
  return {
    title: panel.t('title'), about: panel.start.promise, personal: true, focus: text, left: stop, foot: [form],
    body: [h('label', { class: 'spoken', htmlFor: 'text' }, panel.t('your_question')), text, answers, more],
  };
};

// From the third character, 90 ms after the last key; an older request is given up.
function watch(panel: Panel, text: HTMLTextAreaElement, answers: HTMLElement): () => void {
  const { widget } = panel;
  let timer = 0;
  let running: AbortController | undefined;
  let askedFor = '';
  const look = async (): Promise<void> => {
    const typed = text.value.trim();
    if (typed === askedFor) return;
    askedFor = typed;
    running?.abort();
    running = new AbortController();
    try {
      const found = typed.length < shortest ? [] : await widget.suggest(typed, running.signal);
      suggestions(panel, answers, found, (one) => panel.go(article(one)));
      if (found.length) widget.tell('suggested', found);
    } catch {
      // Away, or overtaken by a newer question: the form itself goes on working.
    }
  };
  text.addEventListener('input', () => {
    widget.memory.save({ draft: text.value });
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), waitAfterLastKeyMs);
  });
  if (text.value) void look();
  return () => { clearTimeout(timer); running?.abort(); };
}
