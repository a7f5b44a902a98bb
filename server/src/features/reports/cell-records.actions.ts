import type { ParamsOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { openCell as openCellEndpoint } from '@khuevan/core/contract/reports.ts';
import { openCell } from '#features/forms';
import type { Tx } from '#platform/database.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { formOf } from './figures.actions.ts';
import { findReport } from './report.actions.ts';

/**
 * The records behind a cell: as they are now, or with the number of a submission as they were when it was sent, and beside them how
 * many there are now.
 */
export async function openReportCell(
  tx: Tx,
  params: ParamsOf<typeof openCellEndpoint>,
  { page, pageSize, no }: QueryOf<typeof openCellEndpoint>,
): Promise<ResponseOf<typeof openCellEndpoint>> {
  const report = await findReport(tx, params.unitId, params.reportId);
  const scope = { schoolIds: [report.unit_id], schoolYear: report.school_year, asOf: report.as_of };
  const window = { limit: pageSize, offset: (page - 1) * pageSize };
  if (no !== undefined && no > report.last_submission_no) throw new ProblemError('not_found');
  const sent = no === undefined ? undefined : { unitId: report.unit_id, reportId: report.id, no };
  const opened = await openCell(tx, formOf(report), { row: params.row, column: params.column }, scope, window, sent);
  const records = opened.records.map(({ id, schoolId, subject, detail }) => ({ id, schoolId, subject, detail }));
  return { total: opened.total, totalNow: opened.totalNow, kind: opened.kind ?? '', records };
}
