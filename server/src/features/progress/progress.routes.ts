import * as contract from '@khuevan/core/contract/progress.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { listReasons, stateReason, takeReason } from './late-reason.actions.ts';
import { drawProgress, listUnitsInProgress } from './progress.actions.ts';
import { writeProgressFile } from './progress-file.ts';

export function serveProgress(parts: ServerParts): void {
  serve(parts, contract.readProgress, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => {
      const { period: _period, ...progress } = await drawProgress(tx, params.unitId, query);
      return progress;
    }),
  );
  serve(parts, contract.listProgressUnits, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => listUnitsInProgress(tx, params.unitId, query)),
  );
  serve(parts, contract.exportProgress, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) =>
      writeProgressFile(
        await drawProgress(tx, params.unitId, query),
        await listUnitsInProgress(tx, params.unitId, query),
        query.formCode,
      ),
    ),
  );
  serve(parts, contract.listLateReasons, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => ({ reasons: await listReasons(tx, params.unitId, query.periodId) })),
  );
  serve(parts, contract.stateLateReason, ({ params, body, write }) =>
    write(params.unitId, 'late-reason.stated', (writing) => stateReason(writing, params.unitId, body)),
  );
  serve(parts, contract.acceptLateReason, ({ params, body, write }) =>
    write(params.unitId, 'late-reason.accepted', (writing) => takeReason(writing, params.unitId, body)),
  );
}
