import { useRef } from 'preact/hooks';
import { keyOf } from '../shared/commands';
import { t } from '../shared/i18n';
import { Icon, type IconName } from '../shared/icon';
import { draftOf, write } from './drafts';
import { act } from './later';

// Without a deed of its own a tool edits the text (edits.ts).
interface Tool { icon: IconName; label: string; run?: () => void; pressed?: boolean; group?: 'format' | 'format rare' }

// The bar under the text: files, saved replies, articles, note, then the few forms that Markdown-light has.
export function ComposerTools({ ticket, box, preview, onPreview }: { ticket: string; box: HTMLTextAreaElement | null; preview: boolean; onPreview: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const { kind } = draftOf(ticket).value;
  const withKey = (text: string, key: string): string => (key ? `${text} (${key})` : text);
  const tools: Tool[] = [
    { icon: 'clip', label: t('composer.attach'), run: () => picker.current?.click() },
    { icon: 'bolt', label: withKey(t('composer.saved'), '/') },
    { icon: 'book', label: withKey(t('composer.article'), '[[') },
    { icon: 'note', label: withKey(t('composer.note'), keyOf('note')), pressed: kind === 'note', run: () => { write(ticket, { kind: kind === 'note' ? 'reply' : 'note' }); box?.focus(); } },
    { icon: 'bold', label: t('composer.bold'), group: 'format' },
    { icon: 'list', label: t('composer.list'), group: 'format' },
    { icon: 'link', label: t('composer.link'), group: 'format' },
    { icon: 'quote', label: t('composer.quote'), group: 'format rare' },
    { icon: 'code', label: t('composer.code'), group: 'format rare' },
    { icon: 'eye', label: withKey(t('composer.preview'), keyOf('preview')), group: 'format', pressed: preview, run: onPreview },
  ];
  const onPick = (event: Event & { currentTarget: HTMLInputElement }): void => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    act(({ attach }) => attach(ticket, files));
  };
  return (
    <div class="tools" role="toolbar" aria-label={t('composer.tools')}>
      <input ref={picker} type="file" multiple hidden tabIndex={-1} aria-label={t('composer.attach')} onChange={onPick} />
      {tools.map((tool) => (
        <button key={tool.icon} class={`square ${tool.group ?? ''}`} type="button" aria-label={tool.label} title={tool.label} aria-pressed={tool.pressed} onClick={tool.run ?? (() => act(({ applyTool }) => applyTool(ticket, box, tool.icon)))}><Icon name={tool.icon} /></button>
      ))}
    </div>
  );
}
