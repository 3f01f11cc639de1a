import { useState } from 'preact/hooks';
import { send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { languages, t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { explain, tellWrong } from '../shared/toasts';
import type { ArticleCategory } from '../shared/types';
import { categoryName, categoryPath } from './words';

function Names({ category, onDone }: { category: ArticleCategory; onDone: (names: Record<string, string>) => void }) {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    onDone(Object.fromEntries([...new FormData(event.currentTarget as HTMLFormElement)].map(([tag, words]) => [tag, String(words).trim()]).filter(([, words]) => words)) as Record<string, string>);
  };
  return (
    <form class="form names" onSubmit={onSubmit}>
      {Object.entries(languages).map(([tag, name]) => <div class="field" key={tag}><label for={`name-${tag}`}>{name}</label><input id={`name-${tag}`} name={tag} lang={tag} maxLength={100} defaultValue={category.names[tag] ?? ''} /></div>)}
      <div class="form-foot"><button class="button primary" type="submit">{t('do.save')}</button></div>
    </form>
  );
}

// The shelves: their order, and what they are called in each language.
export function Categories({ categories, onClose, onChange }: { categories: readonly ArticleCategory[]; onClose: () => void; onChange: () => void }) {
  const [open, setOpen] = useState('');
  const attempt = (work: Promise<unknown>): void => { work.then(onChange, (error) => tellWrong(explain(error))); };
  const shift = (at: number, by: number): void => {
    const ids = categories.map((one) => one.id);
    const [moved] = ids.splice(at, 1);
    ids.splice(at + by, 0, moved!);
    attempt(send('PUT', '/article-categories/order', { categories: ids }));
  };
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const slug = String(new FormData(form).get('slug')).trim();
    if (!slug) return;
    attempt(send('POST', '/article-categories', { slug }).then(() => form.reset()));
  };
  return (
    <Dialog title={t('articles.categories')} onClose={onClose}>
      <ul class="things categories">
        {categories.map((one, at) => (
          <li key={one.id}>
            <span class="about"><strong>{categoryPath(one.slug, categories)}</strong><small>{one.slug}</small></span>
            <button class="square up" type="button" disabled={at === 0} aria-label={t('articles.category_up', { name: categoryName(one) })} onClick={() => shift(at, -1)}><Icon name="back" /></button>
            <button class="square down" type="button" disabled={at === categories.length - 1} aria-label={t('articles.category_down', { name: categoryName(one) })} onClick={() => shift(at, 1)}><Icon name="back" /></button>
            <button class="button" type="button" aria-expanded={open === one.id} aria-label={t('articles.category_names', { name: categoryName(one) })} onClick={() => setOpen(open === one.id ? '' : one.id)}>{t('articles.names')}</button>
            <button class="button" type="button" aria-label={t('articles.category_remove', { name: categoryName(one) })} onClick={() => attempt(send('DELETE', `/article-categories/${one.id}`))}>{t('do.remove')}</button>
            {open === one.id && <Names category={one} onDone={(names) => { setOpen(''); attempt(send('PATCH', `/article-categories/${one.id}`, { names })); }} />}
          </li>
        ))}
        {categories.length === 0 && <li><span class="about">{t('articles.no_categories')}</span></li>}
      </ul>
      <form class="form add-category" onSubmit={add}>
        <div class="field"><label for="new-category">{t('articles.category_address')}</label><input id="new-category" name="slug" required maxLength={200} placeholder="guides/install" /></div>
        <button class="button" type="submit">{t('articles.add_category')}</button>
      </form>
    </Dialog>
  );
}
