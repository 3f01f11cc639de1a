import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from './i18n';

// A view that comes as its own file when it is first needed.
export function lazy(load: () => Promise<{ default: ComponentType }>): ComponentType {
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
    if (!failed.value) return <main class="view-loading" aria-busy="true"><div class="hairline" /></main>;
    return <main class="empty"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={start}>{t('do.retry')}</button></main>;
  };
}

// A part that nobody sees at first: fetched once the page is drawn, or at once when it is asked for.
export function whenAtRest<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, wanted: () => boolean): ComponentType<Props> {
  const view = signal<ComponentType<Props> | null>(null);
  let asked = false;
  const ask = (): void => void load().then((module) => { view.value = module.default; }, () => { asked = false; });
  return (props) => {
    const View = view.value;
    useEffect(() => {
      if (View || asked) return;
      const timer = setTimeout(() => { asked = true; ask(); }, wanted() ? 0 : 1500);
      return () => clearTimeout(timer);
    }, [View, wanted()]);
    return View && <View {...props} />;
  };
}
