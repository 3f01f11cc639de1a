import { useEffect, useState } from 'preact/hooks';
import { get, query, send } from '../shared/api';
import { t } from '../shared/i18n';
import { messageTime } from '../shared/time';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { ArticleDetail, ArticleVersion, List } from '../shared/types';
import { Changes } from './changes';

type Whole = ArticleVersion & { body: string };

// Every text that was saved: who, when, why, and what it changed against the one before.
export function History({ article, onBack }: { article: ArticleDetail; onBack: (fresh: ArticleDetail) => void }) {
  const [versions, setVersions] = useState<readonly ArticleVersion[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState<{ after: Whole; before: Whole | null } | null>(null);
  const path = `/articles/${article.id}/versions`;
  const more = (cursor: string | null): void => {
    get<List<ArticleVersion>>(path + query({ cursor })).then((page) => {
      setVersions((now) => (cursor ? [...now, ...page.items] : page.items));
      setNext(page.next);
      setFailed(false);
    }, () => setFailed(true));
  };
  useEffect(() => { setOpen(null); more(null); }, [article.id, article.version]);
  const show = async (version: number): Promise<void> => {
    if (open?.after.version === version) { setOpen(null); return; }
    try {
      const [after, before] = await Promise.all([get<Whole>(`${path}/${version}`), version > 1 ? get<Whole>(`${path}/${version - 1}`) : null]);
      setOpen({ after, before });
    } catch (error) {
      tellWrong(explain(error));
    }
  };
  const bringBack = async (version: ArticleVersion): Promise<void> => {
    try {
      onBack(await send<ArticleDetail>('POST', path, { from: version.version, if_version: article.version, note: t('articles.brought_back_note', { n: version.version }) }));
      tell(t('articles.brought_back', { n: version.version }));
    } catch (error) {
      tellWrong(explain(error));
    }
  };
  const whole = (version: Whole | null): string => (version ? `${version.title}\n\n${version.body}` : '');
  return (
    <ol class="versions">
      {failed && <li class="empty"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={() => more(null)}>{t('do.retry')}</button></li>}
      {versions.map((version) => {
        const shown = open?.after.version === version.version ? open : null;
        return (
          <li key={version.version}>
            <div class="version-head">
              <button class="link" type="button" aria-expanded={shown !== null} onClick={() => void show(version.version)}>{t('articles.version', { n: version.version })}</button>
              <span>{version.by?.name ?? t('articles.a_program')}, <time dateTime={version.at}>{messageTime(version.at)}</time></span>
              {version.version === article.shown_version && article.state !== 'draft' && <span class="chip ok">{t('articles.readers_see')}</span>}
              {version.note && <q lang="">{version.note}</q>}
              {version.version !== article.version && <button class="button" type="button" aria-label={t('articles.bring_back_one', { n: version.version })} onClick={() => void bringBack(version)}>{t('articles.bring_back')}</button>}
            </div>
            {shown && <Changes before={whole(shown.before)} after={whole(shown.after)} locale={article.locale} />}
          </li>
        );
      })}
      {next && <li><button class="button" type="button" onClick={() => more(next)}>{t('articles.older')}</button></li>}
    </ol>
  );
}
