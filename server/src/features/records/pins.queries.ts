import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { Shape } from './record-shape.ts';

/** The encrypted number of a record's person; undefined where there is no such record, null where there is no number. */
export async function readPinCipher(
  tx: Tx,
  { year, person }: Shape,
  schoolId: string,
  id: string,
): Promise<Buffer | null | undefined> {
  const { rows } = await sql<{ pin_cipher: Buffer | null }>`
    select p.pin_cipher from ${sql.table(year.table)} y join ${sql.table(person!.table)} p on p.school_id = y.school_id and p.id = ${sql.ref(`y.${person!.column}`)}
    where y.school_id = ${schoolId} and y.id = ${id}`.execute(tx);
  return rows[0]?.pin_cipher;
}
