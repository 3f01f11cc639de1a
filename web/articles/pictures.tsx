import { useState } from 'preact/hooks';
import { Field } from '../dialogs/form';
import { upload } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { explain, tellWrong } from '../shared/toasts';
import { bytes } from '../shared/time';

const largest = 5 * 1024 * 1024;
export const pictureTypes = 'image/png,image/jpeg,image/gif,image/webp';

export interface Picture { url: string; width: number; height: number; name: string }

export const picturesIn = (data: DataTransfer | null): File[] => [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));

export async function uploadPicture(file: File): Promise<Picture | null> {
  if (file.size > largest) { tellWrong(t('articles.picture_large', { name: file.name, size: bytes(largest) })); return null; }
  try {
    return { ...(await upload<Omit<Picture, 'name'>>('/article-pictures', file)), name: file.name };
  } catch (error) {
    tellWrong(explain(error));
    return null;
  }
}

// Who can't see it reads these words; search reads them too.
export function DescribePicture({ picture, onDone }: { picture: Picture; onDone: (alt: string | null) => void }) {
  const [empty, setEmpty] = useState(false);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const alt = String(new FormData(event.currentTarget as HTMLFormElement).get('alt')).replace(/[[\]\n]/g, ' ').trim();
    if (alt) onDone(alt);
    else setEmpty(true);
  };
  return (
    <Dialog title={t('articles.describe_picture')} onClose={() => onDone(null)}>
      <form class="form" onSubmit={onSubmit} noValidate>
        <img class="picture-shown" src={picture.url} alt="" />
        <Field label={t('articles.picture_words')} name="alt" required autofocus hint={t('articles.picture_hint')} />
        {empty && <p class="wrong" role="alert">{t('articles.picture_needs_words')}</p>}
        <div class="form-foot"><button class="button" type="button" onClick={() => onDone(null)}>{t('do.cancel')}</button><button class="button primary" type="submit">{t('articles.insert')}</button></div>
      </form>
    </Dialog>
  );
}
