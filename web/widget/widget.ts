import { Widget, type EventName, type Person, type Question, type Suggestion, type Survey, type View } from './core';
import type { Theme } from './fence';
import { randomId } from './kept';

// /widget.js: <script async src="https://help.example.org/widget.js" data-key="pk_…"></script>
type Call = [name: string, ...rest: unknown[]];
interface Global { (...call: Call): void; q?: ArrayLike<unknown>[]; isThere?: true }
declare global { interface Window { Fifteen?: Global } }

const calls = (widget: Widget): Record<string, (...rest: never[]) => unknown> => ({
  identify: (person: Person) => widget.identify(person),
  track: (name: string, data?: unknown) => widget.track.note(name, data),
  open: (view: View = {}) => widget.open(view),
  close: () => widget.close(),
  hide: () => { widget.launcher.button.hidden = true; },
  show: () => { widget.launcher.button.hidden = false; },
  ask: (question: Question) => widget.ask(question, randomId()).catch((error: Error) => widget.tell('asked', { error: error.message || 'not reached' })),
  suggest: (text: string, then: (items: Suggestion[]) => void) => widget.suggest(text).then(then, () => then([])),
  survey: (survey: Survey) => widget.survey(survey),
  idea: ({ text = '' }: { text?: string } = {}) => widget.open({ idea: text }),
  locale: (locale: string) => widget.speak(locale),
  theme: (theme: Theme) => widget.wear(theme),
  shutdown: () => widget.shutdown(),
  on: (event: EventName, listener: (detail: unknown) => void) => widget.on(event, listener),
});

function begin(script: HTMLScriptElement): void {
  const before = window.Fifteen;
  if (before?.isThere) return; // a page that loads it twice has one
  const widget = new Widget(new URL(script.src).origin, script.dataset.key ?? '');
  if (script.dataset.accent || script.dataset.side) widget.wear({ accent: script.dataset.accent ?? '', side: script.dataset.side === 'left' ? 'left' : 'right' });
  if (!script.dataset.key) console.warn('Fifteen: the script has no data-key. Copy it from Settings, Widget.');
  const known = calls(widget) as Record<string, (...rest: unknown[]) => unknown>;
  const call = (...[name, ...rest]: Call): void => {
    const run = Object.hasOwn(known, name) ? known[name] : undefined;
    if (run) void run(...rest);
    else console.warn(`Fifteen: there is no call '${name}'.`);
  };
  window.Fifteen = Object.assign(call, { isThere: true as const });
  for (const early of before?.q ?? []) call(...(Array.from(early) as Call));
  widget.tell('ready');
  void widget.lookForAnswers().catch(() => {});
}

const script = document.currentScript ?? document.querySelector('script[data-key][src$="/widget.js"]');
if (script instanceof HTMLScriptElement) {
  if (document.body) begin(script);
  else addEventListener('DOMContentLoaded', () => begin(script));
}
