import { sql } from 'kysely';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';

export interface Told {
  kind: 'returned' | 'reopened' | 'extended' | 'refused';
  /** The unit above that decided. */
  fromUnitId: string;
  dueOn: string | null;
  /** Of one kind a report is told once of this: a submission, a day. */
  once: string | number;
}

/** Tells a unit what was decided on its report. What was said stays in the report: letters leave the system. */
export async function tellUnit(
  tx: Tx,
  { unit_id: unitId, id }: { unit_id: string; id: string },
  { kind, fromUnitId, dueOn, once }: Told,
): Promise<void> {
  await sql`
    insert into notice (unit_id, id, kind, audience, once_key, period_id, content, created_at)
    select r.unit_id, gen_random_uuid(), ${kind}::text, 'everybody', concat_ws(':', ${kind}::text, r.id, ${String(once)}::text), r.period_id,
      jsonb_build_object('periodName', p.name, 'formCode', r.form_code, 'reportId', r.id, 'fromUnit', o.name, 'dueOn', ${dueOn}::date), ${now()}
    from report r join period p on p.id = r.period_id join unit o on o.id = ${fromUnitId}
    where r.unit_id = ${unitId} and r.id = ${id}
    on conflict on constraint notice_once do nothing`.execute(tx);
}
