import type { ComponentChildren } from 'preact';
import { Avatar } from '../shared/avatar';
import { t } from '../shared/i18n';
import { me, mayActAs } from '../shared/session';
import { number, percent } from '../shared/time';
import type { Figures, GroupFigures, ResponseTimes } from '../shared/types';
import { hrefBehind, wish } from './asked';
import { ChartCard, type Cell } from './chart_card';
import { begun, clockSpan, counted, fewestForRank, inSeconds, measured, rank, reachesGoal } from './figures';
import { agentName, channelName, planName, tagName } from './words';
import type { Filters } from './wish';

interface Line { key: string; text: string; show?: ComponentChildren; figures: Figures & { kudos?: number }; behind: Filters | null }

const thanks = ({ kudos, answered }: Line['figures']): number | null => (answered && kudos !== undefined ? kudos / answered : null);
const part = (share: number | null, digits = 0): string => (share === null ? '–' : percent(share, digits));

function Share({ figures, label }: { figures: Figures; label: string }) {
  if (figures.share === null || !counted(figures)) return <>–</>;
  return <span class="share"><progress class={reachesGoal(figures.share) ? '' : 'soon'} max={1} value={figures.share} aria-label={label} /><span>{percent(figures.share)}</span></span>;
}

function Open({ behind, children, label }: { behind: Filters | null; children: ComponentChildren; label?: string }) {
  return behind ? <a href={hrefBehind(behind)} aria-label={label}>{children}</a> : <>{children}</>;
}

function Row({ line, withThanks }: { line: Line; withThanks: boolean }) {
  const { figures, behind, text } = line;
  const ended = (ending: string): Filters | null => behind && { ...behind, ending };
  return (
    <tr>
      <th scope="row"><Open behind={behind}>{line.show ?? text}</Open></th>
      <td><Open behind={figures.answered ? ended('answered') : null} label={t('reports.replies_of', { n: figures.answered, name: text })}>{number(figures.answered)}</Open></td>
      <td><Share figures={figures} label={t('reports.share_of', { name: text })} /></td>
      <td>{clockSpan(measured(figures, figures.p50))}</td>
      <td>{clockSpan(measured(figures, figures.p90))}</td>
      {withThanks && <td>{figures.kudos ? <Open behind={ended('kudos')} label={t('reports.thanks_of', { n: figures.kudos, name: text, share: part(thanks(figures), 1) })}>{part(thanks(figures), 1)}</Open> : part(thanks(figures), 1)}</td>}
    </tr>
  );
}

function GroupTable({ title, about, first, name, lines, few = [], withThanks = false, note }: {
  title: string; about: string; first: string; name: string; lines: Line[]; few?: Line[]; withThanks?: boolean; note?: string | false;
}) {
  const head = [first, t('reports.replies'), t('reports.share'), t('reports.median'), 'p90', ...(withThanks ? [t('reports.thanks_short')] : [])];
  const file = [...lines, ...few].map(({ text, figures }): Cell[] => [text, figures.answered, figures.share, inSeconds(measured(figures, figures.p50)), inSeconds(measured(figures, figures.p90)), ...(withThanks ? [thanks(figures)] : [])]);
  return (
    <ChartCard fixed title={title} about={about} name={name} table={{ head, rows: file }}>
      {lines.length + few.length === 0 ? <p class="hint">{t('reports.no_data')}</p> : (
        <div class="table-box" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead><tr>{head.map((cell) => <th key={cell} scope="col">{cell}</th>)}</tr></thead>
            <tbody>{lines.map((line) => <Row key={line.key} line={line} withThanks={withThanks} />)}</tbody>
            {few.length > 0 && <tbody class="few"><tr><th colSpan={head.length} scope="rowgroup">{t('reports.few', { n: fewestForRank })}</th></tr>{few.map((line) => <Row key={line.key} line={line} withThanks={withThanks} />)}</tbody>}
          </table>
        </div>
      )}
      {note && <p class="hint">{note}</p>}
    </ChartCard>
  );
}

const Person = ({ id, name }: { id: string; name: string }) => <span class="person">{id === 'unassigned' ? null : <Avatar name={name} seed={id} size="s" />}{name}</span>;

// Managers see everyone by their share; an agent sees herself beside the team. Too few replies are not ranked: chance is no merit.
export function People({ data }: { data: ResponseTimes }) {
  const line = (group: GroupFigures): Line => {
    const text = agentName(group.key, data);
    return { key: group.key, text, show: <Person id={group.key} name={text} />, figures: group, behind: { agent: group.key } };
  };
  const common = { name: 'people', first: t('field.name'), withThanks: true };
  if (mayActAs('manager')) {
    const { ranked, few } = rank(data.agents);
    return <GroupTable {...common} title={t('reports.by_person')} about={t('reports.by_person_about')} lines={ranked.map(line)} few={few.map(line)} />;
  }
  const kudos = data.kudos.reduce((all, bucket) => all + bucket.kudos, 0);
  const team: Line = { key: 'team', text: t('reports.team'), figures: { ...data.total, kudos }, behind: {} };
  const own = data.agents.filter(({ key }) => key === me()?.id).map(line);
  return <GroupTable {...common} title={t('reports.you_and_team')} about={t('reports.you_and_team_about')} lines={wish.value.filters.agent ? own : [...own, team]} />;
}

type Kind = 'channel' | 'mailbox' | 'tag' | 'plan';
const groupsOf = { channel: 'channels', mailbox: 'mailboxes', tag: 'tags', plan: 'plans' } as const;

function textOf(kind: Kind, { key, name }: GroupFigures): string {
  if (kind === 'channel') return channelName(key);
  return kind === 'tag' ? tagName(key) : kind === 'plan' ? planName(key) : name ?? `#${key}`;
}

// A ticket has several tags, but the page can be held to one: with one chosen, the others' tickets can't be told apart.
export function Group({ kind, data }: { kind: Kind; data: ResponseTimes }) {
  const chosen = wish.value.filters[kind];
  const left = (kind === 'tag' ? data.tags_left_out : kind === 'plan' ? data.plans_left_out : 0) ?? 0;
  const lines = data[groupsOf[kind]].filter((group) => begun(group) > 0).sort((a, b) => b.answered - a.answered)
    .map((group): Line => ({ key: group.key, text: textOf(kind, group), figures: group, behind: chosen && chosen !== group.key ? null : { [kind]: group.key } }));
  return <GroupTable title={t(`reports.by_${kind}`)} about={t(`reports.by_${kind}_about`)} first={t(`reports.${kind}`)} name={groupsOf[kind]} lines={lines} note={left > 0 && t('reports.left_out', { n: left })} />;
}
