import english from '../locales/en.json?reports,unit,field';
import looks from '../styles/screens/reports.css?inline';
import { useEffect, useState } from 'preact/hooks';
import { get, query } from '../shared/api';
import { Avatar } from '../shared/avatar';
import { now } from '../shared/clock';
import { addEnglish, t, type TextKey } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { loadPeople, people } from '../shared/people';
import { go, place } from '../shared/router';
import { day } from '../shared/time';
import type { Bucket, DayFigures, List, Report } from '../shared/types';
import { Cards } from './cards';
import { Days } from './days';
import { Distribution } from './distribution';
import { counted } from './figures';
import { GroupTable } from './group_table';
import { isPeriod, periodBefore, periodNames, periodOf, zone, type Period, type PeriodName } from './period';

addEnglish(english);
addLooks(looks);

interface Data { total: Report; before: Report; byAgent: Report; byChannel: Report; days: DayFigures[]; buckets: Bucket[] }

async function read(period: Period): Promise<Data> {
  const base = '/reports/first-response';
  const range = ({ from, to }: Period): Record<string, string> => ({ from: from.toISOString(), to: to.toISOString(), zone: zone() });
  const [total, before, byAgent, byChannel, days, buckets] = await Promise.all([
    get<Report>(base + query(range(period))), get<Report>(base + query(range(periodBefore(period)))),
    get<Report>(base + query({ ...range(period), by: 'agent' })), get<Report>(base + query({ ...range(period), by: 'channel' })),
    get<List<DayFigures>>(`${base}/days${query(range(period))}`), get<{ buckets: Bucket[] }>(`${base}/distribution${query(range(period))}`),
  ]);
  return { total, before, byAgent, byChannel, days: days.items, buckets: buckets.buckets };
}

const channels: Record<string, TextKey> = { email: 'channel.email', form: 'channel.form', widget: 'channel.widget', api: 'channel.api', phone: 'channel.phone' };
const channelName = (id: string): string => (channels[id] ? t(channels[id]) : id);
const personName = (id: string): string => (id === 'unassigned' ? t('reports.nobody') : people.value.find((agent) => agent.id === id)?.name ?? `#${id}`);

function Person({ id }: { id: string }) {
  const name = personName(id);
  return <span class="person">{id === 'unassigned' ? null : <Avatar name={name} seed={id} size="s" />}{name}</span>;
}

function Switch({ name }: { name: PeriodName }) {
  return (
    <div class="segmented" role="radiogroup" aria-label={t('reports.period')}>
      {periodNames.map((one) => <label key={one}><input type="radio" name="period" checked={one === name} onChange={() => go(`/reports?period=${one}`, 'replace')} /><span>{t(`reports.${one}`)}</span></label>)}
    </div>
  );
}

function useReport(name: PeriodName): { data: Data | null; failed: boolean; loading: boolean; again: () => void } {
  const [state, setState] = useState<{ name: PeriodName; data: Data | null; failed: boolean }>({ name, data: null, failed: false });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    read(periodOf(name, new Date(now()))).then((data) => current && setState({ name, data, failed: false }), () => current && setState((before) => ({ ...before, name, failed: true })));
    return () => { current = false; };
  }, [name, round]);
  return { ...state, loading: state.name !== name && !state.failed, again: () => setRound(round + 1) };
}

export default function Reports() {
  const asked = place.value.params.get('period');
  const name: PeriodName = isPeriod(asked) ? asked : 'month';
  const { data, failed, loading, again } = useReport(name);
  const period = periodOf(name, new Date(now()));
  const last = new Date(period.to.getTime() - 1);
  useEffect(() => {
    document.title = t('nav.reports');
    void loadPeople();
  }, []);
  return (
    <main class="view reports" aria-busy={loading}>
      <header class="reports-head">
        <div>
          <h1>{t('nav.reports')}</h1>
          <p>{data ? t(period.days === 1 ? 'reports.about_day' : 'reports.about', { n: counted(data.total), from: day(period.from.toISOString()), to: day(last.toISOString()), zone: zone() }) : ' '}</p>
        </div>
        <Switch name={name} />
      </header>
      {failed && <div class="empty" role="alert"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={again}>{t('do.retry')}</button></div>}
      {!data && !failed && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {data && (
        <>
          <Cards now={data.total} before={counted(data.before) ? data.before : null} />
          <div class="charts">
            <Distribution buckets={data.buckets} figures={data.total} />
            <GroupTable ranks title={t('reports.by_person')} about={t('reports.by_person_about')} first={t('field.name')} name="people" groups={data.byAgent.groups ?? {}} show={(id) => <Person id={id} />} text={personName} />
            <Days days={data.days} />
            <GroupTable ranks={false} title={t('reports.by_channel')} about={t('reports.by_channel_about')} first={t('reports.channel')} name="channels" groups={data.byChannel.groups ?? {}} show={channelName} text={channelName} />
          </div>
        </>
      )}
    </main>
  );
}
