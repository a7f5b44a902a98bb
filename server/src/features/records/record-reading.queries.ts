// Reading of any kind through its view. Every statement names the school, beside the scope that the database enforces.
import { sql, type RawBuilder } from 'kysely';
import { columnOf, type Field } from '@khuevan/core/records/field.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { type Tx, withoutNestedLoops } from '#platform/database.ts';
import type { Shape } from './record-shape.ts';

/** Values by field key, sensitive ones included, numbers masked; with the person's key and the number's hash for the rules. */
export type StoredRecord = RecordValues & { id: string; version: string };

export interface Place {
  schoolId: string;
  schoolYear: number;
}

export type Sql = RawBuilder<unknown>;

/** A field in the view `r`. */
export const inView = (field: Field): Sql => sql.ref(`r.${columnOf(field.key)}`);
export const viewOf = (shape: Shape): Sql => sql.table(shape.kind.view);

/** A stored record, but for the number's hash, from the view `r`. */
export function selection({ kind, person }: Shape): Sql {
  return sql.join([
    sql`r.id, r.version::text as version`,
    ...(person ? [sql`${sql.ref(`r.${person.column}`)} as ${sql.ref(person.key)}`] : []),
    ...kind.fields.map((field) => sql`${inView(field)} as ${sql.ref(field.key)}`),
  ]);
}

const hash = ({ kind }: Shape): Sql =>
  kind.fields.some((field) => field.type === 'pin') ? sql`, encode(r.pin_hash, 'hex') as "pinHash"` : sql``;

/** In the order in which they were entered, so that of two that clash the later one is found. */
export async function readAll(tx: Tx, shape: Shape, { schoolId, schoolYear }: Place): Promise<StoredRecord[]> {
  const reading = sql<StoredRecord>`
    select ${selection(shape)}${hash(shape)} from ${viewOf(shape)} r
    where r.school_id = ${schoolId} and r.school_year = ${schoolYear} order by r.id`;
  const { rows } = await (shape.person ? withoutNestedLoops(tx, () => reading.execute(tx)) : reading.execute(tx));
  return rows;
}

export async function readByIds(
  tx: Tx,
  shape: Shape,
  schoolId: string,
  ids: string[],
): Promise<Map<string, StoredRecord & { schoolYear: number }>> {
  const { rows } = await sql<StoredRecord & { schoolYear: number }>`
    select ${selection(shape)}${hash(shape)}, r.school_year as "schoolYear" from ${viewOf(shape)} r
    where r.school_id = ${schoolId} and r.id = any (${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
