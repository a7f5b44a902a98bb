import type { ParamsOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { openCell as openCellEndpoint } from '@khuevan/core/contract/reports.ts';
import { openCell } from '#features/forms';
import type { Tx } from '#platform/database.ts';
import { formOf } from './figures.actions.ts';
import { findReport } from './report.actions.ts';

/** The records behind a cell as they are now: after a change they may differ from a frozen figure, and that shows. */
export async function openReportCell(
  tx: Tx,
  params: ParamsOf<typeof openCellEndpoint>,
  { page, pageSize }: QueryOf<typeof openCellEndpoint>,
): Promise<ResponseOf<typeof openCellEndpoint>> {
  const report = await findReport(tx, params.unitId, params.reportId);
  const scope = { schoolIds: [report.unit_id], schoolYear: report.school_year, asOf: report.as_of };
  const window = { limit: pageSize, offset: (page - 1) * pageSize };
  const opened = await openCell(tx, formOf(report), { row: params.row, column: params.column }, scope, window);
  const records = opened.records.map(({ id, schoolId, subject, detail }) => ({ id, schoolId, subject, detail }));
  return { total: opened.total, kind: opened.kind ?? '', records };
}
