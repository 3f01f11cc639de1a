import { keyOf, runCommand } from '../shared/commands';
import { counts } from '../shared/counts';
import { t, type TextKey } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { openDialog } from '../shared/open_dialogs';
import { isComposing } from '../shared/key_rules';
import type { View } from './order';
import { found, search, searchText } from './search';
import { focusRow, marked, select } from './selection';
import { rows, view } from './tickets';

export const searchId = 'search';

const titles: Record<View, TextKey> = { all: 'nav.inbox', first: 'nav.first', mine: 'nav.mine', waiting: 'nav.waiting', closed: 'nav.closed' };

function subtitle(): string {
  if (marked.value.size) return t('queue.marked', { n: marked.value.size });
  if (found.value) return t('queue.found', { n: found.value.tickets.length });
  const numbers = counts.value;
  if (!numbers) return '';
  if (view.value === 'all' || view.value === 'first') return t('queue.need_first', { n: numbers.first });
  if (view.value === 'waiting') return t('queue.wait', { n: numbers.waiting });
  return view.value === 'mine' ? t('queue.open', { n: numbers.mine }) : '';
}

export function ListHead() {
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') { search(''); focusRow(); }
    else if (event.key === 'Enter' || event.key === 'ArrowDown') { const first = rows.peek()[0]; if (first) select(first.id); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <header class="list-head">
      <div class="list-title">
        <h1>{t(titles[view.value])}</h1>
        <span class="hint" role="status">{subtitle()}</span>
        {marked.value.size > 0 && (['assign', 'close'] as const).map((command) => (
          <button key={command} class="button" type="button" onClick={() => runCommand(command)}>{t(command === 'close' ? 'do.close' : 'do.assign')}<kbd aria-hidden="true">{keyOf(command)}</kbd></button>
        ))}
        <button class="square" type="button" aria-label={t('do.new_ticket')} title={`${t('do.new_ticket')} (${keyOf('new')})`} onClick={() => { openDialog.value = 'new-ticket'; }}><Icon name="plus" /></button>
      </div>
      <label class="search">
        <Icon name="search" />
        <input id={searchId} type="search" autocomplete="off" spellcheck={false} aria-label={t('queue.search')} placeholder={t('queue.search')} value={searchText.value}
          onInput={(event) => search(event.currentTarget.value)} onKeyDown={onKey} />
        <kbd aria-hidden="true">/</kbd>
      </label>
    </header>
  );
}
