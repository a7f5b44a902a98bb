import 'react-data-grid/lib/styles.css';
import { type ClipboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  type CellKeyboardEvent,
  type CellKeyDownArgs,
  DataGrid,
  type DataGridHandle,
  type RowsChangeData,
} from 'react-data-grid';
import type { Field, RecordKind } from '@khuevan/core/records/field.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useText } from '../../text/words.ts';
import type { References } from './choices.ts';
import { readBlock, writeBlock } from './clipboard.ts';
import { cellText, changeOf, type Entry, type GridRow, gridRowsOf } from './grid-rows.ts';
import { boxOf, clearing, fillingDown, type Pasting, type Place, planPaste, type Range } from './range.ts';
import { columnsOf, type Move, openByHand, opening } from './sheet-columns.tsx';
import { useChoices } from './use-choices.ts';
import { type CellChange, type SheetRow, valueIn, type Values } from './sheet-rows.ts';
import { columnsBefore, useRange } from './use-range.ts';

export interface SheetGridProps {
  kind: RecordKind;
  label: string;
  fields: Field[];
  rows: SheetRow[];
  /** Rows of the server that are not here yet. */
  missing: number;
  mayWrite: boolean;
  references: References;
  sort: string | null;
  onSort: (sort: string | null) => void;
  onChange: (changes: CellChange[]) => void;
  /** Something was typed into the empty row. */
  onAdd: (key: string, entry: Entry) => void;
  onPaste: (pasting: Pasting) => void;
  onFilled: (cells: number) => void;
  /** Values a new row begins with. */
  begin: Values;
  onUndo: () => void;
  onRedo: () => void;
  onRange: (range: Range) => void;
  /** Where to go and, on request, begin to edit. A new object is a new wish. */
  goTo: (Place & { isEditing?: boolean }) | null;
}

export function SheetGrid(props: SheetGridProps) {
  const { kind, label, fields, rows, missing, mayWrite, references, sort, onSort, onChange, onAdd, onRange, goTo } =
    props;
  const words = useText(recordsText);
  const language = useLanguage();
  const choicesOf = useChoices(references);
  const grid = useRef<DataGridHandle>(null);
  const { range, setRange, begin, extend, onMouseMove } = useRange();
  const gridRows = useMemo(() => gridRowsOf(rows, missing, mayWrite), [rows, missing, mayWrite]);
  const [moved, setMoved] = useState<Place | null>(null);
  const onMove = (row: number, column: number, move: Move) => {
    const step = move === 'down' || move === 'next' ? 1 : -1;
    const isSideways = move === 'next' || move === 'previous';
    setMoved({ row: isSideways ? row : row + step, column: column + (isSideways ? step : 0) });
  };
  // Before drawing, within the key press or click: what is set after drawing waits behind keys that are typed already, and
  // those would go to the cell before.
  useLayoutEffect(() => {
    if (moved) grid.current?.setActivePosition(positionOf(moved), { shouldFocus: true });
  }, [moved]);
  useLayoutEffect(() => {
    if (!goTo) return;
    openByHand();
    grid.current?.scrollToCell(positionOf(goTo));
    grid.current?.setActivePosition(positionOf(goTo), { shouldFocus: true, enableEditor: goTo.isEditing ?? false });
  }, [goTo]);
  useEffect(() => {
    if (range) onRange(range);
  }, [range, onRange]);

  const columns = useMemo(
    () => columnsOf({ fields, box: range && boxOf(range), language, references, choicesOf, mayWrite, words, onMove }),
    [fields, range, language, references, choicesOf, mayWrite, words],
  );
  const take = (changed: GridRow[], { indexes }: RowsChangeData<GridRow>) => {
    const changes: CellChange[] = [];
    for (const { role, row, entry } of indexes.map((index) => changed[index]!)) {
      const field = entry && kind.fields.find((each) => each.key === entry.key);
      if (!field || !entry) continue;
      if (role === 'blank') {
        if (!('text' in entry.entry) || entry.entry.text.trim() !== '') onAdd(field.key, entry.entry);
      } else if (row) {
        const change = changeOf(row, field, entry.entry, language);
        if (change) changes.push(change);
      }
    }
    if (changes.length > 0) onChange(changes);
  };
  const press = useKeys({
    ...props,
    range,
    setRange,
    extend,
    onScrollTo: (place) => grid.current?.scrollToCell(positionOf(place)),
  });
  const clipboard = useClipboard({ ...props, range, language });
  return (
    // The grid inside is what takes the focus; this only hears what passes through.
    <div
      className="kv-sheet__grid"
      role="presentation"
      onMouseMove={onMouseMove}
      onCopyCapture={clipboard.copy}
      onCutCapture={clipboard.cut}
      onPasteCapture={clipboard.paste}
    >
      <DataGrid<GridRow>
        ref={grid}
        aria-label={label}
        aria-description={words.keys}
        columns={columns}
        rows={gridRows}
        rowKeyGetter={(row) => row.key}
        rowHeight={31}
        headerRowHeight={42}
        onRowsChange={take}
        onFill={({ columnKey, sourceRow, targetRow }) => fillCell(kind, columnKey, sourceRow, targetRow)}
        sortColumns={
          sort ? [{ columnKey: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'DESC' : 'ASC' }] : []
        }
        onSortColumnsChange={(chosen) =>
          onSort(chosen.at(-1) ? `${chosen.at(-1)!.direction === 'DESC' ? '-' : ''}${chosen.at(-1)!.columnKey}` : null)
        }
        onCellMouseDown={({ column, rowIdx }, event) => {
          const place = { row: rowIdx, column: column.idx - columnsBefore };
          if (place.column < 0)
            setRange({ from: { row: rowIdx, column: 0 }, to: { row: rowIdx, column: fields.length - 1 } });
          else if (event.shiftKey) {
            event.preventGridDefault();
            extend(place);
          } else {
            begin();
            setRange({ from: place, to: place });
          }
        }}
        onCellDoubleClick={openByHand}
        onActivePositionChange={({ rowIdx, column }) => {
          if (rowIdx < 0 || !column) return;
          if (column.idx < columnsBefore) {
            setRange({ from: { row: rowIdx, column: 0 }, to: { row: rowIdx, column: fields.length - 1 } });
            return;
          }
          const place = { row: rowIdx, column: column.idx - columnsBefore };
          setRange({ from: place, to: place });
        }}
        onCellKeyDown={press}
      />
    </div>
  );
}

const positionOf = ({ row, column }: Place) => ({ rowIdx: row, idx: column + columnsBefore });

function fillCell(kind: RecordKind, key: string, source: GridRow, target: GridRow): GridRow {
  const field = kind.fields.find((each) => each.key === key);
  if (!field || field.type === 'pin' || !source.row || target.role !== 'record') return target;
  return { ...target, entry: { key, entry: { value: valueIn(source.row, key) } } };
}

interface KeysInput extends SheetGridProps {
  range: Range | null;
  setRange: (range: Range) => void;
  extend: (to: Place) => void;
  onScrollTo: (place: Place) => void;
}

const arrows: Record<string, Place> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** The keys of a spreadsheet, beside those the grid itself knows. */
function useKeys({
  fields,
  rows,
  mayWrite,
  range,
  setRange,
  extend,
  onScrollTo,
  onChange,
  onFilled,
  onUndo,
  onRedo,
}: KeysInput) {
  return ({ mode, column, row }: CellKeyDownArgs<GridRow>, event: CellKeyboardEvent) => {
    if (mode === 'EDIT' || !range) return;
    const isControl = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = (work: () => void) => {
      event.preventDefault();
      event.preventGridDefault();
      work();
    };
    const arrow = arrows[key];
    if (event.shiftKey && arrow) {
      const to = {
        row: clamp(range.to.row + arrow.row, rows.length - 1),
        column: clamp(range.to.column + arrow.column, fields.length - 1),
      };
      return act(() => {
        extend(to);
        onScrollTo(to);
      });
    }
    if (isControl && key === 'a')
      return act(() =>
        setRange({ from: { row: 0, column: 0 }, to: { row: rows.length - 1, column: fields.length - 1 } }),
      );
    if (!mayWrite) return;
    if (isControl && key === 'z') return act(event.shiftKey ? onRedo : onUndo);
    if (isControl && key === 'y') return act(onRedo);
    if (isControl && key === 'd') {
      const changes = fillingDown(rows, fields, boxOf(range));
      return act(() => {
        onChange(changes);
        onFilled(changes.length);
      });
    }
    if (isControl) return;
    if (key === 'Delete' || key === 'Backspace') return act(() => onChange(clearing(rows, fields, boxOf(range))));
    const field = fields.find((each) => each.key === column?.key);
    if (key === ' ' && field?.type === 'boolean' && row?.row && !field.readOnly) {
      const { id } = row.row;
      const value = valueIn(row.row, field.key) !== true;
      return act(() => onChange([{ id, key: field.key, value }]));
    }
    opening.key = event.key;
  };
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

interface ClipboardInput extends SheetGridProps {
  range: Range | null;
  language: 'vi' | 'en';
}

/** Cells to and from Excel. Inside an open editor the browser's own copy and paste holds. */
function useClipboard({
  kind,
  fields,
  rows,
  mayWrite,
  range,
  language,
  begin,
  missing,
  onChange,
  onPaste,
}: ClipboardInput) {
  const isOurs = (event: ClipboardEvent) => range !== null && !(event.target instanceof HTMLInputElement);
  const copy = (event: ClipboardEvent) => {
    if (!isOurs(event) || !range) return;
    const { top, bottom, left, right } = boxOf(range);
    const block = rows
      .slice(top, bottom + 1)
      .map((row) => fields.slice(left, right + 1).map((field) => cellText(row, field, language)));
    event.preventDefault();
    event.stopPropagation();
    event.clipboardData.setData('text/plain', writeBlock(block));
  };
  const cut = (event: ClipboardEvent) => {
    copy(event);
    if (isOurs(event) && range && mayWrite) onChange(clearing(rows, fields, boxOf(range)));
  };
  const paste = (event: ClipboardEvent) => {
    if (!isOurs(event) || !range || !mayWrite) return;
    event.preventDefault();
    event.stopPropagation();
    const block = readBlock(event.clipboardData.getData('text/plain'));
    if (block.length > 0) onPaste(planPaste({ kind, rows, fields, block, range, mayAdd: missing === 0, begin }));
  };
  return { copy, cut, paste };
}
