import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { get, query, send } from '../shared/api';
import { addCommands, keyOf } from '../shared/commands';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { Menu } from '../shared/menu';
import { go, place } from '../shared/router';
import { mayActAs } from '../shared/session';
import { shortTime } from '../shared/time';
import { explain, tellWrong } from '../shared/toasts';
import type { Article, ArticleCategory, List } from '../shared/types';
import { Categories } from './categories';
import { Import } from './import';
import { NewArticle } from './new_article';
import { categoryPath, commonLanguages, isPending, languageName, stateName, stateTone } from './words';

const states = ['any', 'draft', 'published', 'agents_only', 'deleted'] as const;
const stateText = (state: (typeof states)[number]): string => (state === 'any' ? t('articles.all_states') : stateName(state));

interface Wish { state: string; category: string; locale: string; needs: string; q: string }
const wishOf = (params: URLSearchParams): Wish => ({ state: params.get('state') ?? 'any', category: params.get('category') ?? '', locale: params.get('locale') ?? '', needs: params.get('needs') ?? '', q: params.get('q') ?? '' });
const hrefOf = (wish: Wish): string => `/articles${query({ ...wish, state: wish.state === 'any' ? '' : wish.state })}`;

function Row({ article, categories, onRestored }: { article: Article; categories: readonly ArticleCategory[]; onRestored: () => void }) {
  const restore = (): void => { send('DELETE', `/articles/${article.id}/deletion`).then(onRestored, (error) => tellWrong(explain(error))); };
  return (
    <li>
      <span class="about">
        {article.state === 'deleted' ? <strong lang={article.locale}>{article.title}</strong> : <a href={`/articles/${article.id}`} lang={article.locale}>{article.title}</a>}
        <small>{[article.category && categoryPath(article.category, categories), languageName(article.locale), t('articles.read_times', { n: article.views })].filter(Boolean).join(' · ')}</small>
      </span>
      {isPending(article) && <span class="chip soon">{t('articles.pending')}</span>}
      {article.is_outdated && <span class="chip late">{t('articles.outdated')}</span>}
      <span class={`chip ${stateTone[article.state]}`}>{stateName(article.state)}</span>
      <time class="hint" dateTime={article.updated_at}>{shortTime(article.updated_at)}</time>
      {article.state === 'deleted' && <button class="button" type="button" aria-label={t('articles.restore_one', { title: article.title })} onClick={restore}>{t('articles.restore')}</button>}
    </li>
  );
}

export function ArticleList({ categories, onCategories }: { categories: readonly ArticleCategory[]; onCategories: () => void }) {
  const wish = wishOf(place.value.params);
  const search = useRef<HTMLInputElement>(null);
  const typing = useRef(0);
  const [articles, setArticles] = useState<readonly Article[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const wanted = place.value.params.get('new'); // a question that needs an article
  const [open, setOpen] = useState<'categories' | 'import' | 'new' | null>(wanted === null ? null : 'new');
  const ask = (change: Partial<Wish>): void => go(hrefOf({ ...wish, ...change }), 'replace');
  const read = (cursor: string | null, signal?: AbortSignal): void => {
    get<List<Article>>(`/articles${query({ ...wish, cursor })}`, signal).then((page) => {
      setArticles((now) => (cursor && now ? [...now, ...page.items] : page.items));
      setNext(page.next);
      setFailed(null);
    }, (error: unknown) => { if (!(error instanceof DOMException)) setFailed(error); });
  };
  useEffect(() => { const stop = new AbortController(); read(null, stop.signal); return () => stop.abort(); }, [hrefOf(wish)]);
  useEffect(() => { document.title = t('nav.articles'); }, []);
  useLayoutEffect(() => addCommands([
    { id: 'article-new', keys: 'n', label: () => t('articles.new'), run: () => setOpen('new') },
    { id: 'article-search', keys: '/', label: () => t('articles.search'), run: () => search.current?.focus() },
  ]), []);
  const isNarrowed = wish.state !== 'any' || wish.category || wish.locale || wish.needs || wish.q;
  const may = mayActAs('manager');
  return (
    <>
      <header class="articles-head">
        <h1>{t('nav.articles')}</h1>
        <input ref={search} class="articles-search" type="search" aria-label={t('articles.search')} placeholder={`${t('articles.search')} (${keyOf('article-search')})`} defaultValue={wish.q}
          onInput={(event) => { const q = event.currentTarget.value.trim(); clearTimeout(typing.current); typing.current = window.setTimeout(() => ask({ q }), 200); }} />
        <button class="button primary" type="button" onClick={() => setOpen('new')}><Icon name="plus" size={16} />{t('articles.new')}</button>
        <Menu label={t('articles.more')} button={<Icon name="more" />} items={[
          ...(may ? [{ label: t('articles.import'), run: () => setOpen('import') }] : []),
          { label: t('articles.export'), run: () => { location.href = '/api/v1/article-export'; } },
          ...(may ? [{ label: t('articles.categories'), run: () => setOpen('categories') }] : []),
        ]} />
      </header>
      <div class="articles-filter">
        <div class="segmented" role="radiogroup" aria-label={t('articles.state')}>
          {states.map((state) => <label key={state}><input type="radio" name="state" checked={wish.state === state} onChange={() => ask({ state })} /><span>{stateText(state)}</span></label>)}
        </div>
        <select aria-label={t('articles.category')} value={wish.category} onChange={(event) => ask({ category: event.currentTarget.value })}>
          <option value="">{t('articles.all_categories')}</option>
          {categories.map((one) => <option key={one.id} value={one.slug}>{categoryPath(one.slug, categories)}</option>)}
        </select>
        <select aria-label={t('articles.language')} value={wish.locale} onChange={(event) => ask({ locale: event.currentTarget.value })}>
          <option value="">{t('articles.all_languages')}</option>
          {commonLanguages.map((tag) => <option key={tag} value={tag}>{languageName(tag)}</option>)}
        </select>
        <select aria-label={t('articles.to_do')} value={wish.needs} onChange={(event) => ask({ needs: event.currentTarget.value })}>
          <option value="">{t('articles.to_do_any')}</option>
          <option value="publishing">{t('articles.pending')}</option>
          <option value="translating">{t('articles.outdated')}</option>
        </select>
      </div>
      {failed ? <div class="empty" role="alert"><p>{explain(failed)}</p><button class="button" type="button" onClick={() => read(null)}>{t('do.retry')}</button></div>
        : !articles ? <div class="hairline" role="status" aria-label={t('list.loading')} />
          : articles.length === 0 ? (
            <div class="empty"><p>{t(isNarrowed ? 'articles.none_found' : 'articles.none')}</p>{isNarrowed ? <a class="button" href="/articles">{t('articles.show_all')}</a> : <button class="button primary" type="button" onClick={() => setOpen('new')}>{t('articles.new')}</button>}</div>
          ) : (
            <ul class="card flush things" aria-label={t('nav.articles')}>
              {articles.map((article) => <Row key={article.id} article={article} categories={categories} onRestored={() => read(null)} />)}
            </ul>
          )}
      {next && articles && <p><button class="button" type="button" onClick={() => read(next)}>{t('articles.older')}</button></p>}
      {open === 'new' && <NewArticle title={wanted ?? ''} category={wish.category} onClose={() => setOpen(null)} />}
      {open === 'categories' && <Categories categories={categories} onClose={() => setOpen(null)} onChange={onCategories} />}
      {open === 'import' && <Import onClose={(changed) => { setOpen(null); if (changed) { read(null); onCategories(); } }} />}
    </>
  );
}
