import { h } from './dom';
import type { Panel } from './panel';

// A rendered document as the server sends it: a text, or [name, attributes?, …children].
export type Tree = string | Branch;
interface Branch extends Array<Tree | Record<string, string>> { 0: string }

const names = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'a', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'br', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'img']);

// Builds elements of the names above and no others; what is none of them leaves its text.
export function tree(panel: Panel, document: Tree[], openLink: (url: URL) => boolean = () => false): Node[] {
  const build = (node: Tree): Node => {
    if (typeof node === 'string') return new Text(node);
    const [name, ...rest] = node as [string, ...Branch];
    const attributes = typeof rest[0] === 'object' && !Array.isArray(rest[0]) ? (rest.shift() as Record<string, string>) : {};
    const children = (rest as Tree[]).map(build);
    if (name === 'img') return picture(panel, attributes);
    if (name === 'a') return link(panel, attributes.href ?? '', children, openLink);
    // The panel's own title is an h2.
    const made = h((names.has(name) ? name.replace(/^h[12]$/, 'h3') : 'span') as 'p', {}, ...children);
    if (name === 'pre' || name === 'table') return h('div', { class: 'wide', tabIndex: 0, role: 'group' }, made);
    return made;
  };
  return document.map(build);
}

function address(panel: Panel, href: string): URL | null {
  try {
    const url = new URL(href, panel.widget.origin);
    return /^(https?|mailto):$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function link(panel: Panel, href: string, children: Node[], openLink: (url: URL) => boolean): Node {
  const url = address(panel, href);
  if (!url) return h('span', {}, ...children);
  const onclick = (event: Event): void => { if (openLink(url)) event.preventDefault(); };
  return h('a', { href: url.href, target: '_blank', rel: 'noopener', onclick }, ...children);
}

// A page's CSP rarely lets pictures of other sites in (img-src), but it does let us ask the help desk: so ours are fetched and drawn.
function picture(panel: Panel, { src = '', alt = '' }: Record<string, string>): Node {
  const url = address(panel, src);
  const name = alt || panel.t('picture');
  if (!url) return new Text(alt);
  const instead = h('a', { href: url.href, target: '_blank', rel: 'noopener' }, name);
  if (url.origin !== new URL(panel.widget.origin).origin) return instead;
  void (async () => {
    const reply = await fetch(url, { credentials: 'omit' });
    if (!reply.ok) return;
    const bitmap = await createImageBitmap(await reply.blob());
    const canvas = h('canvas', { width: bitmap.width, height: bitmap.height, role: 'img', 'aria-label': alt });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    instead.replaceChildren(canvas);
  })().catch(() => {}); // the link stays
  return instead;
}
