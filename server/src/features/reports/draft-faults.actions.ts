// What stands against the figures of many drafts of one form, for the office above them. Rules on records are not run: what is wrong
// with the records of persons is the school's to see first.
import type { Finding } from '@khuevan/core/findings.ts';
import { findStrayCells } from '@khuevan/core/forms/cells.ts';
import { runChecks } from '@khuevan/core/forms/checks.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { agesAsked, runPopulationChecks } from '@khuevan/core/forms/population-checks.ts';
import { runStandardCheck } from '@khuevan/core/forms/standard-check.ts';
import { runYearChecks } from '@khuevan/core/forms/year-checks.ts';
import { findUnlikeSchools } from '#features/checks';
import { codesOfForm } from '#features/forms';
import { selectPeople } from '#features/population';
import type { Tx } from '#platform/database.ts';
import { findCrossFaults, type FiguresOfUnit, type YearOfForm } from './cross-checks.actions.ts';
import { selectApprovedFigures, selectWholeTotals } from './other-figures.queries.ts';

/** @param form with the settings in force */
export async function findDraftFaults(
  tx: Tx,
  form: FormDefinition,
  period: YearOfForm & { periodId: string; asOf: string },
  drafts: readonly FiguresOfUnit[],
): Promise<Map<string, Finding[]>> {
  if (drafts.length === 0) return new Map();
  const offices = drafts.filter(({ isSchool }) => !isSchool).map((each) => each.unitId);
  const whole = await selectWholeTotals(tx, offices, period.periodId, form.code);
  const compared = drafts.filter(({ unitId, isSchool }) => isSchool || whole.has(unitId));
  const schools = drafts.filter(({ isSchool }) => isSchool);
  const unlike = await findUnlikeSchools(tx, form, { periodId: period.periodId, formCode: form.code }, schools);
  const cross = await findCrossFaults(tx, form, period, compared);
  const people = await peopleOfOffices(tx, form, period.schoolYear, offices);
  const past = await selectApprovedFigures(tx, {
    unitIds: compared.map((each) => each.unitId),
    codes: codesOfForm(form.code),
    schoolYear: period.schoolYear - 1,
    periodKind: period.periodKind,
  });
  return new Map(
    drafts.map(({ unitId, cells }) => [
      unitId,
      [
        ...findStrayCells(form, cells),
        ...runChecks(form, cells),
        ...runStandardCheck(form, cells, period.asOf),
        ...(cross.get(unitId) ?? []),
        ...runYearChecks(form, cells, past.get(unitId) ?? null),
        ...(unlike.get(unitId) ?? []),
        ...runPopulationChecks(form, cells, people.get(unitId)),
      ],
    ]),
  );
}

/** The people of the places of offices, by unit and age, as far as the form asks for them. */
export async function peopleOfOffices(
  tx: Tx,
  form: FormDefinition,
  schoolYear: number,
  unitIds: string[],
): Promise<Map<string, Map<number, number>>> {
  const ages = agesAsked(form);
  const rows = ages && unitIds.length > 0 ? await selectPeople(tx, [schoolYear], ages, unitIds) : [];
  const byUnit = Map.groupBy(rows, (row) => row.unit_id);
  return new Map(
    [...byUnit].map(([unitId, group]) => [unitId, new Map(group.map(({ age, people }) => [age, people]))]),
  );
}
