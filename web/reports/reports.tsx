import english from '../locales/en.json?reports,unit,field';
import looks from '../styles/screens/reports.css?inline';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { Problem } from '../shared/api';
import { addCommands, type Command } from '../shared/commands';
import { addEnglish, t } from '../shared/i18n';
import { addLooks, lazy } from '../shared/lazy';
import { place } from '../shared/router';
import { mayActAs } from '../shared/session';
import type { ResponseTimes } from '../shared/types';
import { ask, hrefWith, wish } from './asked';
import { deflection, more, peopleNeeded, thanks } from './at_rest';
import { Cards } from './cards';
import { Compliments } from './compliments';
import { Distribution } from './distribution';
import { counted } from './figures';
import { Group, People } from './group_table';
import { Chosen, chooseDates, chooseFilter, Head, NotKnown } from './head';
import { HeatMap } from './heat_map';
import { periodNames } from './period';
import { useReport, type Answer } from './read';

addEnglish(english);
addLooks(looks);

const Deflection = lazy(() => import('./deflection'));
const Kept = deflection.part((file) => file.Kept);
const DayByDay = more.part((file) => file.DayByDay);
const Over = more.part((file) => file.Over);
const PeopleNeeded = peopleNeeded.part((file) => file.default);
const Thanks = thanks.part((file) => file.default);

const charts = ['distribution', 'compliments', 'heat', 'days'];

const keys: Command[] = [
  ...periodNames.map((period, index) => ({ id: `period-${period}`, keys: String(index + 1), label: () => t('reports.show_period', { period: t(`reports.${period}`) }), run: () => ask({ period }) })),
  { id: 'period-dates', keys: 'd', label: () => t('reports.choose_dates'), run: chooseDates },
  { id: 'reports-filter', keys: 'f', label: () => t('reports.choose_filter'), run: chooseFilter },
  { id: 'reports-tables', keys: 'v', label: () => t('reports.all_tables'), run: () => ask({ tables: wish.peek().tables.length ? [] : charts }, 'replace') },
  { id: 'reports-print', keys: '', label: () => t('reports.print'), run: () => print() },
];

function Failed({ problem, again }: { problem: Problem; again: () => void }) {
  const refused = problem.status >= 400 && problem.status < 500;
  const said = [problem.message, ...problem.fields.map(({ field, message }) => `${field}: ${message}`)].join(' ');
  return (
    <div class="empty" role="alert">
      <p>{refused ? t('reports.refused', { why: said }) : t('error.unreachable')}</p>
      {refused ? <a class="button" href={hrefWith({ filters: {}, behind: null })}>{t('reports.no_filters')}</a> : <button class="button" type="button" onClick={again}>{t('do.retry')}</button>}
    </div>
  );
}

function Foot({ data, query }: { data: ResponseTimes; query: string }) {
  const file = (format: string): string => `/api/v1/reports/waits.${format}${query}`;
  return (
    <footer class="reports-foot">
      <p>{t(data.precision === 'exact' ? 'reports.exact' : 'reports.sketch')}</p>
      <p>{t('reports.every_wait')} <a href={file('csv')} download>CSV</a> <a href={file('jsonl')} download>JSON</a> <button class="link" type="button" onClick={() => print()}>{t('reports.print')}</button></p>
    </footer>
  );
}

function Charts({ answer: { data, period, query }, loading }: { answer: Answer; loading: boolean }) {
  return (
    <div class={`figures ${loading ? 'old' : ''}`}>
      <Cards now={data.total} before={data.before && counted(data.before) ? data.before : null} />
      {mayActAs('manager') && <div class="slot kept-slot"><Kept /></div>}
      <div class="charts">
        <Distribution data={data} />
        <Compliments data={data} />
        <HeatMap data={data} />
        <People data={data} />
        <div class="slot"><DayByDay data={data} period={period} /></div>
        <Group kind="channel" data={data} />
        <Group kind="tag" data={data} />
        <Group kind="plan" data={data} />
        {mayActAs('manager') && <div class="slot"><PeopleNeeded /></div>}
        <div class="slot short"><Thanks /></div>
        {data.mailboxes.length > 1 && <Group kind="mailbox" data={data} />}
      </div>
      <Foot data={data} query={query} />
    </div>
  );
}

function ResponseTimesView() {
  const { answer, problem, loading, again } = useReport(wish.value);
  useLayoutEffect(() => addCommands(keys), []);
  useEffect(() => { document.title = t('nav.reports'); }, []);
  return (
    <main class="view reports" aria-busy={loading}>
      {loading && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      <Head answer={answer} />
      <Chosen data={answer?.data ?? null} />
      <NotKnown />
      {problem && <Failed problem={problem} again={again} />}
      {answer && <><Charts answer={answer} loading={loading} /><Over answer={answer} /></>}
    </main>
  );
}

export default function Reports() {
  return place.value.parts[1] === 'deflection' ? <Deflection /> : <ResponseTimesView />;
}
