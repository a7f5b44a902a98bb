import { sql } from 'kysely';
import { leastLikeUnits, type Median } from '@khuevan/core/checks/like-units.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import type { Tx } from '#platform/database.ts';

interface MedianRow extends Median {
  unit_id: string;
  ratio: string;
}

export interface RatioRow extends MedianRow {
  value: number;
  /** As partsOf tells them. */
  parts: string;
}

/** What the database is to divide, and by what it is to tell who is alike. */
const asked = ({ ratios = [], likeness = [] }: FormDefinition) => {
  const divided = ratios.map(({ id, over, under, where }) => ({ id, over, under, where }));
  return sql`${JSON.stringify(divided)}, ${JSON.stringify(likeness)}, ${leastLikeUnits}`;
};

/** The ratios of the units in reach that have sent the form, each with the median of those like it; one statement for all. */
export async function selectLikeUnitRatios(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
  form: FormDefinition,
): Promise<RatioRow[]> {
  if (!form.ratios?.length) return [];
  const { rows } = await sql<RatioRow>`
    select * from like_unit_ratios(${unitId}, ${periodId}, ${formCode}, ${asked(form)})`.execute(tx);
  return rows;
}

/** The medians of this morning that drafts are held against, by unit and ratio. @param parts of each unit, as partsOf tells them */
export async function selectLikeUnitMedians(
  tx: Tx,
  { periodId, formCode }: { periodId: string; formCode: string },
  parts: ReadonlyMap<string, string>,
): Promise<Map<string, Map<string, Median>>> {
  const { rows } = await sql<MedianRow>`
    select * from like_unit_medians_of(${[...parts.keys()]}, ${[...parts.values()]}, ${periodId}, ${formCode})`.execute(
    tx,
  );
  const byUnit = Map.groupBy(rows, (row) => row.unit_id);
  return new Map([...byUnit].map(([unitId, group]) => [unitId, new Map(group.map((row) => [row.ratio, row]))]));
}

/** The forms of periods that run, or have closed within a month: late openings are sent after the closing. */
export async function selectRunningForms(tx: Tx, day: string) {
  return tx
    .selectFrom('period as p')
    .innerJoin('period_form as f', 'f.period_id', 'p.id')
    .select(['f.period_id', 'f.form_code', 'f.form_version'])
    .where('f.replaced_by', 'is', null)
    .where('p.opens_on', '<=', day)
    .where(sql<boolean>`p.closes_on + 30 >= ${day}::date`)
    .execute();
}

/** Once a day. @returns how many medians were drawn */
export async function drawLikeUnits(
  tx: Tx,
  day: string,
  { period_id: periodId, form_code: formCode }: { period_id: string; form_code: string },
  form: FormDefinition,
): Promise<number> {
  const { rows } = await sql<{ drawn: number }>`
    select draw_like_units(${day}, ${periodId}, ${formCode}, ${asked(form)}) as drawn`.execute(tx);
  return rows[0]!.drawn;
}
