import type { Column, RenderEditCellProps } from 'react-data-grid';
import type { Field } from '@khuevan/core/records/field.ts';
import type { Language } from '../../preferences.ts';
import type { recordsText } from '../../text/records.ts';
import { CellEditor } from './cell-editor.tsx';
import type { Choice, References } from './choices.ts';
import { cellClass, cellText, type GridRow } from './grid-rows.ts';
import type { Box } from './range.ts';
import { CellContent, RowNumber } from './sheet-cells.tsx';

export type Move = 'down' | 'up' | 'next' | 'previous';

interface ColumnsInput {
  fields: Field[];
  box: Box | null;
  language: Language;
  references: References;
  choicesOf: (field: Field) => Choice[] | null;
  mayWrite: boolean;
  words: (typeof recordsText)['vi'];
  onMove: (row: number, column: number, move: Move) => void;
}

/** The key that opens an editor: a letter, or what an input method makes of it, replaces what is in the cell. One grid has the focus at a time. */
export const opening = { key: '' };

/** The next editor opens with what is in its cell. */
export function openByHand(): void {
  opening.key = '';
}

const narrowest = 70;
const usual = 140;
/** Sheets of few columns fill the width there is. */
const fewColumns = 900;

function widthOf({ width = usual }: Field, total: number): number | string {
  return total <= fewColumns
    ? `minmax(${Math.max(narrowest, Math.round(width * 0.6))}px, ${width}fr)`
    : Math.max(narrowest, width);
}

const unsortable = new Set(['pin', 'codes']);

/** The columns of the grid: the number of the row, then the fields. */
export function columnsOf(input: ColumnsInput): Column<GridRow>[] {
  const { words } = input;
  const order: Column<GridRow> = {
    key: '#',
    name: '#',
    width: 62,
    frozen: true,
    cellClass: 'kv-cell--order',
    headerCellClass: 'kv-head-cell',
    renderCell: ({ row }) =>
      row.role === 'blank' ? null : (
        <RowNumber
          row={row.row}
          index={row.index}
          words={{ blocked: words.refusedRow, conflict: words.conflictTitle }}
        />
      ),
  };
  const total = input.fields.reduce((sum, field) => sum + (field.width ?? usual), 0);
  return [order, ...input.fields.map((field, index) => columnOf(field, index, total, input))];
}

function columnOf(
  field: Field,
  index: number,
  total: number,
  { box, language, references, choicesOf, mayWrite, words, onMove }: ColumnsInput,
): Column<GridRow> {
  const label = field.label[language];
  const choices = choicesOf(field);
  return {
    key: field.key,
    name: (
      <span title={field.guidance?.[language]}>
        {label}
        {field.required && ' *'}
      </span>
    ),
    width: widthOf(field, total),
    frozen: index === 0,
    resizable: true,
    sortable: !unsortable.has(field.type),
    editable: (row) => mayWrite && !field.readOnly && row.role !== 'loading',
    cellClass: (row) => cellClass(row, field, index, box),
    headerCellClass: field.required ? 'kv-head-cell--required' : 'kv-head-cell',
    editorOptions: { closeOnExternalRowChange: false },
    renderCell: ({ row }) => {
      if (row.row)
        return (
          <CellContent
            row={row.row}
            field={field}
            language={language}
            references={references}
            missingPin={words.missingPin}
          />
        );
      if (row.role === 'loading') return '…';
      return index === 0 ? words.addHere : null;
    },
    renderEditCell: ({ row, rowIdx, onRowChange, onClose }: RenderEditCellProps<GridRow>) => (
      <CellEditor
        label={label}
        initial={row.row && field.type !== 'pin' ? cellText(row.row, field, language) : ''}
        isReplacing={opening.key.length === 1 || opening.key === 'Process'}
        choices={choices}
        isMany={field.type === 'codes'}
        inputMode={
          field.type === 'integer' || field.type === 'pin' ? 'numeric' : field.type === 'decimal' ? 'decimal' : 'text'
        }
        onEntry={(entry) => onRowChange({ ...row, entry: { key: field.key, entry } })}
        onDone={(entry, move) => {
          onRowChange({ ...row, entry: { key: field.key, entry } }, true);
          onMove(rowIdx, index, move);
        }}
        onCancel={() => onClose(false, true)}
      />
    ),
  };
}
