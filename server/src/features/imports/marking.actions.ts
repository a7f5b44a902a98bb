// The marked-up file: the bad rows of the upload as they were written, with what is wrong in front and in the cells, and one
// line for each rule. It can be corrected and uploaded again.
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { levelsAsked, recordKinds } from '@khuevan/core/records/kinds.ts';
import { openWorkbook } from '#platform/excel-reader.ts';
import { type SheetRow, writeWorkbook } from '#platform/excel-writer.ts';
import { type InScope, openFile, removeFiles, storeContent } from '#platform/files.ts';
import type { FileAnswer } from '#platform/http.ts';
import type { Secrets } from '#platform/secrets.ts';
import { type DataSheet, findDataSheets } from './file-reader.ts';
import { findingOf } from './import-answers.ts';
import { bookkeeping } from './import-endings.actions.ts';
import type { ImportJob, WorkParts } from './import-parts.ts';
import { changeImport, countFindings, findImport, readFindingsAfter, readUnit } from './imports.queries.ts';
import { columnsOf, isBad, markRow, overviewSheet, type RowFindings } from './marked-rows.ts';
import type { ImportKey } from './staging.queries.ts';
import { type TemplateColumn, type TemplateFace, templateSheets } from './template.ts';

export async function markImportFile(parts: WorkParts, job: ImportJob): Promise<void> {
  const { database, secrets } = parts;
  const key: ImportKey = { unitId: job.unitId, id: job.importId };
  const aside = bookkeeping(parts, job);
  const found = await aside((tx) => findImport(tx, key));
  if (!found || found.rows_bad === 0) return;
  const unit = (await aside((tx) => readUnit(tx, key.unitId)))!;
  const counts = await aside((tx) => countFindings(tx, key));
  const kind = recordKinds[found.kind as RecordKindName];
  const source = await openFile(secrets, aside, key.unitId, found.file_id);
  const isOffice = unit.kind !== 'school';
  const levels = levelsAsked(unit);
  const sheets = await findDataSheets(await openWorkbook(source.source), { isOffice, levels }, kind);
  const columns = columnsOf(kind, sheets[0]!.headings, isOffice);
  const face: TemplateFace = {
    kind,
    unit: { code: unit.code, name: unit.name, isOffice, levels },
    schoolYear: found.school_year,
    columns,
  };
  const workbook = writeWorkbook(
    templateSheets(face, markedRows(aside, key, kind.name, sheets, columns), [overviewSheet(counts)]),
  );
  await database.write(job.actor, job.unitId, 'records.write', 'imports.mark', async ({ tx, audit }) => {
    audit.subjectKind = 'import';
    audit.subjectId = key.id;
    const name = `${found.file_name.replace(/\.xlsx$/i, '')} - lỗi cần sửa.xlsx`;
    const stored = await storeContent(
      tx,
      secrets,
      key.unitId,
      { name, mediaType: xlsx },
      workbook as AsyncIterable<Buffer>,
    );
    const before = (await findImport(tx, key))?.marked_file_id;
    await changeImport(tx, key, { marked_file_id: stored.id });
    if (before) await removeFiles(tx, key.unitId, [before]);
  });
}

/** @throws ProblemError not_found while there is none. */
export async function openMarkedFile(
  secrets: Secrets,
  inScope: InScope,
  unitId: string,
  id: string,
): Promise<FileAnswer> {
  const fileId = await inScope(async (tx) => (await findImport(tx, { unitId, id }))?.marked_file_id);
  if (!fileId) throw new ProblemError('not_found');
  const file = await openFile(secrets, inScope, unitId, fileId);
  return { fileName: file.name, mediaType: file.mediaType, content: file.stream() };
}

const findingsAtOnce = 5000;

/** The findings of a sheet, row by row. */
async function* findingsByRow(
  aside: InScope,
  key: ImportKey,
  sheetNo: number,
  kind: RecordKindName,
): AsyncGenerator<RowFindings> {
  let group: RowFindings = { row: 0, findings: [] };
  for (let from = 0; ;) {
    const rows = await aside((tx) => readFindingsAfter(tx, key, sheetNo, from, findingsAtOnce));
    const isLast = rows.length < findingsAtOnce;
    for (const each of rows) {
      const row = each.row_no ?? 0;
      if (row !== group.row) {
        if (group.findings.length > 0) yield group;
        group = { row, findings: [] };
      }
      group.findings.push(findingOf(kind, each));
    }
    if (isLast) break;
    // The last row may have more findings than came with this page: it is read again.
    from = group.row - 1;
    group = { row: 0, findings: [] };
  }
  if (group.findings.length > 0) yield group;
}

/** Goes through the file and its findings side by side; both are in the order of the rows. */
async function* markedRows(
  aside: InScope,
  key: ImportKey,
  kind: RecordKindName,
  sheets: readonly DataSheet[],
  columns: readonly TemplateColumn[],
): AsyncGenerator<SheetRow> {
  for (const { sheetNo, sheet } of sheets) {
    const groups = findingsByRow(aside, key, sheetNo, kind);
    let next = await groups.next();
    for await (const rows of sheet.rows()) {
      for (const row of rows) {
        while (!next.done && next.value.row < row.number) next = await groups.next();
        if (next.done) break;
        if (next.value.row === row.number && isBad(next.value))
          yield markRow(row, next.value.findings, columns, sheets.length > 1 ? sheet.name : undefined);
      }
      if (next.done) break;
    }
  }
}
