import { upload } from '../shared/api';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { bytes } from '../shared/time';
import { draftOf, write, type Upload } from './drafts';

// Files of a draft: sent to the server when they are chosen, named in the mail when it goes.
let nextUpload = 1;

export function attach(id: string, files: Iterable<File>): void {
  for (const file of files) {
    const mine: Upload = { key: nextUpload++, name: file.name || 'file', size: file.size, state: 'running', id: null, file };
    write(id, { uploads: [...draftOf(id).peek().uploads, mine] });
    void run(id, mine);
  }
}

async function run(id: string, mine: Upload): Promise<void> {
  const set = (change: Partial<Upload>): void => {
    const draft = draftOf(id);
    draft.value = { ...draft.peek(), uploads: draft.peek().uploads.map((one) => (one.key === mine.key ? { ...one, ...change } : one)) };
  };
  try {
    set({ state: 'running' });
    const made = await upload<{ id: string }>('/attachments', mine.file);
    set({ state: 'done', id: made.id });
  } catch {
    set({ state: 'failed' });
  }
}

const retryUpload = (id: string, one: Upload): void => void run(id, one);
const removeUpload = (id: string, one: Upload): void => write(id, { uploads: draftOf(id).peek().uploads.filter((other) => other.key !== one.key) });

export function Uploads({ ticket }: { ticket: string }) {
  const { uploads } = draftOf(ticket).value;
  return (
    <ul class="files">
      {uploads.map((one) => (
        <li key={one.key} class={`file ${one.state}`}>
          <Icon name="clip" /><span lang="">{one.name}</span><small>{one.state === 'running' ? t('composer.uploading') : one.state === 'failed' ? t('composer.upload_failed') : bytes(one.size)}</small>
          {one.state === 'failed' && <button class="link" type="button" onClick={() => retryUpload(ticket, one)}>{t('do.retry')}</button>}
          <button class="square small" type="button" aria-label={t('composer.remove', { name: one.name })} onClick={() => removeUpload(ticket, one)}><Icon name="close" size={14} /></button>
        </li>
      ))}
    </ul>
  );
}
