import type { Table } from './chart_card';

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
