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
}

export async function selectLateReasons(
  tx: Tx,
  unitId: string,
  periodId: string | undefined,
): Promise<LateReasonRow[]> {
  return tx
    .selectFrom('late_reason')
    .select(['period_id', 'form_code', 'reason', 'expected_on', 'account_name', 'stated_at'])
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
  const stated = {
    reason: said.reason,
    expected_on: said.expectedOn,
    account_name: said.accountName,
    stated_at: now(),
  };
  return tx
    .insertInto('late_reason')
    .values({ unit_id: unitId, period_id: said.periodId, form_code: said.formCode, ...stated })
    .onConflict((conflict) => conflict.constraint('late_reason_pk').doUpdateSet(stated))
    .returning(['period_id', 'form_code', 'reason', 'expected_on', 'account_name', 'stated_at'])
    .executeTakeFirstOrThrow();
}
