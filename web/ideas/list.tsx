import { useRef } from 'preact/hooks';
import { t } from '../shared/i18n';
import { number } from '../shared/time';
import { place } from '../shared/router';
import type { Idea } from '../shared/types';
import { stateName } from './deeds';
import { list, listFailed, loading, loadList, loadMore } from './known';
import { ask, hrefOf, openNumber, orders, queryOf, states, wishOf, type Order } from './wish';

export const chipOf: Record<string, string> = { planned: 'accent', building: 'soon', done: 'ok', not_now: '', open: '' };

export function StateChip({ idea }: { idea: Pick<Idea, 'state' | 'hidden' | 'merged_into'> }) {
  if (idea.hidden) return <span class="chip late">{t('ideas.state_hidden')}</span>;
  if (idea.merged_into) return <span class="chip">{t('ideas.state_merged')}</span>;
  return idea.state === 'open' ? null : <span class={`chip ${chipOf[idea.state] ?? ''}`}>{stateName(idea.state)}</span>;
}

function Tabs({ here }: { here: string }) {
  const tab = (state: string, name: string) => <a key={state} href={hrefOf({ state, q: '' })} aria-current={here === state ? 'page' : undefined}>{name}</a>;
  return (
    <nav class="idea-tabs" aria-label={t('ideas.states')}>
      {tab('', t('ideas.state_all'))}
      {states.map((state) => tab(state, stateName(state)))}
      {tab('hidden', t('ideas.state_hidden'))}
    </nav>
  );
}

function Tools() {
  const wish = wishOf(place.value.params);
  const timer = useRef(0);
  const look = (q: string): void => { clearTimeout(timer.current); timer.current = window.setTimeout(() => ask({ q }), 120); };
  const plans = list.value?.plans ?? [];
  return (
    <div class="idea-tools">
      <input class="search-box" id="idea-search" type="search" aria-label={t('ideas.search')} placeholder={t('ideas.search')} value={wish.q} onInput={(event) => look(event.currentTarget.value.trim())} />
      <label><span class="visually-hidden">{t('ideas.sort')}</span>
        <select value={wish.sort} onChange={(event) => ask({ sort: event.currentTarget.value as Order })}>{orders.map((order) => <option key={order} value={order}>{t(`ideas.by_${order}`)}</option>)}</select></label>
      {plans.length > 0 && (
        <label><span class="visually-hidden">{t('ideas.plan')}</span>
          <select value={wish.plan} onChange={(event) => ask({ plan: event.currentTarget.value })}>
            <option value="">{t('ideas.every_plan')}</option>
            {plans.map((plan) => <option key={plan} value={plan}>{plan === 'none' ? t('ideas.no_plan') : plan}</option>)}
          </select></label>
      )}
    </div>
  );
}

function Row({ idea, plan }: { idea: Idea; plan: string }) {
  return (
    <li>
      <a class="idea-row" href={hrefOf({}, idea.number)} aria-current={openNumber() === idea.number ? 'true' : undefined} data-number={idea.number}>
        <span class="votes"><span class="visually-hidden">{t('ideas.votes')}: </span>{number(plan && idea.plan_votes !== undefined ? idea.plan_votes : idea.votes)}</span>
        <span class="what"><strong lang={idea.locale}>{idea.title}</strong> <StateChip idea={idea} />
          <small>{[t('ideas.paying', { n: idea.paying_votes }), t('ideas.value', { value: number(idea.value) }), ...idea.plans.slice(0, 3).map(({ plan: of, votes }) => `${of === 'none' ? t('ideas.no_plan') : of} ${number(votes)}`)].join(' · ')}</small></span>
      </a>
    </li>
  );
}

function Empty() {
  const wish = wishOf(place.value.params);
  if (wish.q) return <p class="empty-line">{t('ideas.none_like')}</p>;
  if (wish.state || wish.plan) return <p class="empty-line">{t('ideas.none_here')}</p>;
  return <div class="empty"><p>{t('ideas.none')}</p><a class="button" href="/help/ideas" target="_blank">{t('ideas.public_page')}</a></div>;
}

export function IdeaList() {
  const wish = wishOf(place.value.params);
  const asked = queryOf(wish);
  const all = list.value;
  return (
    <section class="idea-list" aria-label={t('nav.ideas')} aria-busy={loading.value}>
      <Tabs here={wish.state} />
      <Tools />
      {loading.value && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {listFailed.value && <div class="empty" role="alert"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={() => void loadList(asked)}>{t('do.retry')}</button></div>}
      {all && !listFailed.value && (all.items.length === 0 ? <Empty /> : <ul class="card flush">{all.items.map((idea) => <Row key={idea.id} idea={idea} plan={wish.plan} />)}</ul>)}
      {all?.next && !listFailed.value && <button class="button" type="button" onClick={() => void loadMore(asked)}>{t('ideas.more')}</button>}
    </section>
  );
}
