import { sql } from 'kysely';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

export interface NewDecision {
  unitId: string;
  reportId: string;
  submissionId: string;
  kind: 'approved' | 'returned' | 'reopened';
  reason: string | null;
  dueOn: string | null;
  accountId: string;
  accountName: string;
  /** The unit in which the deciding person works. */
  decidedIn: string;
}

export async function insertDecision(tx: Tx, decision: NewDecision): Promise<void> {
  await tx
    .insertInto('decision')
    .values({
      unit_id: decision.unitId,
      id: newId(),
      report_id: decision.reportId,
      submission_id: decision.submissionId,
      kind: decision.kind,
      reason: decision.reason,
      due_on: decision.dueOn,
      decided_by: decision.accountId,
      decided_by_name: decision.accountName,
      decided_in: decision.decidedIn,
      decided_at: now(),
    })
    .execute();
}

/** Puts an approved submission into the totals above its school, in place of the one counted before; null takes it out. */
export async function countSubmission(
  tx: Tx,
  report: { unit_id: string; period_id: string; form_code: string },
  submissionId: string | null,
): Promise<void> {
  await sql`select count_submission(${report.unit_id}, ${report.period_id}, ${report.form_code}, ${submissionId}, ${now()})`.execute(
    tx,
  );
}

/** Units above one in the chain of a level on a day. */
export async function selectChain(tx: Tx, unitId: string, level: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ unit_id: string }>`
    select unit_id from units_above(${unitId}, ${level}, ${day}) where distance > 0 order by distance`.execute(tx);
  return rows.map((row) => row.unit_id);
}

export interface NewRemark {
  unitId: string;
  reportId: string;
  submissionId: string | null;
  authorId: string;
  authorName: string;
  authorUnitId: string;
  isWorkItem: boolean;
}

/** @returns the ids, in the order of the items */
export async function insertRemarks(
  tx: Tx,
  remark: NewRemark,
  items: Array<{ cell: string | null; text: string }>,
): Promise<string[]> {
  if (items.length === 0) return [];
  const rows = items.map((item) => ({
    unit_id: remark.unitId,
    id: newId(),
    report_id: remark.reportId,
    submission_id: remark.submissionId,
    cell: item.cell,
    text: item.text,
    is_work_item: remark.isWorkItem,
    author_id: remark.authorId,
    author_name: remark.authorName,
    author_unit_id: remark.authorUnitId,
    written_at: now(),
  }));
  await tx.insertInto('remark').values(rows).execute();
  return rows.map((row) => row.id);
}

/** False where somebody changed the remark since, or a later submission has settled it. */
export async function storeAnswer(
  tx: Tx,
  unitId: string,
  remarkId: string,
  version: number,
  answer: string,
  accountName: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('remark')
    .set({ answer, answered_by_name: accountName, answered_at: now(), version: version + 1 })
    .where('unit_id', '=', unitId)
    .where('id', '=', remarkId)
    .where('version', '=', version)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
