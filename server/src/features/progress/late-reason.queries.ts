import { sql } from 'kysely';
import type { ReportState } from '@khuevan/core/reports/states.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';

export interface LateReasonRow {
  period_id: string;
  form_code: string;
  reason: string;
  expected_on: string | null;
  account_name: string;
  stated_at: Date;
  accepted_by_name: string | null;
}

const stated = [
  'period_id',
  'form_code',
  'reason',
  'expected_on',
  'account_name',
  'stated_at',
  'accepted_by_name',
] as const;

export async function selectLateReasons(
  tx: Tx,
  unitId: string,
  periodId: string | undefined,
): Promise<LateReasonRow[]> {
  return tx
    .selectFrom('late_reason')
    .select(stated)
    .where('unit_id', '=', unitId)
    .$if(periodId !== undefined, (query) => query.where('period_id', '=', periodId!))
    .orderBy('stated_at', 'desc')
    .limit(200)
    .execute();
}

export async function selectSending(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: { periodId: string; formCode: string },
): Promise<{ state: ReportState; last_sent_at: Date | null; due_on: string | null } | undefined> {
  const row = await tx
    .selectFrom('report')
    .select(['state', 'last_sent_at', 'due_on'])
    .where('unit_id', '=', unitId)
    .where('period_id', '=', periodId)
    .where('form_code', '=', formCode)
    .executeTakeFirst();
  return row && { ...row, state: row.state as ReportState };
}

/** The last word counts; what was said before is in the audit log. */
export async function saveLateReason(
  tx: Tx,
  unitId: string,
  said: { periodId: string; formCode: string; reason: string; expectedOn: string | null; accountName: string },
): Promise<LateReasonRow> {
  const latest = {
    reason: said.reason,
    expected_on: said.expectedOn,
    account_name: said.accountName,
    stated_at: now(),
    accepted_at: null,
    accepted_by_name: null,
  };
  return tx
    .insertInto('late_reason')
    .values({ unit_id: unitId, period_id: said.periodId, form_code: said.formCode, ...latest })
    .onConflict((conflict) => conflict.constraint('late_reason_pk').doUpdateSet(latest))
    .returning(stated)
    .executeTakeFirstOrThrow();
}

/** In one of these units. False where none of them stands above, or this reason does not stand. */
export async function acceptReason(
  tx: Tx,
  unitId: string,
  {
    periodId,
    formCode,
    reason,
    inUnits,
    accountName,
  }: { periodId: string; formCode: string; reason: string; inUnits: string[]; accountName: string },
): Promise<boolean> {
  const { rows } = await sql<{ accepted: boolean }>`
    select accept_late_reason(${unitId}, ${periodId}, ${formCode}, ${reason}, ${inUnits}, ${accountName}, ${now()}) as accepted`.execute(
    tx,
  );
  return rows[0]!.accepted;
}
