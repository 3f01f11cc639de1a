import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { send } from '../shared/api';
import { addCommands, keyOf } from '../shared/commands';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { Menu } from '../shared/menu';
import { go } from '../shared/router';
import { mayActAs } from '../shared/session';
import { messageTime } from '../shared/time';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { ArticleCategory, ArticleDetail } from '../shared/types';
import { About } from './about';
import { publish, readArticle, saveText, theirs, unpublish } from './article_store';
import { Changes } from './changes';
import { History } from './history';
import { forget, keep, keepAfterMs, keptText, sameText, type Text } from './kept';
import { Preview } from './preview';
import { Source } from './source';
import { TextBox } from './text_box';
import { isPending, languageName, stateName, stateTone } from './words';

type Beside = 'preview' | 'source' | 'history' | 'about';

function Conflict({ mine, current, onTake, onOver }: { mine: Text; current: ArticleDetail; onTake: () => void; onOver: () => void }) {
  return (
    <section class="article-conflict" role="alert">
      <p>{t('articles.conflict', { name: current.saved.by?.name ?? t('articles.a_program'), time: messageTime(current.saved.at) })}</p>
      <Changes before={`${current.title}\n\n${current.body}`} after={`${mine.title}\n\n${mine.body}`} locale={current.locale} />
      <div class="form-foot"><button class="button" type="button" onClick={onTake}>{t('articles.take_theirs')}</button><button class="button primary" type="button" onClick={onOver}>{t('articles.save_over')}</button></div>
    </section>
  );
}

export function Editor({ id, categories, onCategories }: { id: string; categories: readonly ArticleCategory[]; onCategories: () => void }) {
  const [article, setArticle] = useState<ArticleDetail | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [text, setText] = useState<Text>({ title: '', body: '' });
  const [kept, setKept] = useState<string | null>(null);
  const [current, setCurrent] = useState<ArticleDetail | null>(null);
  const [beside, setBeside] = useState<Beside>('preview');
  const [upToDate, setUpToDate] = useState(false);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const here = useRef({ article, text, timer: 0 });
  here.current.article = article;
  here.current.text = text;

  const load = (): void => {
    setFailed(null);
    readArticle(id).then((fresh) => {
      const mine = keptText(fresh);
      setArticle(fresh);
      setText(mine ?? { title: fresh.title, body: fresh.body });
      setKept(mine ? mine.saved_at : null);
      if (mine && mine.version !== fresh.version) setCurrent(fresh);
      document.title = `${fresh.title} · ${t('nav.articles')}`;
    }, setFailed);
  };
  useEffect(load, [id]);

  const dirty = article !== null && !sameText(text, article);
  const keepNow = (): void => {
    const { article: now, text: written, timer } = here.current;
    clearTimeout(timer);
    here.current.timer = 0;
    if (now && !sameText(written, now)) void keep(now.id, written, now.version).catch(() => {});
  };
  const write = (change: Partial<Text>): void => {
    setText((now) => ({ ...now, ...change }));
    clearTimeout(here.current.timer);
    here.current.timer = window.setTimeout(keepNow, keepAfterMs);
  };
  // Going elsewhere keeps what was typed in the last second; closing the window asks while the server does not have it.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => { if (here.current.timer) { keepNow(); event.preventDefault(); } };
    addEventListener('beforeunload', ask);
    return () => { removeEventListener('beforeunload', ask); if (here.current.timer) { keepNow(); tell(t('articles.kept_as_draft')); } };
  }, [id]);

  const took = (fresh: ArticleDetail): ArticleDetail => {
    setArticle(fresh);
    setText({ title: fresh.title, body: fresh.body });
    setKept(null);
    setCurrent(null);
    setUpToDate(false);
    setNote('');
    clearTimeout(here.current.timer);
    here.current.timer = 0;
    forget(fresh.id, false);
    return fresh;
  };
  const sourceVersion = (): number | null => {
    const source = article?.translations.find((one) => one.id === article.group);
    return upToDate && source && article && source.id !== article.id ? source.shown_version : null;
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const other = theirs(error);
      if (other) { setCurrent(other); keepNow(); } else tellWrong(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const save = (over: ArticleDetail | null = article): Promise<void> => attempt(async () => {
    if (!over || (!dirty && !upToDate)) return;
    took(await saveText(over, text, note, sourceVersion()));
    tell(t('do.saved'));
  });
  const show = (audience: 'everyone' | 'agents'): Promise<void> => attempt(async () => {
    if (!article) return;
    const saved = dirty || upToDate ? took(await saveText(article, text, note, sourceVersion())) : article;
    took(await publish(saved, audience));
    tell(t(audience === 'everyone' ? 'articles.is_published' : 'articles.is_for_agents'), audience === 'everyone' ? { to: saved.url } : {});
  });
  const takeBack = (): Promise<void> => attempt(async () => {
    if (!article) return;
    const before = article.state === 'agents_only' ? 'agents' : 'everyone';
    const draft = await unpublish(article);
    setArticle(draft);
    tell(t('articles.is_draft'), { undo: () => void publish(draft, before).then(setArticle, (error) => tellWrong(explain(error))) });
  });
  const remove = (): Promise<void> => attempt(async () => {
    if (!article) return;
    keepNow();
    await send('DELETE', `/articles/${article.id}`);
    go('/articles');
    tell(t('articles.was_deleted', { title: article.title }), { undo: () => void send('DELETE', `/articles/${article.id}/deletion`).then(() => go(`/articles/${article.id}`), (error) => tellWrong(explain(error))) });
  });
  const saveNow = useRef(save);
  saveNow.current = save;
  useLayoutEffect(() => addCommands([
    { id: 'article-save', keys: '$mod+s', label: () => t('articles.save'), run: () => void saveNow.current(), whileTyping: true },
    { id: 'article-preview', keys: '$mod+Shift+p', label: () => t('articles.preview'), run: () => setBeside('preview'), whileTyping: true },
    { id: 'article-history', keys: '', label: () => t('articles.history'), run: () => setBeside('history') },
  ]), []);

  if (failed) return <div class="empty"><p>{explain(failed)}</p><button class="button" type="button" onClick={load}>{t('do.retry')}</button> <a class="button" href="/articles">{t('nav.articles')}</a></div>;
  if (!article) return <div class="hairline" role="status" aria-label={t('list.loading')} />;
  const may = mayActAs('manager');
  const isTranslation = article.group !== article.id;
  const tabs: [Beside, string][] = [['preview', t('articles.preview')], ...(isTranslation ? [['source', t('articles.source')] as [Beside, string]] : []), ['history', t('articles.history')], ['about', t('articles.about')]];
  const state = dirty ? t('articles.not_saved') : kept ? t('articles.not_saved') : t('articles.saved_at', { time: messageTime(article.saved.at) });
  return (
    <>
      <header class="article-head">
        <h1 class="visually-hidden" lang={article.locale}>{article.title}</h1>
        <a class="square" href="/articles" aria-label={t('articles.all')} title={t('articles.all')}><Icon name="back" /></a>
        <span class={`chip ${stateTone[article.state]}`}>{stateName(article.state)}</span>
        {isPending(article) && <span class="chip soon">{t('articles.pending')}</span>}
        {article.is_outdated && <span class="chip late">{t('articles.outdated')}</span>}
        <span class="chip">{languageName(article.locale)}</span>
        <span class="hint grow" role="status">{busy ? t('articles.saving') : state}</span>
        {article.state === 'published' && <a class="button ghost" href={article.url} target="_blank" rel="noopener">{t('articles.open_page')}</a>}
        <button class={`button ${may ? '' : 'primary'}`} type="button" disabled={busy} aria-disabled={!dirty && !upToDate} onClick={() => void save()}>{t('articles.save')}<kbd aria-hidden="true">{keyOf('article-save')}</kbd></button>
        {may && <button class="button primary" type="button" disabled={busy} aria-disabled={!dirty && !isPending(article) && article.state === 'published'} onClick={() => void show(article.state === 'agents_only' ? 'agents' : 'everyone')}>{t('articles.publish')}</button>}
        <Menu label={t('articles.more')} button={<Icon name="more" />} items={[
          ...(may && article.state !== 'published' ? [{ label: t('articles.publish_everyone'), run: () => void show('everyone') }] : []),
          ...(may && article.state !== 'agents_only' ? [{ label: t('articles.publish_agents'), run: () => void show('agents') }] : []),
          ...(may && article.state !== 'draft' ? [{ label: t('articles.unpublish'), run: () => void takeBack() }] : []),
          ...(may || article.state === 'draft' ? [{ label: t('articles.delete'), run: () => void remove() }] : []),
        ]} />
      </header>
      {kept && <p class="calm" role="status">{t('articles.kept_from', { time: messageTime(kept) })} <button class="link" type="button" onClick={() => { const before = text; forget(article.id, true); took(article); tell(t('articles.thrown_away'), { undo: () => write(before) }); }}>{t('articles.throw_away')}</button></p>}
      {current && <Conflict mine={text} current={current} onTake={() => { const before = text; forget(article.id, true); took(current); tell(t('articles.thrown_away'), { undo: () => write(before) }); }} onOver={() => void save(current)} />}
      <div class="article-panes">
        <section class="article-write" aria-label={t('articles.text')}>
          <input class="article-title" lang={article.locale} aria-label={t('articles.title')} placeholder={t('articles.title')} maxLength={300} value={text.title} onInput={(event) => write({ title: event.currentTarget.value })} />
          <TextBox value={text.body} locale={article.locale} label={t('articles.body')} onInput={(body) => write({ body })} />
          {dirty && article.version > 0 && <input class="article-note" aria-label={t('articles.note')} placeholder={t('articles.note')} maxLength={300} value={note} onInput={(event) => setNote(event.currentTarget.value)} />}
        </section>
        <section class="article-beside" aria-label={tabs.find(([tab]) => tab === beside)?.[1]}>
          <div class="segmented" role="radiogroup" aria-label={t('articles.beside')}>
            {tabs.map(([tab, words]) => <label key={tab}><input type="radio" name="beside" checked={tab === beside} onChange={() => setBeside(tab)} /><span>{words}</span></label>)}
          </div>
          {beside === 'preview' && <Preview title={text.title} body={text.body} locale={article.locale} />}
          {beside === 'source' && <Source article={article} upToDate={upToDate} onUpToDate={setUpToDate} />}
          {beside === 'history' && <History article={article} onBack={(fresh) => { took(fresh); setBeside('preview'); }} />}
          {beside === 'about' && <About article={article} categories={categories} onChange={setArticle} onCategories={onCategories} />}
        </section>
      </div>
    </>
  );
}
