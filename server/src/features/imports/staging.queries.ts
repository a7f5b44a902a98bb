// Rows that wait: put in as they are read, set by set. The transaction is narrowed to the one unit, and to few schools at a time,
// so that policies cost next to nothing a row.
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.ts';
import { newIds } from '#platform/ids.ts';
import { type FileFinding, lineEnd, valueEnd } from './reading-plan.ts';
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

const column = (name: string): Sql => sql.ref(name);

const idLength = 16;
const cipherLength = 40;
const hashLength = 32;
/** Bytes of a sealed number: its cipher, then its hash. Zeros where a row has none. */
export const sealLength = cipherLength + hashLength;

/** Bytes that the driver sends as they are, which for a text are its UTF-8. */
const asText = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/** `lines` as the reader wrote them; `seals` has one seal a line, where the kind has numbers. */
export async function stageRows(
  tx: Tx,
  { unitId, id }: ImportKey,
  shape: StagingShape,
  { lines, count, seals }: { lines: Uint8Array; count: number; seals?: Buffer },
): Promise<void> {
  if (count === 0) return;
  const values = shape.columns.map((each, index): Sql => sql`p[${sql.lit(index + 4)}]::${sql.raw(each.type)}`);
  const part = (name: string, length: number, from: number, of: number): Sql =>
    sql`substring(${column(name)} from ((no - 1) * ${sql.lit(of)})::integer + ${sql.lit(from + 1)} for ${sql.lit(length)})`;
  const zeros = (length: number): Sql => sql`decode(${sql.lit('00'.repeat(length))}, 'hex')`;
  const ids = [0, idLength].map((from) => sql`encode(${part('ids', idLength, from, 2 * idLength)}, 'hex')::uuid`);
  const pins = seals
    ? [
        sql`nullif(${part('seals', cipherLength, 0, sealLength)}, ${zeros(cipherLength)})`,
        sql`nullif(${part('seals', hashLength, cipherLength, sealLength)}, ${zeros(hashLength)})`,
      ]
    : [];
  const names = [...shape.columns.map((each) => each.name), ...(seals ? ['pin_cipher', 'pin_hash'] : [])];
  await sql`
    insert into ${sql.table(shape.staging)} (unit_id, import_id, school_id, sheet_no, row_no, record_id, person_id, ${sql.join(names.map(column))})
    select ${unitId}::uuid, ${id}::uuid, p[1]::uuid, p[2]::smallint, p[3]::integer, ${sql.join([...ids, ...values, ...pins])}
    from string_to_table(${asText(lines)}, ${lineEnd}) with ordinality as given (line, no) cross join lateral string_to_array(line, ${valueEnd}, '') as parts (p)
      cross join (values (${newIds(2 * count)}::bytea, ${seals ?? null}::bytea)) as beside (ids, seals)`.execute(tx);
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

/** Schools that have rows waiting, with how many. */
export async function stagedSchools(
  tx: Tx,
  { unitId, id }: ImportKey,
  shape: StagingShape,
): Promise<{ id: string; rows: number }[]> {
  const { rows } = await sql<{ id: string; rows: number }>`
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
