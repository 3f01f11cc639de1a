import { useState } from 'preact/hooks';
import { send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { bytes } from '../shared/time';
import { explain } from '../shared/toasts';
import type { ArticleImport } from '../shared/types';

const largest = 20 * 1024 * 1024; // as base64 a third more, below the route's limit
const wanted = /\.(md|markdown|html?|png|jpe?g|gif|webp)$/i;

const base64Of = (file: File): Promise<string> => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).split(',')[1] ?? '');
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

// Below the folder that was chosen.
const pathOf = (file: File): string => (file.webkitRelativePath ? file.webkitRelativePath.split('/').slice(1).join('/') : file.name);

// Markdown or HTML from this computer: some files, or a folder with its pictures; and what became of each.
export function Import({ onClose }: { onClose: (changed: boolean) => void }) {
  const [report, setReport] = useState<ArticleImport | null>(null);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const take = async (list: FileList | null): Promise<void> => {
    const files = [...(list ?? [])].filter((file) => wanted.test(file.name));
    setReport(null);
    setWrong('');
    if (!files.length) { setWrong(t('articles.import_nothing')); return; }
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > largest) { setWrong(t('articles.import_large', { size: bytes(size), most: bytes(largest) })); return; }
    setBusy(true);
    try {
      setReport(await send<ArticleImport>('POST', '/article-imports', { files: await Promise.all(files.map(async (file) => ({ path: pathOf(file), base64: await base64Of(file) }))) }));
    } catch (error) {
      setWrong(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('articles.import')} onClose={() => onClose(report !== null)}>
      <div class="form">
        <p>{t('articles.import_about')}</p>
        <div class="field"><label for="import-files">{t('articles.import_files')}</label><input id="import-files" type="file" multiple accept=".md,.markdown,.html,.htm,.png,.jpg,.jpeg,.gif,.webp" disabled={busy} onChange={(event) => void take(event.currentTarget.files)} /></div>
        <div class="field"><label for="import-folder">{t('articles.import_folder')}</label><input id="import-folder" type="file" disabled={busy} ref={(input) => { if (input) input.webkitdirectory = true; }} onChange={(event) => void take(event.currentTarget.files)} /></div>
        <div role="status">
          {busy && <div class="hairline" />}
          {report && <p>{t('articles.import_done', { added: report.added, changed: report.changed, unchanged: report.unchanged })}</p>}
        </div>
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        {report && report.refused.length > 0 && (
          <section>
            <h3>{t('articles.import_refused', { n: report.refused.length })}</h3>
            <ul class="refused" tabIndex={0} aria-label={t('articles.import_refused', { n: report.refused.length })}>{report.refused.map((one, index) => <li key={index}><code>{one.file}</code> <span lang="en">{one.why}</span></li>)}</ul>
          </section>
        )}
        <div class="form-foot"><button class="button primary" type="button" onClick={() => onClose(report !== null)}>{t('do.close_dialog')}</button></div>
      </div>
    </Dialog>
  );
}
