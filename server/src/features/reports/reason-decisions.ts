// A decision stands for the reason it was made on: said otherwise, the reason is looked at anew.
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { readSubmission } from '@khuevan/core/contract/reports.ts';
import type { ReasonDecisionRow } from './reason-decisions.queries.ts';

export type ReasonDecision = NonNullable<ResponseOf<typeof readSubmission>['explanations'][number]['decision']>;

export function describeReasonDecision(row: ReasonDecisionRow): ReasonDecision {
  return {
    kind: row.kind,
    note: row.note,
    decidedByName: row.decided_by_name,
    decidedAt: new Date(row.decided_at).toISOString(),
    submissionNo: row.submission_no,
  };
}

/** The way from a warning and its reason to what was decided on it. */
export function decisionsBy(
  rows: readonly ReasonDecisionRow[],
): (findingKey: string, reason: string) => ReasonDecision | null {
  const keyOf = (findingKey: string, reason: string) => JSON.stringify([findingKey, reason]);
  const known = new Map(rows.map((row) => [keyOf(row.finding_key, row.reason), describeReasonDecision(row)]));
  return (findingKey, reason) => known.get(keyOf(findingKey, reason)) ?? null;
}
