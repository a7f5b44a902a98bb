// What reviewers said of the reasons of a report.
import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';

export interface ReasonDecisionRow {
  finding_key: string;
  /** The reason that was looked at. */
  reason: string;
  kind: 'accepted' | 'refused';
  note: string | null;
  decided_by_name: string;
  decided_at: Date;
  submission_no: number;
}

/** The newest on each reason. */
export async function selectReasonDecisions(tx: Tx, unitId: string, reportId: string): Promise<ReasonDecisionRow[]> {
  const { rows } = await sql<ReasonDecisionRow>`
    select distinct on (d.finding_key, d.reason) d.finding_key, d.reason, d.kind, d.note, d.decided_by_name, d.decided_at, s.no as submission_no
    from explanation_decision d join submission s on s.unit_id = d.unit_id and s.id = d.submission_id
    where d.unit_id = ${unitId} and d.report_id = ${reportId}
    order by d.finding_key, d.reason, d.decided_at desc, d.id desc`.execute(tx);
  return rows;
}
