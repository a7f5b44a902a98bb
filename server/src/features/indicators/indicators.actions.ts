// One unit's indicators: all of a year, and one of them in depth.
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listIndicators, readIndicator } from '@khuevan/core/contract/indicators.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { columnsOf, isFilledAt } from '@khuevan/core/forms/definition.ts';
import { type IndicatorDefinition, isPopulation } from '@khuevan/core/indicators/definition.ts';
import { type Figure, type KnownFigures, workOut } from '@khuevan/core/indicators/figure.ts';
import { type IndicatorPlan, isPopulationPart } from '@khuevan/core/indicators/plan.ts';
import { findDoubtfulValues, findFewerReports } from '@khuevan/core/indicators/sanity.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { findForm } from '#features/forms';
import { selectTables } from '#features/population';
import type { Tx } from '#platform/database.ts';
import { gather, type Gathered, mainForm, usualDay } from './gathered.actions.ts';
import { loadIndicators } from './indicator-files.ts';
import { countSchoolsAsked, type LibraryUnitRow, selectUnitFace } from './totals.queries.ts';

type Listed = ResponseOf<typeof listIndicators>;
type Read = ResponseOf<typeof readIndicator>;

export const faceOf = (indicator: IndicatorDefinition): Read['indicator'] => ({
  slug: indicator.slug,
  version: indicator.version,
  moetCode: indicator.moetCode,
  schemes: indicator.schemes,
  level: indicator.level,
  group: indicator.group,
  name: indicator.name,
  definition: indicator.definition,
  formula: indicator.formula,
  unit: indicator.unit,
  decimals: indicator.decimals,
  source: indicator.source,
  valid: indicator.valid,
  reach: indicator.reach,
});

/** A school has the indicators of its levels, and none that compare with the people of a place. */
export const concerns = (unit: Pick<LibraryUnitRow, 'kind' | 'levels'>, indicator: IndicatorDefinition): boolean =>
  unit.kind !== 'school' || (indicator.reach === 'every' && isFilledAt(indicator.level, unit.levels));

export const workOutAll = ({ indicator, breakdowns }: IndicatorPlan, known: KnownFigures, year: number): Figure[] =>
  breakdowns.map((breakdown) => workOut(indicator, breakdown, year, known));

export const wholeOf = (figures: readonly Figure[]): Figure => figures.find((each) => each.breakdown === 'all')!;

async function requireUnit(tx: Tx, unitId: string): Promise<LibraryUnitRow> {
  const unit = await selectUnitFace(tx, unitId);
  if (!unit) throw new ProblemError('not_found');
  return unit;
}

/** How many schools at and below a unit owe the form that an indicator is made of first. */
export async function countSchools(
  tx: Tx,
  unit: LibraryUnitRow,
  indicator: IndicatorDefinition,
  gathered: Gathered,
  schoolYear: number,
): Promise<number> {
  const period = gathered.periodOf(mainForm(indicator), schoolYear);
  const level = period?.level ?? indicator.level;
  return countSchoolsAsked(tx, unit.id, level, period?.as_of ?? usualDay(schoolYear));
}

export async function describeIndicators(tx: Tx, unitId: string, schoolYear: number): Promise<Listed> {
  const unit = await requireUnit(tx, unitId);
  const gathered = await gather(tx, { unitId, schoolYears: [schoolYear], slugs: null, unitIds: [unitId] });
  const known = gathered.known(unitId);
  const valued = gathered
    .plansOf(schoolYear)
    .filter((plan) => concerns(unit, plan.indicator))
    .map((plan) => ({ indicator: plan.indicator, figures: workOutAll(plan, known, schoolYear) }));
  const counted: Listed['counted'] = {};
  for (const { indicator } of valued) {
    const isOfLevel = gathered.periodOf(mainForm(indicator), schoolYear)?.level === indicator.level;
    // A form of every level says nothing of how far the reports of one level have come.
    if (counted[indicator.level] || !isOfLevel) continue;
    const parts = gathered.partsOf(unitId, mainForm(indicator), schoolYear);
    if (parts === 0) continue;
    counted[indicator.level] = { parts, schools: await countSchools(tx, unit, indicator, gathered, schoolYear) };
  }
  const few = valued.flatMap(({ indicator, figures }) =>
    findFewerReports(indicator, wholeOf(figures), counted[indicator.level] ?? { parts: 0, schools: 0 }),
  );
  return {
    schoolYear,
    indicators: valued.map(({ indicator, figures }) => ({ ...faceOf(indicator), figure: wholeOf(figures) })),
    counted,
    findings: [...findDoubtfulValues(valued), ...few],
  };
}

/** @throws ProblemError not_found where the indicator does not concern the unit or does not hold in the year */
export async function describeIndicator(
  tx: Tx,
  unitId: string,
  slug: string,
  { schoolYear, years }: { schoolYear: number; years: number },
): Promise<Read> {
  const unit = await requireUnit(tx, unitId);
  const versions = loadIndicators().filter((each) => each.slug === slug && concerns(unit, each));
  // With its limit, so that both are held against each other.
  const slugs = [...new Set([slug, ...versions.flatMap((each) => each.atMost ?? [])])];
  const schoolYears = Array.from({ length: years }, (_, index) => schoolYear - years + 1 + index);
  const gathered = await gather(tx, { unitId, schoolYears, slugs, unitIds: [unitId] });
  const planOf = (year: number) => gathered.plansOf(year).find((each) => each.indicator.slug === slug);
  const plan = planOf(schoolYear);
  if (versions.length === 0 || !plan) throw new ProblemError('not_found');
  const { indicator } = plan;
  const known = gathered.known(unitId);
  const series = schoolYears.map((year) => {
    const then = planOf(year);
    return {
      schoolYear: year,
      version: then?.indicator.version ?? null,
      figures: then ? workOutAll(then, known, year) : [],
    };
  });
  const figures = series.at(-1)!.figures;
  const valued = gathered.plansOf(schoolYear).map((each) => ({
    indicator: each.indicator,
    figures: workOutAll(each, known, schoolYear),
  }));
  const counted = {
    parts: gathered.partsOf(unitId, mainForm(indicator), schoolYear),
    schools: await countSchools(tx, unit, indicator, gathered, schoolYear),
  };
  return {
    indicator: faceOf(indicator),
    figures,
    counted,
    series,
    cells: describeCells(plan, gathered, unitId, schoolYear),
    population: await describePopulationOf(tx, indicator, unitId, schoolYear, gathered),
    findings: [
      ...findDoubtfulValues(valued).filter((each) => each.slug === slug),
      ...findFewerReports(indicator, wholeOf(figures), counted),
    ],
  };
}

function describeCells(plan: IndicatorPlan, gathered: Gathered, unitId: string, schoolYear: number): Read['cells'] {
  const known = gathered.known(unitId);
  const whole = plan.breakdowns.find((each) => each.breakdown === 'all')!;
  const sides = [
    { side: 'numerator' as const, parts: whole.numerator },
    { side: 'denominator' as const, parts: whole.denominator ?? [] },
  ];
  return sides.flatMap(({ side, parts }) =>
    parts.flatMap((part): Read['cells'] => {
      if (isPopulationPart(part)) return [];
      const year = schoolYear + part.yearOffset;
      const period = gathered.periodOf(part.form, year);
      if (!period) return [];
      const form = findForm(period.form_code, period.form_version);
      const place = placesOf(form).find((each) => each.key === part.cell)!;
      const amount = known.cell(part.form, year, part.cell);
      const isOnly = columnsOf(form, place.section)[0]?.code === place.column.code;
      const heading = place.column.headings.at(-1)!;
      const label = isOnly
        ? place.row.label
        : { vi: `${place.row.label.vi}: ${heading.vi}`, en: `${place.row.label.en}: ${heading.en}` };
      return [
        {
          side,
          formCode: period.form_code,
          formName: form.name,
          periodId: period.period_id,
          schoolYear: year,
          cell: part.cell,
          label,
          sign: part.sign,
          amount: amount === undefined || amount === null ? null : amount / 100,
        },
      ];
    }),
  );
}

async function describePopulationOf(
  tx: Tx,
  { denominator }: IndicatorDefinition,
  unitId: string,
  year: number,
  gathered: Gathered,
): Promise<Read['population']> {
  const term = denominator?.find(isPopulation);
  const people = term && gathered.known(unitId).people(year, term.ages, 'people');
  const table = people && (await selectTables(tx, { year, replaced: false, unitIds: [unitId] }))[0];
  if (!table) return null;
  return {
    year,
    ages: term.ages,
    people,
    source: table.source,
    documentNo: table.document_no,
    fileName: table.file_name,
    importedBy: table.imported_by_name,
    importedAt: table.imported_at.toISOString(),
  };
}
