import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { linkTo, prefixLines, replace, surround, type Edit } from '../inbox/text_edits';
import { shownKey, isComposing } from '../shared/key_rules';
import { t, type TextKey } from '../shared/i18n';
import { Icon, type IconName } from '../shared/icon';
import { DescribePicture, picturesIn, pictureTypes, uploadPicture, type Picture } from './pictures';

interface Tool { icon: IconName; text: TextKey; key: string; edit: (now: Edit) => Edit }

// On the line itself: one deeper at each press, then plain again.
function heading(now: Edit): Edit {
  const start = now.text.lastIndexOf('\n', now.from - 1) + 1;
  const before = /^(?:#{1,6} )?/.exec(now.text.slice(start))![0];
  const after = before === '' ? '## ' : before.length < 5 ? `#${before}` : '';
  const moved = after.length - before.length;
  return { ...replace(now, start, start + before.length, after), from: Math.max(start, now.from + moved), to: Math.max(start, now.to + moved) };
}

const block = (text: string) => (now: Edit): Edit => {
  const before = now.from === 0 || now.text[now.from - 1] === '\n' ? '' : '\n\n';
  return replace(now, now.from, now.to, `${before}${text}\n`);
};

const tools: Tool[] = [
  { icon: 'heading', text: 'articles.heading', key: '$mod+Alt+2', edit: heading },
  { icon: 'bold', text: 'composer.bold', key: '$mod+b', edit: (now) => surround(now, '**') },
  { icon: 'italic', text: 'articles.italic', key: '$mod+i', edit: (now) => surround(now, '_') },
  { icon: 'list', text: 'composer.list', key: '$mod+Shift+8', edit: (now) => prefixLines(now, '- ') },
  { icon: 'numbers', text: 'articles.numbered', key: '$mod+Shift+7', edit: (now) => prefixLines(now, '1. ') },
  { icon: 'quote', text: 'composer.quote', key: '$mod+Shift+9', edit: (now) => prefixLines(now, '> ') },
  { icon: 'code', text: 'composer.code', key: '$mod+e', edit: (now) => (now.text.slice(now.from, now.to).includes('\n') ? surround(now, '```\n', '\n```') : surround(now, '`')) },
  { icon: 'link', text: 'composer.link', key: '', edit: (now) => { const made = linkTo(now, '', 'https://'); return { ...made, from: made.to - 1, to: made.to - 1 }; } },
  { icon: 'table', text: 'articles.table', key: '', edit: block('| A | B |\n|---|---|\n|  |  |') },
];

// The key that does it: what the event holds, as tinykeys writes it.
function pressed(event: KeyboardEvent, key: string): boolean {
  if (!key) return false;
  const parts = key.split('+');
  const mod = event.ctrlKey || event.metaKey;
  const wanted = parts.at(-1)!;
  return mod && event.shiftKey === parts.includes('Shift') && event.altKey === parts.includes('Alt')
    && (event.key.toLowerCase() === wanted || event.code === `Digit${wanted}`);
}

// The native textarea with a bar of Markdown tools; pictures by the button, pasted or dropped.
export function TextBox({ value, locale, label, onInput }: { value: string; locale: string; label: string; onInput: (value: string) => void }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [uploading, setUploading] = useState(0);
  const [described, setDescribed] = useState<readonly Picture[]>([]);
  useLayoutEffect(() => { if (box.current!.value !== value) box.current!.value = value; }, [value]);

  // Typed in by the browser itself where it can, so that its own undo takes it back.
  const carryOut = (edit: (now: Edit) => Edit): void => {
    const el = box.current!;
    const done = edit({ text: el.value, from: el.selectionStart, to: el.selectionEnd });
    el.focus();
    let start = 0;
    while (start < el.value.length && el.value[start] === done.text[start]) start++;
    let end = 0;
    while (end < el.value.length - start && end < done.text.length - start && el.value[el.value.length - 1 - end] === done.text[done.text.length - 1 - end]) end++;
    el.setSelectionRange(start, el.value.length - end);
    const words = done.text.slice(start, done.text.length - end);
    // A dialog that is still open keeps the focus: the browser would type into its field.
    if (document.activeElement !== el || !document.execCommand(words ? 'insertText' : 'delete', false, words)) el.setRangeText(words);
    el.setSelectionRange(done.from, done.to);
    onInput(el.value);
  };
  const take = (files: File[]): void => {
    if (!files.length) return;
    setUploading((n) => n + files.length);
    for (const file of files) void uploadPicture(file).then((picture) => { setUploading((n) => n - 1); if (picture) setDescribed((all) => [...all, picture]); });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const tool = tools.find((one) => pressed(event, one.key));
    if (!tool) return;
    event.preventDefault();
    event.stopPropagation();
    carryOut(tool.edit);
  };
  const withKey = (tool: Tool): string => (tool.key ? `${t(tool.text)} (${shownKey(tool.key)})` : t(tool.text));
  const first = described[0];
  return (
    <div class={`text-box ${over ? 'over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(picturesIn(event.dataTransfer)); }}>
      <div class="tools" role="toolbar" aria-label={t('composer.tools')}>
        {tools.map((tool) => (
          <button key={tool.text} class="square" type="button" aria-label={t(tool.text)} title={withKey(tool)} onClick={() => carryOut(tool.edit)}>
            <Icon name={tool.icon} />
          </button>
        ))}
        <input ref={picker} type="file" accept={pictureTypes} multiple hidden tabIndex={-1} aria-label={t('articles.picture')} onChange={(event) => { take([...(event.currentTarget.files ?? [])]); event.currentTarget.value = ''; }} />
        <button class="square" type="button" aria-label={t('articles.picture')} title={t('articles.picture_title')} onClick={() => picker.current?.click()}><Icon name="picture" /></button>
        <span class="hint" role="status">{uploading > 0 && t('articles.uploading', { n: uploading })}</span>
      </div>
      <textarea ref={box} class="article-body" lang={locale} dir="auto" aria-label={label} spellcheck defaultValue={value} onKeyDown={onKey}
        onInput={(event) => onInput(event.currentTarget.value)} onPaste={(event) => { const files = picturesIn(event.clipboardData); if (files.length) { event.preventDefault(); take(files); } }} />
      {first && <DescribePicture key={first.url} picture={first} onDone={(alt) => {
        setDescribed((all) => all.slice(1));
        if (alt) carryOut(block(`![${alt}](${first.url})`));
      }} />}
    </div>
  );
}
