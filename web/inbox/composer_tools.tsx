import { useRef } from 'preact/hooks';
import { keyOf } from '../shared/commands';
import { t } from '../shared/i18n';
import { Icon, type IconName } from '../shared/icon';
import { carryOut } from './composer_text';
import { attach, draftOf, write } from './drafts';
import { prefixLines, replace, surround, type Edit } from './text_edits';

interface Tool { icon: IconName; label: string; run: () => void; pressed?: boolean; group?: 'format' | 'format rare' }

const opener = (mark: string) => (now: Edit): Edit =>
  replace(now, now.from, now.to, (now.from === 0 || /\s/.test(now.text[now.from - 1]!) || mark === '[[' ? '' : ' ') + mark);

const asLink = (now: Edit): Edit => {
  const label = now.text.slice(now.from, now.to);
  const made = replace(now, now.from, now.to, `[${label}](https://)`);
  return { ...made, from: made.to - 1, to: made.to - 1 };
};

// The bar under the text: files, saved replies, articles, note, then the few forms that Markdown-light has.
export function ComposerTools({ ticket, box, preview, onPreview }: { ticket: string; box: HTMLTextAreaElement | null; preview: boolean; onPreview: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const { kind } = draftOf(ticket).value;
  const edit = (change: (now: Edit) => Edit) => (): void => {
    carryOut(ticket, box, change);
    box?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const withKey = (text: string, key: string): string => (key ? `${text} (${key})` : text);
  const tools: Tool[] = [
    { icon: 'clip', label: t('composer.attach'), run: () => picker.current?.click() },
    { icon: 'bolt', label: withKey(t('composer.saved'), '/'), run: edit(opener('/')) },
    { icon: 'book', label: withKey(t('composer.article'), '[['), run: edit(opener('[[')) },
    { icon: 'note', label: withKey(t('composer.note'), keyOf('note')), pressed: kind === 'note', run: () => { write(ticket, { kind: kind === 'note' ? 'reply' : 'note' }); box?.focus(); } },
    { icon: 'bold', label: t('composer.bold'), group: 'format', run: edit((now) => surround(now, '**')) },
    { icon: 'list', label: t('composer.list'), group: 'format', run: edit((now) => prefixLines(now, '- ')) },
    { icon: 'link', label: t('composer.link'), group: 'format', run: edit(asLink) },
    { icon: 'quote', label: t('composer.quote'), group: 'format rare', run: edit((now) => prefixLines(now, '> ')) },
    { icon: 'code', label: t('composer.code'), group: 'format rare', run: edit((now) => surround(now, '`')) },
    { icon: 'eye', label: withKey(t('composer.preview'), keyOf('preview')), group: 'format', pressed: preview, run: onPreview },
  ];
  return (
    <div class="tools" role="toolbar" aria-label={t('composer.tools')}>
      <input ref={picker} type="file" multiple hidden tabIndex={-1} aria-label={t('composer.attach')} onChange={(event) => { attach(ticket, event.currentTarget.files ?? []); event.currentTarget.value = ''; }} />
      {tools.map((tool) => (
        <button key={tool.icon} class={`square ${tool.group ?? ''}`} type="button" aria-label={tool.label} title={tool.label} aria-pressed={tool.pressed} onClick={tool.run}><Icon name={tool.icon} /></button>
      ))}
    </div>
  );
}
