import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { ask, wish } from './asked';
import { more } from './at_rest';

export type Cell = string | number | null;
// What a chart says in rows: as people read it, and `raw` as files have it.
export interface Table { head: string[]; rows: (readonly Cell[])[]; raw?: (readonly Cell[])[] }

const DataTable = more.part((file) => file.DataTable);

function Tools({ name, table, fixed }: { name: string; table: Table; fixed: boolean }) {
  const { tables } = wish.value;
  const asTable = tables.includes(name);
  const file = [table.head, ...(table.raw ?? table.rows)];
  return (
    <div class="chart-tools">
      {!fixed && <button class="link" type="button" aria-pressed={asTable} onClick={() => ask({ tables: asTable ? tables.filter((one) => one !== name) : [...tables, name] }, 'replace')}>{t(asTable ? 'reports.as_chart' : 'reports.as_table')}</button>}
      <button class="link" type="button" onClick={() => more.use(({ download }) => download(name, file))}>CSV</button>
    </div>
  );
}

// Every chart is also a table and a file; what is a table already (`fixed`) stays one.
export function ChartCard({ title, about, name, table, children, legend, fixed = false }: {
  title: string; about: string; name: string; table: Table; children: ComponentChildren; legend?: ComponentChildren; fixed?: boolean;
}) {
  const id = useId();
  return (
    <section class={`card chart chart-${name}`} aria-labelledby={id}>
      <header>
        <div><h2 id={id}>{title}</h2><p class="hint">{about}</p></div>
        <Tools name={name} table={table} fixed={fixed} />
        {legend}
      </header>
      {!fixed && wish.value.tables.includes(name) ? <DataTable table={table} label={title} /> : children}
    </section>
  );
}

// Charts are drawn for the width they have, so that their texts stay as large as all others; before it is known, only their room is kept.
export function Plot({ height, draw }: { height: number; draw: (width: number) => ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => { if (box.current) setWidth(box.current.clientWidth); };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(box.current!);
    return () => watcher.disconnect();
  }, []);
  return <div ref={box} class="plot-box" style={{ minHeight: `${height}px` }}>{width > 0 && draw(width)}</div>;
}
