import english from '../locales/en.json?thanks';
import looks from '../styles/screens/thanks.css?inline';
import { useEffect, useState } from 'preact/hooks';
import { get, query } from '../shared/api';
import { Avatar } from '../shared/avatar';
import { now } from '../shared/clock';
import { addEnglish, t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { addLooks } from '../shared/lazy';
import { loadPeople, people } from '../shared/people';
import { mayActAs, me } from '../shared/session';
import { fullTime, messageTime } from '../shared/time';
import type { List, ListedRating, Score } from '../shared/types';

addEnglish(english);
addLooks(looks);

const scores: Score[] = ['kudos', 'good', 'bad'];

function monthStart(at: number): string {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), 1).toISOString();
}

function useRatings(agent: string, score: Score): { items: ListedRating[] | null; failed: boolean; more: (() => void) | null; again: () => void } {
  const of = `${agent} ${score}`;
  const [state, setState] = useState<{ of: string; items: ListedRating[] | null; next: string | null; failed: boolean }>({ of, items: null, next: null, failed: false });
  const [round, setRound] = useState(0);
  const read = (cursor: string | null): Promise<List<ListedRating>> => get(`/ratings${query({ agent, score, from: monthStart(now()), limit: 6, cursor })}`);
  useEffect(() => {
    let current = true;
    read(null).then(({ items, next }) => current && setState({ of, items, next, failed: false }), () => current && setState((before) => ({ ...before, failed: true })));
    return () => { current = false; };
  }, [agent, score, round]);
  // Further ones of a list that is still shown.
  const more = (): void => {
    read(state.next).then(
      ({ items, next }) => setState((before) => (before.of === of ? { of, items: [...(before.items ?? []), ...items], next, failed: false } : before)),
      () => setState((before) => ({ ...before, failed: true })),
    );
  };
  return { items: state.items, failed: state.failed, more: state.next ? more : null, again: () => setRound(round + 1) };
}

function One({ rating, showsAgent }: { rating: ListedRating; showsAgent: boolean }) {
  const name = rating.customer.name || rating.customer.email;
  return (
    <li>
      <Avatar name={name} seed={rating.customer.email} size="s" />
      <div>
        <p><strong lang="">{name}</strong> <time dateTime={rating.at} title={fullTime(rating.at)}>{messageTime(rating.at)}</time></p>
        {rating.comment && <blockquote lang="">{rating.comment}</blockquote>}
        <p class="hint"><a href={`/t/${rating.ticket.number}`} lang="">{rating.ticket.subject || `#${rating.ticket.number}`}</a>{showsAgent && rating.agent && <span lang=""> · {rating.agent.name}</span>}</p>
      </div>
    </li>
  );
}

// What customers said this month: of one's own answers, for managers of everybody's.
export default function Thanks() {
  const isManager = mayActAs('manager');
  const [agent, setAgent] = useState(isManager ? '' : me()!.id);
  const [score, setScore] = useState<Score>('kudos');
  const { items, failed, more, again } = useRatings(agent, score);
  useEffect(() => { if (isManager) void loadPeople(); }, []);
  return (
    <section class="card thanks" aria-labelledby="thanks" aria-busy={items === null && !failed}>
      <header>
        <div><h2 id="thanks"><Icon name="heart" /> {t(agent === me()!.id ? 'thanks.month' : 'thanks.month_of')}</h2><p class="hint">{t('thanks.about')}</p></div>
        <div class="segmented" role="radiogroup" aria-label={t('thanks.what')}>
          {scores.map((one) => <label key={one}><input type="radio" name="score" checked={one === score} onChange={() => setScore(one)} /><span>{t(`thanks.${one}`)}</span></label>)}
        </div>
        {isManager && (
          <select class="pick" aria-label={t('thanks.of')} value={agent} onChange={(event) => setAgent(event.currentTarget.value)}>
            <option value="">{t('thanks.everybody')}</option>
            {people.value.map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
          </select>
        )}
      </header>
      {failed && <p class="hint" role="alert">{t('error.unreachable')} <button class="link" type="button" onClick={again}>{t('do.retry')}</button></p>}
      {items && (items.length ? <ul>{items.map((rating) => <One key={rating.id} rating={rating} showsAgent={agent === ''} />)}</ul> : <p class="hint">{t('thanks.none')}</p>)}
      {more && <button class="button" type="button" onClick={more}>{t('thanks.more')}</button>}
    </section>
  );
}
