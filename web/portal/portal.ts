// The public pages work without this file. With it, likely answers appear under the question while it is typed.
type Answer = { title: string; url: string };

const waitAfterLastKeyMs = 90;
const shortestQuestion = 3;

for (const box of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-suggest]')) watch(box);

function watch(box: HTMLTextAreaElement): void {
  const panel = document.getElementById(box.dataset.panel ?? '');
  const list = panel?.querySelector('ul');
  if (!panel || !list) return;
  let timer = 0;
  let running: AbortController | undefined;
  let shownFor = '';

  const show = (answers: Answer[]): void => {
    list.replaceChildren(...answers.map(({ title, url }) => {
      const link = Object.assign(document.createElement('a'), { href: url, textContent: title, target: '_blank', rel: 'noopener' });
      const item = document.createElement('li');
      item.append(link);
      return item;
    }));
    panel.hidden = answers.length === 0;
  };

  const ask = async (question: string): Promise<void> => {
    running?.abort();
    running = new AbortController();
    const url = new URL(box.dataset.suggest ?? '', location.href);
    url.searchParams.set('q', question);
    try {
      const reply = await fetch(url, { signal: running.signal, headers: { accept: 'application/json' } });
      if (reply.ok) show(((await reply.json()) as { items: Answer[] }).items.filter(({ url: to }) => /^(https?:|\/)/.test(to)));
    } catch {
      // Away or overtaken by a newer question: the form itself goes on working.
    }
  };

  box.addEventListener('input', () => {
    clearTimeout(timer);
    const question = box.value.trim().slice(0, 400);
    if (question === shownFor) return;
    timer = window.setTimeout(() => {
      shownFor = question;
      if (question.length >= shortestQuestion) void ask(question);
      else show([]);
    }, waitAfterLastKeyMs);
  });
}

// One press sends once: a second submit of the same form waits for the first.
for (const form of document.querySelectorAll<HTMLFormElement>('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = '1';
  });
}
addEventListener('pageshow', () => document.querySelectorAll<HTMLFormElement>('form').forEach((form) => delete form.dataset.sent));
