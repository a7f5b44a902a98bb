import { readAggregate, readBoard } from '@khuevan/core/contract/reviews.ts';
import { useRead, useRefresh } from '../../query.ts';
import { waitsFor } from './board.ts';

/** Reports of one form that wait for a unit's decision, in the order of the board. */
export function useQueue(unitId: string, periodId: string | undefined, formCode: string | undefined) {
  const board = useRead(
    readBoard,
    { params: { unitId }, query: { periodId: periodId ?? '', formCode: formCode ?? '' } },
    { enabled: periodId !== undefined && formCode !== undefined, refetchInterval: 30_000 },
  );
  return { board, queue: (board.data?.units ?? []).filter((unit) => waitsFor(unit, unitId)) };
}

/** After a decision: board, queue and totals are other than they were. */
export function useDecided(): () => Promise<void> {
  const refresh = useRefresh();
  return () => refresh(readBoard, readAggregate);
}
