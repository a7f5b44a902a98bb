import { X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, memo, useState } from 'react';
import {
  type CellValue,
  type CollectionCells,
  type CollectionContent,
  formatCell,
  readCell,
} from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CollectionColumn,
  type CollectionDefinition,
  isNumeric,
  limits,
  type Place,
} from '@khuevan/core/collections/definition.ts';
import { withRowSums, withSums } from '@khuevan/core/collections/sums.ts';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useReading, useText } from '../../text/words.ts';
import { readBlock } from '../records/index.ts';
import { besides, type CellAt, placeAt, rowAt } from './answer-cells.ts';

interface AnswerTableProps {
  form: CollectionDefinition;
  content: CollectionContent;
  isReadOnly: boolean;
  /** Cells that must be filled are marked once somebody has tried to send. */
  isTried: boolean;
  /** The first row on the page of a list, and how many. */
  from?: number;
  count?: number;
  onType?: (at: CellAt, text: string) => void;
  onPaste?: (at: CellAt, block: string[][]) => void;
  onRemove?: (row: number) => void;
}

/** The form as a unit fills it in: a sheet on wide screens, blocks of labelled cells on narrow ones. */
export function AnswerTable(props: AnswerTableProps) {
  const { form, content, isReadOnly, isTried, from = 0, onType, onPaste, onRemove } = props;
  const t = useText(collectionsText);
  const isList = form.shape === 'list';
  const rows = isList ? Math.min(props.count ?? content.rows.length, content.rows.length - from) : form.rows.length;
  const whole = isList ? {} : withSums(form, content.cells);
  return (
    <div className="kv-scroll">
      <table className={isList ? 'kv-answer kv-answer--list' : 'kv-answer'}>
        <thead>
          <tr>
            <th scope="col">{isList ? '#' : t.label}</th>
            {form.columns.map((column) => (
              <th key={column.key} scope="col" className={isNumber(column) ? 'kv-num' : undefined}>
                {column.label}
                {column.required && !column.sumOf && ' *'}
              </th>
            ))}
            {onRemove && (
              <th scope="col">
                <span className="kv-hidden">{t.removeColumn}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.max(0, rows) }, (_, offset) => {
            const row = from + offset;
            return (
              <AnswerRow
                key={isList ? row : form.rows[row]!.key}
                form={form}
                row={row}
                cells={isList ? withRowSums(form, content.rows[row]!) : cellsOfRow(form, row, whole)}
                isReadOnly={isReadOnly}
                isTried={isTried}
                onType={onType}
                onPaste={onPaste}
                onRemove={onRemove}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const isNumber = (column: CollectionColumn): boolean => column.sumOf !== undefined || isNumeric(column.type);

/** By the keys of a sheet; in a list of choices the arrows choose. */
function goOn(event: KeyboardEvent<HTMLElement>, form: CollectionDefinition, at: CellAt): void {
  const rows = form.shape === 'list' ? limits.listRows : form.rows.length;
  const next = besides(form, rows, at, event.key);
  if (!next || (event.currentTarget instanceof HTMLSelectElement && event.key !== 'Enter')) return;
  event.preventDefault();
  const place = `[data-at="${next.row}.${next.column}"]`;
  event.currentTarget.closest('table')?.querySelector<HTMLElement>(place)?.focus();
}

function cellsOfRow(form: CollectionDefinition, row: number, whole: CollectionCells): CollectionCells {
  const { key } = rowAt(form, row);
  return Object.fromEntries(
    form.columns.flatMap((column): Array<[string, CellValue]> => {
      const value = whole[cellKeyOf(key, column.key)];
      return value === undefined ? [] : [[column.key, value]];
    }),
  );
}

interface AnswerRowProps {
  form: CollectionDefinition;
  row: number;
  cells: CollectionCells;
  isReadOnly: boolean;
  isTried: boolean;
  onType?: ((at: CellAt, text: string) => void) | undefined;
  onPaste?: ((at: CellAt, block: string[][]) => void) | undefined;
  onRemove?: ((row: number) => void) | undefined;
}

/** Typing in one row draws the others anew only where a sum in them changes. */
const AnswerRow = memo(
  function AnswerRow({ form, row, cells, isReadOnly, isTried, onType, onPaste, onRemove }: AnswerRowProps) {
    const t = useText(collectionsText);
    const given = rowAt(form, row);
    const name = form.shape === 'list' ? t.rowNo(row + 1) : given.label;
    return (
      <tr className={given.sumOf ? 'kv-answer__sum' : undefined}>
        <th scope="row" data-indent={given.indent}>
          {form.shape === 'list' ? row + 1 : given.label}
        </th>
        {form.columns.map((column, index) => (
          <AnswerCell
            key={column.key}
            column={column}
            place={placeAt(form, { row, column: index })}
            at={`${row}.${index}`}
            onKey={(event) => goOn(event, form, { row, column: index })}
            onBlock={(block) => onPaste?.({ row, column: index }, block)}
            name={t.cellOf(name, column.label)}
            value={cells[column.key]}
            isReadOnly={isReadOnly}
            isTried={isTried}
            onType={(text) => onType?.({ row, column: index }, text)}
          />
        ))}
        {onRemove && (
          <td>
            <button
              type="button"
              className="kv-icon-button"
              aria-label={t.removeLine(row + 1)}
              onClick={() => onRemove(row)}
            >
              <X size={16} aria-hidden />
            </button>
          </td>
        )}
      </tr>
    );
  },
  (before, after) =>
    before.form === after.form &&
    before.row === after.row &&
    before.isReadOnly === after.isReadOnly &&
    before.isTried === after.isTried &&
    (before.onRemove === undefined) === (after.onRemove === undefined) &&
    JSON.stringify(before.cells) === JSON.stringify(after.cells),
);

interface AnswerCellProps {
  column: CollectionColumn;
  place: Place;
  at: string;
  name: string;
  value: CellValue | undefined;
  isReadOnly: boolean;
  isTried: boolean;
  onType: (text: string) => void;
  onKey: (event: KeyboardEvent<HTMLElement>) => void;
  onBlock: (block: string[][]) => void;
}

function AnswerCell({ column, place, at, name, value, isReadOnly, isTried, onType, onKey, onBlock }: AnswerCellProps) {
  const read = useReading();
  const [typing, setTyping] = useState<string | null>(null);
  if (place.kind !== 'input' || isReadOnly) {
    const isAmount = place.kind === 'sum' || (place.kind === 'input' && isNumeric(place.type));
    const shown = place.kind === 'closed' ? '' : formatCell(place.kind === 'sum' ? 'sum' : place.type, value);
    return (
      <td
        data-label={column.label}
        className={`${isAmount ? 'kv-num' : ''} ${place.kind === 'input' ? '' : 'kv-answer__grey'}`}
      >
        {shown}
      </td>
    );
  }
  const stored = formatCell(place.type, value);
  const fault = readCell(place, value).fault;
  const isMissing = isTried && place.required && value === undefined;
  const control = {
    'data-at': at,
    'aria-label': name,
    'aria-invalid': fault !== null || isMissing || undefined,
    'aria-describedby': fault ? `fault-${at}` : undefined,
    onKeyDown: onKey,
    onPaste: (event: ClipboardEvent<HTMLElement>) => {
      const text = event.clipboardData.getData('text/plain');
      if (!/[\t\n]/.test(text)) return;
      event.preventDefault();
      onBlock(readBlock(text));
    },
  };
  return (
    <td data-label={column.label} className={isNumeric(place.type) ? 'kv-num' : undefined}>
      {place.type === 'boolean' || place.type === 'choice' ? (
        <ChoiceCell control={control} place={place} value={stored} onType={onType} />
      ) : (
        <input
          {...control}
          className="kv-answer__input"
          inputMode={place.type === 'integer' ? 'numeric' : place.type === 'decimal' ? 'decimal' : undefined}
          placeholder={place.type === 'date' ? 'dd/mm/yyyy' : undefined}
          autoComplete="off"
          value={typing ?? stored}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setTyping(event.target.value);
            if (readCell(place, event.target.value).fault === null) onType(event.target.value);
          }}
          onBlur={() => {
            if (typing !== null && typing !== stored) onType(typing);
            setTyping(null);
          }}
        />
      )}
      {fault && (
        <div id={`fault-${at}`} className="kv-field__error">
          {read(fault)}
        </div>
      )}
    </td>
  );
}

interface ChoiceCellProps {
  control: React.SelectHTMLAttributes<HTMLSelectElement>;
  place: Extract<Place, { kind: 'input' }>;
  value: string;
  onType: (text: string) => void;
}

function ChoiceCell({ control, place, value, onType }: ChoiceCellProps) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const choices =
    place.type === 'boolean' ? [formatCell('boolean', true), formatCell('boolean', false)] : place.choices;
  const shownAs = (choice: string) =>
    place.type === 'boolean' ? (choice === formatCell('boolean', true) ? general.yes : general.no) : choice;
  return (
    <select
      {...control}
      className="kv-select kv-answer__select"
      value={value}
      onChange={(event) => onType(event.target.value)}
    >
      <option value="">{t.choose}</option>
      {/* What came from a file and is not in the list stays in sight. */}
      {value !== '' && !choices.includes(value) && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {shownAs(choice)}
        </option>
      ))}
    </select>
  );
}
