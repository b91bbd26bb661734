import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  head: string;
  cell: (row: Row, index: number) => ReactNode;
  /** Numbers stand to the right. */
  right?: boolean;
  /** On a phone: without its label, over the whole width. */
  bare?: boolean;
}

interface Props<Row> {
  /** What the table lists, for a screen reader. */
  label: string;
  rows: Row[];
  columns: Column<Row>[];
  id: (row: Row, index: number) => string | number;
  empty?: ReactNode;
}

export function Table<Row>({ label, rows, columns, id, empty }: Props<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div className="table-wrap" tabIndex={0} role="group" aria-label={label}>
      <table className="table" role="table" aria-label={label}>
        <thead>
          <tr role="row">
            {columns.map((c) => (
              <th key={c.key} scope="col" role="columnheader" className={c.right ? "right" : ""}>
                {c.bare ? <span className="visually-hidden">{c.head}</span> : c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={id(row, i)} role="row">
              {columns.map((c) => (
                <td key={c.key} role="cell" data-label={c.head} className={`${c.right ? "right" : ""} ${c.bare ? "bare" : ""}`}>
                  <div>{c.cell(row, i)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
