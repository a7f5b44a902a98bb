import { useQueryClient } from '@tanstack/react-query';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { readForm } from '@khuevan/core/contract/periods.ts';
import { checkReport, listReports, readReport, readSubmission } from '@khuevan/core/contract/reports.ts';
import { readBoard } from '@khuevan/core/contract/reviews.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { ProblemError } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { keyOf, useRead, useRefresh } from '../../query.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { notify } from '../../ui/notices.ts';

export type Report = ResponseOf<typeof readReport>;
export type Submission = ResponseOf<typeof readSubmission>;
export type Checks = ResponseOf<typeof checkReport>;

export function useReport(unitId: string, reportId: string) {
  return useRead(readReport, { params: { unitId, reportId } });
}

/** A form never changes under its version. */
export function useForm(slug: string | undefined, version: string | undefined) {
  const query = useRead(
    readForm,
    { params: { slug: slug ?? '', version: version ?? '' } },
    { staleTime: Infinity, enabled: slug !== undefined && version !== undefined },
  );
  // The server checked the file against the definition when it read it.
  const { error, fetchStatus, refetch } = query;
  return { data: query.data as unknown as FormDefinition | undefined, error, fetchStatus, refetch };
}

export function useChecks(report: Pick<Report, 'unitId' | 'id'>, isEnabled: boolean) {
  return useRead(checkReport, { params: { unitId: report.unitId, reportId: report.id } }, { enabled: isEnabled });
}

/** A submission is frozen, its decision is not: it is asked for again when the report is. */
export function useSubmission(report: Pick<Report, 'unitId' | 'id'>, no: number) {
  return useRead(
    readSubmission,
    { params: { unitId: report.unitId, reportId: report.id, no } },
    { enabled: no > 0, staleTime: 5 * 60_000 },
  );
}

/** Puts the newest answer about a report in place and asks again for what follows from it. */
export function useReportChanged(): (report?: Report) => Promise<void> {
  const client = useQueryClient();
  const refresh = useRefresh();
  return async (report) => {
    if (report)
      client.setQueryData(keyOf(readReport, { params: { unitId: report.unitId, reportId: report.id } }), report);
    else await refresh(readReport);
    await refresh(listReports, checkReport, readSubmission, listTasks, readBoard);
  };
}

/** The report moved on under the reader's hands: what is on the screen is old. */
const moved = new Set(['wrong_state', 'stale_record']);

/** Runs a change of a report. Undefined where it failed: the reader has been told, and an old screen is loaded again. */
export function useReportAction(): <T>(run: () => Promise<T>) => Promise<T | undefined> {
  const changed = useReportChanged();
  const notifyProblem = useNotifyProblem();
  const t = useText(reportsText);
  return async (run) => {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof ProblemError ? error.code : null;
      if (code !== null && moved.has(code)) notify(t.moved, { tone: 'bad' });
      else notifyProblem(error);
      if (code === 'records_changed' || code === 'report_blocked' || (code !== null && moved.has(code)))
        await changed();
      return undefined;
    }
  };
}
