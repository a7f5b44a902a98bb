// Writing of any kind, set by set: one statement a table, whatever the number of rows.
import { sql, type RawBuilder } from 'kysely';
import { columnOf } from '@khuevan/core/records/field.ts';
import { kindsReferring } from './record-references.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import type { Tx } from '#platform/database.ts';
import type { Shape, TableShape } from './record-shape.ts';

/** A row by column. */
export type Row = Record<string, unknown> & { id: string };

const bytes = (value: Buffer | null | undefined) => (value ? `\\x${value.toString('hex')}` : null);

/** A number as the three columns of a row. */
export const pinCells = (pin: { cipher: Buffer; hash: Buffer; mask: string } | null) => ({
  pin_cipher: bytes(pin?.cipher),
  pin_hash: bytes(pin?.hash),
  pin_mask: pin?.mask ?? null,
});

export function cellsOf(table: TableShape, values: RecordValues): Record<string, unknown> {
  return Object.fromEntries(
    table.fields
      .filter((field) => field.type !== 'pin')
      .map((field) => [columnOf(field.key), values[field.key] ?? null]),
  );
}

const columns = (names: readonly string[], alias?: string): RawBuilder<unknown> =>
  sql.join(names.map((name) => sql.ref(alias ? `${alias}.${name}` : name)));
const rowsOf = (table: string, rows: Row[]): RawBuilder<unknown> =>
  sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`;

export async function insertRows(tx: Tx, table: TableShape, keys: readonly string[], rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const names = ['school_id', 'id', 'version', ...keys, ...table.columns];
  await sql`insert into ${sql.table(table.table)} (${columns(names)}) select ${columns(names, 'r')} from ${rowsOf(table.table, rows)} r returning id`.execute(
    tx,
  );
}

export async function updateRows(tx: Tx, table: TableShape, schoolId: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const settings = sql.join(table.columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`));
  await sql`update ${sql.table(table.table)} t set ${settings} from ${rowsOf(table.table, rows)} r where t.school_id = ${schoolId} and t.id = r.id`.execute(
    tx,
  );
}

/** Holds the records, and the persons behind them, to the end of the transaction; always in the same order. */
export async function lockRecords(tx: Tx, { year, person }: Shape, schoolId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  if (person) {
    await sql`select p.id from ${sql.table(person.table)} p where p.school_id = ${schoolId} and p.id = any (array (
      select ${sql.ref(`y.${person.column}`)} from ${sql.table(year.table)} y where y.school_id = ${schoolId} and y.id = any (${ids}::uuid[])))
      order by p.id for update`.execute(tx);
  }
  await sql`select id from ${sql.table(year.table)} where school_id = ${schoolId} and id = any (${ids}::uuid[]) order by id for update`.execute(
    tx,
  );
}

export interface Person extends Record<string, unknown> {
  id: string;
  pin_cipher: Buffer | null;
  pin_hash: Buffer | null;
  pin_mask: string | null;
}

/** Rows of persons by column, locked. */
export async function readPersons(
  tx: Tx,
  person: TableShape,
  schoolId: string,
  by: { ids?: string[]; codes?: string[]; hashes?: Buffer[] },
): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, ${columns(person.columns)} from ${sql.table(person.table)} where school_id = ${schoolId}
    and (id = any (${by.ids ?? []}::uuid[]) or code = any (${by.codes ?? []}::text[]) or pin_hash = any (${by.hashes ?? []}::bytea[])) order by id for update`.execute(
    tx,
  );
  return rows;
}

export async function deleteRows(tx: Tx, { year, person }: Shape, schoolId: string, id: string): Promise<string[]> {
  if (!person) {
    await sql`delete from ${sql.table(year.table)} where school_id = ${schoolId} and id = ${id}`.execute(tx);
    return [];
  }
  const { rows: deleted } = await sql<{ person_id: string }>`
    delete from ${sql.table(year.table)} where school_id = ${schoolId} and id = ${id} returning ${sql.ref(person.column)} as person_id`.execute(
    tx,
  );
  const personId = deleted[0]!.person_id;
  const { rows: others } = await sql<{ id: string }>`
    select id from ${sql.table(year.table)} where school_id = ${schoolId} and ${sql.ref(person.column)} = ${personId}`.execute(
    tx,
  );
  if (others.length === 0)
    await sql`delete from ${sql.table(person.table)} where school_id = ${schoolId} and id = ${personId}`.execute(tx);
  return others.map((other) => other.id);
}

/** Enters the persons of these records in the country-wide registry, or takes them out. */
export async function registerPins(tx: Tx, { kind }: Shape, ids: string[]): Promise<void> {
  await sql`select register_pins(${kind.name}, ${ids}::uuid[])`.execute(tx);
}

/** The kind of a record that refers to this code in the year, if there is one. */
export async function findUser(
  tx: Tx,
  shape: Shape,
  schoolId: string,
  schoolYear: number,
  code: string,
): Promise<string | undefined> {
  for (const { kind, fields } of kindsReferring(shape.kind.name)) {
    const { rows } = await sql`
      select 1 from ${sql.table(kind.table)} where school_id = ${schoolId} and school_year = ${schoolYear}
      and (${sql.join(
        fields.map((field) => sql`${sql.ref(columnOf(field.key))} = ${code}`),
        sql` or `,
      )}) limit 1`.execute(tx);
    if (rows.length > 0) return kind.label.vi.toLowerCase();
  }
  return undefined;
}

/** The last known version of records that were removed, so that one that comes back goes on counting. */
export async function readRemoved(
  tx: Tx,
  table: string,
  schoolId: string,
  ids: string[],
): Promise<Map<string, { version: number; content: Record<string, unknown> }>> {
  const { rows } = await sql<{ record_id: string; version: number; content: Record<string, unknown> }>`
    select distinct on (record_id) record_id, version, content from history
    where school_id = ${schoolId} and table_name = ${table} and record_id = any (${ids}::uuid[]) order by record_id, version desc`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.record_id, row]));
}

/** Codes that nobody in the school has or had. The counter is held to the end of the transaction, so two writers never get the same. */
export async function issueSerials(tx: Tx, table: string, schoolId: string, count: number): Promise<number[]> {
  const { rows } = await sql<{ last: number }>`
    insert into code_counter (school_id, table_name, last_serial) values (${schoolId}, ${table}, ${count})
    on conflict (school_id, table_name) do update set last_serial = code_counter.last_serial + excluded.last_serial
    returning last_serial as last`.execute(tx);
  return Array.from({ length: count }, (_, index) => rows[0]!.last - count + 1 + index);
}

export async function findTakenCodes(tx: Tx, table: string, schoolId: string, codes: string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    code: string;
  }>`select code from ${sql.table(table)} where school_id = ${schoolId} and code = any (${codes}::text[])`.execute(tx);
  return new Set(rows.map((row) => row.code));
}

// Savepoints: a row that the database refuses takes only its own writing back.
export const savepoint = (tx: Tx) => sql`savepoint rows`.execute(tx);
export const releaseSavepoint = (tx: Tx) => sql`release savepoint rows`.execute(tx);
export const rollbackToSavepoint = (tx: Tx) => sql`rollback to savepoint rows`.execute(tx);
