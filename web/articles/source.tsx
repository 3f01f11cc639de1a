import { useEffect, useState } from 'preact/hooks';
import { get } from '../shared/api';
import { t } from '../shared/i18n';
import { explain } from '../shared/toasts';
import type { ArticleDetail, ArticleVersion } from '../shared/types';
import { Changes } from './changes';
import { languageName } from './words';

type Whole = ArticleVersion & { body: string };

// Beside a translation: the text it translates, and what changed in it since.
export function Source({ article, upToDate, onUpToDate }: { article: ArticleDetail; upToDate: boolean; onUpToDate: (is: boolean) => void }) {
  const [texts, setTexts] = useState<{ now: Whole; before: Whole | null } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const source = article.translations.find((one) => one.id === article.group);
  useEffect(() => {
    if (!source) return;
    const path = `/articles/${source.id}/versions`;
    Promise.all([get<Whole>(`${path}/${source.shown_version}`), article.is_outdated && article.source_version > 0 ? get<Whole>(`${path}/${article.source_version}`) : null])
      .then(([now, before]) => { setTexts({ now, before }); setFailed(null); }, setFailed);
  }, [source?.id, source?.shown_version, article.source_version, article.is_outdated]);
  if (!source) return <p class="hint">{t('articles.source_gone')}</p>;
  if (failed) return <p class="wrong" role="alert">{explain(failed)}</p>;
  if (!texts) return <div class="hairline" role="status" aria-label={t('list.loading')} />;
  return (
    <div class="source">
      <p><a href={`/articles/${source.id}`}>{languageName(source.locale)}</a></p>
      {article.is_outdated && (
        <>
          <h2>{t('articles.changed_since')}</h2>
          {texts.before ? <Changes before={`${texts.before.title}\n\n${texts.before.body}`} after={`${texts.now.title}\n\n${texts.now.body}`} locale={source.locale} /> : <p class="hint">{t('articles.never_compared')}</p>}
          <label class="switch"><input type="checkbox" checked={upToDate} onChange={(event) => onUpToDate(event.currentTarget.checked)} />{t('articles.now_up_to_date')}</label>
        </>
      )}
      <h2 lang={source.locale}>{texts.now.title}</h2>
      <pre class="source-text" lang={source.locale} tabIndex={0}>{texts.now.body}</pre>
    </div>
  );
}
