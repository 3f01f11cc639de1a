import { t } from '../shared/i18n';
import { diff, withContext, type Part } from './diff';

const tags = { same: 'span', added: 'ins', removed: 'del' } as const;

function Words({ part }: { part: Part }) {
  const Tag = tags[part.kind];
  return <Tag>{part.text}</Tag>;
}

// Two texts held against each other, line by line and word by word.
export function Changes({ before, after, locale }: { before: string; after: string; locale: string }) {
  const lines = withContext(diff(before, after));
  if (!lines) return <p class="hint">{t('articles.no_changes')}</p>;
  return (
    <div class="changes" lang={locale} role="group" tabIndex={0} aria-label={t('articles.changes')}>
      {lines.map((line, index) => line.kind === 'left_out'
        ? <p key={index} class="left-out">{t('articles.lines_left_out', { n: line.count })}</p>
        : <p key={index} class={`line ${line.kind}`}>{line.parts.map((part, at) => <Words key={at} part={part} />)}</p>)}
    </div>
  );
}
