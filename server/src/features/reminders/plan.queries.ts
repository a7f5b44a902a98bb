import { sql } from 'kysely';
import { digest, type Digest } from '@khuevan/core/reports/notices.ts';
import type { Tx } from '#platform/database.ts';

export interface PlanRow {
  owner_id: string;
  days: number[] | null;
  version: number;
}

/** The plan of a period that applies to a unit. */
export async function selectPlan(tx: Tx, unitId: string, periodId: string): Promise<PlanRow | undefined> {
  const { rows } = await sql<PlanRow>`
    select p.owner_id, l.days, coalesce(l.version, 0) as version
    from period p left join reminder_plan l on l.period_id = p.id
    where p.id = ${periodId} and (p.owner_id = ${unitId} or exists (select 1 from units_over(${unitId}, p.as_of) a where a.unit_id = p.owner_id))`.execute(
    tx,
  );
  return rows[0];
}

/** False where somebody changed it since. */
export async function savePlan(
  tx: Tx,
  plan: { periodId: string; ownerId: string; days: number[]; version: number },
): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into reminder_plan as l (period_id, owner_id, days) values (${plan.periodId}, ${plan.ownerId}, ${plan.days})
    on conflict on constraint reminder_plan_pk do update set days = excluded.days, version = l.version + 1 where l.version = ${plan.version}
    returning l.version`.execute(tx);
  return rows.length === 1;
}

export type Rhythm = 'daily' | 'weekly' | 'off';

export async function selectRhythm(tx: Tx, unitId: string): Promise<Rhythm> {
  const row = await tx.selectFrom('digest_plan').select('rhythm').where('unit_id', '=', unitId).executeTakeFirst();
  return (row?.rhythm ?? 'weekly') as Rhythm;
}

export async function saveRhythm(tx: Tx, unitId: string, rhythm: Rhythm): Promise<void> {
  await tx
    .insertInto('digest_plan')
    .values({ unit_id: unitId, rhythm })
    .onConflict((conflict) => conflict.constraint('digest_plan_pk').doUpdateSet({ rhythm }))
    .execute();
}

/** Null where nothing concerns the unit. */
export async function selectDigest(tx: Tx, unitId: string, day: string): Promise<Digest | null> {
  const { rows } = await sql<{ figures: unknown }>`select digest_of(${unitId}, ${day}) as figures`.execute(tx);
  const figures = rows[0]?.figures;
  return figures ? digest.parse(figures) : null;
}
