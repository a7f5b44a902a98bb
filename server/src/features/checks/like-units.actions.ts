// Drafts are held against like units by medians that are drawn once a morning (docs/decisions/0022).
import { findOutliers, partsOf } from '@khuevan/core/checks/like-units.ts';
import type { Finding } from '@khuevan/core/findings.ts';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { findForm } from '#features/forms';
import { today } from '#platform/clock.ts';
import type { Database, Tx } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { drawLikeUnits, selectLikeUnitMedians, selectRunningForms } from './like-units.queries.ts';

/** Where schools differ much from those like them, by school. @param form with the settings in force */
export async function findUnlikeSchools(
  tx: Tx,
  form: FormDefinition,
  asked: { periodId: string; formCode: string },
  schools: ReadonlyArray<{ unitId: string; cells: Cells }>,
): Promise<Map<string, Finding[]>> {
  if (!form.ratios?.length || schools.length === 0) return new Map();
  const parts = new Map(schools.map(({ unitId, cells }) => [unitId, partsOf(form, cells)]));
  const medians = await selectLikeUnitMedians(tx, asked, parts);
  return new Map(
    schools.map(({ unitId, cells }) => [unitId, findOutliers(form, cells, medians.get(unitId) ?? new Map())]),
  );
}

export interface CheckParts {
  database: Database;
  log: Log;
}

/** Once a day, one transaction a form: units that send are not kept waiting. */
export async function drawMedians({ database, log }: CheckParts): Promise<void> {
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction().execute(work);
  let drawn = 0;
  const day = today();
  for (const asked of await within((tx) => selectRunningForms(tx, day))) {
    const form = findForm(asked.form_code, asked.form_version);
    if (form.ratios?.length) drawn += await within((tx) => drawLikeUnits(tx, day, asked, form));
  }
  if (drawn > 0) log.info({ drawn }, 'medians of like units drawn');
}
