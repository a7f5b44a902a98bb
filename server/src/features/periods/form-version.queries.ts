import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';

export interface ReportsConcerned {
  /** Sent: they are asked for the new cells. */
  asked: number;
  /** Being prepared: they are fetched anew. */
  restarted: number;
}

export async function countReportsOfForm(tx: Tx, periodId: string, formCode: string): Promise<ReportsConcerned> {
  const { rows } = await sql<ReportsConcerned>`
    select count(*) filter (where r.state in ('submitted', 'approved', 'supplement'))::integer as asked,
      count(*) filter (where r.state in ('draft', 'returned'))::integer as restarted
    from report r where r.period_id = ${periodId} and r.form_code = ${formCode}`.execute(tx);
  return rows[0]!;
}

export interface NewFormVersion {
  periodId: string;
  formCode: string;
  version: string;
  added: string[];
  dueOn: string;
  reason: string;
  accountName: string;
  at: Date;
}

/** Changes every report of the form in one statement. */
export async function storeFormVersion(tx: Tx, next: NewFormVersion): Promise<ReportsConcerned> {
  const { rows } = await sql<ReportsConcerned>`
    select asked, restarted from publish_form_version(${next.periodId}, ${next.formCode}, ${next.version}, ${next.added}::text[], ${next.dueOn}::date,
      ${next.reason}, ${next.accountName}, ${next.at}::timestamptz)`.execute(tx);
  return rows[0]!;
}
