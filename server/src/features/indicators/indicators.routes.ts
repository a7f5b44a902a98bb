import * as contract from '@khuevan/core/contract/indicators.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { compare, workOutLibrary } from './comparison.actions.ts';
import { writeComparison, writeLibrary } from './indicator-tables.ts';
import { describeIndicator, describeIndicators } from './indicators.actions.ts';

export function serveIndicators(parts: ServerParts): void {
  serve(parts, contract.listIndicators, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => describeIndicators(tx, params.unitId, query.schoolYear)),
  );
  serve(parts, contract.readIndicator, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => describeIndicator(tx, params.unitId, params.slug, query)),
  );
  serve(parts, contract.compareUnits, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => {
      const { tiers, units } = await compare(tx, params.unitId, params.slug, query);
      return { tiers, units };
    }),
  );
  serve(parts, contract.exportComparison, async ({ params, query, read }) =>
    writeComparison(await read(params.unitId, ({ tx }) => compare(tx, params.unitId, params.slug, query)), query),
  );
  serve(parts, contract.exportLibrary, async ({ params, query, read }) =>
    writeLibrary(
      await read(params.unitId, ({ tx }) => workOutLibrary(tx, params.unitId, query.schoolYear)),
      query.schoolYear,
    ),
  );
}
