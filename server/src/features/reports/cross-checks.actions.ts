import type { Finding } from '@khuevan/core/findings.ts';
import { crossChecksFor, runCrossChecks } from '@khuevan/core/forms/cross-checks.ts';
import type { Cells, CrossCheck, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { codesOfForm, loadForms } from '#features/forms';
import type { Tx } from '#platform/database.ts';
import { type OtherFigures, selectOtherFigures } from './other-figures.queries.ts';

/** A form's figures as one unit has them. */
export interface FiguresOfUnit {
  unitId: string;
  isSchool: boolean;
  cells: Cells;
}

export interface YearOfForm {
  schoolYear: number;
  periodKind: string;
}

const keyOf = ({ form, when }: CrossCheck['other']) => `${form} ${when}`;

/** Figures of units held against those of the other forms that the form names; each of these forms is read once for all units it concerns. */
export async function findCrossFaults(
  tx: Tx,
  form: FormDefinition,
  { schoolYear, periodKind }: YearOfForm,
  figures: readonly FiguresOfUnit[],
): Promise<Map<string, Finding[]>> {
  const named = new Map((form.crossChecks ?? []).map(({ other }) => [keyOf(other), other]));
  const found = new Map<string, Map<string, OtherFigures>>();
  for (const [key, other] of named) {
    const unitIds = figures
      .filter(({ isSchool }) => crossChecksFor(form, isSchool).some((check) => keyOf(check.other) === key))
      .map(({ unitId }) => unitId);
    if (unitIds.length === 0) continue;
    const code = loadForms().find((each) => each.slug === other.form)?.code;
    if (code === undefined) continue;
    const isNow = other.when === 'now';
    const year = { schoolYear: isNow ? schoolYear : schoolYear - 1, periodKind, isNow };
    found.set(key, await selectOtherFigures(tx, { unitIds, codes: codesOfForm(code), ...year }));
  }
  return new Map(
    figures.map(({ unitId, isSchool, cells }) => [
      unitId,
      runCrossChecks(form, cells, isSchool, (other) => found.get(keyOf(other))?.get(unitId) ?? null),
    ]),
  );
}
