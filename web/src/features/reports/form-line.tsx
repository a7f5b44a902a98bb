import { CircleAlert, type LucideIcon, MessageSquare, Pencil, SquarePlus, TriangleAlert } from 'lucide-react';
import { createElement, type KeyboardEvent, memo } from 'react';
import { type Cells, cellKey, type Column } from '@khuevan/core/forms/definition.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { type CellMarks, type Marks, type Tone, toneOfCell } from './cell-marks.ts';
import { type FormLine as Line, labelOf } from './form-lines.ts';

export function ToneIcon({ tone }: { tone: Exclude<Tone, null> }) {
  return createElement(toneIcons[tone], { size: 12, 'aria-hidden': true });
}

export const toneIcons: Record<Exclude<Tone, null>, LucideIcon> = {
  error: CircleAlert,
  warning: TriangleAlert,
  remark: MessageSquare,
  new: SquarePlus,
  changed: Pencil,
};

/** What is done in a cell; the same functions as long as the table lives, so that only lines that change are drawn again. */
export interface CellHandlers {
  select: (cell: string) => void;
  open: () => void;
  press: (event: KeyboardEvent) => void;
}

interface FormLineProps {
  line: Line;
  columns: Column[];
  cells: Cells;
  marks: Marks;
  previousYear: Cells | null;
  /** The selected column, where the selected cell is in this line. */
  selected: string | null;
  /** Nothing is selected and the keyboard enters the table here. */
  isEntry: boolean;
  on: CellHandlers;
}

/** A row of figures, or the caption over a subdivision. */
export const FormLine = memo(function FormLine({
  line,
  columns,
  cells,
  marks,
  previousYear,
  selected,
  isEntry,
  on,
}: FormLineProps) {
  const t = useText(reportsText);
  const language = useLanguage();
  const read = useReading();
  const { number } = useFormat();
  const { row } = line;
  if (line.kind === 'caption') {
    const width = columns.length + 2 + (previousYear ? 1 : 0);
    return (
      <tr className="kv-ledger__caption">
        <th scope="rowgroup" colSpan={width} style={{ paddingInlineStart: 62 + 14 * row.indent }}>
          <span>{read(row.caption!)}</span>
        </th>
      </tr>
    );
  }
  /** The marks of a cell in words. */
  const say = ({ errors, warnings, remarks, change, isNew }: CellMarks) =>
    [
      errors.length > 0 && t.toneCount.error(errors.length),
      warnings.length > 0 && t.toneCount.warning(warnings.length),
      remarks.length > 0 && t.toneCount.remark(remarks.length),
      isNew ? t.tones.new : change && t.changedFrom(number(change.before)),
    ]
      .filter((each) => typeof each === 'string')
      .join(', ');
  const lastYear = previousYear && columns[0] ? previousYear[cellKey(row.code, columns[0].code)] : undefined;
  return (
    <tr className={row.indent === 0 ? 'kv-ledger__strong' : undefined}>
      <td className="kv-ledger__code">{row.code}</td>
      <th scope="row" className="kv-ledger__label" style={{ paddingInlineStart: 10 + 14 * row.indent }}>
        {labelOf(row, language)}
      </th>
      {columns.map((column, index) => {
        const key = cellKey(row.code, column.code);
        const found = marks.get(key);
        const isSelected = selected === column.code;
        return (
          <Cell
            key={column.code}
            cell={key}
            value={row.empty?.includes(column.code) ? '#' : number(cells[key])}
            blank={t.blank}
            isZero={cells[key] === 0}
            tone={toneOfCell(found)}
            said={found ? say(found) : ''}
            isSelected={isSelected}
            isReachable={isSelected || (isEntry && index === 0)}
            on={on}
          />
        );
      })}
      {previousYear && <td className="kv-ledger__previous">{number(lastYear)}</td>}
    </tr>
  );
});

interface CellProps {
  cell: string;
  value: string;
  blank: string;
  isZero: boolean;
  tone: Tone;
  said: string;
  isSelected: boolean;
  isReachable: boolean;
  on: CellHandlers;
}

function Cell({ cell, value, blank, isZero, tone, said, isSelected, isReachable, on }: CellProps) {
  const look = [
    'kv-ledger__cell',
    tone && `kv-ledger__cell--${tone}`,
    isZero && 'kv-ledger__cell--zero',
    value === '#' && 'kv-ledger__cell--empty',
  ];
  return (
    <td className={look.filter(Boolean).join(' ')}>
      <button
        type="button"
        aria-current={isSelected || undefined}
        tabIndex={isReachable ? 0 : -1}
        title={said || undefined}
        onFocus={isSelected ? undefined : () => on.select(cell)}
        onClick={() => {
          on.select(cell);
          on.open();
        }}
        onKeyDown={on.press}
      >
        {tone && <ToneIcon tone={tone} />}
        <span>{value || <span className="kv-hidden">{blank}</span>}</span>
        {said && <span className="kv-hidden">, {said}</span>}
      </button>
    </td>
  );
}
