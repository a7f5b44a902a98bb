import { useEffect, useMemo, useRef } from 'react';
import {
  type Cells,
  type Column,
  columnsOf,
  type FormDefinition,
  type Section,
} from '@khuevan/core/forms/definition.ts';
import { layOutHead, remarkOn } from '@khuevan/core/forms/headings.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import type { Marks } from './cell-marks.ts';
import { type CellHandlers, FormLine } from './form-line.tsx';
import { type FormTab, linesOf } from './form-lines.ts';

interface FormTableProps {
  form: FormDefinition;
  tab: FormTab;
  cells: Cells;
  marks: Marks;
  /** Set where last year stands in a column of its own. */
  previousYear: Cells | null;
  /** Codes of the columns that are left out. */
  hidden: ReadonlySet<string>;
  selected: string | null;
  /** A new object is a new wish to have the selected cell in sight and in focus. */
  reach: object | null;
  onSelect: (cell: string) => void;
  onMove: (move: 'up' | 'down' | 'left' | 'right' | 'first' | 'last') => void;
  onOpen: () => void;
}

function Remark({ on }: { on: Section }) {
  const read = useReading();
  const remark = remarkOn(on);
  return remark && <span className="kv-ledger__attached"> – {read(remark)}</span>;
}

const moves: Record<string, Parameters<FormTableProps['onMove']>[0]> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/** One table of a form as printed: head of several rows, codes, captions, marks for cells that stay empty. Walked with the arrow keys. */
export function FormTable({
  form,
  tab,
  cells,
  marks,
  previousYear,
  hidden,
  selected,
  reach,
  onSelect,
  onMove,
  onOpen,
}: FormTableProps) {
  const t = useText(reportsText);
  const read = useReading();
  const table = useRef<HTMLTableElement>(null);
  const set = tab.sections[0]!;
  const columns = useMemo(() => columnsOf(form, set).filter((column) => !hidden.has(column.code)), [form, set, hidden]);
  useEffect(() => {
    if (!reach) return;
    const cell = table.current?.querySelector<HTMLElement>('button[aria-current]');
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [reach]);
  const on = useHandlers(onSelect, onMove, onOpen);
  const lines = useMemo(() => new Map(tab.sections.map((section) => [section.id, linesOf(section)])), [tab]);
  const [selectedRow, selectedColumn] = selected
    ? [selected.slice(0, selected.lastIndexOf('.')), selected.slice(selected.lastIndexOf('.') + 1)]
    : [null, null];
  const firstRow = tab.sections[0]!.rows[0]!.code;
  const width = columns.length + 2 + (previousYear ? 1 : 0);
  return (
    <table
      ref={table}
      className="kv-ledger"
      aria-label={t.tableLabel(tab.sections.map((section) => `${section.number} ${read(section.title)}`).join(', '))}
    >
      <Head columns={columns} hasPreviousYear={previousYear !== null} />
      {tab.sections.map((section) => (
        <tbody key={section.id}>
          <tr>
            <th scope="rowgroup" colSpan={width} className="kv-ledger__title">
              <span>
                {section.number}. {read(section.title)}
                <Remark on={section} />
              </span>
            </th>
          </tr>
          {lines.get(section.id)!.map((line) => (
            <FormLine
              key={line.key}
              line={line}
              columns={columns}
              cells={cells}
              marks={marks}
              previousYear={previousYear}
              selected={selectedRow === line.row.code && line.kind === 'row' ? selectedColumn : null}
              isEntry={selected === null && line.row.code === firstRow}
              on={on}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Handlers that stay the same and do what the newest drawing says. */
function useHandlers(
  onSelect: FormTableProps['onSelect'],
  onMove: FormTableProps['onMove'],
  onOpen: FormTableProps['onOpen'],
): CellHandlers {
  const latest = useRef({ onSelect, onMove, onOpen });
  useEffect(() => {
    latest.current = { onSelect, onMove, onOpen };
  });
  return useMemo(
    () => ({
      select: (cell) => latest.current.onSelect(cell),
      open: () => latest.current.onOpen(),
      press: (event) => {
        const move = moves[event.key];
        if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        latest.current.onMove(move);
      },
    }),
    [],
  );
}

function Head({ columns, hasPreviousYear }: { columns: Column[]; hasPreviousYear: boolean }) {
  const t = useText(reportsText);
  const read = useReading();
  const head = useMemo(() => layOutHead(columns), [columns]);
  return (
    <thead>
      {head.map((row, index) => (
        <tr key={index}>
          {index === 0 && (
            <>
              <th scope="col" rowSpan={head.length + 1} className="kv-ledger__code">
                {t.rowCode}
              </th>
              <th scope="col" rowSpan={head.length + 1} className="kv-ledger__label">
                {t.indicator}
              </th>
            </>
          )}
          {row.map((cell) => (
            <th
              key={cell.column}
              scope={cell.columnSpan > 1 ? 'colgroup' : 'col'}
              colSpan={cell.columnSpan}
              rowSpan={cell.rowSpan}
            >
              {read(cell.text)}
            </th>
          ))}
          {index === 0 && hasPreviousYear && (
            <th scope="col" rowSpan={head.length + 1} className="kv-ledger__previous">
              {t.previousYear}
            </th>
          )}
        </tr>
      ))}
      <tr className="kv-ledger__codes">
        {columns.map((column) => (
          <th key={column.code} scope="col">
            ({column.code})
          </th>
        ))}
      </tr>
    </thead>
  );
}
