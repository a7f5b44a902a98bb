// Writes .xlsx workbooks row by row: sheets, drop-downs, notes, hidden sheets. Only what our workbooks need of ECMA-376.
import { Readable } from 'node:stream';
import { type Cell, cellXml, columnName, escapeXml } from './excel-cells.ts';
import { notesXml, type PlacedNote, shapesXml } from './excel-notes.ts';
import { type Format, stylesXml, styleOf } from './excel-styles.ts';
import { type ZipEntry, writeZip } from './excel-zip.ts';

export interface SheetColumn {
  /** In characters. */
  width: number;
  format?: Format;
  hidden?: boolean;
}

export interface Note {
  /** From 0. */
  column: number;
  text: string;
}

/** Cells from the first column on; `notes` are shown when the pointer rests on the cell. */
export interface SheetRow {
  cells: readonly Cell[];
  height?: number;
  notes?: readonly Note[];
}

export interface DropDown {
  /** From 0. */
  column: number;
  /** From 1. */
  firstRow: number;
  lastRow: number;
  /** "Lists!$A$2:$A$56". */
  source: string;
  /** Refuse what is not in the list; without it the list is only an offer. */
  strict?: boolean;
}

export interface Sheet {
  /** At most 31 characters, none of \ / ? * [ ] : */
  name: string;
  state?: 'visible' | 'hidden' | 'veryHidden';
  columns: readonly SheetColumn[];
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>;
  /** Rows and columns that stay in sight. */
  frozen?: { rows: number; columns: number };
  dropDowns?: readonly DropDown[];
  /** The last row of the headings, over which Excel offers its filter: "A4:F4". */
  filter?: string;
  merged?: readonly string[];
  landscape?: boolean;
  /** Rows carry notes. Excel slows down with very many: those past the first 10,000 are left out. */
  noted?: boolean;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A workbook as a stream of bytes. Sheets are made one after another, rows as they are asked for. */
export function writeWorkbook(sheets: readonly Sheet[]): Readable {
  return Readable.from(writeZip(parts(sheets)), { objectMode: false });
}

async function* parts(sheets: readonly Sheet[]): AsyncGenerator<ZipEntry> {
  yield { name: '[Content_Types].xml', content: [contentTypes(sheets)] };
  yield { name: '_rels/.rels', content: [relations([relation(1, `${OFFICE}/officeDocument`, 'xl/workbook.xml')])] };
  yield { name: 'xl/workbook.xml', content: [workbookXml(sheets)] };
  yield { name: 'xl/_rels/workbook.xml.rels', content: [workbookRelations(sheets)] };
  yield { name: 'xl/styles.xml', content: [stylesXml] };
  for (const [index, sheet] of sheets.entries()) {
    const notes: PlacedNote[] = [];
    yield { name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheet, notes) };
    if (!sheet.noted) continue;
    yield { name: `xl/worksheets/_rels/sheet${index + 1}.xml.rels`, content: [sheetRelations(index)] };
    yield { name: `xl/comments${index + 1}.xml`, content: notesXml(notes) };
    yield { name: `xl/drawings/notes${index + 1}.vml`, content: shapesXml(notes) };
  }
}

const MOST_NOTES = 10_000;

async function* sheetXml(sheet: Sheet, notes: PlacedNote[]): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">${sheet.landscape ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : ''}${viewXml(sheet)}<sheetFormatPr defaultRowHeight="15"/>${columnsXml(sheet)}<sheetData>`;
  const defaults = sheet.columns.map((column) => column.format ?? 'general');
  let number = 0;
  for await (const row of sheet.rows) {
    number += 1;
    for (const note of row.notes ?? []) if (notes.length < MOST_NOTES) notes.push({ ...note, row: number });
    yield rowXml(number, row, defaults);
  }
  yield `</sheetData>${tailXml(sheet)}${sheet.noted ? '<legacyDrawing r:id="rId1"/>' : ''}</worksheet>`;
}

function rowXml(number: number, row: SheetRow, defaults: readonly Format[]): string {
  let text = `<row r="${number}"${row.height ? ` ht="${row.height}" customHeight="1"` : ''}>`;
  for (let column = 0; column < row.cells.length; column += 1) {
    text += cellXml(columnName(column) + number, row.cells[column], defaults[column] ?? 'general');
  }
  return `${text}</row>`;
}

function viewXml({ frozen, state }: Sheet): string {
  if (!frozen || state === 'hidden' || state === 'veryHidden')
    return '<sheetViews><sheetView workbookViewId="0"/></sheetViews>';
  const corner = `${columnName(frozen.columns)}${frozen.rows + 1}`;
  const pane = frozen.columns > 0 ? 'bottomRight' : 'bottomLeft';
  const split = `${frozen.columns > 0 ? ` xSplit="${frozen.columns}"` : ''}${frozen.rows > 0 ? ` ySplit="${frozen.rows}"` : ''}`;
  return `<sheetViews><sheetView workbookViewId="0"><pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/></sheetView></sheetViews>`;
}

function columnsXml({ columns }: Sheet): string {
  if (columns.length === 0) return '';
  const one = ({ width, format, hidden }: SheetColumn, index: number) =>
    `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styleOf(format ?? 'general')}" customWidth="1"${hidden ? ' hidden="1"' : ''}/>`;
  return `<cols>${columns.map(one).join('')}</cols>`;
}

function tailXml({ filter, merged, dropDowns, landscape }: Sheet): string {
  const one = ({ column, firstRow, lastRow, source, strict }: DropDown) => {
    const name = columnName(column);
    const refusal = strict
      ? ' showErrorMessage="1" errorTitle="Giá trị không có trong danh mục" error="Chọn một giá trị trong danh sách thả xuống."'
      : '';
    return `<dataValidation type="list" allowBlank="1"${refusal} sqref="${name}${firstRow}:${name}${lastRow}"><formula1>${escapeXml(source)}</formula1></dataValidation>`;
  };
  return (
    (filter ? `<autoFilter ref="${filter}"/>` : '') +
    (merged?.length
      ? `<mergeCells count="${merged.length}">${merged.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
      : '') +
    (dropDowns?.length
      ? `<dataValidations count="${dropDowns.length}">${dropDowns.map(one).join('')}</dataValidations>`
      : '') +
    (landscape
      ? '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
      : '')
  );
}

const relation = (id: number, type: string, target: string) =>
  `<Relationship Id="rId${id}" Type="${type}" Target="${target}"/>`;
const relations = (inside: string[]) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inside.join('')}</Relationships>`;

function sheetRelations(index: number): string {
  return relations([
    relation(1, `${OFFICE}/vmlDrawing`, `../drawings/notes${index + 1}.vml`),
    relation(2, `${OFFICE}/comments`, `../comments${index + 1}.xml`),
  ]);
}

function workbookXml(sheets: readonly Sheet[]): string {
  const active = Math.max(
    0,
    sheets.findIndex((sheet) => (sheet.state ?? 'visible') === 'visible'),
  );
  const one = ({ name, state }: Sheet, index: number) =>
    `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${state && state !== 'visible' ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`;
  const filters = sheets.flatMap(({ name, filter }, index) => (filter ? [filterName(name, filter, index)] : []));
  return (
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="${active}" firstSheet="${active}"/></bookViews><sheets>${sheets.map(one).join('')}</sheets>` +
    `${filters.length > 0 ? `<definedNames>${filters.join('')}</definedNames>` : ''}</workbook>`
  );
}

/** Excel keeps the range of a filter under this name as well, and repairs workbooks in which it is missing. */
function filterName(sheet: string, filter: string, index: number): string {
  const range = filter.replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${escapeXml(sheet.replaceAll("'", "''"))}'!${range}</definedName>`;
}

function workbookRelations(sheets: readonly Sheet[]): string {
  return relations([
    ...sheets.map((_, index) => relation(index + 1, `${OFFICE}/worksheet`, `worksheets/sheet${index + 1}.xml`)),
    relation(sheets.length + 1, `${OFFICE}/styles`, 'styles.xml'),
  ]);
}

function contentTypes(sheets: readonly Sheet[]): string {
  const type = (part: string, kind: string) =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
    type('/xl/workbook.xml', 'sheet.main') +
    type('/xl/styles.xml', 'styles') +
    sheets
      .map(
        (sheet, index) =>
          type(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet') +
          (sheet.noted ? type(`/xl/comments${index + 1}.xml`, 'comments') : ''),
      )
      .join('') +
    '</Types>'
  );
}
