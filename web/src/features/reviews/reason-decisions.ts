import { useState } from 'react';
import { decideReasons, listFindings } from '@khuevan/core/contract/checks.ts';
import { api } from '../../api.ts';
import { useRefresh } from '../../query.ts';
import { type Report, useReportAction, useReportChanged } from '../reports/index.ts';

/** Accepts or refuses reasons of the last submission. */
export function useReasonDecisions(report: Report) {
  const act = useReportAction();
  const changed = useReportChanged();
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const decide = async (findingKeys: string[], kind: 'accepted' | 'refused', note: string | null): Promise<boolean> => {
    setBusy(true);
    const done = await act(() =>
      api(decideReasons, {
        params: { unitId: report.unitId, reportId: report.id },
        body: { submissionNo: report.lastSubmissionNo, findingKeys, kind, note },
      }),
    );
    setBusy(false);
    if (!done) return false;
    await Promise.all([changed(), refresh(listFindings)]);
    return true;
  };
  return { decide, isBusy };
}
