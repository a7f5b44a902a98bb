// The imports themselves: their states, what was found, and what would be stored.
import { sql } from 'kysely';
import { columnOf } from '@khuevan/core/records/field.ts';
import { now } from '#platform/clock.ts';
import type { Actor, Tx } from '#platform/database.ts';
import type { Selectable } from 'kysely';
import type { Import, ImportFinding } from '#platform/tables.generated.ts';
import type { ImportKey } from './staging.queries.ts';
import type { StagingShape } from './staging-shape.ts';

export type ImportRow = Selectable<Import>;
export type FindingRow = Selectable<ImportFinding>;

export interface NewImport extends ImportKey {
  kind: string;
  schoolYear: number;
  file: { id: string; name: string; sha256: string };
  actor: Actor;
}

export async function addImport(tx: Tx, { unitId, id, kind, schoolYear, file, actor }: NewImport): Promise<void> {
  await tx
    .insertInto('import')
    .values({
      unit_id: unitId,
      id,
      kind,
      school_year: schoolYear,
      file_id: file.id,
      file_name: file.name,
      file_sha256: file.sha256,
      state: 'waiting',
      account_id: actor.accountId,
      account_name: actor.name,
      created_at: now(),
      touched_at: now(),
    })
    .execute();
}

export async function findImport(tx: Tx, { unitId, id }: ImportKey): Promise<ImportRow | undefined> {
  return tx.selectFrom('import').selectAll().where('unit_id', '=', unitId).where('id', '=', id).executeTakeFirst();
}

export async function lockImportRow(tx: Tx, { unitId, id }: ImportKey): Promise<ImportRow | undefined> {
  return tx
    .selectFrom('import')
    .selectAll()
    .where('unit_id', '=', unitId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function listImportRows(
  tx: Tx,
  unitId: string,
  limit: number,
  offset: number,
): Promise<{ total: number; rows: ImportRow[] }> {
  const rows = await tx
    .selectFrom('import')
    .selectAll()
    .where('unit_id', '=', unitId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  const { total } = await tx
    .selectFrom('import')
    .select((make) => make.fn.countAll<number>().as('total'))
    .where('unit_id', '=', unitId)
    .executeTakeFirstOrThrow();
  return { total: Number(total), rows };
}

type Changes = Partial<Omit<ImportRow, 'unit_id' | 'id' | 'refusal'>> & { refusal?: { vi: string; en: string } };

export async function changeImport(tx: Tx, { unitId, id }: ImportKey, { refusal, ...changes }: Changes): Promise<void> {
  await tx
    .updateTable('import')
    .set((make) => ({
      ...changes,
      ...(refusal && { refusal: JSON.stringify(refusal) }),
      touched_at: now(),
      version: make('version', '+', 1),
    }))
    .where('unit_id', '=', unitId)
    .where('id', '=', id)
    .execute();
}

/** How far the reading has come, for those who watch; no new version of the import. */
export async function showProgress(
  tx: Tx,
  { unitId, id }: ImportKey,
  rowsRead: number,
  rowsTotal: number,
): Promise<void> {
  await tx
    .updateTable('import')
    .set({ rows_read: rowsRead, rows_total: rowsTotal, touched_at: now() })
    .where('unit_id', '=', unitId)
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .execute();
}

/** Imports of long ago that still have their files. */
export async function findOldImports(tx: Tx, unitId: string, before: Date): Promise<ImportRow[]> {
  return tx
    .selectFrom('import')
    .selectAll('import')
    .where('unit_id', '=', unitId)
    .where('created_at', '<', before)
    .where((make) =>
      make.exists(
        make
          .selectFrom('stored_file')
          .select('stored_file.id')
          .whereRef('stored_file.unit_id', '=', 'import.unit_id')
          .whereRef('stored_file.id', '=', 'import.file_id'),
      ),
    )
    .execute();
}

export async function forgetFiles(tx: Tx, key: ImportKey): Promise<void> {
  await changeImport(tx, key, { marked_file_id: null });
}

/** An import in which nothing has moved for so long is looked at: is anybody working on it? */
export const usualIdleMs = 20_000;

/** Queues again what a killed server left behind. */
export async function resumeImports(tx: Tx, idleMs: number): Promise<void> {
  await sql`select resume_imports(${now()}, ${new Date(now().getTime() - idleMs)})`.execute(tx);
}

export interface RuleCount {
  rule: string;
  severity: 'error' | 'warning';
  count: number;
  first_row: number | null;
  last_row: number | null;
  sheet: string | null;
}

export async function countFindings(tx: Tx, { unitId, id }: ImportKey): Promise<RuleCount[]> {
  const { rows } = await sql<RuleCount>`
    select rule, severity, count(*)::integer as count, min(row_no) as first_row, max(row_no) as last_row, case when min(sheet_no) = max(sheet_no) then min(sheet) end as sheet
    from import_finding where unit_id = ${unitId} and import_id = ${id} group by rule, severity order by severity, count(*) desc, rule`.execute(
    tx,
  );
  return rows;
}

export async function listFindingRows(
  tx: Tx,
  { unitId, id }: ImportKey,
  rule: string | undefined,
  hidden: readonly string[],
  limit: number,
  offset: number,
): Promise<{ total: number; rows: FindingRow[] }> {
  const where = sql`unit_id = ${unitId} and import_id = ${id} and (${rule ?? null}::text is null or rule = ${rule ?? null}) and (field is null or field <> all (${[...hidden]}::text[]))`;
  const { rows: counted } = await sql<{
    total: number;
  }>`select count(*)::integer as total from import_finding where ${where}`.execute(tx);
  const { rows } =
    await sql<FindingRow>`select * from import_finding where ${where} order by sheet_no nulls first, row_no nulls first, id limit ${limit} offset ${offset}`.execute(
      tx,
    );
  return { total: counted[0]!.total, rows };
}

/** Findings of the rows after one, in the order of the file. */
export async function readFindingsAfter(
  tx: Tx,
  { unitId, id }: ImportKey,
  sheetNo: number,
  rowNo: number,
  limit: number,
): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select * from import_finding where unit_id = ${unitId} and import_id = ${id} and sheet_no = ${sheetNo} and row_no > ${rowNo}
    order by row_no, id limit ${limit}`.execute(tx);
  return rows;
}

export interface PreviewRow {
  row_no: number;
  sheet_no: number;
  school_id: string;
  waiting: Record<string, unknown>;
  stored: Record<string, unknown> | null;
}

export async function readPreview(
  tx: Tx,
  { unitId, id }: ImportKey,
  shape: StagingShape,
  action: string,
  limit: number,
  offset: number,
): Promise<{ total: number; rows: PreviewRow[] }> {
  const from = sql`${sql.table(shape.staging)} r left join import_match m on m.unit_id = r.unit_id and m.import_id = r.import_id and m.school_id = r.school_id
      and m.sheet_no = r.sheet_no and m.row_no = r.row_no
    where r.unit_id = ${unitId} and r.import_id = ${id} and coalesce(m.action, 'add') = ${action}`;
  const waiting = sql.join(shape.columns.map((column) => sql`${sql.lit(column.key)}, r.${sql.ref(column.name)}`));
  const stored = sql.join(
    shape.kind.fields.map((field) => sql`${sql.lit(field.key)}, v.${sql.ref(columnOf(field.key))}`),
  );
  const { rows: counted } = await sql<{ total: number }>`select count(*)::integer as total from ${from}`.execute(tx);
  const { rows } = await sql<PreviewRow>`
    select r.row_no, r.sheet_no, r.school_id, jsonb_build_object(${waiting}) as waiting, case when v.id is not null then jsonb_build_object(${stored}) end as stored
    from (select r.*, m.record_id as found_record from ${from} order by r.sheet_no, r.row_no limit ${limit} offset ${offset}) r
    left join ${sql.table(shape.kind.view)} v on v.school_id = r.school_id and v.id = r.found_record
    order by r.sheet_no, r.row_no`.execute(tx);
  return { total: counted[0]!.total, rows };
}

export interface SchoolRow {
  id: string;
  code: string;
  name: string;
  levels: string[];
}

export interface UnitRow {
  id: string;
  code: string;
  name: string;
  kind: string;
  levels: string[];
}

export async function readUnit(tx: Tx, unitId: string): Promise<UnitRow | undefined> {
  return tx
    .selectFrom('unit')
    .select(['id', 'code', 'name', 'kind', 'levels'])
    .where('id', '=', unitId)
    .executeTakeFirst();
}

/** Schools whose records the transaction may reach. */
export async function readSchoolsInScope(tx: Tx): Promise<SchoolRow[]> {
  const { rows } = await sql<SchoolRow>`
    select u.id, u.code, u.name, u.levels from unnest(current_setting('app.record_schools')::uuid[]) as s (id) join unit u on u.id = s.id order by u.code`.execute(
    tx,
  );
  return rows;
}
