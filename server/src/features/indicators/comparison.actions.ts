// One indicator of many units, and every indicator of every unit.
import type { QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { compareUnits } from '@khuevan/core/contract/indicators.ts';
import type { IndicatorDefinition } from '@khuevan/core/indicators/definition.ts';
import { type Figure, workOut } from '@khuevan/core/indicators/figure.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Tx } from '#platform/database.ts';
import { today } from '#platform/clock.ts';
import { gather, mainForm, usualDay } from './gathered.actions.ts';
import { concerns, workOutAll } from './indicators.actions.ts';
import {
  type AskedUnitRow,
  type LibraryUnitRow,
  selectUnitFace,
  selectUnitsAsked,
  selectUnitsWithin,
} from './totals.queries.ts';

export type Comparison = ResponseOf<typeof compareUnits> & { indicator: IndicatorDefinition; unit: LibraryUnitRow };
type Tier = Comparison['tiers'][number];

const tiers: readonly Tier[] = ['province', 'district', 'commune', 'school'];
const mostUnits = 5000;

/** @throws ProblemError not_found where the indicator does not hold in the year */
export async function compare(
  tx: Tx,
  unitId: string,
  slug: string,
  { schoolYear, breakdown, tier }: QueryOf<typeof compareUnits>,
): Promise<Comparison> {
  const unit = await selectUnitFace(tx, unitId);
  if (!unit) throw new ProblemError('not_found');
  const unitIds = await unitsToRead(tx, unit);
  const gathered = await gather(tx, { unitId, schoolYears: [schoolYear], slugs: [slug], unitIds });
  const plan = gathered.plansOf(schoolYear)[0];
  const broken = plan?.breakdowns.find((each) => each.breakdown === breakdown);
  if (!plan || !broken) throw new ProblemError('not_found');
  const { indicator } = plan;
  const form = mainForm(indicator);
  const period = gathered.periodOf(form, schoolYear);
  const below = await selectUnitsAsked(
    tx,
    unitId,
    period?.level ?? indicator.level,
    period?.as_of ?? usualDay(schoolYear),
  );
  const schools = countSchoolsBelow(below);
  const names = new Map([[unit.id, unit.name], ...below.map((each): [string, string] => [each.unit_id, each.name])]);
  const isShown = (each: AskedUnitRow) =>
    (tier ? each.kind === tier : each.distance === 1) && (each.kind !== 'school' || indicator.reach === 'every');
  // A country's schools are not listed: the ministry compares offices.
  const shown = unit.kind === 'ministry' && tier === 'school' ? [] : below.filter(isShown);
  return {
    indicator,
    unit,
    tiers: tiers.filter(
      (each) =>
        below.some((one) => one.kind === each) &&
        (each !== 'school' || (unit.kind !== 'ministry' && indicator.reach === 'every')),
    ),
    units: shown.slice(0, mostUnits).map((each) => {
      const { breakdown: _, ...figure } = workOut(indicator, broken, schoolYear, gathered.known(each.unit_id));
      return {
        unitId: each.unit_id,
        unitName: each.name,
        unitKind: each.kind,
        parentName: names.get(each.parent_id) ?? '',
        parts: gathered.partsOf(each.unit_id, form, schoolYear),
        schools: schools.get(each.unit_id) ?? 0,
        ...figure,
      };
    }),
  };
}

/** Null: all in scope. The ministry's is the country, and it reads the offices of it. */
async function unitsToRead(tx: Tx, unit: LibraryUnitRow): Promise<string[] | null> {
  return unit.kind === 'ministry' ? (await selectUnitsWithin(tx, unit.id, today())).map((each) => each.id) : null;
}

/** Schools at and below each unit, from the farthest up. */
function countSchoolsBelow(below: readonly AskedUnitRow[]): Map<string, number> {
  const schools = new Map<string, number>();
  for (const { unit_id: id, parent_id: parent, kind } of below.toSorted((a, b) => b.distance - a.distance)) {
    const own = (schools.get(id) ?? 0) + (kind === 'school' ? 1 : 0);
    schools.set(id, own);
    schools.set(parent, (schools.get(parent) ?? 0) + own);
  }
  return schools;
}

export interface LibraryLine {
  unit: LibraryUnitRow;
  indicator: IndicatorDefinition;
  figures: Figure[];
}

/** Every indicator of a year for every unit at and below one; without those that have no figure at all. */
export async function workOutLibrary(tx: Tx, unitId: string, schoolYear: number): Promise<LibraryLine[]> {
  const units = await selectUnitsWithin(tx, unitId, today());
  const unitIds = units[0]?.kind === 'ministry' ? units.map((unit) => unit.id) : null;
  const gathered = await gather(tx, { unitId, schoolYears: [schoolYear], slugs: null, unitIds });
  const plans = gathered.plansOf(schoolYear);
  return units.flatMap((unit) => {
    const known = gathered.known(unit.id);
    return plans.flatMap((plan): LibraryLine[] => {
      if (!concerns(unit, plan.indicator)) return [];
      const figures = workOutAll(plan, known, schoolYear);
      return figures.some((each) => each.numerator !== null) ? [{ unit, indicator: plan.indicator, figures }] : [];
    });
  });
}
