import { listTasks } from '@khuevan/core/contract/units.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';

/** Work to do in the unit worked in; the home screen shows the same answer. */
export function useTasks() {
  const { unit } = useSession();
  return useRead(listTasks, { params: { unitId: unit.id } }, { staleTime: 30_000 });
}

export function useTaskCount(): number {
  return useTasks().data?.tasks.length ?? 0;
}
