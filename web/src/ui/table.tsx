import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  key: string;
  label: string;
  isNumber?: boolean;
  renderCell: (row: Row, index: number) => ReactNode;
}

interface TableProps<Row> {
  columns: TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
}

/** A plain table; on narrow screens each row stands as a block, every value after its label. */
export function Table<Row>({ columns, rows, keyOf }: TableProps<Row>) {
  return (
    <div className="kv-scroll">
      <table className="kv-table kv-table--stack">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.isNumber ? 'kv-num' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map((column) => (
                <td key={column.key} data-label={column.label} className={column.isNumber ? 'kv-num' : undefined}>
                  {column.renderCell(row, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
