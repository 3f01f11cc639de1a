import type { ComponentChildren } from 'preact';
import { t } from '../shared/i18n';
import { number, percent } from '../shared/time';
import type { Figures } from '../shared/types';
import { ChartCard } from './chart_card';
import { clockSpan, counted, fastEnough, fewestForRank, measured, rank, type Ranked } from './figures';

function Share({ figures, label }: { figures: Figures; label: string }) {
  if (figures.share === null || !counted(figures)) return <>–</>;
  return <span class="share"><progress class={figures.share >= fastEnough ? '' : 'soon'} max={1} value={figures.share} aria-label={label} /><span>{percent(figures.share)}</span></span>;
}

// People or channels by their share within the target. Too few replies are not ranked: chance is not a person's merit.
export function GroupTable({ title, about, first, name, groups, show, text, ranks }: {
  title: string; about: string; first: string; name: string; groups: Record<string, Figures>; show: (id: string) => ComponentChildren; text: (id: string) => string; ranks: boolean;
}) {
  const { ranked, few } = rank(groups);
  const top = ranks ? ranked : [...ranked, ...few].sort((a, b) => b.figures.answered - a.figures.answered);
  const rest = ranks ? few : [];
  const head = [first, t('reports.replies'), t('reports.share'), t('reports.median'), 'p90'];
  const row = ({ id, figures }: Ranked) => (
    <tr key={id}><th scope="row">{show(id)}</th><td>{number(figures.answered)}</td><td><Share figures={figures} label={t('reports.share_of', { name: text(id) })} /></td><td>{clockSpan(measured(figures, figures.p50))}</td><td>{clockSpan(measured(figures, figures.p90))}</td></tr>
  );
  const all = [...top, ...rest];
  return (
    <ChartCard title={title} about={about} name={name} table={{
      head, rows: all.map(({ id, figures }) => [text(id), figures.answered, figures.share === null ? null : percent(figures.share), clockSpan(measured(figures, figures.p50)), clockSpan(measured(figures, figures.p90))]),
      raw: all.map(({ id, figures }) => [text(id), figures.answered, figures.share, figures.p50 === null ? null : figures.p50 / 1e6, figures.p90 === null ? null : figures.p90 / 1e6]),
    }}>
      {all.length === 0 ? <p class="hint">{t('reports.no_data')}</p> : (
        <div class="table-box" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead><tr>{head.map((cell) => <th key={cell} scope="col">{cell}</th>)}</tr></thead>
            <tbody>{top.map(row)}</tbody>
            {rest.length > 0 && <tbody class="few"><tr><th colSpan={5} scope="rowgroup">{t('reports.few', { n: fewestForRank })}</th></tr>{rest.map(row)}</tbody>}
          </table>
        </div>
      )}
    </ChartCard>
  );
}
