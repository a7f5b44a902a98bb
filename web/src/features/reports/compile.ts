import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { compileReport } from '@khuevan/core/contract/reports.ts';
import { api } from '../../api.ts';
import type { Blocked } from './missing-list.tsx';
import { type Report, useReportAction, useReportChanged } from './report-data.ts';

const keyOf = (report: Pick<Report, 'id'>) => ['report.missing', report.id];

/** Fetching the data: under way or not, and what was missing the last time, as long as the tab is open: people go away to correct it and come back. */
export function useCompile(report: Pick<Report, 'unitId' | 'id'>) {
  const client = useQueryClient();
  const act = useReportAction();
  const changed = useReportChanged();
  const [isRunning, setRunning] = useState(false);
  const { data: blocked } = useQuery<Blocked | null>({
    queryKey: keyOf(report),
    queryFn: () => null,
    enabled: false,
    initialData: null,
    gcTime: Infinity,
  });
  const compile = async (): Promise<boolean> => {
    setRunning(true);
    const answer = await act(() => api(compileReport, { params: { unitId: report.unitId, reportId: report.id } }));
    setRunning(false);
    if (!answer) return false;
    client.setQueryData(
      keyOf(report),
      answer.blocked ? { missingTotal: answer.missingTotal, missing: answer.missing, at: Date.now() } : null,
    );
    await changed(answer.report ?? undefined);
    return !answer.blocked;
  };
  return { compile, isRunning, blocked };
}
