import { h, type ComponentChildren } from 'preact';

// HTML that the server made from our own Markdown (or a search snippet), rebuilt from an allow-list of elements: nothing that
// is not named here reaches the page, whatever the server says. Mails of strangers never come this way (mail_body.tsx).
const allowed = new Set(['p', 'br', 'strong', 'em', 'b', 'i', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'a', 'h1', 'h2', 'h3', 'h4', 'hr', 'mark', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);
const deepest = 40;

export const isSafeLink = (href: string): boolean => /^(https?:\/\/|mailto:)/i.test(href.trim());

function rebuilt(node: Node, depth: number): ComponentChildren {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) || depth > deepest) return null;
  const name = node.localName;
  if (['script', 'style', 'template', 'noscript', 'title'].includes(name)) return null;
  const children = [...node.childNodes].map((child) => rebuilt(child, depth + 1));
  if (!allowed.has(name)) return children;
  if (name !== 'a') return h(name, null, ...(name === 'br' || name === 'hr' ? [] : children));
  const href = node.getAttribute('href') ?? '';
  return isSafeLink(href) ? <a href={href} target="_blank" rel="noopener noreferrer">{children}</a> : children;
}

export function RichText({ html }: { html: string }) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return <>{[...parsed.body.childNodes].map((node) => rebuilt(node, 0))}</>;
}

const link = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

// Plain text as it was written, with its links live.
export function PlainText({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const found of text.matchAll(link)) {
    parts.push(text.slice(from, found.index), <a href={found[0]} target="_blank" rel="noopener noreferrer">{found[0]}</a>);
    from = found.index + found[0].length;
  }
  return <>{parts}{text.slice(from)}</>;
}
