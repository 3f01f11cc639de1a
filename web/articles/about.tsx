import { useState } from 'preact/hooks';
import { Field, FormError } from '../dialogs/form';
import { Problem, send } from '../shared/api';
import { t } from '../shared/i18n';
import { openDialog, taught } from '../shared/open_dialogs';
import { go } from '../shared/router';
import { mayActAs } from '../shared/session';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { ArticleCategory, ArticleDetail } from '../shared/types';
import { move } from './article_store';
import { categoryPath, commonLanguages, languageName, stateName, stateTone } from './words';

function Languages({ article }: { article: ArticleDetail }) {
  const taken = article.translations.map((one) => one.locale);
  const translate = async (locale: string): Promise<void> => {
    try {
      const made = await send<ArticleDetail>('POST', '/articles', { title: article.title, body: article.body, locale, translation_of: article.id });
      go(`/articles/${made.id}`);
    } catch (error) {
      tellWrong(explain(error));
    }
  };
  return (
    <section>
      <h2>{t('articles.languages')}</h2>
      <ul class="things card flush">
        {article.translations.map((one) => (
          <li key={one.id}>
            <span class="about"><a href={`/articles/${one.id}`} aria-current={one.id === article.id ? 'page' : undefined}>{languageName(one.locale)}</a>{one.id === article.group && <small>{t('articles.original')}</small>}</span>
            {one.is_outdated && <span class="chip late">{t('articles.outdated')}</span>}
            <span class={`chip ${stateTone[one.state]}`}>{stateName(one.state)}</span>
          </li>
        ))}
        <li>
          <label class="about" for="translate-into">{t('articles.add_language')}</label>
          <select id="translate-into" value="" onChange={(event) => { const { value } = event.currentTarget; event.currentTarget.value = ''; if (value) void translate(value); }}>
            <option value="">{t('articles.choose_language')}</option>
            {commonLanguages.filter((tag) => !taken.includes(tag)).map((tag) => <option key={tag} value={tag}>{languageName(tag)}</option>)}
          </select>
        </li>
      </ul>
    </section>
  );
}

// Where it stands: category, address, languages.
export function About({ article, categories, onChange, onCategories }: {
  article: ArticleDetail; categories: readonly ArticleCategory[]; onChange: (fresh: ArticleDetail) => void; onCategories: () => void;
}) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const may = mayActAs('manager') || article.state === 'draft';
  const change = async (what: { category?: string; slug?: string }): Promise<void> => {
    try {
      const before = article.slug;
      const fresh = await move(article, what);
      setProblem(null);
      onChange(fresh);
      if (what.category !== undefined) onCategories();
      tell(what.slug !== undefined && before !== fresh.slug ? t('articles.address_changed', { from: `/help/${before}`, to: `/help/${fresh.slug}` }) : t('do.saved'));
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  const drop = async (slug: string): Promise<void> => {
    try {
      await send('DELETE', `/articles/${article.id}/redirects/${encodeURIComponent(slug)}`);
      onChange({ ...article, redirects: article.redirects.filter((one) => one !== slug) });
    } catch (error) {
      tellWrong(explain(error));
    }
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const slug = String(new FormData(event.currentTarget as HTMLFormElement).get('slug')).trim();
    if (slug !== article.slug) void change({ slug });
  };
  const onCategory = (value: string): void => {
    const category = value === '+' ? prompt(t('articles.new_category'))?.trim() : value;
    if (category !== undefined) void change({ category });
  };
  return (
    <div class="form article-about">
      <Languages article={article} />
      <div class="field">
        <label for="article-category">{t('articles.category')}</label>
        <select id="article-category" disabled={!may} value={article.category} onChange={(event) => onCategory(event.currentTarget.value)}>
          <option value="">{t('articles.no_category')}</option>
          {categories.map((one) => <option key={one.id} value={one.slug}>{categoryPath(one.slug, categories)}</option>)}
          <option value="+">{t('articles.new_category')}</option>
        </select>
      </div>
      <form class="form" key={article.slug} onSubmit={onSubmit}>
        <Field label={t('articles.address')} name="slug" value={article.slug} required problem={problem} hint={t('articles.address_hint', { url: `/help/${article.slug}` })} />
        {!problem?.fields.length && <FormError problem={problem} />}
        <div class="form-foot"><button class="button" type="submit" disabled={!may}>{t('articles.change_address')}</button></div>
      </form>
      {article.redirects.length > 0 && (
        <section>
          <h2>{t('articles.old_addresses')}</h2>
          <ul class="things card flush">
            {article.redirects.map((slug) => (
              <li key={slug}><span class="about"><code>/help/{slug}</code></span>{may && <button class="button" type="button" aria-label={t('articles.drop_address', { url: `/help/${slug}` })} onClick={() => void drop(slug)}>{t('do.remove')}</button>}</li>
            ))}
          </ul>
        </section>
      )}
      <p class="hint">{t('articles.read_times', { n: article.views })} <button class="link" type="button" onClick={() => { taught.value = article; openDialog.value = 'taught'; }}>{t('articles.taught')}</button></p>
    </div>
  );
}
