// Reads an uploaded workbook: which sheets hold records, under which headings, and then their rows in batches.
import type { ByteSource } from '#platform/byte-source.ts';
import { openWorkbook, type ReadRow, type ReadSheet, type ReadWorkbook } from '#platform/excel-reader.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { beginningOf } from '@khuevan/core/vietnam/text.ts';
import { type Columns, findHeadings, type Headings, lastHeadingRow, missingFields, noHeadings } from './headings.ts';
import {
  refuseDoubledColumns,
  refuseEmpty,
  refuseForeign,
  refuseMissingColumns,
  refuseOldTemplate,
  refuseOtherKind,
  refuseOtherUnit,
  refuseOtherYear,
  refuseTooManyFindings,
  refuseTooManyRows,
  refuseUnlikeSheets,
} from './import-refusals.ts';
import {
  type FileFinding,
  type FileHead,
  mostFindings,
  mostRows,
  type ReadingPlan,
  type RowBatch,
} from './reading-plan.ts';
import { batchOf, noRows, RowReader } from './row-reader.ts';
import { SeenRecords } from './seen-records.ts';
import { digestOfFields, readStamp, stampSheet } from './template-stamp.ts';

export interface DataSheet {
  sheetNo: number;
  sheet: ReadSheet;
  headings: Headings;
}

const ROWS_PER_BATCH = 1000;
/** Bytes that a batch usually needs. */
const usualBatch = 640 * 1024;

/** The head, then batches of rows, each in a buffer from `room` if it has one. @throws ProblemError file_refused */
export async function* readFile(
  source: ByteSource,
  plan: ReadingPlan,
  room: () => ArrayBuffer | undefined = () => undefined,
): AsyncGenerator<FileHead | RowBatch> {
  const kind = recordKinds[plan.kind];
  const workbook = await openWorkbook(source);
  await refuseOtherTemplate(workbook, plan, kind);
  const sheets = await findDataSheets(workbook, plan, kind);
  yield headOf(kind, sheets);
  const total = sheets.reduce((sum, { sheet }) => sum + sheet.size, 0);
  let before = 0;
  let rows = 0;
  let findings = 0;
  const seen = new SeenRecords(kind);
  for (const { sheetNo, sheet, headings } of sheets) {
    const { columns, schoolColumn } = headings;
    const reader = new RowReader(plan, { sheetNo, name: sheet.name, columns, schoolColumn }, seen);
    let bytes = 0;
    let batch = noRows(plan, room() ?? new ArrayBuffer(usualBatch));
    const take = (): RowBatch => {
      const full = batchOf(batch, Math.min(1, (before + bytes) / total), seen);
      rows += batch.rowsRead;
      findings += batch.findings.length;
      if (rows > mostRows) throw refuseTooManyRows(mostRows);
      if (findings > mostFindings) throw refuseTooManyFindings(mostFindings);
      batch = noRows(plan, room() ?? new ArrayBuffer(usualBatch));
      return full;
    };
    for await (const part of sheet.rows((read) => (bytes = read))) {
      for (const row of part) if (row.number > headings.row) reader.read(row, batch);
      if (batch.rowsRead >= ROWS_PER_BATCH) yield take();
    }
    if (batch.rowsRead > 0) yield take();
    before += sheet.size;
  }
  if (rows === 0) throw refuseEmpty();
}

async function refuseOtherTemplate(workbook: ReadWorkbook, plan: ReadingPlan, kind: RecordKind): Promise<void> {
  const sheet = workbook.sheets.find((each) => each.name === stampSheet);
  const stamp = sheet && readStamp((await readTop(sheet)).map((row) => row.cells));
  if (!stamp) return;
  if (stamp.kind !== plan.kind) throw refuseOtherKind(stamp, kind);
  if (stamp.fields !== digestOfFields(kind, plan.levels)) throw refuseOldTemplate(kind);
  if (stamp.unitCode !== plan.unitCode) throw refuseOtherUnit(stamp);
  if (stamp.schoolYear !== plan.schoolYear) throw refuseOtherYear(stamp, plan.schoolYear);
}

/** The first rows of a sheet; the rest is not unpacked. */
async function readTop(sheet: ReadSheet): Promise<ReadRow[]> {
  const top: ReadRow[] = [];
  for await (const rows of sheet.rows()) {
    top.push(...rows.filter((row) => row.number <= lastHeadingRow));
    if (rows.at(-1)!.number >= lastHeadingRow) break;
  }
  return top;
}

/**
 * Visible sheets with all required headings. @throws ProblemError file_refused when there is none, said by the nearest one, and
 * when another has most of them: its rows would be left out unseen.
 */
export async function findDataSheets(workbook: ReadWorkbook, plan: Columns, kind: RecordKind): Promise<DataSheet[]> {
  const found: DataSheet[] = [];
  const almost: ReadSheet[] = [];
  const required = missingFields(noHeadings, kind, plan).length;
  let nearest: Headings | undefined;
  for (const [index, sheet] of workbook.sheets.entries()) {
    if (!sheet.isVisible) continue;
    const headings = findHeadings(await readTop(sheet), kind, plan);
    if (!headings) continue;
    if (headings.columns.size > (nearest?.columns.size ?? 0)) nearest = headings;
    const lacksSchool = plan.isOffice && headings.schoolColumn === undefined;
    const missing = missingFields(headings, kind, plan).length;
    if (missing === 0 && !lacksSchool) found.push({ sheetNo: index + 1, sheet, headings });
    else if (missing * 2 <= required) almost.push(sheet);
  }
  if (!nearest) throw refuseForeign(kind);
  if (found.length === 0)
    throw refuseMissingColumns(
      kind,
      missingFields(nearest, kind, plan),
      plan.isOffice && nearest.schoolColumn === undefined,
    );
  const doubled = found.flatMap(({ headings }) => headings.doubled);
  if (doubled.length > 0) throw refuseDoubledColumns(doubled);
  const [first, ...others] = found;
  const unlike = others.find(
    ({ headings }) => fieldsOf(kind, headings).join() !== fieldsOf(kind, first!.headings).join(),
  );
  const other = unlike?.sheet ?? almost[0];
  if (other) throw refuseUnlikeSheets(first!.sheet.name, other.name);
  return found;
}

const fieldsOf = (kind: RecordKind, headings: Headings) =>
  kind.fields.map((field) => field.key).filter((key) => headings.columns.has(key));

function headOf(kind: RecordKind, sheets: DataSheet[]): FileHead {
  const ignored = sheets.flatMap(({ sheetNo, sheet, headings }) =>
    headings.ignored.map(({ text }): FileFinding => ({
      rule: 'import_column_ignored',
      severity: 'warning',
      kind: kind.name,
      sheet: sheet.name,
      sheetNo,
      row: headings.row,
      value: beginningOf(text, 100),
    })),
  );
  return {
    type: 'head',
    fields: fieldsOf(kind, sheets[0]!.headings),
    sheets: Object.fromEntries(sheets.map(({ sheetNo, sheet }) => [sheetNo, sheet.name])),
    ignored,
  };
}
