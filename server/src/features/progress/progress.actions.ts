import type { QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listProgressUnits, readProgress } from '@khuevan/core/contract/progress.ts';
import { level, levelGroup } from '@khuevan/core/codes/levels.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { expectFinish, paceDays } from '@khuevan/core/reports/finish.ts';
import { addDays, daysBetween } from '@khuevan/core/vietnam/dates.ts';
import { now, today } from '#platform/clock.ts';
import { type Tx, withFreshPlan } from '#platform/database.ts';
import { type AskedPeriodRow, selectAskedPeriod, selectProgress, selectProgressUnits } from './progress.queries.ts';

export type Progress = ResponseOf<typeof readProgress>;
export type ProgressUnits = ResponseOf<typeof listProgressUnits>;

/** Every list is bounded. */
const mostUnits = 2000;

/** @throws ProblemError not_found where the period does not concern the unit. */
export async function findAskedPeriod(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: { periodId: string; formCode?: string | undefined },
): Promise<AskedPeriodRow> {
  const period = await selectAskedPeriod(tx, unitId, periodId, formCode);
  if (!period || period.unit_kind === 'school') throw new ProblemError('not_found');
  return period;
}

export async function drawProgress(
  tx: Tx,
  unitId: string,
  query: QueryOf<typeof readProgress>,
): Promise<Progress & { period: AskedPeriodRow }> {
  const period = await findAskedPeriod(tx, unitId, query);
  const day = today();
  const asked = {
    periodId: query.periodId,
    ...(query.formCode !== undefined && { formCode: query.formCode }),
    day,
    paceFrom: addDays(day, -paceDays),
  };
  const row = await withFreshPlan(tx, () => selectProgress(tx, unitId, asked));
  const daysOpen = daysBetween(period.opens_on, day) + 1;
  const paceOf = (done: number, recent: number): Progress['sending'] => {
    const pace = { remaining: row.total.asked - done, recent };
    return { ...pace, finish: expectFinish(day, { ...pace, daysOpen }) };
  };
  return {
    at: now().toISOString(),
    withSchools: period.unit_kind !== 'ministry',
    total: row.total,
    areas: row.areas,
    levels: row.levels.map((each) => ({
      ...each,
      name: each.key === '*' ? 'Mọi cấp học' : nameOf(level.entries, each.key),
    })),
    kinds: row.kinds.map((each) => ({
      ...each,
      key: `${each.unitKind} ${each.levelGroup ?? ''}`,
      name: each.levelGroup === null ? '' : nameOf(levelGroup.entries, each.levelGroup),
    })),
    holders: row.holders,
    sending: paceOf(row.total.submitted + row.total.approved, row.sentRecently),
    approving: paceOf(row.total.approved, row.approvedRecently),
    period,
  };
}

const nameOf = (entries: readonly { code: string; vi: string }[], code: string): string =>
  entries.find((entry) => entry.code === code)?.vi ?? code;

export async function listUnitsInProgress(
  tx: Tx,
  unitId: string,
  query: QueryOf<typeof listProgressUnits>,
): Promise<ProgressUnits> {
  const period = await findAskedPeriod(tx, unitId, query);
  const which = { ...query, day: today(), officesOnly: period.unit_kind === 'ministry', most: mostUnits };
  const rows = await withFreshPlan(tx, () => selectProgressUnits(tx, unitId, which));
  return {
    total: rows[0]?.total ?? 0,
    units: rows.map((row) => ({
      unitId: row.unit_id,
      unitName: row.unit_name,
      unitKind: row.unit_kind,
      code: row.code,
      parentName: row.parent_name,
      areaId: row.area_id,
      asked: row.asked,
      sent: row.sent,
      approved: row.approved,
      daysLate: row.days_late,
      dueOn: row.due_on,
      open: row.open,
      reasons: row.reasons,
      nudgedAt: row.nudged_at?.toISOString() ?? null,
    })),
  };
}
