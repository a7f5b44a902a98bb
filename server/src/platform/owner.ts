// What commands do as the owner of the database: in one transaction, and written to the audit chain like anything else.
import type pg from 'pg';
import { now } from './clock.ts';
import { newId } from './ids.ts';

/** All of the work or none of it. */
export async function inOneTransaction<T>(owner: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await owner.query('begin');
  try {
    const result = await work();
    await owner.query('commit');
    return result;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

/** No account stands behind a command: whoever may run it has the machine. */
export async function appendCommandAudit(
  owner: pg.ClientBase,
  unitId: string,
  action: string,
  subject: { kind: string; id: string } | null,
  detail: Record<string, unknown>,
): Promise<void> {
  await owner.query(`select append_audit($1, $2, $3, null, 'npm run khuevan', $4, $5, $6, $7)`, [
    unitId,
    newId(),
    now(),
    action,
    subject?.kind ?? null,
    subject?.id ?? null,
    JSON.stringify(detail),
  ]);
}
