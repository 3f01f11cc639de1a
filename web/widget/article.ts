import { note } from './deflect';
import { h } from './dom';
import type { Make, Panel, Shown } from './panel';
import { tree, type Tree } from './tree';

interface Article { id: string; title: string; locale: string; url: string; body: Tree[] }

// An article in the panel; its links to other articles open here, too.
export const article = ({ id, title = '' }: { id: string; title?: string }): Make => (panel) => panel.wait(title, async () => {
  const found = await panel.widget.desk.get<Article>(`widget/articles/${encodeURIComponent(id)}`);
  note(panel.widget, 'show', found.id);
  return shown(panel, found);
});

function shown(panel: Panel, found: Article): Shown {
  const { widget } = panel;
  const told = h('div', { class: 'verdict' });
  const yes = (): void => {
    note(widget, 'helpful', found.id);
    widget.memory.save({ draft: '' });
    widget.tell('deflected', { article: found.id });
    told.replaceChildren(h('p', { role: 'status' }, panel.t('glad')));
  };
  const no = (): void => {
    note(widget, 'not_helpful', found.id);
    panel.home();
  };
  told.append(h('p', {}, panel.t('answered')),
    h('button', { class: 'choice', type: 'button', onclick: yes }, panel.t('yes')), h('button', { class: 'choice', type: 'button', onclick: no }, panel.t('no')));
  const openLink = (url: URL): boolean => {
    const slug = url.origin === new URL(widget.origin).origin ? /^\/help\/([^/]+)$/.exec(url.pathname)?.[1] : undefined;
    if (!slug) return false;
    panel.go(article({ id: decodeURIComponent(slug) }));
    return true;
  };
  return {
    title: found.title,
    body: [h('div', { class: 'article', lang: found.locale, dir: 'auto' }, ...tree(panel, found.body, openLink)),
      h('p', { class: 'hint' }, h('a', { href: new URL(found.url, widget.origin).href, target: '_blank', rel: 'noopener' }, panel.t('open_page')))],
    foot: [told, panel.askPerson()],
  };
}
