// Filters of a form as SQL. Values are always parameters; names are looked up in a measure's dimensions and nowhere else.
import { sql, type RawBuilder } from 'kysely';
import type { Condition, Filter } from '@khuevan/core/forms/definition.ts';
import { dimensions as kinds } from '@khuevan/core/forms/measures.ts';

export type Predicate = RawBuilder<boolean>;

/** What a filter may name in one measure. */
export interface Dimension {
  /** Facts of the school are joined after counting: they are the same for all its records. */
  of: 'record' | 'school';
  /** For grouping. */
  value: RawBuilder<unknown>;
  holds(condition: Condition): Predicate;
}

export type Dimensions = Record<string, Dimension>;

/** A dimension that is one column, or one expression, compared as its kind says. */
export function dimension(
  name: string,
  value: RawBuilder<unknown>,
  of: Dimension['of'] = 'record',
): [string, Dimension] {
  return [name, { of, value, holds: (condition) => compare(name, value, condition) }];
}

function compare(name: string, value: RawBuilder<unknown>, condition: Condition): Predicate {
  const kind = kinds[name];
  if (condition === null) return sql`${value} is null`;
  if (condition === '*') return sql`${value} is not null`;
  if (typeof condition === 'boolean') return condition ? sql`${value}` : sql`not ${value}`;
  if (!Array.isArray(condition)) return compareNumber(value, condition);
  if (typeof kind === 'object' && 'many' in kind) return sql`${value} && ${condition}::text[]`;
  return condition.length === 1 ? sql`${value} = ${condition[0]}` : sql`${value} = any (${condition}::text[])`;
}

function compareNumber(
  value: RawBuilder<unknown>,
  { eq, min, max }: { eq?: number; min?: number; max?: number },
): Predicate {
  return allOf([
    ...(eq === undefined ? [] : [sql<boolean>`${value} = ${eq}::integer`]),
    ...(min === undefined ? [] : [sql<boolean>`${value} >= ${min}::integer`]),
    ...(max === undefined ? [] : [sql<boolean>`${value} <= ${max}::integer`]),
  ]);
}

/**
 * Age by calendar year, compared as a span of birth dates: two comparisons with constants, where extracting the year would
 * be a call for each row and row filter.
 */
export function ageDimension(birthDate: RawBuilder<unknown>, schoolYear: number): [string, Dimension] {
  const bornFrom = (age: number): Predicate => sql`${birthDate} >= ${`${schoolYear - age}-01-01`}::date`;
  const bornUntil = (age: number): Predicate => sql`${birthDate} <= ${`${schoolYear - age}-12-31`}::date`;
  return [
    'age',
    {
      of: 'record',
      value: sql`${schoolYear}::integer - extract(year from ${birthDate})::integer`,
      holds: (condition) => {
        if (condition === null || condition === '*') return compare('age', birthDate, condition);
        if (typeof condition !== 'object' || Array.isArray(condition))
          throw new RangeError('age is compared with eq, min, max');
        const { eq, min = eq, max = eq } = condition;
        return allOf([...(max === undefined ? [] : [bornFrom(max)]), ...(min === undefined ? [] : [bornUntil(min)])]);
      },
    },
  ];
}

/** Completed months of age on a day, compared as a span of birth dates: a month is over on the day of birth or the last before it. */
export function ageMonthsDimension(birthDate: RawBuilder<unknown>, asOf: string): [string, Dimension] {
  const monthsBefore = (months: number): RawBuilder<unknown> =>
    sql`(${asOf}::date - make_interval(months => ${months}::integer))::date`;
  return [
    'ageMonths',
    {
      of: 'record',
      value: sql`(extract(year from age(${asOf}::date, ${birthDate})) * 12 + extract(month from age(${asOf}::date, ${birthDate})))::integer`,
      holds: (condition) => {
        if (condition === null || condition === '*') return compare('ageMonths', birthDate, condition);
        if (typeof condition !== 'object' || Array.isArray(condition))
          throw new RangeError('age is compared with eq, min, max');
        const { eq, min = eq, max = eq } = condition;
        return allOf([
          ...(max === undefined ? [] : [sql<boolean>`${birthDate} > ${monthsBefore(max + 1)}`]),
          ...(min === undefined ? [] : [sql<boolean>`${birthDate} <= ${monthsBefore(min)}`]),
        ]);
      },
    },
  ];
}

/** The conditions of a filter on one kind of dimension, in the order in which the form gives them. */
export function conditionsOf(filter: Filter, dimensions: Dimensions, of: Dimension['of']): Predicate[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    const found = dimensions[name];
    if (!found) throw new RangeError(`dimension ${name} is not offered here`);
    return found.of === of ? [found.holds(condition)] : [];
  });
}

export function allOf(predicates: readonly Predicate[]): Predicate {
  return predicates.length === 0 ? sql`true` : sql`${sql.join(predicates, sql` and `)}`;
}

export function oneOf(predicates: readonly Predicate[]): Predicate {
  return predicates.length === 1
    ? predicates[0]!
    : sql`(${sql.join(
        predicates.map((each) => sql`(${each})`),
        sql` or `,
      )})`;
}
