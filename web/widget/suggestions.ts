import type { Suggestion } from './core';
import { h } from './dom';
import { ideas } from './ideas';
import type { Panel } from './panel';

// "These may answer it"; nothing at all where nothing may.
export function suggestions(panel: Panel, into: HTMLElement, found: Suggestion[], open: (article: Suggestion) => void): void {
  const entry = (one: Suggestion): HTMLElement => h('li', {},
    h('button', { type: 'button', class: 'entry', onclick: () => (one.kind === 'idea' ? panel.go(ideas(one.title)) : open(one)) },
      h('span', { lang: one.locale ?? '', dir: 'auto' }, one.title), one.kind === 'idea' ? h('small', {}, panel.t('idea')) : inLanguage(panel, one.locale)));
  into.hidden = found.length === 0;
  into.replaceChildren(h('h3', {}, panel.t('may_answer')), h('ul', {}, ...found.map(entry)));
  panel.say(found.length ? panel.t('may_answer') : '');
}

// "English" beside what is not in the reader's language.
export function inLanguage(panel: Panel, locale = ''): HTMLElement | null {
  if (!locale || locale.slice(0, 2) === panel.start.locale.slice(0, 2)) return null;
  return h('small', {}, new Intl.DisplayNames(panel.start.locale, { type: 'language' }).of(locale) ?? locale);
}
