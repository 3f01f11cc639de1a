import { scaleBand } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { day as dayText, number, percent } from '../shared/time';
import { more } from './at_rest';
import { ChartCard, Plot, type Cell } from './chart_card';
import { ofHundred, type ArticleLine, type DeflectionPage, type Topic } from './deflection_figures';
import { channelName, longDay, shortDay } from './words';

const part = (of: number | null): string => (of === null ? '–' : percent(of));
const signed = (of: number): string => `${of > 0 ? '+' : of < 0 ? '−' : ''}${number(Math.abs(of))}`;

interface Line { key: string; cells: ComponentChildren[]; file: readonly Cell[] }

function TableCard({ title, about, name, head, lines, none }: { title: string; about: string; name: string; head: string[]; lines: Line[]; none: string }) {
  return (
    <ChartCard fixed title={title} about={about} name={name} table={{ head, rows: lines.map(({ file }) => file) }}>
      {lines.length === 0 ? <p class="hint">{none}</p> : (
        <div class="table-box" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead><tr>{head.map((cell) => <th key={cell} scope="col">{cell}</th>)}</tr></thead>
            <tbody>{lines.map(({ key, cells }) => <tr key={key}>{cells.map((cell, at) => (at ? <td key={at}>{cell}</td> : <th key={at} scope="row">{cell}</th>))}</tr>)}</tbody>
          </table>
        </div>
      )}
    </ChartCard>
  );
}

const DataTable = more.part((file) => file.DataTable);
const height = 180;

// How many lists a day, and of how many nothing was sent.
export function ByDay({ data }: { data: DeflectionPage }) {
  const [asTable, setAsTable] = useState(false);
  const days = data.days.filter(({ lists, listed_nothing: nothing }) => lists + nothing > 0);
  const kept = (of: (typeof days)[number]): number => of.solved + of.left;
  const most = Math.max(1, ...days.map(({ lists }) => lists));
  const title = t('deflection.by_day');
  const head = [t('days.day'), t('deflection.lists'), t('deflection.kept'), t('deflection.gross'), t('deflection.found_nothing')];
  const table = { head, rows: days.map((of) => [longDay(of.day), number(of.lists), number(kept(of)), part(of.gross), number(of.listed_nothing)]), raw: days.map((of) => [of.day, of.lists, kept(of), of.gross, of.listed_nothing]) };
  const draw = (width: number) => {
    const x = scaleBand<string>().domain(days.map(({ day }) => day)).range([36, width]).padding(0.25);
    const top = 2 * Math.ceil(most / 2);
    const y = (count: number): number => height - 26 - (count / top) * (height - 34);
    const every = Math.ceil(days.length / Math.max(2, Math.floor(width / 84)));
    return (
      <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('deflection.by_day_label', { n: data.lists, share: part(data.gross) })}>
        {[0, top / 2, top].map((tick) => <g key={tick}><line class="grid" x1="36" x2={width} y1={y(tick) + 0.5} y2={y(tick) + 0.5} /><text class="tick" x="0" y={y(tick) + 4}>{number(tick)}</text></g>)}
        {days.map((of) => <g key={of.day}><title>{`${longDay(of.day)}: ${number(kept(of))} / ${number(of.lists)}`}</title><rect class="fill-calm" x={x(of.day)} width={x.bandwidth()} y={y(of.lists)} height={y(0) - y(of.lists)} rx="2" /><rect class="fill-ok" x={x(of.day)} width={x.bandwidth()} y={y(kept(of))} height={y(0) - y(kept(of))} rx="2" /></g>)}
        {days.filter((_, index) => index % every === 0).map(({ day }) => <text key={day} class="tick" x={x(day)! + x.bandwidth() / 2} y={height - 8} text-anchor="middle">{shortDay(day)}</text>)}
      </svg>
    );
  };
  const legend = (
    <p class="legend"><span class="swatch heat-0" /><span>{t('deflection.kept')}</span><span class="swatch calm" /><span>{t('deflection.lists')}</span>
      <button class="link" type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t(asTable ? 'reports.as_chart' : 'reports.as_table')}</button></p>
  );
  return (
    <ChartCard fixed title={title} about={t('deflection.by_day_about')} name="deflection-days" table={table} legend={legend}>
      {days.length === 0 ? <p class="hint">{t('deflection.empty')}</p> : asTable ? <DataTable table={table} label={title} /> : <Plot height={height} draw={draw} />}
    </ChartCard>
  );
}

export function ByChannel({ data }: { data: DeflectionPage }) {
  const lines = Object.entries(data.channels).map(([key, of]): Line => ({
    key,
    cells: [channelName(key), number(of.lists), part(of.gross), of.lift === null ? '–' : t('deflection.interval', { lift: signed(ofHundred(of.lift)), low: signed(ofHundred(of.low)), high: signed(ofHundred(of.high)) }), part(of.list.share), part(of.withheld.share)],
    file: [key, of.lists, of.gross, of.lift, of.list.share, of.withheld.share],
  }));
  const head = [t('reports.channel'), t('deflection.lists'), t('deflection.gross'), t('deflection.lift_of_hundred'), t('deflection.with'), t('deflection.without')];
  return <TableCard title={t('reports.by_channel')} about={t('deflection.by_channel_about')} name="deflection-channels" head={head} lines={lines} none={t('deflection.empty')} />;
}

export function ByArticle({ data }: { data: DeflectionPage }) {
  const lines = data.articles.map((of): Line => ({
    key: of.id,
    cells: [<a href={`/help/${encodeURIComponent(of.slug)}`} lang={of.locale}>{of.title}</a>, number(of.listed), number(of.opened), number(of.helpful), number(of.not_helpful), number(of.solved), number(of.missed)],
    file: [of.title, of.listed, of.opened, of.helpful, of.not_helpful, of.solved, of.missed],
  }));
  const head = [t('deflection.article'), t('deflection.listed'), t('deflection.opened'), t('deflection.helpful'), t('deflection.not_helpful'), t('deflection.solved'), t('deflection.missed')];
  return <TableCard title={t('deflection.by_article')} about={t('deflection.by_article_about')} name="deflection-articles" head={head} lines={lines} none={t('deflection.no_articles')} />;
}

export function Queries({ data }: { data: DeflectionPage }) {
  const lines = data.queries.map((of): Line => ({
    key: of.words,
    cells: [<span class="typed" lang="">{of.words}</span>, number(of.drafts), number(of.listed_nothing), number(of.tickets)],
    file: [of.words, of.drafts, of.listed_nothing, of.tickets],
  }));
  const head = [t('deflection.words'), t('deflection.drafts'), t('deflection.found_nothing'), t('deflection.tickets')];
  return <TableCard title={t('deflection.queries')} about={t('deflection.queries_about', { n: data.kept_days })} name="deflection-queries" head={head} lines={lines} none={t('deflection.no_queries')} />;
}

const writeHref = (topic: Topic): string => `/articles?new=${encodeURIComponent(topic.title)}`;

export function ToWrite({ data }: { data: DeflectionPage }) {
  const head = [t('deflection.topic'), t('deflection.words'), t('deflection.drafts'), t('deflection.tickets'), t('deflection.would_save')];
  const rows = data.topics.map((topic) => [topic.title, topic.words.join(' '), topic.drafts, topic.tickets, topic.would_save]);
  return (
    <ChartCard fixed title={t('deflection.to_write')} about={t('deflection.to_write_about')} name="deflection-topics" table={{ head, rows }}>
      {data.topics.length === 0 ? <p class="hint">{t('deflection.no_topics')}</p> : (
        <ol class="topics">
          {data.topics.map((topic) => (
            <li key={topic.title}>
              <div>
                <p class="topic" lang={topic.locale}>{topic.title}</p>
                <p class="hint">{t('deflection.asked', { n: topic.drafts })} · {t('deflection.became', { n: topic.tickets })}{!!topic.would_save && <> · <b>{t('deflection.saves', { n: topic.would_save })}</b></>}</p>
                <p class="hint" lang={topic.locale}><span class="chip">{topic.words.join(' · ')}</span> {topic.examples.map((example) => `“${example}”`).join(' ')}</p>
              </div>
              <a class="button" href={writeHref(topic)} aria-label={t('deflection.write_about', { title: topic.title })}>{t('deflection.write')}</a>
            </li>
          ))}
        </ol>
      )}
    </ChartCard>
  );
}

const why = (of: ArticleLine): string =>
  [of.unhelpful && t('deflection.is_unhelpful', { n: of.not_helpful, of: of.not_helpful + of.helpful + of.solved }), of.stale && t('deflection.is_stale', { day: dayText(of.updated_at) })].filter(Boolean).join(' ');

export function ToMend({ data }: { data: DeflectionPage }) {
  const lines = data.articles.filter(({ unhelpful, stale }) => unhelpful || stale).map((of): Line => ({
    key: of.id, cells: [<a href={`/help/${encodeURIComponent(of.slug)}`} lang={of.locale}>{of.title}</a>, why(of)], file: [of.title, why(of)],
  }));
  return <TableCard title={t('deflection.to_mend')} about={t('deflection.to_mend_about')} name="deflection-mend" head={[t('deflection.article'), t('deflection.why')]} lines={lines} none={t('deflection.none_to_mend')} />;
}
