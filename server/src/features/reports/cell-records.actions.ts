import type { ParamsOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { openCell as openCellEndpoint } from '@khuevan/core/contract/reports.ts';
import { cellKey } from '@khuevan/core/forms/definition.ts';
import { formOf, openCell } from '#features/forms';
import type { Tx } from '#platform/database.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { findReport } from './report.actions.ts';
import type { ReportRow } from './report.queries.ts';
import { selectKeptFrom } from './submission.queries.ts';
import { addedSince, askedCells, asksForMore } from './supplement.ts';

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
  const scope = {
    schoolIds: [report.unit_id],
    schoolYear: report.school_year,
    asOf: report.as_of,
    countsFrom: report.counts_from,
  };
  const window = { limit: pageSize, offset: (page - 1) * pageSize };
  if (no !== undefined && no > report.last_submission_no) throw new ProblemError('not_found');
  const counted = await findCounted(tx, report, cellKey(params.row, params.column), no);
  const sent = counted === undefined ? undefined : { unitId: report.unit_id, reportId: report.id, no: counted };
  const opened = await openCell(tx, formOf(report), { row: params.row, column: params.column }, scope, window, sent);
  const records = opened.records.map(({ id, schoolId, subject, detail }) => ({ id, schoolId, subject, detail }));
  return { total: opened.total, totalNow: opened.totalNow, kind: opened.kind ?? '', records };
}

/** The submission for which a cell was counted: a supplement kept the cells that it was not asked for. */
async function findCounted(
  tx: Tx,
  report: ReportRow,
  cell: string,
  no: number | undefined,
): Promise<number | undefined> {
  const keeps = report.unit_kind === 'school' && asksForMore(report);
  if (no === undefined)
    return keeps && !askedCells(report).has(cell) ? findCounted(tx, report, cell, report.last_submission_no) : no;
  const submissions = await selectKeptFrom(tx, report.unit_id, report.id);
  let counted = no;
  for (;;) {
    const { form_version: version, kept_from: from } = submissions.get(counted)!;
    if (from === null) return counted;
    const before = { form_code: report.form_code, form_version: submissions.get(from)!.form_version };
    if (addedSince(before, { form_code: report.form_code, form_version: version }).has(cell)) return counted;
    counted = from;
  }
}
