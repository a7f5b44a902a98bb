import { sql } from 'kysely';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { leastLikeUnits } from '@khuevan/core/checks/like-units.ts';
import type { Tx } from '#platform/database.ts';

export interface RatioRow {
  unit_id: string;
  ratio: string;
  value: number;
  median: number;
  spread: number;
  units: number;
  /** The first cell of each part that the unit belongs to, in the order of the form's likeness. */
  parts: string[];
  pool: 'reviewer' | 'province';
}

/** The ratios of the units in reach that have sent the form, each with the middle of those like it; one statement for all. */
export async function selectLikeUnitRatios(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
  { ratios = [], likeness = [] }: FormDefinition,
): Promise<RatioRow[]> {
  if (ratios.length === 0) return [];
  const asked = ratios.map(({ id, over, under, where }) => ({ id, over, under, where }));
  const { rows } = await sql<RatioRow>`
    select * from like_unit_ratios(${unitId}, ${periodId}, ${formCode}, ${JSON.stringify(asked)}, ${JSON.stringify(likeness)}, ${leastLikeUnits})`.execute(
    tx,
  );
  return rows;
}
