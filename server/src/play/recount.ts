// Figures a second time: straight from the records, by statements that know neither forms nor reports.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { formsFolder } from '#features/forms';
import type { Stage } from './stage.ts';

/** The statement that lies beside a form. */
export const recountOf = ({ slug }: Pick<FormDefinition, 'slug'>): Promise<string> =>
  readFile(join(formsFolder, slug, '2018.recount.sql'), 'utf8');

/** The schools whose reports are in the totals of a form. */
export async function schoolsIn({ owner }: Stage, total: { periodId: string; formCode: string }): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    'select unit_id as id from counted_submission where period_id = $1 and form_code = $2',
    [total.periodId, total.formCode],
  );
  return rows.map(({ id }) => id);
}

/** Cells of the schools together. */
export async function recountBy(
  { owner, schoolYear }: Stage,
  recount: string,
  schoolIds: readonly string[],
): Promise<Cells> {
  const { rows } = await owner.query<{ cell: string; value: string }>(
    `select cell, sum(value) as value from (${recount}) of_each group by cell`,
    [schoolIds, schoolYear, `${schoolYear}-09-30`],
  );
  return Object.fromEntries(rows.map(({ cell, value }) => [cell, Number(value)]));
}

export function sumOf(reports: Iterable<Cells>): Cells {
  const sum: Cells = {};
  for (const cells of reports)
    for (const [cell, value] of Object.entries(cells)) sum[cell] = Number(((sum[cell] ?? 0) + value).toFixed(2));
  return sum;
}

/** A cell that counts nobody may be absent on one side. @throws Error with the first cell that differs. */
export function compareCells(stated: Cells, counted: Cells, what: string): number {
  const keys = new Set([...Object.keys(stated), ...Object.keys(counted)]);
  for (const key of keys)
    if ((stated[key] ?? 0) !== (counted[key] ?? 0))
      throw new Error(`cell ${key}: the total is ${stated[key]}, the ${what} ${counted[key]}`);
  return keys.size;
}
