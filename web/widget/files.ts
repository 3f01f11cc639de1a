import { drawing, h } from './dom';
import type { Panel } from './panel';

const clip = 'M8 12.5l6-6a3.2 3.2 0 0 1 4.6 4.6l-8 8A5.3 5.3 0 0 1 3 11.5l8-8';
const most = 10;
const largest = 5 * 1024 * 1024; // together

const asBase64 = (file: File): Promise<string> => new Promise((done, fail) => {
  const reader = new FileReader();
  reader.onload = () => done((reader.result as string).split(',')[1] ?? '');
  reader.onerror = () => fail(new Error(file.name));
  reader.readAsDataURL(file);
});

// Files that go with a question.
export class Files {
  readonly list = h('ul', { class: 'files', hidden: true });
  readonly button: HTMLElement;
  private files: File[] = [];

  constructor(private readonly panel: Panel) {
    const input = h('input', { type: 'file', multiple: true, hidden: true, tabIndex: -1, onchange: () => { this.take(input.files ?? []); input.value = ''; } });
    this.button = h('span', {}, input, h('button', { class: 'icon', type: 'button', 'aria-label': panel.t('attach'), title: panel.t('attach'), onclick: () => input.click() }, drawing([clip])));
  }

  async sent(): Promise<{ files?: { name: string; type: string; data: string }[] }> {
    if (!this.files.length) return {};
    return { files: await Promise.all(this.files.map(async (file) => ({ name: file.name, type: file.type, data: await asBase64(file) }))) };
  }

  clear(): void {
    this.files = [];
    this.draw();
  }

  // A picture pasted into the text, and what is dropped on it, go along. Copied words that come with a picture of them stay words.
  watch(text: HTMLElement): void {
    const take = (event: Event, given: DataTransfer | null): void => {
      if (!given?.files.length || given.types.includes('text/plain')) return;
      event.preventDefault();
      this.take(given.files);
    };
    text.addEventListener('paste', (event) => take(event, event.clipboardData));
    text.addEventListener('drop', (event) => take(event, event.dataTransfer));
    text.addEventListener('dragover', (event) => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
  }

  private take(more: Iterable<File>): void {
    const all = [...this.files, ...more];
    const fits = all.length <= most && all.reduce((sum, { size }) => sum + size, 0) <= largest;
    if (fits) this.files = all;
    this.draw(fits ? '' : this.panel.t('files_large'));
  }
  private draw(wrong = ''): void {
    const entry = (file: File): HTMLElement => h('li', {}, h('span', { dir: 'auto' }, file.name),
      h('button', { class: 'icon', type: 'button', 'aria-label': this.panel.t('remove', { name: file.name }), onclick: () => { this.files = this.files.filter((one) => one !== file); this.draw(); } }, drawing(['M6 6l12 12M18 6L6 18'])));
    this.list.hidden = !this.files.length && !wrong;
    this.list.replaceChildren(...this.files.map(entry), ...(wrong ? [h('li', { class: 'wrong', role: 'alert' }, wrong)] : []));
  }
}
