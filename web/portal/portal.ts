// The public pages work without this file. With it, likely answers appear under the question while it is typed, and whoever
// found hers says so with one press.
import { follow, tellTimes } from './follow';

type Answer = { kind: string; id: string; title: string; url: string; locale?: string };

const waitAfterLastKeyMs = 90;
const shortestQuestion = 3;
const draftLastsMs = 30 * 60_000; // without a key

document.documentElement.classList.add('scripted');

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, values: Partial<HTMLElementTagNameMap[K]>, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...inside);
  return made;
};

// 128 random bits, as the server names visitors and drafts.
const newName = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).slice(0, 22).replaceAll('+', '-').replaceAll('/', '_');

// The same visitor in all her visits, where the browser keeps it; it says nothing of the person.
function visitorName(): string {
  try {
    return (localStorage.fifteen ||= newName()) as string;
  } catch {
    return newName();
  }
}

for (const box of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-suggest]')) watch(box);

function watch(box: HTMLTextAreaElement): void {
  const panel = document.getElementById(box.dataset.panel ?? '');
  const list = panel?.querySelector('ul');
  const form = box.form;
  if (!panel || !list || !form) return;
  const words = panel.dataset;
  const visitor = visitorName();
  let session = newName();
  let typedAt = Date.now();
  let timer = 0;
  let running: AbortController | undefined;
  let shownFor = '';

  const keep = (name: string, value: string): void => {
    const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`) ?? form.appendChild(make('input', { type: 'hidden', name }));
    field.value = value;
  };

  const say = (kind: string, article: string): void => {
    navigator.sendBeacon('/api/v1/deflection-events', JSON.stringify({ visitor, session, channel: 'form', locale: document.documentElement.lang, events: [{ kind, article, query: shownFor }] }));
  };

  const entry = ({ kind, id, title, url, locale }: Answer): HTMLLIElement => {
    const article = kind === 'article' ? id : '';
    const link = make('a', { href: url, target: '_blank', rel: 'noopener' }, title);
    const item = make('li', {}, link);
    const primary = locale?.slice(0, 2);
    if (locale && primary !== document.documentElement.lang.slice(0, 2)) {
      link.lang = locale;
      link.append(make('span', { className: 'tag' }, words[primary ?? ''] ?? locale));
    }
    const answer = (said: string) => (): void => {
      say(said, article);
      if (said === 'solved') list.replaceChildren(make('li', {}, words.thanks ?? ''));
      else item.remove();
      panel.hidden = !list.children.length;
      box.focus();
    };
    const button = (text: string | undefined, said: string): HTMLButtonElement => make('button', { type: 'button', className: 'button', onclick: answer(said) }, text ?? '');
    link.onclick = (): void => {
      say('show', article);
      if (!item.children[1]) item.append(make('div', { className: 'asks' }, words.ask ?? '', button(words.yes, 'solved'), button(words.no, 'not_helpful')));
    };
    return item;
  };

  const show = (answers: Answer[]): void => {
    list.replaceChildren(...answers.map(entry));
    panel.hidden = !answers.length;
    if (answers.length) keep('seen', '1');
  };

  const ask = async (question: string): Promise<void> => {
    running = new AbortController();
    const url = new URL(box.dataset.suggest ?? '', location.href);
    url.searchParams.set('q', question);
    url.searchParams.set('visitor', visitor);
    url.searchParams.set('session', session);
    try {
      const reply = await fetch(url, { signal: running.signal, headers: { accept: 'application/json' } });
      if (reply.ok) show(((await reply.json()) as { items: Answer[] }).items.filter(({ url: to }) => /^(https?:|\/)/.test(to)));
    } catch {
      // Away or overtaken by a newer question: the form itself goes on working.
    }
  };

  const name = (): void => {
    keep('visitor', visitor);
    keep('session', session);
  };
  name();
  box.addEventListener('input', () => {
    clearTimeout(timer);
    const question = box.value.trim().slice(0, 400);
    if (Date.now() - typedAt > draftLastsMs) {
      session = newName();
      name();
    }
    typedAt = Date.now();
    if (question === shownFor) return;
    running?.abort();
    timer = window.setTimeout(() => {
      shownFor = question;
      if (question.length >= shortestQuestion) void ask(question);
      else show([]);
    }, waitAfterLastKeyMs);
  });
}

tellTimes();
const talk = document.getElementById('talk');
if (talk) follow(talk);

// One press sends once: a second submit of the same form waits for the first.
for (const form of document.querySelectorAll<HTMLFormElement>('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = '1';
  });
}
addEventListener('pageshow', () => document.querySelectorAll<HTMLFormElement>('form').forEach((form) => delete form.dataset.sent));
