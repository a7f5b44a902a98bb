import { listTasks } from '@khuevan/core/contract/units.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { listTasksOf } from './tasks.actions.ts';

export function serveTasks(parts: ServerParts): void {
  serve(parts, listTasks, ({ params, read }) => read(params.unitId, (reading) => listTasksOf(reading, params.unitId)));
}
