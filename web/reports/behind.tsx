import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { get } from '../shared/api';
import { now } from '../shared/clock';
import { Dialog } from '../shared/dialog';
import { region, t } from '../shared/i18n';
import { loadPeople } from '../shared/people';
import type { List, WaitRow } from '../shared/types';
import { hrefWith } from './asked';
import { clockSpan, countBehind } from './figures';
import type { Answer } from './read';
import { behindName, endingName } from './behind_words';
import { agentName } from './words';
import { askedOf, isPageFilter, type Filters, type Wish } from './wish';

const pageSize = 50;

function useWaits(query: string): { rows: WaitRow[]; next: string | null; state: 'reading' | 'failed' | 'here'; more: () => void } {
  const [rows, setRows] = useState<WaitRow[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [state, setState] = useState<'reading' | 'failed' | 'here'>('reading');
  const call = useRef<AbortController>();
  const read = (cursor: string | null): void => {
    call.current?.abort();
    const mine = call.current = new AbortController();
    setState('reading');
    get<List<WaitRow>>(`/reports/waits${query}&limit=${pageSize}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, mine.signal).then((page) => {
      setRows((before) => (cursor ? [...before, ...page.items] : page.items));
      setNext(page.next);
      setState('here');
    }, () => { if (!mine.signal.aborted) setState('failed'); });
  };
  useEffect(() => {
    read(null);
    return () => call.current?.abort();
  }, [query]);
  return { rows, next, state, more: () => read(next) };
}

const began = (iso: string, zone: string): string => new Intl.DateTimeFormat(region.value, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(Date.parse(iso));

function Row({ row, answer }: { row: WaitRow; answer: Answer }) {
  const { ticket, ending, met } = row;
  const { clock, zone } = answer.wish;
  const overdue = ending === 'running' && row.business > row.target;
  const tone = met || (ending === 'running' && !overdue) ? 'ok' : met === false || overdue ? 'late' : '';
  const how = ending === 'answered' ? (met ? 'met' : 'missed') : overdue ? 'overdue' : ending;
  return (
    <li>
      <a href={`/t/${ticket.number}`}>
        <b class="subject">{ticket.subject || t('behind.no_subject')}</b>
        <span class={`chip ${tone}`}>{clockSpan(clock === 'wall' ? row.wall : row.business)}</span>
        <small>#{ticket.number} · {ticket.customer.name || ticket.customer.email} · {began(row.started_at, zone)}</small>
        <small>{endingName(how)}{row.agent && ` · ${agentName(row.agent, answer.data)}`}{row.rating && ` · ${t(`behind.rated_${row.rating}`)}`}</small>
      </a>
    </li>
  );
}

// The page held to what is behind this figure, where it can be.
function narrowed({ filters }: Wish, behind: Filters): Partial<Wish> | null {
  const { day, ...rest } = behind;
  const kept = Object.entries(rest).filter(([name]) => isPageFilter(name));
  if (!day && !kept.length) return null;
  return { filters: { ...filters, ...Object.fromEntries(kept) }, behind: null, ...(day && { period: { first: day, last: day } }) };
}

// The waits that a figure counts, latest first; each opens its ticket.
export function TicketsBehind({ behind, answer, onClose }: { behind: Filters; answer: Answer; onClose: () => void }) {
  const query = askedOf(answer.wish, now(), behind);
  const { rows, next, state, more } = useWaits(query);
  useEffect(() => { void loadPeople(); }, []);
  const count = countBehind(answer.data, behind);
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef(0);
  // After "more" the first that is new has the focus: the button may be gone.
  useLayoutEffect(() => {
    if (shown.current && rows.length > shown.current) list.current?.children[shown.current]?.querySelector('a')?.focus();
    shown.current = rows.length;
  }, [rows]);
  const page = narrowed(answer.wish, behind);
  const n = count ?? (next === null && state === 'here' ? rows.length : null);
  return (
    <Dialog title={behindName(behind, answer.data)} kind="sheet" onClose={onClose}>
      <p class="behind-about" role="status">{n === null ? ' ' : t('behind.count', { n })}</p>
      <p class="behind-tools">
        {page && <a href={hrefWith(page)}>{t('behind.narrow')}</a>}
        <a href={`/api/v1/reports/waits.csv${query}`} download>CSV</a>
        <a href={`/api/v1/reports/waits.jsonl${query}`} download>JSON</a>
      </p>
      <ul class="behind" ref={list}>{rows.map((row) => <Row key={`${row.ticket.id} ${row.started_at}`} row={row} answer={answer} />)}</ul>
      {state === 'here' && rows.length === 0 && <p class="hint">{t('behind.none')}</p>}
      {state === 'reading' && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      {state === 'failed' && <p class="wrong" role="alert">{t('error.unreachable')} <button class="link" type="button" onClick={more}>{t('do.retry')}</button></p>}
      {state === 'here' && next !== null && <button class="button" type="button" onClick={more}>{t('behind.more', { shown: rows.length })}</button>}
    </Dialog>
  );
}
