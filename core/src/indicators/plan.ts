// Which cells and which people an indicator is made of, for one breakdown and one version of each form.
import { cellKey, columnsOf, type Filter, type FormDefinition } from '../forms/definition.ts';
import {
  type Breakdown,
  breakdownNames,
  type CellsTerm,
  type IndicatorDefinition,
  type IndicatorTerm,
  isPopulation,
  piecesOf,
  type PopulationColumn,
} from './definition.ts';

export type Part = CellPart | PopulationPart;

export interface CellPart {
  form: string;
  yearOffset: number;
  cell: string;
  sign: 1 | -1;
}

export interface PopulationPart {
  ages: { from: number; to: number };
  column: PopulationColumn;
  sign: 1 | -1;
}

export const isPopulationPart = (part: Part): part is PopulationPart => 'ages' in part;

export interface BreakdownPlan {
  breakdown: Breakdown;
  numerator: Part[];
  denominator: Part[] | null;
}

export interface IndicatorPlan {
  indicator: IndicatorDefinition;
  breakdowns: BreakdownPlan[];
}

/** The version of a form in which a year counts, as an offset from the year of the value. */
export type FormOfYear = (slug: string, yearOffset: number) => FormDefinition | undefined;

/** Breakdowns for which every part has a column; undefined where a form is not known at all. */
export function planIndicator(indicator: IndicatorDefinition, formOf: FormOfYear): IndicatorPlan | undefined {
  const asked = indicator.breakdowns ?? breakdownNames;
  const plans = asked.flatMap((breakdown): BreakdownPlan[] => {
    const numerator = partsOf(indicator.numerator, breakdown, formOf);
    const denominator = indicator.denominator && partsOf(indicator.denominator, breakdown, formOf);
    return numerator === undefined || denominator === undefined ? [] : [{ breakdown, numerator, denominator }];
  });
  return plans.some((plan) => plan.breakdown === 'all') ? { indicator, breakdowns: plans } : undefined;
}

function partsOf(terms: readonly IndicatorTerm[], breakdown: Breakdown, formOf: FormOfYear): Part[] | undefined {
  const parts: Part[] = [];
  for (const term of terms) {
    for (const { filter, population, sign } of piecesOf(breakdown)) {
      if (isPopulation(term)) {
        if (!population) return undefined;
        parts.push({ ages: term.ages, column: population, sign });
        continue;
      }
      const cells = cellsOf(term, filter, formOf);
      if (!cells) return undefined;
      const signed = term.minus ? (-sign as 1 | -1) : sign;
      const part = { form: term.form, yearOffset: term.yearOffset ?? 0, sign: signed };
      parts.push(...cells.map((cell) => ({ ...part, cell })));
    }
  }
  return parts;
}

function cellsOf(term: CellsTerm, breakdown: Filter, formOf: FormOfYear): string[] | undefined {
  const form = formOf(term.form, term.yearOffset ?? 0);
  if (!form) return undefined;
  const asked = { ...breakdown, ...term.filter };
  const cells = term.rows.flatMap((code) => {
    const section = form.sections.find((each) => each.rows.some((row) => row.code === code));
    const row = section?.rows.find((each) => each.code === code);
    if (!section || !row) return [];
    const column = columnsOf(form, section).find(
      (each) => each.amount === term.amount && isSameFilter(each.filter, asked),
    );
    return column && !row.empty?.includes(column.code) ? [cellKey(code, column.code)] : [];
  });
  return cells.length === term.rows.length ? cells : undefined;
}

function isSameFilter(left: Filter, right: Filter): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => name in right && JSON.stringify(left[name]) === JSON.stringify(right[name]))
  );
}
