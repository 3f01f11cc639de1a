import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { now, slowTick } from '../shared/clock';
import { language, t, type TextKey } from '../shared/i18n';
import type { Person } from '../shared/types';
import { Empty } from './later';
import { ListHead } from './list_head';
import type { SectionKey } from './order';
import { Row } from './row';
import { found, searchText } from './search';
import { marked, rowId } from './selection';
import { talkOf } from './talks';
import { arrived, loadPage, pages, rows, sections, selectedId, view } from './tickets';

const titles: Record<SectionKey, TextKey> = { first: 'section.first', next: 'section.next', answered: 'section.answered', closed: 'section.closed', found: 'section.found' };
const nobody: readonly Person[] = [];

// A new row above never moves the selected one: the page still shows the old list while this renders, so the row's place is
// measured then and again afterwards, and the difference is scrolled away.
function useSteadyRow(box: { current: HTMLElement | null }): void {
  const id = selectedId.value;
  const last = useRef<string | null>(null);
  const placeOf = (): number | undefined => (id === null ? undefined : document.getElementById(rowId(id))?.getBoundingClientRect().top);
  const before = last.current === id ? placeOf() : undefined;
  useLayoutEffect(() => {
    last.current = id;
    const after = placeOf();
    if (box.current && before !== undefined && after !== undefined && box.current.scrollTop > 0) box.current.scrollTop += after - before;
  });
}

// A row that goes to another section is drawn anew there: the focus goes with it.
function useSteadyFocus(): void {
  const at = document.activeElement;
  const row = at?.getAttribute('role') === 'option' ? at.id : null;
  useLayoutEffect(() => {
    if (row !== null && document.activeElement === document.body) document.getElementById(row)?.focus({ preventScroll: true });
  });
}

// Says once, politely, that a ticket has become overdue; never each tick.
function Overdue() {
  const said = useRef(new Set<string>());
  void slowTick.value;
  const late = rows.value.filter((ticket) => ticket.wait?.due_at && Date.parse(ticket.wait.due_at) < now());
  const fresh = late.filter((ticket) => !said.current.has(ticket.id));
  late.forEach((ticket) => said.current.add(ticket.id));
  const text = fresh.map((ticket) => t('queue.overdue', { name: ticket.customer.name || ticket.customer.email })).join(' ');
  return <div class="visually-hidden" role="status">{text}</div>;
}

// On the phone the list is the page's main part, elsewhere it stands beside it.
export function List({ main }: { main: boolean }) {
  const Part = main ? 'main' : 'section';
  const box = useRef<HTMLDivElement>(null);
  const all = sections.value;
  const page = pages.value[view.value];
  const active = selectedId.value !== null && rows.value.some((ticket) => ticket.id === selectedId.value) ? selectedId.value : rows.value[0]?.id;
  const here = searchText.value.trim() !== '';
  useSteadyRow(box);
  useSteadyFocus();
  useEffect(() => { box.current?.scrollTo(0, 0); }, [view.value, found.value]);
  const onScroll = (): void => {
    const el = box.current;
    if (el && !here && el.scrollHeight - el.scrollTop - el.clientHeight < 600) void loadPage(view.peek(), false);
  };
  return (
    <Part class="list" aria-label={t('queue.label')}>
      <ListHead />
      <Overdue />
      <div class="rows" ref={box} onScroll={onScroll}>
        {all.length > 0 && (
          <div role="listbox" aria-label={t('queue.label')}>
            {all.map((section) => (
              <ul key={section.key} role="group" aria-labelledby={`section-${section.key}`}>
                <li class="section-title" role="presentation" id={`section-${section.key}`}>
                  <span>{t(titles[section.key])}</span>{section.key === 'first' && <span aria-hidden="true">{t('section.soonest')}</span>}
                </li>
                {section.tickets.map((ticket) => (
                  <Row key={ticket.id} ticket={ticket} selected={ticket.id === selectedId.value} marked={marked.value.has(ticket.id)} focusable={ticket.id === active}
                    slides={arrived.has(ticket.id)} present={talkOf(ticket.id).value.present.length ? talkOf(ticket.id).value.present : nobody}
                    snippet={found.value?.tickets.find((hit) => hit.id === ticket.id)?.snippet} language={language.value} />
                ))}
              </ul>
            ))}
          </div>
        )}
        {all.length === 0 && (here || page.loaded) && <Empty />}
        {all.length === 0 && !here && page.loading && <div class="hairline" role="status" aria-label={t('list.loading')} />}
        {page.loading && all.length > 0 && <p class="hint more" role="status">{t('list.loading')}</p>}
        {page.failed && <p class="hint more"><button class="link" type="button" onClick={() => void loadPage(view.peek(), !page.loaded)}>{t('queue.failed')}</button></p>}
      </div>
    </Part>
  );
}
