import { roundRatio } from '../vietnam/numbers.ts';
import type { Breakdown, IndicatorDefinition, PopulationColumn } from './definition.ts';
import { type BreakdownPlan, isPopulationPart, type Part } from './plan.ts';

/** Why there is no value. */
export type Missing =
  | { kind: 'form'; form: string; schoolYear: number }
  | { kind: 'cell'; form: string; schoolYear: number; cell: string }
  | { kind: 'population'; year: number; ages: { from: number; to: number } }
  | { kind: 'nobody' };

export interface Figure {
  breakdown: Breakdown;
  numerator: number | null;
  denominator: number | null;
  value: number | null;
  missing: Missing[];
}

/** What is known of one unit. */
export interface KnownFigures {
  /** Hundredths, as totals are kept; null where the cell is blank, undefined where no report of the form is counted. */
  cell(form: string, schoolYear: number, cell: string): number | null | undefined;
  /** People; null where one of the ages is not in the table. */
  people(year: number, ages: { from: number; to: number }, column: PopulationColumn): number | null;
}

const hundredths = 100;

/** A value from what is known of a unit. What is not known stays blank: it is not nothing. */
export function workOut(
  indicator: Pick<IndicatorDefinition, 'unit' | 'decimals'>,
  { breakdown, numerator, denominator }: BreakdownPlan,
  schoolYear: number,
  known: KnownFigures,
): Figure {
  const missing: Missing[] = [];
  const above = addUp(numerator, schoolYear, known, missing);
  const below = denominator && addUp(denominator, schoolYear, known, missing);
  const figure = { breakdown, numerator: inUnits(above), denominator: inUnits(below), missing };
  if (above === null || (denominator && below === null)) return { ...figure, value: null };
  if (below === null) return { ...figure, value: figure.numerator };
  if (below <= 0) return { ...figure, value: null, missing: [{ kind: 'nobody' }] };
  return {
    ...figure,
    value: roundRatio(indicator.unit === 'percent' ? above * 100 : above, below, indicator.decimals),
  };
}

const inUnits = (amount: number | null): number | null => (amount === null ? null : amount / hundredths);

function addUp(parts: readonly Part[], schoolYear: number, known: KnownFigures, missing: Missing[]): number | null {
  let sum: number | null = 0;
  for (const part of parts) {
    const amount = amountOf(part, schoolYear, known, missing);
    sum = sum === null || amount === null ? null : sum + part.sign * amount;
  }
  return sum;
}

function amountOf(part: Part, schoolYear: number, known: KnownFigures, missing: Missing[]): number | null {
  if (isPopulationPart(part)) {
    const people = known.people(schoolYear, part.ages, part.column);
    if (people === null) note(missing, { kind: 'population', year: schoolYear, ages: part.ages });
    return people === null ? null : people * hundredths;
  }
  const year = schoolYear + part.yearOffset;
  const amount = known.cell(part.form, year, part.cell);
  if (amount === undefined) note(missing, { kind: 'form', form: part.form, schoolYear: year });
  else if (amount === null) note(missing, { kind: 'cell', form: part.form, schoolYear: year, cell: part.cell });
  return amount ?? null;
}

/** Each once: parts of a sum lie in the same form, and columns of a row in the same report. */
function note(missing: Missing[], found: Missing): void {
  if (missing.length === 0 || !missing.some((each) => isSame(each, found))) missing.push(found);
}

const isSame = (one: Missing, other: Missing): boolean => JSON.stringify(one) === JSON.stringify(other);
