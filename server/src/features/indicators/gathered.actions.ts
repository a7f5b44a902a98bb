// Brings together what the indicators of some years are made of: totals of approved reports, and the population.
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import type { IndicatorDefinition } from '@khuevan/core/indicators/definition.ts';
import type { KnownFigures } from '@khuevan/core/indicators/figure.ts';
import { formsOf } from '@khuevan/core/indicators/parse.ts';
import { type IndicatorPlan, isPopulationPart, type Part, planIndicator } from '@khuevan/core/indicators/plan.ts';
import { newestVersions } from '@khuevan/core/forms/versions.ts';
import { findForm, loadForms } from '#features/forms';
import { type PeopleRow, selectPeople } from '#features/population';
import type { Tx } from '#platform/database.ts';
import { loadIndicators } from './indicator-files.ts';
import { type CountedPeriodRow, selectPeriods, selectTotals } from './totals.queries.ts';

export interface Gathered {
  /** Indicators that hold in a year, with the cells they are made of. */
  plansOf(schoolYear: number): readonly IndicatorPlan[];
  /** The day to which the figures of a form are counted. */
  periodOf(form: string, schoolYear: number): CountedPeriodRow | undefined;
  known(unitId: string): KnownFigures;
  /** Approved reports behind the figures of a form. */
  partsOf(unitId: string, form: string, schoolYear: number): number;
}

interface Asked {
  unitId: string;
  schoolYears: readonly number[];
  /** Null: every indicator. */
  slugs: readonly string[] | null;
  /** Null: every unit in scope. */
  unitIds: readonly string[] | null;
}

export const mainForm = (indicator: IndicatorDefinition): string => formsOf(indicator)[0] ?? '';

/** An as-of day where no period has one yet: the start of the school year is counted on 30 September. */
export const usualDay = (schoolYear: number): string => `${schoolYear}-09-30`;

export async function gather(tx: Tx, { unitId, schoolYears, slugs, unitIds }: Asked): Promise<Gathered> {
  const indicators = loadIndicators().filter((each) => slugs === null || slugs.includes(each.slug));
  const forms = loadForms().filter((form) => indicators.some((each) => formsOf(each).includes(form.slug)));
  const periods = await findPeriods(tx, unitId, yearsAround(indicators, schoolYears), forms);
  const periodOf = (form: string, year: number) => periods.get(form)?.get(year);
  const plans = new Map(schoolYears.map((year) => [year, planYear(indicators, forms, year, periodOf)]));
  const asked = askedCells(plans, periodOf);
  const totals = await readTotals(tx, asked, periodOf, unitIds);
  const people = await readPeople(tx, plans, unitIds);
  return {
    periodOf,
    plansOf: (year) => plans.get(year) ?? [],
    partsOf: (unit, form, year) => totals.get(unit)?.get(form)?.get(year)?.parts ?? 0,
    known: (unit) => {
      const held = totals.get(unit);
      const counted = people.get(unit);
      // Cells are asked for form by form: where the last one was is where the next one mostly is.
      let last = {
        form: '',
        year: 0,
        total: undefined as HeldTotal | undefined,
        places: undefined as Places | undefined,
      };
      return {
        cell(form, year, cell) {
          if (last.form !== form || last.year !== year)
            last = { form, year, total: held?.get(form)?.get(year), places: asked.get(form)?.get(year) };
          const { total } = last;
          const place = last.places?.get(cell);
          return total && place !== undefined ? (total.amounts[place] ?? null) : undefined;
        },
        people(year, ages, column) {
          let sum = 0;
          for (let age = ages.from; age <= ages.to; age += 1) {
            const count = counted?.get(year)?.get(age)?.[column === 'minorityFemale' ? 'minority_female' : column];
            if (count === undefined || count === null) return null;
            sum += count;
          }
          return sum;
        },
      };
    },
  };
}

function yearsAround(indicators: readonly IndicatorDefinition[], schoolYears: readonly number[]): number[] {
  const terms = indicators.flatMap((each) => [...each.numerator, ...(each.denominator ?? [])]);
  const offsets = new Set([0, ...terms.flatMap((term) => ('yearOffset' in term && term.yearOffset) || [])]);
  return [...new Set(schoolYears.flatMap((year) => [...offsets].map((offset) => year + offset)))];
}

/** The place of each cell among those asked for. */
type Places = ReadonlyMap<string, number>;
type ByFormAndYear<Value> = Map<string, Map<number, Value>>;

async function findPeriods(
  tx: Tx,
  unitId: string,
  schoolYears: readonly number[],
  forms: readonly FormDefinition[],
): Promise<ByFormAndYear<CountedPeriodRow>> {
  const slugs = new Map(forms.map((form) => [form.code, form.slug]));
  const found: ByFormAndYear<CountedPeriodRow> = new Map();
  for (const row of await selectPeriods(tx, unitId, schoolYears, [...slugs.keys()])) {
    const years = found.get(slugs.get(row.form_code)!) ?? new Map<number, CountedPeriodRow>();
    if (!years.has(row.school_year)) years.set(row.school_year, row);
    found.set(slugs.get(row.form_code)!, years);
  }
  return found;
}

function planYear(
  indicators: readonly IndicatorDefinition[],
  forms: readonly FormDefinition[],
  schoolYear: number,
  periodOf: Gathered['periodOf'],
): IndicatorPlan[] {
  const newest = new Map(newestVersions(forms).map((form) => [form.slug, form]));
  const formOf = (slug: string, offset: number): FormDefinition | undefined => {
    const period = periodOf(slug, schoolYear + offset);
    return period ? findForm(period.form_code, period.form_version) : newest.get(slug);
  };
  return indicators.flatMap((indicator) => {
    const day = periodOf(mainForm(indicator), schoolYear)?.as_of ?? usualDay(schoolYear);
    const { from, to } = indicator.valid;
    return from <= day && (to === null || day <= to) ? (planIndicator(indicator, formOf) ?? []) : [];
  });
}

const partsOfPlans = (plans: readonly IndicatorPlan[]): Part[] =>
  plans.flatMap(({ breakdowns }) => breakdowns.flatMap((each) => [...each.numerator, ...(each.denominator ?? [])]));

/** The place of each cell among those asked of a form and year. */
function askedCells(
  plans: ReadonlyMap<number, readonly IndicatorPlan[]>,
  periodOf: Gathered['periodOf'],
): ByFormAndYear<Map<string, number>> {
  const asked: ByFormAndYear<Map<string, number>> = new Map();
  for (const [schoolYear, planned] of plans) {
    for (const part of partsOfPlans(planned)) {
      if (isPopulationPart(part) || !periodOf(part.form, schoolYear + part.yearOffset)) continue;
      const years = asked.get(part.form) ?? new Map<number, Map<string, number>>();
      const cells = years.get(schoolYear + part.yearOffset) ?? new Map<string, number>();
      if (!cells.has(part.cell)) cells.set(part.cell, cells.size);
      asked.set(part.form, years.set(schoolYear + part.yearOffset, cells));
    }
  }
  return asked;
}

interface HeldTotal {
  parts: number;
  amounts: ReadonlyArray<number | null>;
}

/** By unit, form and year. */
async function readTotals(
  tx: Tx,
  asked: ByFormAndYear<Map<string, number>>,
  periodOf: Gathered['periodOf'],
  unitIds: readonly string[] | null,
): Promise<Map<string, ByFormAndYear<HeldTotal>>> {
  const places = new Map<string, { form: string; year: number }>();
  const wanted = [...asked].flatMap(([form, years]) =>
    [...years].map(([year, cells]) => {
      const { period_id: periodId, form_code: formCode } = periodOf(form, year)!;
      places.set(`${periodId} ${formCode}`, { form, year });
      return { periodId, formCode, cells: [...cells.keys()] };
    }),
  );
  const totals = new Map<string, ByFormAndYear<HeldTotal>>();
  if (wanted.length === 0) return totals;
  for (const { unit_id: unitId, period_id, form_code, parts, amounts } of await selectTotals(tx, wanted, unitIds)) {
    const { form, year } = places.get(`${period_id} ${form_code}`)!;
    const held = totals.get(unitId) ?? (new Map() as ByFormAndYear<HeldTotal>);
    held.set(form, (held.get(form) ?? new Map<number, HeldTotal>()).set(year, { parts, amounts }));
    totals.set(unitId, held);
  }
  return totals;
}

/** By unit, year and age. */
async function readPeople(
  tx: Tx,
  plans: ReadonlyMap<number, readonly IndicatorPlan[]>,
  unitIds: readonly string[] | null,
): Promise<Map<string, Map<number, Map<number, PeopleRow>>>> {
  const found = new Map<string, Map<number, Map<number, PeopleRow>>>();
  const ages = partsOfPlans([...plans.values()].flat()).flatMap((part) => (isPopulationPart(part) ? [part.ages] : []));
  if (ages.length === 0) return found;
  const from = Math.min(...ages.map((each) => each.from));
  const to = Math.max(...ages.map((each) => each.to));
  for (const row of await selectPeople(tx, [...plans.keys()], { from, to }, unitIds)) {
    const years = found.get(row.unit_id) ?? new Map<number, Map<number, PeopleRow>>();
    years.set(row.year, (years.get(row.year) ?? new Map<number, PeopleRow>()).set(row.age, row));
    found.set(row.unit_id, years);
  }
  return found;
}
