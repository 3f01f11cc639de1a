// The buttons of the example page: each says in its text which call it makes.
import type {} from './widget';

const log = document.getElementById('log');
const note = (name: string) => (detail: unknown): void => {
  if (log) log.textContent += `${name} ${detail === undefined ? '' : JSON.stringify(detail)}\n`;
};

// Calls made before the widget is there wait in a queue of its own.
window.Fifteen ??= Object.assign((...call: unknown[]) => { (window.Fifteen!.q as unknown[][]).push(call); }, { q: [] as unknown[][] });
for (const name of ['ready', 'open', 'close', 'suggested', 'deflected', 'asked', 'survey']) window.Fifteen('on', name, note(name));

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-call]')) {
  button.addEventListener('click', () => {
    const call = JSON.parse(button.dataset.call ?? '[]') as [string, ...unknown[]];
    if (call[0] === 'suggest') call.push(note('suggest'));
    window.Fifteen!(...call);
  });
}
