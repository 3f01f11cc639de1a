import { useEffect } from 'preact/hooks';
import { tx } from '../shared/i18n';
import { Icon } from '../shared/icon';
import type { Tried } from '../shared/types';

// "Read Two charges? before writing: it did not help", so that nobody answers with the same again.
export function TriedLines({ tried, onHeight }: { tried: readonly Tried[]; onHeight: () => void }) {
  useEffect(onHeight, [tried]);
  return (
    <>
      {tried.map(({ article, outcome }) => (
        <p key={article.id + outcome} class="event"><Icon name="book" /><span>{tx(`answers.tried_${outcome}`, { title: <a href={article.url} target="_blank" rel="noopener" lang="">{article.title}</a> })}</span></p>
      ))}
    </>
  );
}
