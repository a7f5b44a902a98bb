import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type {
  listImportFindings,
  listImports as listEndpoint,
  previewImport as previewEndpoint,
  summariseImport,
} from '@khuevan/core/contract/imports.ts';
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { now } from '#platform/clock.ts';
import type { Reading, Writing } from '#platform/database.ts';
import { openWorkbook } from '#platform/excel-reader.ts';
import type { Arrived } from '#platform/files.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { answerOf, findingOf, hiddenFields, type ImportAnswer, previewOf, say, summaryOf } from './import-answers.ts';
import {
  addImport,
  changeImport,
  countFindings,
  findImport,
  type ImportRow,
  listFindingRows,
  listImportRows,
  lockImportRow,
  readPreview,
  resumeImports,
  usualIdleMs,
} from './imports.queries.ts';
import type { ImportKey } from './staging.queries.ts';
import { stagingShape } from './staging-shape.ts';

export interface Upload {
  kind: RecordKindName;
  schoolYear: number;
  fileName: string;
  file: Arrived;
}

/** @throws ProblemError file_refused for what is plainly no workbook of ours, before it is stored. */
export async function judgeUpload(file: Arrived): Promise<void> {
  await openWorkbook(file.source);
}

export async function startImport(
  { tx, access, audit }: Writing,
  { kind, schoolYear, fileName, file }: Upload,
): Promise<ImportAnswer> {
  const key: ImportKey = { unitId: access.unitId, id: newId() };
  const stored = await file.store(tx, access.unitId, { name: fileName, mediaType: xlsx });
  await addImport(tx, { ...key, kind, schoolYear, file: stored, actor: access.actor });
  await enqueue(tx, 'imports.read', { unitId: key.unitId, importId: key.id, actor: access.actor }, `import:${key.id}`);
  audit.subjectKind = 'import';
  audit.subjectId = key.id;
  audit.detail = { kind, schoolYear, file: fileName, size: stored.size, sha256: stored.sha256 };
  return answerOf(await requireImport(findImport(tx, key)));
}

async function requireImport(found: Promise<ImportRow | undefined>): Promise<ImportRow> {
  const row = await found;
  if (!row) throw new ProblemError('not_found');
  return row;
}

const unfinished = ['waiting', 'reading', 'applying'];

/** Watching an import also brings back to work what a killed server left behind. */
export async function readImport({ tx, access }: Reading, id: string): Promise<ImportAnswer> {
  const row = await requireImport(findImport(tx, { unitId: access.unitId, id }));
  if (unfinished.includes(row.state)) await resumeImports(tx, usualIdleMs);
  return answerOf(row);
}

export async function listImports(
  { tx, access }: Reading,
  page: { page: number; pageSize: number },
): Promise<ResponseOf<typeof listEndpoint>> {
  const { total, rows } = await listImportRows(tx, access.unitId, page.pageSize, (page.page - 1) * page.pageSize);
  return { total, imports: rows.map(answerOf) };
}

export async function summarise({ tx, access }: Reading, id: string): Promise<ResponseOf<typeof summariseImport>> {
  const key = { unitId: access.unitId, id };
  await requireImport(findImport(tx, key));
  return { rules: (await countFindings(tx, key)).map(summaryOf) };
}

export async function listFindings(
  { tx, access }: Reading,
  id: string,
  query: { rule?: string; page: number; pageSize: number },
): Promise<ResponseOf<typeof listImportFindings>> {
  const key = { unitId: access.unitId, id };
  const { kind } = await requireImport(findImport(tx, key));
  const name = kind as RecordKindName;
  const hidden = hiddenFields(recordKinds[name], access.may('records.sensitive'));
  const { total, rows } = await listFindingRows(
    tx,
    key,
    query.rule,
    hidden,
    query.pageSize,
    (query.page - 1) * query.pageSize,
  );
  return { total, findings: rows.map((row) => say(findingOf(name, row))) };
}

export async function preview(
  { tx, access }: Reading,
  id: string,
  query: { action: string; page: number; pageSize: number },
): Promise<ResponseOf<typeof previewEndpoint>> {
  const key = { unitId: access.unitId, id };
  const found = await requireImport(findImport(tx, key));
  const shape = stagingShape(found.kind as RecordKindName, found.fields);
  if (shape.columns.length === 0) return { total: 0, rows: [] };
  const { total, rows } = await readPreview(
    tx,
    key,
    shape,
    query.action,
    query.pageSize,
    (query.page - 1) * query.pageSize,
  );
  const hidden = hiddenFields(shape.kind, access.may('records.sensitive'));
  return { total, rows: rows.map((row) => previewOf(row, shape, found.sheets as Record<number, string>, hidden)) };
}

export async function applyImport(
  { tx, access, audit }: Writing,
  id: string,
  mode: 'all' | 'good',
): Promise<ImportAnswer> {
  const key = { unitId: access.unitId, id };
  const found = await requireImport(lockImportRow(tx, key));
  // A second click while the first is at work, or after it was done, changes nothing.
  if (found.mode === mode && (found.state === 'applying' || found.state === 'applied')) return answerOf(found);
  if (found.state !== 'ready') throw notReady(found.state);
  if (mode === 'all' && found.rows_bad > 0) throw new ProblemError('import_has_errors', { rows: found.rows_bad });
  await changeImport(tx, key, { state: 'applying', mode, resumed: 0 });
  await enqueue(tx, 'imports.apply', { unitId: key.unitId, importId: key.id, actor: access.actor }, `import:${key.id}`);
  audit.subjectKind = 'import';
  audit.subjectId = id;
  audit.detail = { mode, file: found.file_name, sha256: found.file_sha256 };
  return answerOf(await requireImport(findImport(tx, key)));
}

export async function cancelImport({ tx, access, audit }: Writing, id: string): Promise<ImportAnswer> {
  const key = { unitId: access.unitId, id };
  const found = await requireImport(lockImportRow(tx, key));
  if (found.state === 'cancelled') return answerOf(found);
  if (found.state !== 'ready' && found.state !== 'waiting') throw notReady(found.state);
  await changeImport(tx, key, { state: 'cancelled', finished_at: now() });
  await enqueue(tx, 'imports.tidy', { unitId: key.unitId, importId: key.id, actor: access.actor }, `tidy:${key.id}`);
  audit.subjectKind = 'import';
  audit.subjectId = id;
  return answerOf(await requireImport(findImport(tx, key)));
}

const states: Record<string, { vi: string; en: string }> = {
  waiting: { vi: 'đang chờ đọc', en: 'is waiting to be read' },
  reading: { vi: 'đang được đọc', en: 'is being read' },
  applying: { vi: 'đang được ghi', en: 'is being stored' },
  applied: { vi: 'đã được ghi', en: 'was stored already' },
  refused: { vi: 'đã bị từ chối', en: 'was refused' },
  failed: { vi: 'đã gặp lỗi', en: 'failed' },
  cancelled: { vi: 'đã bị bỏ', en: 'was cancelled' },
  ready: { vi: 'đã sẵn sàng', en: 'is ready' },
};

const notReady = (state: string) =>
  new ProblemError('import_not_ready', { stateVi: states[state]?.vi ?? state, stateEn: states[state]?.en ?? state });
