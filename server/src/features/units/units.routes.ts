import { ProblemError } from '@khuevan/core/problems.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import { listUnits, readUnit } from '@khuevan/core/contract/units.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { selectUnit, selectUnitsAbove, selectUnitsBelow } from './units.queries.ts';

interface UnitRow {
  id: string;
  kind: string;
  code: string;
  name: string;
  level_group: string | null;
  levels: string[];
  main_level: string | null;
  province_code: string | null;
}

const faceOf = (row: UnitRow) => ({
  id: row.id,
  kind: row.kind as UnitKind,
  code: row.code,
  name: row.name,
  levelGroup: row.level_group,
  levels: row.levels,
  mainLevel: row.main_level,
  provinceCode: row.province_code,
});

export function serveUnits(parts: ServerParts): void {
  serve(parts, readUnit, ({ params, read }) =>
    read(params.unitId, async ({ tx }) => {
      const unit = await selectUnit(tx, params.unitId);
      if (!unit) throw new ProblemError('not_found');
      return { ...faceOf(unit), above: (await selectUnitsAbove(tx, params.unitId)).map(faceOf) };
    }),
  );
  serve(parts, listUnits, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => {
      const rows = await selectUnitsBelow(tx, params.unitId, query, query.pageSize, (query.page - 1) * query.pageSize);
      return {
        total: rows[0]?.total ?? 0,
        units: rows.map((row) => ({ ...faceOf(row), parentId: row.parent_id, parentName: row.parent_name })),
      };
    }),
  );
}
