import { CircleAlert, MessageSquare, Pencil, TriangleAlert, type LucideIcon } from 'lucide-react';
import { createElement, type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { type Cells, cellKey, type Column, columnsOf, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import { layOutHead } from '@khuevan/core/forms/headings.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { type Marks, type Tone, toneOfCell } from './cell-marks.ts';
import { type FormLine, type FormTab, labelOf, linesOf } from './form-lines.ts';

export function ToneIcon({ tone }: { tone: Exclude<Tone, null> }) {
  return createElement(toneIcons[tone], { size: 12, 'aria-hidden': true });
}

export const toneIcons: Record<Exclude<Tone, null>, LucideIcon> = {
  error: CircleAlert,
  warning: TriangleAlert,
  remark: MessageSquare,
  changed: Pencil,
};

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
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onMove(move);
  };
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
                {section.official === false && <span className="kv-ledger__attached"> ({t.unofficial})</span>}
              </span>
            </th>
          </tr>
          {linesOf(section).map((line) => (
            <Line
              key={line.key}
              line={line}
              columns={columns}
              cells={cells}
              marks={marks}
              previousYear={previousYear}
              selected={selectedRow === line.row.code && line.kind === 'row' ? selectedColumn : null}
              entry={selected === null && line.row.code === firstRow}
              onSelect={onSelect}
              onOpen={onOpen}
              onKeyDown={onKeyDown}
            />
          ))}
        </tbody>
      ))}
    </table>
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

interface LineProps {
  line: FormLine;
  columns: Column[];
  cells: Cells;
  marks: Marks;
  previousYear: Cells | null;
  /** The selected column, where the selected cell is in this line. */
  selected: string | null;
  /** Nothing is selected and the keyboard enters the table here. */
  entry: boolean;
  onSelect: (cell: string) => void;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Line({ line, columns, cells, marks, previousYear, selected, entry, onSelect, onOpen, onKeyDown }: LineProps) {
  const language = useLanguage();
  const read = useReading();
  const { number } = useFormat();
  const { row } = line;
  if (line.kind === 'caption') {
    return (
      <tr className="kv-ledger__caption">
        <th
          scope="rowgroup"
          colSpan={columns.length + 2 + (previousYear ? 1 : 0)}
          style={{ paddingInlineStart: 62 + 14 * row.indent }}
        >
          <span>{read(row.caption!)}</span>
        </th>
      </tr>
    );
  }
  const lastYear = previousYear && columns[0] ? previousYear[cellKey(row.code, columns[0].code)] : undefined;
  return (
    <tr className={row.indent === 0 ? 'kv-ledger__strong' : undefined}>
      <td className="kv-ledger__code">{row.code}</td>
      <th scope="row" className="kv-ledger__label" style={{ paddingInlineStart: 10 + 14 * row.indent }}>
        {labelOf(row, language)}
      </th>
      {columns.map((column, index) => {
        const key = cellKey(row.code, column.code);
        const isSelected = selected === column.code;
        return (
          <Cell
            key={column.code}
            value={row.empty?.includes(column.code) ? '#' : number(cells[key])}
            isZero={cells[key] === 0}
            marks={marks.get(key)}
            isSelected={isSelected}
            isReachable={isSelected || (entry && index === 0)}
            onSelect={() => onSelect(key)}
            onOpen={onOpen}
            onKeyDown={onKeyDown}
          />
        );
      })}
      {previousYear && <td className="kv-ledger__previous">{number(lastYear)}</td>}
    </tr>
  );
}

interface CellProps {
  value: string;
  isZero: boolean;
  marks: ReturnType<Marks['get']>;
  isSelected: boolean;
  isReachable: boolean;
  onSelect: () => void;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Cell({ value, isZero, marks, isSelected, isReachable, onSelect, onOpen, onKeyDown }: CellProps) {
  const t = useText(reportsText);
  const said = useSaid(marks);
  const tone = toneOfCell(marks);
  const classes = [
    'kv-ledger__cell',
    tone && `kv-ledger__cell--${tone}`,
    isZero && 'kv-ledger__cell--zero',
    value === '#' && 'kv-ledger__cell--empty',
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <td className={classes}>
      <button
        type="button"
        aria-current={isSelected || undefined}
        tabIndex={isReachable ? 0 : -1}
        title={said || undefined}
        onFocus={isSelected ? undefined : onSelect}
        onClick={() => {
          onSelect();
          onOpen();
        }}
        onKeyDown={onKeyDown}
      >
        {tone && <ToneIcon tone={tone} />}
        <span>{value || <span className="kv-hidden">{t.blank}</span>}</span>
        {said && <span className="kv-hidden">, {said}</span>}
      </button>
    </td>
  );
}

/** The marks of a cell in words. */
function useSaid(marks: ReturnType<Marks['get']>): string {
  const t = useText(reportsText);
  const { number } = useFormat();
  if (!marks) return '';
  return [
    marks.errors.length > 0 && t.toneCount.error(marks.errors.length),
    marks.warnings.length > 0 && t.toneCount.warning(marks.warnings.length),
    marks.remarks.length > 0 && t.toneCount.remark(marks.remarks.length),
    marks.change && t.changedFrom(number(marks.change.before)),
  ]
    .filter((each) => typeof each === 'string')
    .join(', ');
}
