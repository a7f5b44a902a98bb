import { describeOutlier, isOutlier, usualRange, wordsOfLikeness } from '@khuevan/core/checks/like-units.ts';
import { applySettings } from '@khuevan/core/checks/settings.ts';
import type { compareLikeUnits } from '@khuevan/core/contract/checks.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { FormDefinition, Ratio } from '@khuevan/core/forms/definition.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { type RatioRow, selectLikeUnitRatios, selectSettingsInForce } from '#features/checks';
import { formOf } from '#features/forms';
import { findReport } from '#features/reports';
import type { Tx } from '#platform/database.ts';

type Compared = ResponseOf<typeof compareLikeUnits>['ratios'][number];

/** The ratios of one report beside those of like units; for the reviewer, who decides whether to ask. */
export async function compareReport(
  tx: Tx,
  unitId: string,
  reportId: string,
): Promise<ResponseOf<typeof compareLikeUnits>> {
  const report = await findReport(tx, unitId, reportId);
  if (report.last_submission_no === 0) throw new ProblemError('not_found');
  const printed = formOf(report);
  const settings = await selectSettingsInForce(tx, {
    unitId,
    slug: printed.slug,
    level: report.level,
    asOf: report.as_of,
  });
  const form = applySettings(printed, settings);
  const rows = await selectLikeUnitRatios(tx, unitId, report.period_id, report.form_code, form);
  return {
    ratios: describeRatios(
      form,
      rows.filter((row) => row.unit_id === unitId),
    ),
  };
}

/** In the order of the form. */
export function describeRatios(form: FormDefinition, rows: readonly RatioRow[]): Compared[] {
  const byRatio = new Map(rows.map((row) => [row.ratio, row]));
  return (form.ratios ?? []).flatMap((ratio) => {
    const row = byRatio.get(ratio.id);
    return row ? [describeRatio(form, ratio, row)] : [];
  });
}

export function describeRatio(form: FormDefinition, ratio: Ratio, row: RatioRow): Compared {
  const likeness = wordsOfLikeness(form, row.parts);
  const far = isOutlier(row, ratio);
  return {
    rule: `${form.slug}.${ratio.id}`,
    name: ratio.name,
    cell: ratio.over[0]!,
    percent: ratio.percent ?? false,
    value: row.value,
    median: row.median,
    ...usualRange(row, ratio),
    units: row.units,
    likeness,
    isOutlier: far,
    message: far ? describeOutlier(form, ratio, row, likeness) : null,
  };
}
