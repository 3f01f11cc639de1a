import { useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { t } from '../shared/i18n';
import { number } from '../shared/time';
import type { Idea, IdeaDetail, List } from '../shared/types';
import { merge } from './deeds';

// Which idea this one is the same as: those like it at first, then by words or by number.
export function MergeForm({ idea, onClose }: { idea: IdeaDetail; onClose: () => void }) {
  const [found, setFound] = useState<readonly Idea[]>([]);
  const asked = useRef('');
  const look = (typed: string): void => {
    asked.current = typed;
    const one = /^#?(\d{1,12})$/.exec(typed)?.[1];
    const answer = one ? get<Idea>(`/ideas/${one}`).then((idea) => [idea]) : get<List<Idea>>(`/ideas${query({ q: typed || idea.title, limit: 20 })}`).then((all) => all.items);
    void answer.catch(() => []).then((all) => { if (asked.current === typed) setFound(all.filter((other) => other.id !== idea.id && !other.hidden && !other.merged_into)); });
  };
  useEffect(() => look(''), []);
  const choose = (into: Idea): void => { onClose(); merge(idea, into); };
  return (
    <Dialog title={t('ideas.merge_title', { title: idea.title })} onClose={onClose}>
      <input class="merge-search" type="search" aria-label={t('ideas.merge_search')} placeholder={t('ideas.merge_search')} autofocus autocomplete="off" onInput={(event) => look(event.currentTarget.value.trim())} />
      <ul class="merge-choices">
        {found.map((other) => (
          <li key={other.id}><button type="button" onClick={() => choose(other)}><span class="votes">{number(other.votes)}</span><span class="grow" lang={other.locale}>{other.title}</span></button></li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">{t('ideas.merge_none')}</p>}
    </Dialog>
  );
}
