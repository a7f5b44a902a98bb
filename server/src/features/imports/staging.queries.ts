// Rows that wait: put in as they are read, set by set. The transaction is narrowed to the one unit, and to few schools at a time,
// so that policies cost next to nothing a row.
import { sql, type RawBuilder } from 'kysely';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { Tx } from '#platform/database.ts';
import type { RowType } from '#platform/row-packer.ts';
import type { FileFinding, RowBatch } from './reading-plan.ts';
import type { StagingShape } from './staging-shape.ts';

export interface ImportKey {
  unitId: string;
  id: string;
}

type Sql = RawBuilder<unknown>;

const isId = /^[0-9a-f-]{36}$/;

function idList(ids: readonly string[]): Sql {
  if (!ids.every((id) => isId.test(id))) throw new TypeError('not an id');
  return sql.lit(`{${ids.join(',')}}`);
}

/** From here on the transaction sees the rows of one unit only. Never widens: the unit was in scope before. */
export async function narrowToUnit(tx: Tx, unitId: string): Promise<void> {
  await sql`set local app.report_units = ${idList([unitId])}`.execute(tx);
}

/** The schools must be among those the transaction was given. */
export async function narrowToSchools(tx: Tx, schoolIds: readonly string[]): Promise<void> {
  await sql`set local app.record_schools = ${idList(schoolIds)}`.execute(tx);
}

/** Held to the end of the transaction: whoever holds it works on the import. */
export async function lockImport(tx: Tx, { id }: ImportKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(import_lock(${id}))`.execute(tx);
}

/** Two imports into one school follow each other. Always in the same order, so that they never wait for one another. */
export async function lockSchools(tx: Tx, schoolIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(school::text, 2024)) from (
      select school from unnest(${[...schoolIds]}::uuid[]) as school order by school) ordered`.execute(tx);
}

/**
 * Waiting rows are new to the planner, which takes them for few and would compare each with each. Hashing is right for many
 * and harmless for few.
 */
export async function planForMany(tx: Tx): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(tx);
}

/** Of the rows of the table in which records of a kind wait. */
export async function readRowType(tx: Tx, kind: RecordKindName): Promise<RowType> {
  const { rows } = await sql<{ rowOid: number; name: string; typeOid: number }>`
    select c.reltype::integer as "rowOid", a.attname as name, a.atttypid::integer as "typeOid"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.oid = ${`import_${kind}`}::regclass order by a.attnum`.execute(tx);
  return { oid: rows[0]!.rowOid, columns: rows.map(({ name, typeOid }) => ({ name, typeOid })) };
}

/** `rows` as the reader packed them. The unit and the import are ours, whatever they say. */
export async function stageRows(
  tx: Tx,
  { unitId, id }: ImportKey,
  { staging }: StagingShape,
  { rows, count }: RowBatch,
  { columns }: RowType,
): Promise<void> {
  if (count === 0) return;
  const own = new Set(['unit_id', 'import_id']);
  const names = columns.map(({ name }) => name).filter((name) => !own.has(name));
  const packed = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
  await sql`
    insert into ${sql.table(staging)} (unit_id, import_id, ${sql.join(names.map((name) => sql.ref(name)))})
    select ${unitId}::uuid, ${id}::uuid, ${sql.join(names.map((name) => sql.ref(`r.${name}`)))}
    from unnest(${packed}::${sql.raw(staging)}[]) r`.execute(tx);
}

/** What a bad cell holds may be what jsonb cannot: half of a letter, the character of number nothing. */
const storable = (json: string): string =>
  json.includes('\\u')
    ? json.replaceAll(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (found) => (found.length > 2 ? '\uFFFD' : found))
    : json;

/** In the order in which they were found: ids grow with time. */
export async function addFindings(tx: Tx, { unitId, id }: ImportKey, findings: readonly FileFinding[]): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map((finding) => ({
    sheet: finding.sheet,
    sheet_no: finding.sheetNo,
    row_no: finding.row,
    field: finding.field,
    rule: finding.rule,
    severity: finding.severity,
    subject: finding.subject,
    value: finding.value,
    params: finding.params,
  }));
  await sql`
    insert into import_finding (unit_id, import_id, sheet, sheet_no, row_no, field, rule, severity, subject, value, params)
    select ${unitId}::uuid, ${id}::uuid, f.* from jsonb_to_recordset(${storable(JSON.stringify(rows))}::jsonb)
      as f (sheet text, sheet_no smallint, row_no integer, field text, rule text, severity text, subject text, value text, params jsonb)`.execute(
    tx,
  );
}

/** A school that has rows waiting, with how many. */
export interface SchoolRows {
  id: string;
  rows: number;
}

/** In the order in which schools are locked. */
export async function stagedSchools(tx: Tx, { unitId, id }: ImportKey, shape: StagingShape): Promise<SchoolRows[]> {
  const { rows } = await sql<SchoolRows>`
    select school_id as id, count(*)::integer as rows from ${sql.table(shape.staging)}
    where unit_id = ${unitId} and import_id = ${id} group by school_id order by school_id`.execute(tx);
  return rows;
}

const stagingTables = ['import_site', 'import_class', 'import_student', 'import_staff', 'import_room', 'import_budget'];

/** Forgets what an import had waiting; with `findings` also what was found. */
export async function clearStaging(
  tx: Tx,
  { unitId, id }: ImportKey,
  { findings }: { findings: boolean },
): Promise<void> {
  const tables = [...stagingTables, 'import_match', ...(findings ? ['import_finding'] : [])];
  for (const table of tables)
    await sql`delete from ${sql.table(table)} where unit_id = ${unitId} and import_id = ${id}`.execute(tx);
}
