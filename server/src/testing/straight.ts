// SQL as the application's role inside the scope of a person of the cast: for attempts to cheat behind the API's back.
import { CompiledQuery } from 'kysely';
import type { TestDatabase } from '#platform/testing.ts';
import { idOf, units, type PersonName, type UnitName } from './cast.ts';

export interface Straight {
  rows: Array<Record<string, unknown>>;
  /** Rows written. */
  written: number;
}

export async function straight(
  db: TestDatabase,
  person: PersonName,
  unit: UnitName,
  text: string,
  values: unknown[] = [],
): Promise<Straight> {
  const actor = { accountId: idOf(person), name: person };
  return db.database.write(actor, units[unit].id, 'reports.read', 'straight', async ({ tx }) => {
    const { rows, numAffectedRows } = await tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
    return { rows, written: Number(numAffectedRows ?? 0) };
  });
}
