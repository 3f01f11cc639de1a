import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { Menu } from '../shared/menu';
import { RichText } from '../shared/rich_text';
import { day, fullTime, number } from '../shared/time';
import type { IdeaChange, IdeaDetail, IdeaVote } from '../shared/types';
import { hide, stateName, unmerge } from './deeds';
import { loadIdea, moreVoters, shown, shownFailed, voters } from './known';
import { StateChip } from './list';
import { hrefOf, openNumber } from './wish';

export type Form = 'move' | 'answer' | 'merge' | 'words' | 'add';

function Numbers({ idea }: { idea: IdeaDetail }) {
  return (
    <>
      <dl class="idea-numbers">
        <div><dt>{t('ideas.votes')}</dt><dd>{number(idea.votes)}</dd></div>
        <div><dt>{t('ideas.paying_votes')}</dt><dd>{number(idea.paying_votes)}</dd></div>
        <div><dt>{t('ideas.value_month')}</dt><dd>{number(idea.value)}</dd></div>
      </dl>
      {idea.plans.length > 0 && (
        <table class="idea-plans">
          <caption class="visually-hidden">{t('ideas.by_plan')}</caption>
          <thead><tr><th>{t('ideas.plan')}</th><th>{t('ideas.votes')}</th><th>{t('ideas.value_month')}</th></tr></thead>
          <tbody>{idea.plans.map((one) => <tr key={one.plan}><th scope="row" lang="">{one.plan === 'none' ? t('ideas.no_plan') : one.plan}</th><td>{number(one.votes)}</td><td>{number(one.value)}</td></tr>)}</tbody>
        </table>
      )}
    </>
  );
}

function Voter({ vote }: { vote: IdeaVote }) {
  const about = [vote.plan === 'none' ? '' : vote.plan, vote.value ? number(vote.value) : '', vote.own ? '' : t('ideas.voted_for', { name: vote.by?.name || t('ideas.a_program') }), vote.told ? '' : t('ideas.not_told')].filter(Boolean);
  return <li><span lang="">{vote.email}</span> <small>{about.join(' · ')}</small> <time dateTime={vote.at} title={fullTime(vote.at)}>{day(vote.at)}</time></li>;
}

function Voters() {
  const all = voters.value;
  if (!all) return null;
  return (
    <section><h3>{t('ideas.voters')}</h3>
      {all.items.length === 0 ? <p class="hint">{t('ideas.no_voters')}</p> : <ul class="idea-voters">{all.items.map((vote) => <Voter key={vote.id} vote={vote} />)}</ul>}
      {all.next && <button class="button" type="button" onClick={() => void moreVoters()}>{t('ideas.more_voters')}</button>}
    </section>
  );
}

const toldWords = (change: IdeaChange): string =>
  change.telling === 'done' ? t('ideas.told', { n: change.told }) : t(`ideas.telling_${change.telling}`);

function Changes({ idea }: { idea: IdeaDetail }) {
  if (idea.changes.length === 0) return null;
  return (
    <section><h3>{t('ideas.history')}</h3>
      <ol class="idea-changes">
        {idea.changes.map((change) => (
          <li key={change.id}>
            <strong>{change.was === change.state ? t(change.answered ? 'ideas.answer' : 'ideas.reason') : `${stateName(change.was)} → ${stateName(change.state)}`}</strong>
            <small> {[change.agent?.name, day(change.at), toldWords(change)].filter(Boolean).join(' · ')}</small>
            {change.reason && <p class="idea-text" lang="">{change.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Tickets({ idea }: { idea: IdeaDetail }) {
  if (idea.tickets.length === 0) return null;
  return (
    <section><h3>{t('ideas.tickets')}</h3>
      <ul class="idea-tickets">{idea.tickets.map((ticket) => <li key={ticket.id}><a href={`/t/${ticket.number}`} lang="">#{ticket.number} {ticket.subject || t('ticket.no_subject')}</a> <small lang="">{ticket.customer.name || ticket.customer.email}</small></li>)}</ul>
    </section>
  );
}

function Merged({ idea }: { idea: IdeaDetail }) {
  if (idea.merged.length === 0) return null;
  return (
    <section><h3>{t('ideas.merged_here')}</h3>
      <ul class="idea-tickets">{idea.merged.map((one) => <li key={one.id}><span lang={one.locale}>{one.title}</span> <button class="link" type="button" onClick={() => unmerge(one.id)}>{t('ideas.unmerge')}</button></li>)}</ul>
    </section>
  );
}

function Content({ idea, open }: { idea: IdeaDetail; open: (form: Form) => void }) {
  const live = !idea.hidden && !idea.merged_into;
  return (
    <>
      <header class="idea-head">
        <h2 lang={idea.locale} tabIndex={-1} id="idea-title">{idea.title}</h2>
        <StateChip idea={idea} />
        <div class="idea-deeds">
          {live && <button class="button primary" type="button" title={`${t('ideas.move')} (s)`} onClick={() => open('move')}>{t('ideas.move')}</button>}
          {live && <button class="button" type="button" title={`${t('ideas.answer')} (w)`} onClick={() => open('answer')}>{t('ideas.answer')}</button>}
          <Menu label={t('do.more')} button={<Icon name="more" />} items={[
            { label: t('ideas.edit'), key: 'e', run: () => open('words') },
            ...(live ? [{ label: t('ideas.merge'), key: 'm', run: () => open('merge') }] : []),
            ...(idea.merged_into ? [{ label: t('ideas.unmerge'), run: () => unmerge(idea.id) }] : [{ label: t(idea.hidden ? 'ideas.show_again' : 'ideas.hide'), run: () => hide(idea) }]),
          ]} />
        </div>
      </header>
      <p class="hint">{[`#${idea.number}`, idea.author ?? idea.written_by?.name, day(idea.created_at)].filter(Boolean).join(' · ')}{live && <> · <a href={idea.url} target="_blank">{t('ideas.public_page')}</a></>}{idea.merged_into && <> · <a href={hrefOf({}, Number(idea.merged_into))}>{t('ideas.merged_into', { number: idea.merged_into })}</a></>}</p>
      {idea.text && <p class="idea-text" lang={idea.locale}>{idea.text}</p>}
      {idea.reason && <section><h3>{t('ideas.reason')}</h3><div class="prose" lang=""><RichText html={idea.reason_html} /></div></section>}
      {idea.answer && <section class="idea-answer"><h3>{t('ideas.answer')}</h3><div class="prose" lang=""><RichText html={idea.answer_html} /></div>{idea.answered_by && <p class="hint">{idea.answered_by.name}</p>}</section>}
      <Numbers idea={idea} />
      <Tickets idea={idea} />
      <Merged idea={idea} />
      <Voters />
      <Changes idea={idea} />
    </>
  );
}

export function OpenIdea({ open }: { open: (form: Form) => void }) {
  const wanted = openNumber();
  const idea = shown.value?.number === wanted ? shown.value : null;
  return (
    <article class="idea-open card" aria-labelledby={idea ? 'idea-title' : undefined} aria-label={idea ? undefined : t('nav.ideas')}>
      <a class="idea-back" href={hrefOf({})}>← {t('ideas.all')}</a>
      {idea ? <Content idea={idea} open={open} />
        : shownFailed.value === 'missing' ? <p class="empty-line">{t('ideas.missing')}</p>
          : shownFailed.value ? <div class="empty" role="alert"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={() => void loadIdea(wanted)}>{t('do.retry')}</button></div>
            : <div class="hairline" role="status" aria-label={t('list.loading')} />}
    </article>
  );
}
