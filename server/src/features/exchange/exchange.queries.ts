import { sql } from 'kysely';
import type { Db } from '#platform/database.ts';

/** @throws when the database does not answer. */
export async function isReachable(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}

export interface FoundPrint {
  unit_name: string;
  form_code: string;
  period_name: string;
  no: number;
  sent_at: Date;
  hash: string;
  state: 'same' | 'superseded' | 'returned';
}

export async function findPrint(db: Db, code: string): Promise<FoundPrint | undefined> {
  const { rows } = await sql<FoundPrint>`select * from check_print(${code})`.execute(db);
  return rows[0];
}
