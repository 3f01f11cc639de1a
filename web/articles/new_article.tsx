import { useState } from 'preact/hooks';
import { Field, FormError } from '../dialogs/form';
import { Problem, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { language, t } from '../shared/i18n';
import { go } from '../shared/router';
import type { ArticleDetail } from '../shared/types';
import { commonLanguages, languageName } from './words';

export function NewArticle({ title, category, onClose }: { title: string; category: string; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try {
      const made = await send<ArticleDetail>('POST', '/articles', { title: form.get('title'), locale: form.get('locale'), category });
      onClose();
      go(`/articles/${made.id}`);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <Dialog title={t('articles.new')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <Field label={t('articles.title')} name="title" value={title} required autofocus problem={problem} hint={t('articles.title_hint')} />
        <div class="field">
          <label for="new-language">{t('articles.language')}</label>
          <select id="new-language" name="locale" defaultValue={language.value}>{commonLanguages.map((tag) => <option key={tag} value={tag} selected={tag === language.value}>{languageName(tag)}</option>)}</select>
        </div>
        {!problem?.fields.length && <FormError problem={problem} />}
        <div class="form-foot"><button class="button" type="button" onClick={onClose}>{t('do.cancel')}</button><button class="button primary" type="submit">{t('articles.write')}</button></div>
      </form>
    </Dialog>
  );
}
