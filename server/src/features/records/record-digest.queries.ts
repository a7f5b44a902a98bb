import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Tx, withoutNestedLoops } from '#platform/database.ts';
import { shapes } from './record-shape.ts';

/** Changes whenever any record of the school's year changes, comes or goes: made of the ids and versions alone, in one statement. */
export async function digestRecords(tx: Tx, schoolId: string, schoolYear: number): Promise<string> {
  const parts = Object.values(shapes).map(({ kind, year, person }) =>
    person
      ? // The person's version is hashed under the spell's id: under its own, two spells of one person would cancel out.
        sql`select ${kind.name} as kind, count(*) as records, bit_xor(uuid_hash_extended(y.id, y.version)) as years,
          bit_xor(uuid_hash_extended(y.id, uuid_hash_extended(p.id, p.version))) as persons
        from ${sql.table(year.table)} y join ${sql.table(person.table)} p on p.school_id = y.school_id and p.id = ${sql.ref(`y.${person.column}`)}
        where y.school_id = ${schoolId} and y.school_year = ${schoolYear}`
      : sql`select ${kind.name} as kind, count(*) as records, bit_xor(uuid_hash_extended(y.id, y.version)) as years, null::bigint as persons
        from ${sql.table(year.table)} y where y.school_id = ${schoolId} and y.school_year = ${schoolYear}`,
  );
  const digesting = sql<{ whole: string }>`
    select string_agg(concat_ws(':', kind, records, years, persons), ' ' order by kind) as whole from (${sql.join(parts, sql` union all `)}) part`;
  const { rows } = await withoutNestedLoops(tx, () => digesting.execute(tx));
  return createHash('sha256').update(rows[0]!.whole).digest('hex');
}
