import { useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { hrefBehind } from './asked';
import type { Filters } from './wish';

export interface Hit { left: number; top: number; width: number; height: number; label: string; behind: Filters }

// Left and right follow the order, up and down the nearest in another row; where all stand in one, they follow the order too.
export function moved(hits: readonly Pick<Hit, 'left' | 'top'>[], at: number, key: string): number | null {
  const within = (index: number): number => Math.max(0, Math.min(hits.length - 1, index));
  const here = hits[at];
  if (!here) return null;
  if (key === 'ArrowRight' || key === 'ArrowLeft') return within(at + (key === 'ArrowRight' ? 1 : -1));
  if (key === 'Home' || key === 'End') return within(key === 'Home' ? 0 : hits.length - 1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  const way = key === 'ArrowDown' ? 1 : -1;
  const far = ({ left, top }: Pick<Hit, 'left' | 'top'>): number => (top - here.top) * way * 1e4 + Math.abs(left - here.left);
  const others = hits.filter(({ top }) => (top - here.top) * way > 0).sort((a, b) => far(a) - far(b));
  if (others[0]) return hits.indexOf(others[0]);
  return hits.every(({ top }) => top === here.top) ? within(at + way) : at;
}

// Over a chart lies a link for each bar or cell: it says its figure when pointed at or reached by Tab and arrows, and opens the
// tickets behind it. The chart itself is one picture for those who listen.
export function Hits({ title, hits, width }: { title: string; hits: readonly Hit[]; width: number }) {
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const current = Math.min(at, hits.length - 1);
  const onKey = (event: KeyboardEvent): void => {
    const next = moved(hits, current, event.key);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    (box.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  if (!hits.length) return null;
  const side = ({ left, width: own }: Hit): string => { const middle = (left + own / 2) / width; return middle < 1 / 3 ? 'start' : middle > 2 / 3 ? 'end' : ''; };
  return (
    <div class="hits" ref={box} role="group" aria-label={t('reports.open_by_arrows', { title })} onKeyDown={onKey}>
      {hits.map((hit, index) => (
        <a key={Object.values(hit.behind).join()} class={`hit ${side(hit)}`} href={hrefBehind(hit.behind)} aria-label={hit.label} data-tip={hit.label} tabIndex={index === current ? 0 : -1} onFocus={() => setAt(index)}
          style={{ left: `${hit.left}px`, top: `${hit.top}px`, width: `${hit.width}px`, height: `${hit.height}px` }} />
      ))}
    </div>
  );
}
