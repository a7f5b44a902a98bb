import * as z from 'zod';
import { codeEntry } from '../codes/index.ts';
import { columnsOf, everyLevel, type FormDefinition } from '../forms/definition.ts';
import {
  breakdownNames,
  type CellsTerm,
  type IndicatorDefinition,
  indicatorGroups,
  type IndicatorUnit,
  indicatorUnits,
  isPopulation,
  schemes,
} from './definition.ts';

const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const filter = z.record(z.string(), z.union([z.array(z.string()).min(1), z.boolean()]));
const term = z.union([
  z.strictObject({
    form: z.string().regex(/^[a-z0-9-]+$/),
    rows: z.array(z.string().min(1)).min(1),
    filter: filter.optional(),
    amount: z.string().optional(),
    yearOffset: z.union([z.literal(1), z.literal(-1)]).optional(),
    minus: z.literal(true).optional(),
  }),
  z.strictObject({ ages: z.strictObject({ from: z.int().min(0).max(120), to: z.int().min(0).max(120) }) }),
]);

const definition = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.string().min(1),
  moetCode: z
    .string()
    .regex(/^\d{4}$/)
    .nullable(),
  schemes: z.array(z.enum(schemes)).min(1),
  level: z.string(),
  group: z.enum(indicatorGroups),
  name: text,
  definition: text,
  formula: text,
  unit: z.enum(indicatorUnits),
  decimals: z.int().min(0).max(4),
  source: z.string().min(1),
  valid: z.strictObject({ from: z.iso.date(), to: z.iso.date().nullable() }),
  reach: z.enum(['every', 'office']),
  isShare: z.boolean(),
  atMost: z.string().optional(),
  breakdowns: z.array(z.enum(breakdownNames)).min(1).optional(),
  numerator: z.array(term).min(1),
  denominator: z.array(term).min(1).nullable(),
});

/** An indicator file says something that cannot hold; every fault is listed. */
export class IndicatorFault extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`indicators:\n${faults.join('\n')}`);
    this.name = 'IndicatorFault';
    this.faults = faults;
  }
}

/**
 * Reads indicators from the content of their files, and holds them against the forms. @throws IndicatorFault with all faults at once.
 * @param forms all versions of all forms; an indicator of a form that is not among them cannot be judged
 */
export function parseIndicators(content: unknown, forms: readonly FormDefinition[]): IndicatorDefinition[] {
  const parsed = z.array(definition).safeParse(content);
  if (!parsed.success)
    throw new IndicatorFault(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const indicators: IndicatorDefinition[] = parsed.data;
  const faults = [
    ...indicators.flatMap((each) => findFaults(each, forms)),
    ...findOverlaps(indicators),
    ...findLooseLimits(indicators),
  ];
  if (faults.length > 0) throw new IndicatorFault(faults);
  return indicators;
}

/** Forms that an indicator counts from. */
export function formsOf({ numerator, denominator }: IndicatorDefinition): string[] {
  const terms = [...numerator, ...(denominator ?? [])];
  return [...new Set(terms.flatMap((each) => (isPopulation(each) ? [] : [each.form])))];
}

function findFaults(indicator: IndicatorDefinition, forms: readonly FormDefinition[]): string[] {
  const terms = [...indicator.numerator, ...(indicator.denominator ?? [])];
  const faults = terms.flatMap((each) =>
    isPopulation(each)
      ? each.ages.from > each.ages.to
        ? ['ages end before they begin']
        : []
      : forms.filter((form) => form.slug === each.form).flatMap((form) => findMissingRows(each, form)),
  );
  if (indicator.level !== everyLevel && !codeEntry('level', indicator.level))
    faults.push(`level ${indicator.level} is not in the code list`);
  if (indicator.denominator === null ? !isSum(indicator.unit) : indicator.unit === 'count')
    faults.push('a count has no denominator, a share has one');
  if (indicator.isShare && indicator.unit !== 'percent') faults.push('a share is said in percent');
  if (indicator.reach === 'every' && terms.some(isPopulation)) faults.push('a school has no population of its own');
  return [...new Set(faults)].map((fault) => `${indicator.slug} ${indicator.version}: ${fault}`);
}

/** People or things are counted; money may be a sum or divided. */
const isSum = (unit: IndicatorUnit): boolean => unit === 'count' || unit === 'million';

function findMissingRows({ rows, amount }: CellsTerm, form: FormDefinition): string[] {
  return rows.flatMap((code) => {
    const section = form.sections.find((each) => each.rows.some((row) => row.code === code));
    if (!section) return [`form ${form.slug} ${form.version} has no row ${code}`];
    return columnsOf(form, section).some((column) => column.amount === amount)
      ? []
      : [`row ${code} of ${form.slug} has no column${amount === undefined ? '' : ` of the amount ${amount}`}`];
  });
}

/** On no day two versions of an indicator hold, and the versions are of one level and kind. */
function findOverlaps(indicators: readonly IndicatorDefinition[]): string[] {
  return indicators.flatMap((one, index) =>
    indicators.slice(index + 1).flatMap((other) => {
      if (one.slug !== other.slug) return [];
      const name = `${one.slug} ${one.version} and ${other.version}`;
      if (one.level !== other.level || one.unit !== other.unit || one.reach !== other.reach)
        return [`${name} are not the same thing`];
      const isApart =
        (one.valid.to !== null && one.valid.to < other.valid.from) ||
        (other.valid.to !== null && other.valid.to < one.valid.from);
      return isApart ? [] : [`${name} hold on the same day`];
    }),
  );
}

/** A limit is an indicator of the same level in the same unit. */
function findLooseLimits(indicators: readonly IndicatorDefinition[]): string[] {
  return indicators.flatMap(({ slug, atMost, level, unit }) =>
    atMost === undefined ||
    indicators.some((each) => each.slug === atMost && each.level === level && each.unit === unit)
      ? []
      : [`${slug}: ${atMost} is no indicator that could limit it`],
  );
}
