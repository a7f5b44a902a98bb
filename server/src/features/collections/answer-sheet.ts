// The Excel file of an answer: the form as it stands on the screen, filled with what there is, with drop-downs and a hidden stamp.
import { type CellValue, type CollectionContent, formatCell } from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CellType,
  type CollectionColumn,
  type CollectionDefinition,
  type CollectionRow,
  limits,
  type Place,
  placeOf,
  rowsOf,
} from '@khuevan/core/collections/definition.ts';
import { withSums } from '@khuevan/core/collections/sums.ts';
import { type Cell, columnName, serialOf } from '#platform/excel-cells.ts';
import type { Format } from '#platform/excel-styles.ts';
import { sheetName } from '#platform/excel-table.ts';
import type { DropDown, Sheet, SheetRow } from '#platform/excel-writer.ts';

export const stampSheet = '_mau';
export const keyHeading = 'Mã dòng';
export const labelHeading = 'Chỉ tiêu';
const listsSheet = 'Danh muc';
const headingRow = 4;

export interface AnswerSheetFace {
  collectionId: string;
  title: string;
  unitCode: string;
  unitName: string;
  form: CollectionDefinition;
  content: CollectionContent;
}

export const formats: Record<CellType, Format> = {
  integer: 'integer',
  decimal: 'decimal',
  text: 'text',
  date: 'date',
  boolean: 'text',
  choice: 'text',
};

/** A value as its type has it in Excel; what could not be read stands there as it was typed, marked. */
export function excelCell(type: CellType, value: CellValue | undefined): Cell {
  if (value === undefined) return null;
  if (typeof value === 'number') return { value, tone: 'plain', format: formats[type] };
  if (type === 'date' && typeof value === 'string' && serialOf(value) !== null)
    return { value, tone: 'plain', format: 'date' };
  const isTyped = type === 'text' || type === 'choice' || (type === 'boolean' && typeof value === 'boolean');
  return { value: formatCell(type, value), tone: isTyped ? 'plain' : 'error', format: 'text' };
}

/** A column that is added up nobody fills in: a list leaves it out. */
const columnsIn = (form: CollectionDefinition): CollectionColumn[] =>
  form.shape === 'list' ? form.columns.filter((each) => !each.sumOf) : form.columns;

export function answerSheets(face: AnswerSheetFace): Sheet[] {
  const { form } = face;
  const columns = columnsIn(form);
  const isGrid = form.shape === 'grid';
  const front = isGrid ? 2 : 0;
  const lists = listsOf(form);
  return [
    {
      name: sheetName(face.title),
      columns: [
        ...(isGrid
          ? [
              { width: 10, hidden: true },
              { width: 46, format: 'wrapped' as const },
            ]
          : []),
        ...columns.map((each) => ({
          width: widthOf(each),
          format: isGrid ? ('general' as const) : formats[each.type],
        })),
      ],
      rows: sheetRows(face, columns),
      frozen: { rows: headingRow, columns: front },
      dropDowns: dropDownsOf(form, columns, lists, front),
      landscape: true,
    },
    {
      name: listsSheet,
      state: 'hidden',
      columns: lists.map(() => ({ width: 30 })),
      rows: Array.from({ length: Math.max(0, ...lists.map((each) => each.length)) }, (_, index) => ({
        cells: lists.map((each): Cell => each[index] ?? null),
      })),
    },
    {
      name: stampSheet,
      state: 'veryHidden',
      columns: [{ width: 12 }, { width: 40 }],
      rows: [
        { cells: ['Khuê Văn', 'báo cáo đột xuất'] },
        { cells: ['collection', face.collectionId] },
        { cells: ['unit', face.unitCode] },
      ],
    },
  ];
}

const widthOf = ({ label, type }: CollectionColumn): number =>
  Math.min(40, Math.max(type === 'text' ? 28 : 14, Math.ceil(label.length / 2)));

function* sheetRows(face: AnswerSheetFace, columns: readonly CollectionColumn[]): Generator<SheetRow> {
  const { form, content } = face;
  const isGrid = form.shape === 'grid';
  const line = (value: string, tone: 'title' | 'strong' | 'muted'): SheetRow => ({
    cells: [...(isGrid ? [null] : []), { value, tone, format: 'general' }],
  });
  yield line(face.title, 'title');
  yield line(`${face.unitName} (mã ${face.unitCode})`, 'strong');
  yield line(
    isGrid
      ? 'Điền các ô trống. Ô xám tự tính, không nhập. Không đổi tiêu đề, không xóa dòng.'
      : `Mỗi dòng một mục, từ dòng ngay dưới tiêu đề; tối đa ${limits.listRows} dòng. Không đổi tiêu đề.`,
    'muted',
  );
  yield {
    cells: [
      ...(isGrid ? [keyHeading, labelHeading].map(headingCell) : []),
      ...columns.map((each) => headingCell(each.required ? `${each.label} *` : each.label, each.required)),
    ],
    height: 45,
  };
  if (!isGrid) {
    for (const row of content.rows) yield { cells: columns.map((each) => excelCell(each.type, row[each.key])) };
    return;
  }
  const whole = withSums(form, content.cells);
  for (const row of form.rows)
    yield {
      cells: [
        row.key,
        { value: ' '.repeat(row.indent * 4) + row.label, tone: row.sumOf ? 'strong' : 'plain', format: 'wrapped' },
        ...columns.map((each) => gridCell(placeOf(row, each), whole[cellKeyOf(row.key, each.key)])),
      ],
    };
}

const headingCell = (value: string, required: boolean | number = false): Cell => ({
  value,
  tone: required === true ? 'required' : 'header',
  format: 'general',
});

function gridCell(place: Place, value: CellValue | undefined): Cell {
  if (place.kind === 'closed') return { value: 'X', tone: 'readOnly', format: 'general' };
  if (place.kind === 'sum') return { value: value ?? null, tone: 'readOnly', format: 'general' };
  return value === undefined
    ? { value: null, tone: 'plain', format: formats[place.type] }
    : excelCell(place.type, value);
}

const yesOrNo = ['Có', 'Không'];
const choicesAt = (place: Place): readonly string[] =>
  place.kind !== 'input' ? [] : place.type === 'boolean' ? yesOrNo : place.type === 'choice' ? place.choices : [];
const nameOf = (choices: readonly string[]): string => JSON.stringify(choices);

/** The different lists of choices, a column of the hidden sheet each. */
function listsOf(form: CollectionDefinition): ReadonlyArray<readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  for (const row of rowsOf(form))
    for (const column of form.columns) {
      const choices = choicesAt(placeOf(row, column));
      if (choices.length > 0) lists.set(nameOf(choices), choices);
    }
  return [...lists.values()];
}

function dropDownsOf(
  form: CollectionDefinition,
  columns: readonly CollectionColumn[],
  lists: ReadonlyArray<readonly string[]>,
  front: number,
): DropDown[] {
  const sourceOf = (choices: readonly string[]): string => {
    const name = columnName(lists.findIndex((each) => nameOf(each) === nameOf(choices)));
    return `'${listsSheet}'!$${name}$1:$${name}$${choices.length}`;
  };
  const downOf = (row: CollectionRow, column: CollectionColumn, index: number, first: number, last: number) => {
    const choices = choicesAt(placeOf(row, column));
    return choices.length === 0
      ? []
      : [{ column: index + front, firstRow: first, lastRow: last, source: sourceOf(choices), strict: true }];
  };
  return rowsOf(form).flatMap((row, at) => {
    const first = headingRow + 1 + (form.shape === 'grid' ? at : 0);
    const last = form.shape === 'grid' ? first : headingRow + limits.listRows;
    return columns.flatMap((column, index) => downOf(row, column, index, first, last));
  });
}
