import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../inbox/markdown';
import { PlainText, RichText } from '../shared/rich_text';

function html(node: preact.ComponentChild): string {
  const box = document.createElement('div');
  render(node, box);
  return box.innerHTML;
}

const hostile = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)', '[x](vbscript:x)', '"><img src=x onerror=alert(1)>', '<a href="javascript:alert(1)">x</a>',
  '<iframe src="https://evil.example"></iframe>', '<style>*{display:none}</style>', '<math><mi href="javascript:alert(1)">x</mi></math>',
];

function isHarmless(markup: string): boolean {
  const box = document.createElement('div');
  box.innerHTML = markup;
  const elements = [...box.querySelectorAll('*')];
  const tags = elements.every((one) => !['SCRIPT', 'IMG', 'SVG', 'IFRAME', 'STYLE', 'MATH', 'OBJECT', 'FORM'].includes(one.tagName.toUpperCase()));
  return tags && elements.every((one) => [...one.attributes].every((it) => !it.name.startsWith('on') && (it.name !== 'href' || /^(https?:|mailto:)/i.test(it.value))));
}

describe('the preview', () => {
  it.each(hostile)('makes nothing live of %s', (text) => {
    expect(isHarmless(html(<Markdown text={text} />))).toBe(true);
  });

  it('knows bold, emphasis, code, links, lists, quotes and code blocks', () => {
    const shown = html(<Markdown text={'**b** *e* `c*d*`\n\n- one\n- two\n\n> said\n\n```\n<x>\n```\n[l](https://x.test)'} />);
    expect(shown).toBe('<p><strong>b</strong> <em>e</em> <code>c*d*</code></p><ul><li>one</li><li>two</li></ul><blockquote>said</blockquote><pre><code>&lt;x&gt;</code></pre><p><a href="https://x.test" target="_blank" rel="noopener noreferrer">l</a></p>');
  });

  it('takes a megabyte of marks without getting lost', () => {
    expect(html(<Markdown text={'*['.repeat(2000)} />).length).toBeGreaterThan(3000);
  });
});

describe('rendered replies and snippets', () => {
  it.each(hostile)('keep nothing live of %s', (text) => {
    expect(isHarmless(html(<RichText html={text} />))).toBe(true);
  });

  it('keep what our own renderer makes', () => {
    expect(html(<RichText html={'<p>a <strong>b</strong> <a href="https://x.test">l</a></p><mark>m</mark>'} />))
      .toBe('<p>a <strong>b</strong> <a href="https://x.test" target="_blank" rel="noopener noreferrer">l</a></p><mark>m</mark>');
  });
});

it('plain text gets live links and nothing else', () => {
  expect(html(<PlainText text={'<b> see https://x.test/a?b=1. and javascript:alert(1)'} />))
    .toBe('&lt;b&gt; see <a href="https://x.test/a?b=1" target="_blank" rel="noopener noreferrer">https://x.test/a?b=1</a>. and javascript:alert(1)');
});
