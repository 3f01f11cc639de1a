import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from './i18n';
import { tellWrong } from './toasts';

// A view that comes as its own file when it is first needed; `Frame` holds its place until then.
export function lazy(load: () => Promise<{ default: ComponentType }>, Frame: 'main' | 'div' = 'main'): ComponentType {
  const view = signal<ComponentType | null>(null);
  const failed = signal(false);
  const start = (): void => {
    failed.value = false;
    load().then((module) => { view.value = module.default; }, () => { failed.value = true; });
  };
  let started = false;
  return () => {
    if (!started) { started = true; start(); }
    const View = view.value;
    if (View) return <View />;
    if (!failed.value) return <Frame class="view-loading" aria-busy="true"><div class="hairline" /></Frame>;
    return <Frame class="empty"><p>{t('error.part')}</p><button class="button" type="button" onClick={start}>{t('do.retry')}</button></Frame>;
  };
}

// A lazy view's own style sheet, which came in its script.
export function addLooks(text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const whenIdle = (run: () => void): void => { if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 1500 }); else setTimeout(run, 500); };

let waiting = 0;
let underway: Promise<void> = Promise.resolve();

// Runs at once, or after what was asked of a file that has not come yet.
export function inOrder(run: () => void): void {
  if (waiting) void underway.then(run);
  else run();
}

// A file that the first view does without: fetched once the page is drawn, or at once when something asks for it. What is asked
// for before it has come is done as soon as it has, in the order of asking; that it can't come is said once, and the next to ask
// tries again.
export function whenAtRest<File extends object>(load: () => Promise<File>) {
  const file = signal<File | null>(null);
  let coming: Promise<File> | null = null;
  let said: unknown = null;
  const fetched = (): Promise<File> => (coming ??= load().then((came) => (file.value = came), (error: unknown) => { coming = null; throw error; }));

  const use = (deed: (file: File) => void, otherwise?: () => void): void => {
    const here = file.peek();
    if (here) { deed(here); return; }
    const done = fetched().then(deed, (error: unknown) => {
      otherwise?.();
      if (said !== error) tellWrong(t('error.part'));
      said = error;
    });
    underway = Promise.allSettled([underway, done]).then(() => {});
    waiting++;
    void done.finally(() => { waiting--; });
  };
  const part = <Props extends object>(pick: (file: File) => ComponentType<Props>, otherwise?: () => void): ComponentType<Props> => (props) => {
    useEffect(() => use(() => {}, otherwise), []);
    const View = file.value && pick(file.value);
    return View && <View {...props} />;
  };
  return { use, part, prefetch: (): void => whenIdle(() => void fetched().catch(() => {})) };
}
