import { listChecks, setCheck } from '@khuevan/core/contract/checks.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { describeChecksOf, setOneCheck } from './settings.actions.ts';

export function serveChecks(parts: ServerParts): void {
  serve(parts, listChecks, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => describeChecksOf(tx, params.unitId, query)),
  );
  serve(parts, setCheck, ({ params, body, write }) =>
    write(params.unitId, 'check.set', (writing) => setOneCheck(writing, params.unitId, body)),
  );
}
