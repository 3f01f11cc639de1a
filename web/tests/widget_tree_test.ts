import { expect, it, vi } from 'vitest';
import type { Panel } from '../widget/panel';
import { tree, type Tree } from '../widget/tree';

const panel = { widget: { origin: 'https://help.example' }, t: (key: string) => key } as unknown as Panel;
const html = (document: Tree[], openLink?: (url: URL) => boolean): string => {
  const root = globalThis.document.createElement('div');
  root.append(...tree(panel, document, openLink));
  return root.innerHTML;
};

it('builds what articles are made of', () => {
  expect(html([['p', 'Money ', ['em', 'back'], '.'], ['ul', ['li', 'one'], ['li', 'two']]])).toBe('<p>Money <em>back</em>.</p><ul><li>one</li><li>two</li></ul>');
});

it('leaves text text', () => {
  expect(html(['<img src=x onerror=alert(1)>'])).toBe('&lt;img src=x onerror=alert(1)&gt;');
});

it.each([['script'], ['iframe'], ['style'], ['form'], ['object'], ['svg'], ['input']])('builds no %s', (name) => {
  expect(html([[name, 'alert(1)']])).toBe('<span>alert(1)</span>');
});

it.each([['javascript:alert(1)'], ['data:text/html,x'], ['vbscript:x'], [' javascript:x']])('leads nowhere by %s', (href) => {
  expect(html([['a', { href }, 'x']])).toBe('<span>x</span>');
});

it('takes no other attributes', () => {
  expect(html([['p', { onclick: 'x', style: 'y' }, 'text']])).toBe('<p>text</p>');
});

it('opens articles of the help desk where it is, others in a tab of their own', () => {
  const open = vi.fn((url: URL) => url.pathname === '/help/export');
  const root = globalThis.document.createElement('div');
  root.append(...tree(panel, [['a', { href: '/help/export' }, 'in'], ['a', { href: 'https://other.example/' }, 'out']], open));
  const [inside, outside] = root.querySelectorAll('a');
  const press = (link: HTMLElement): boolean => link.dispatchEvent(new MouseEvent('click', { cancelable: true }));
  expect(press(inside!)).toBe(false);
  expect(press(outside!)).toBe(true);
  expect([outside!.target, outside!.rel]).toEqual(['_blank', 'noopener']);
});

it('names a picture of elsewhere and asks nobody for it', () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  expect(html([['img', { src: 'https://other.example/a.png', alt: 'A chart' }]])).toContain('>A chart</a>');
  expect(fetched).not.toHaveBeenCalled();
});
