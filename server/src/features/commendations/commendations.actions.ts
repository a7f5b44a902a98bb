import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type {
  changeCommendationRule,
  listCommendations,
  readCommendation,
} from '@khuevan/core/contract/commendations.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { scoreConduct, usualRule } from '@khuevan/core/reports/commendation.ts';
import { today } from '#platform/clock.ts';
import { type Access, type Reading, withFreshPlan, type Writing } from '#platform/database.ts';
import { type RuleRow, saveRule, selectConduct, selectRule } from './commendations.queries.ts';

export type Commendations = ResponseOf<typeof listCommendations>;
type InForce = Commendations['inForce'];

/** Every list is bounded. */
const mostUnits = 5000;

function describeRule(row: RuleRow, access: Access): InForce {
  const sets = row.unit_kind === 'province' || row.unit_kind === 'ministry';
  return {
    rule: row.rule ?? usualRule,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    mayChange: sets && access.may('periods.write'),
    version: row.owner_id === access.unitId ? row.version : 0,
  };
}

async function findRule({ tx, access }: Reading, schoolYear: number): Promise<RuleRow> {
  const row = await selectRule(tx, access.unitId, schoolYear, today());
  if (!row) throw new ProblemError('not_found');
  return row;
}

/** Highest first; units of which nothing counts yet stand last. */
export async function listUnitsByScore(
  reading: Reading,
  schoolYear: number,
): Promise<Commendations & { unitName: string }> {
  const { tx, access } = reading;
  const row = await findRule(reading, schoolYear);
  if (row.unit_kind === 'school') throw new ProblemError('not_found');
  const inForce = describeRule(row, access);
  const officesOnly = row.unit_kind === 'ministry';
  const asked = { schoolYear, day: today(), alone: false, officesOnly, most: mostUnits };
  const conduct = await withFreshPlan(tx, () => selectConduct(tx, access.unitId, asked));
  const units = conduct.map((unit) => {
    const found = scoreConduct(inForce.rule, unit.forms, today());
    return {
      unitId: unit.unit_id,
      unitName: unit.unit_name,
      unitKind: unit.unit_kind,
      parentName: unit.parent_name ?? '',
      code: unit.code,
      forms: unit.forms.length,
      score: found?.score ?? null,
      parts: found?.parts ?? null,
    };
  });
  return { inForce, unitName: row.unit_name, units: units.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1)) };
}

/** The points of one unit, each with what took it. */
export async function explainScore(reading: Reading, schoolYear: number): Promise<ResponseOf<typeof readCommendation>> {
  const { tx, access } = reading;
  const row = await findRule(reading, schoolYear);
  const inForce = describeRule(row, access);
  const asked = { schoolYear, day: today(), alone: true, officesOnly: false, most: 1 };
  const [conduct] = await withFreshPlan(tx, () => selectConduct(tx, access.unitId, asked));
  const forms = conduct?.forms ?? [];
  const found = scoreConduct(inForce.rule, forms, today());
  return {
    inForce,
    unitName: row.unit_name,
    score: found?.score ?? null,
    parts: found?.parts ?? null,
    forms: forms.map((form) => ({
      periodId: form.periodId,
      periodName: form.periodName,
      formCode: form.formCode,
      reportId: form.reportId,
      dueOn: form.dueOn,
      state: form.state,
      sendings: form.sendings,
      isExcused: form.isExcused,
      deductions: (found?.deductions ?? [])
        .filter((each) => each.periodId === form.periodId && each.formCode === form.formCode)
        .map(({ criterion, count, points }) => ({ criterion, count, points })),
    })),
  };
}

/** A province, or the ministry for those that set none, says how much each criterion weighs in a school year. */
export async function changeRule(
  writing: Writing,
  schoolYear: number,
  { rule, version }: BodyOf<typeof changeCommendationRule>,
): Promise<InForce> {
  const { tx, access, audit } = writing;
  const before = await findRule(writing, schoolYear);
  if (before.unit_kind !== 'province' && before.unit_kind !== 'ministry') throw new ProblemError('forbidden');
  if (!(await saveRule(tx, { ownerId: access.unitId, schoolYear, rule, version })))
    throw new ProblemError('stale_record', {}, { current: describeRule(before, access) });
  audit.subjectKind = 'commendation-rule';
  audit.detail = { schoolYear, rule };
  return describeRule(await findRule(writing, schoolYear), access);
}
