import {
  changePeriod,
  listPeriods,
  openPeriod,
  previewFormVersion,
  publishFormVersion,
  setLocalDeadlines,
} from '@khuevan/core/contract/periods.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { changeDates, changeLocalDeadlines, listPeriodsOf, openNewPeriod } from './periods.actions.ts';
import { previewVersion, publishVersion } from './form-version.actions.ts';
import { selectUnit } from './periods.queries.ts';

export function servePeriods(parts: ServerParts): void {
  serve(parts, listPeriods, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => {
      const unit = await selectUnit(tx, params.unitId);
      if (!unit) throw new ProblemError('not_found');
      return {
        periods: await listPeriodsOf(tx, params.unitId, unit.kind === 'school' ? unit.levels : null, query.schoolYear),
      };
    }),
  );
  serve(parts, openPeriod, ({ params, body, write }) =>
    write(params.unitId, 'period.opened', (writing) => openNewPeriod(writing, params.unitId, body)),
  );
  serve(parts, changePeriod, ({ params, body, write }) =>
    write(params.unitId, 'period.changed', (writing) => changeDates(writing, params.unitId, params.periodId, body)),
  );
  serve(parts, setLocalDeadlines, ({ params, body, write }) =>
    write(params.unitId, 'period.deadlines-set', (writing) =>
      changeLocalDeadlines(writing, params.unitId, params.periodId, body),
    ),
  );
  serve(parts, previewFormVersion, ({ params, read }) => read(params.unitId, ({ tx }) => previewVersion(tx, params)));
  serve(parts, publishFormVersion, ({ params, body, write }) =>
    write(params.unitId, 'period.form-changed', (writing) => publishVersion(writing, params, body)),
  );
}
