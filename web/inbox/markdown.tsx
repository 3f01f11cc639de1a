import { Fragment, h, type ComponentChildren } from 'preact';
import { isSafeLink } from '../shared/rich_text';

// The composer's preview of Markdown-light: bold, emphasis, code, links, lists, quotes, code blocks. It builds elements and
// never HTML, so nothing that is typed can become markup. The mail itself is rendered by the server.
const inlineRule = /(`+)([^`]|[^`].*?[^`])\1(?!`)|\*\*(.+?)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/;

const link = (href: string, text: ComponentChildren): ComponentChildren =>
  isSafeLink(href) ? <a href={href} target="_blank" rel="noopener noreferrer">{text}</a> : text;

export function inline(text: string, depth = 0): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let rest = text;
  for (let found = inlineRule.exec(rest); found && depth < 5; found = inlineRule.exec(rest)) {
    const [whole, , code, bold, emphasis, label, href, bare] = found;
    parts.push(rest.slice(0, found.index));
    if (code !== undefined) parts.push(<code>{code}</code>);
    else if (bold !== undefined) parts.push(<strong>{inline(bold, depth + 1)}</strong>);
    else if (emphasis !== undefined) parts.push(<em>{inline(emphasis, depth + 1)}</em>);
    else if (label !== undefined) parts.push(link(href!, inline(label, depth + 1)));
    else parts.push(link(bare!, bare));
    rest = rest.slice(found.index + whole.length);
  }
  parts.push(rest);
  return parts;
}

const lines = (text: string): ComponentChildren[] =>
  text.split('\n').flatMap((line, index) => (index ? [<br />, ...inline(line)] : inline(line)));

type Block = { kind: 'p' | 'ul' | 'ol' | 'quote' | 'code'; lines: string[] };

function kindOf(line: string): [Block['kind'], string] {
  const bullet = /^\s*[-*+] +(.*)$/.exec(line);
  if (bullet) return ['ul', bullet[1]!];
  const numbered = /^\s*\d{1,9}[.)] +(.*)$/.exec(line);
  if (numbered) return ['ol', numbered[1]!];
  const quoted = /^> ?(.*)$/.exec(line);
  return quoted ? ['quote', quoted[1]!] : ['p', line];
}

export function blocks(source: string): Block[] {
  const all: Block[] = [];
  let current = null as Block | null;
  let fenced = false;
  for (const line of source.replace(/\r\n?/g, '\n').split('\n')) {
    if (/^\s*```/.test(line)) {
      fenced = !fenced;
      current = null;
      if (fenced) all.push((current = { kind: 'code', lines: [] }));
    } else if (fenced) current!.lines.push(line);
    else if (!line.trim()) current = null;
    else {
      const [kind, text] = kindOf(line);
      const block: Block = current?.kind === kind ? current : { kind, lines: [] };
      if (block !== current) all.push(block);
      block.lines.push(text);
      current = block;
    }
  }
  return all;
}

function shown(block: Block): ComponentChildren {
  if (block.kind === 'code') return <pre><code>{block.lines.join('\n')}</code></pre>;
  if (block.kind === 'p') return <p>{lines(block.lines.join('\n'))}</p>;
  if (block.kind === 'quote') return <blockquote>{lines(block.lines.join('\n'))}</blockquote>;
  return h(block.kind, null, block.lines.map((line) => <li>{inline(line)}</li>));
}

export function Markdown({ text }: { text: string }) {
  return <Fragment>{blocks(text).map(shown)}</Fragment>;
}
