import * as contract from '@khuevan/core/contract/commendations.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { changeRule, explainScore, listUnitsByScore } from './commendations.actions.ts';
import { writeCommendationsFile } from './commendations-file.ts';

export function serveCommendations(parts: ServerParts): void {
  serve(parts, contract.listCommendations, ({ params, read }) =>
    read(params.unitId, async (reading) => {
      const { inForce, units } = await listUnitsByScore(reading, params.schoolYear);
      return { inForce, units };
    }),
  );
  serve(parts, contract.exportCommendations, ({ params, read }) =>
    read(params.unitId, async (reading) =>
      writeCommendationsFile(await listUnitsByScore(reading, params.schoolYear), params.schoolYear),
    ),
  );
  serve(parts, contract.readCommendation, ({ params, read }) =>
    read(params.unitId, (reading) => explainScore(reading, params.schoolYear)),
  );
  serve(parts, contract.changeCommendationRule, ({ params, body, write }) =>
    write(params.unitId, 'commendation-rule.changed', (writing) => changeRule(writing, params.schoolYear, body)),
  );
}
