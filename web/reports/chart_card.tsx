import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../shared/i18n';
import { mayActAs } from '../shared/session';
import { download, type Cell } from './csv';

export interface Table { head: string[]; rows: (readonly Cell[])[]; raw?: (readonly Cell[])[] }

// Every chart is also a table, and for managers a file.
export function ChartCard({ title, about, name, table, children, wide = false }: {
  title: string; about: string; name: string; table: Table; children: ComponentChildren; wide?: boolean;
}) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section class={`card chart ${wide ? 'wide' : ''}`} aria-labelledby={id}>
      <header>
        <div><h2 id={id}>{title}</h2><p class="hint">{about}</p></div>
        <div class="chart-tools">
          <button class="link" type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t(asTable ? 'reports.as_chart' : 'reports.as_table')}</button>
          {mayActAs('manager') && <button class="link" type="button" onClick={() => download(name, [table.head, ...(table.raw ?? table.rows)])}>CSV</button>}
        </div>
      </header>
      {asTable ? <DataTable table={table} label={title} /> : children}
    </section>
  );
}

export function DataTable({ table, label }: { table: Table; label: string }) {
  return (
    <div class="table-box" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead><tr>{table.head.map((cell) => <th key={cell} scope="col">{cell}</th>)}</tr></thead>
        <tbody>{table.rows.map((row, index) => <tr key={index}>{row.map((cell, at) => (at ? <td key={at}>{cell ?? '–'}</td> : <th key={at} scope="row">{cell}</th>))}</tr>)}</tbody>
      </table>
    </div>
  );
}

// Charts are drawn for the width they have, so that their texts stay as large as all others.
export function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(560);
  useLayoutEffect(() => {
    if (!box.current) return;
    setWidth(box.current.clientWidth || 560);
    const watcher = new ResizeObserver(() => setWidth(box.current?.clientWidth || 560));
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  return [box, width];
}
