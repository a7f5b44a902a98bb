import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listTasks } from '@khuevan/core/contract/units.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { collections, paths } from '../../paths.ts';

type Task = ResponseOf<typeof listTasks>['tasks'][number];

/** The exact place where a piece of work is done. */
export function addressOfTask(unitId: string, task: Task): string {
  const kind = (task.recordKind ?? 'student') as RecordKindName;
  const form = { period: task.periodId ?? undefined, form: task.formCode ?? undefined };
  switch (task.kind) {
    case 'report-returned':
      return task.reportId ? paths.report(unitId, task.reportId, { step: 'work' }) : paths.reports(unitId);
    case 'report-due':
      return task.reportId ? paths.report(unitId, task.reportId) : paths.reports(unitId);
    case 'report-blocked':
      return task.reportId ? paths.report(unitId, task.reportId, { step: 'data' }) : paths.reports(unitId);
    case 'report-to-review':
      return paths.reviews(unitId, form);
    case 'records-with-errors':
      return kind === 'profile'
        ? paths.profile(unitId)
        : paths.records(unitId, collections[kind], { withFindings: true });
    case 'records-without-pin':
      return paths.records(unitId, collections[kind], { filter: { pin: null } });
    case 'period-to-open':
      return paths.periods(unitId);
    case 'collection-due':
    case 'collection-returned':
      return task.collectionId ? paths.collectionAnswer(unitId, task.collectionId) : paths.collections(unitId);
    case 'import-ready':
      return task.importId ? paths.import(unitId, task.importId) : paths.imports(unitId);
  }
}
