// Records for a prefilled template: page by page, so that a province's take no more memory than a school's.
import { sql } from 'kysely';
import { columnOf, type RecordKind } from '@khuevan/core/records/field.ts';
import type { Tx } from '#platform/database.ts';

const pageRows = 2000;

/** Records of one school in the order of the kind. */
export async function readExportPage(
  tx: Tx,
  kind: RecordKind,
  schoolId: string,
  schoolYear: number,
  offset: number,
): Promise<Record<string, unknown>[]> {
  const columns = kind.fields.map((field) => sql`r.${sql.ref(columnOf(field.key))} as ${sql.ref(field.key)}`);
  const order = kind.order.flatMap((key) =>
    key === 'fullName' ? [sql`r.given_name`, sql`r.other_names`] : [sql`r.${sql.ref(columnOf(key))}`],
  );
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(kind.view)} r where r.school_id = ${schoolId} and r.school_year = ${schoolYear}
    order by ${sql.join([...order, sql`r.id`])} limit ${pageRows} offset ${offset}`.execute(tx);
  return rows;
}

export const isLastPage = (rows: readonly unknown[]): boolean => rows.length < pageRows;

/** Codes that may be referred to: the classes, sites or staff of a school. */
export async function readReferences(tx: Tx, view: string, schoolId: string, schoolYear: number): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select r.code from ${sql.table(view)} r where r.school_id = ${schoolId} and r.school_year = ${schoolYear} order by r.code limit 2000`.execute(
    tx,
  );
  return rows.map((row) => row.code);
}
