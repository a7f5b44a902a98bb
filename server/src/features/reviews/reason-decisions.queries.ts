import { sql } from 'kysely';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

export interface SentReason {
  findingKey: string;
  reason: string;
}

export async function selectSentReasons(tx: Tx, unitId: string, submissionId: string): Promise<SentReason[]> {
  const { rows } = await sql<SentReason>`
    select e.value ->> 'findingKey' as "findingKey", e.value ->> 'reason' as reason
    from submission s cross join lateral jsonb_array_elements(s.explanations) e
    where s.unit_id = ${unitId} and s.id = ${submissionId}`.execute(tx);
  return rows;
}

export interface NewReasonDecision {
  unitId: string;
  reportId: string;
  submissionId: string;
  kind: 'accepted' | 'refused';
  note: string | null;
  decidedBy: string;
  decidedByName: string;
  /** The unit in which the deciding person works. */
  decidedIn: string;
}

export async function insertReasonDecisions(
  tx: Tx,
  reasons: readonly SentReason[],
  decision: NewReasonDecision,
): Promise<void> {
  const rows = reasons.map(({ findingKey, reason }) => ({
    unit_id: decision.unitId,
    id: newId(),
    report_id: decision.reportId,
    submission_id: decision.submissionId,
    finding_key: findingKey,
    reason,
    kind: decision.kind,
    note: decision.note,
    decided_by: decision.decidedBy,
    decided_by_name: decision.decidedByName,
    decided_in: decision.decidedIn,
    decided_at: now(),
  }));
  await tx.insertInto('explanation_decision').values(rows).execute();
}

/** Reasons of a submission that stand refused. */
export async function countRefusedReasons(
  tx: Tx,
  unitId: string,
  reportId: string,
  submissionId: string,
): Promise<number> {
  const { rows } = await sql<{ refused: number }>`
    select count(*)::integer as refused
    from submission s cross join lateral jsonb_array_elements(s.explanations) e
    cross join lateral (
      select d.kind from explanation_decision d
      where d.unit_id = s.unit_id and d.report_id = ${reportId} and d.finding_key = e.value ->> 'findingKey' and d.reason = e.value ->> 'reason'
      order by d.decided_at desc, d.id desc limit 1
    ) last
    where s.unit_id = ${unitId} and s.id = ${submissionId} and last.kind = 'refused'`.execute(tx);
  return rows[0]?.refused ?? 0;
}
