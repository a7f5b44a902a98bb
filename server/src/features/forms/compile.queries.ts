// Fills a form from the records: one statement for each measure, for one school or for all of a province.
// A statement groups by school and the column dimensions and counts each distinct row filter once; columns are sums of groups.
import { type CompiledQuery, sql, type RawBuilder } from 'kysely';
import {
  type Cells,
  cellKey,
  columnsOf,
  type Condition,
  type Filter,
  type FormDefinition,
  type Section,
} from '@khuevan/core/forms/definition.ts';
import { type MeasureName, measures } from '@khuevan/core/forms/measures.ts';
import { type Tx, withLargeHashes, withOnePlan } from '#platform/database.ts';
import { allOf, conditionsOf, oneOf } from './predicates.queries.ts';
import { type CountingScope, recordsOf, type Source, sourceOf } from './sources.queries.ts';

/** Cells of each school asked for. A count of nobody is 0; cells without a measure, marked empty, or unstated are missing. */
export async function compileForm(tx: Tx, form: FormDefinition, scope: CountingScope): Promise<Map<string, Cells>> {
  const filled = new Map<string, Cells>(scope.schoolIds.map((schoolId) => [schoolId, {}]));
  const work = scope.schoolIds.length === 1 ? withOnePlan : withLargeHashes;
  await work(tx, async () => {
    let fillPrevious = (): void => undefined;
    for (const plan of plansOf(form)) {
      const counting = countGroups(tx, form, plan, scope);
      fillPrevious(); // while the database counts the next
      const groups = await counting;
      fillPrevious = () => fillCells(filled, plan, groups);
    }
    fillPrevious();
  });
  return filled;
}

/** One thing counted in SQL: which records, and which of their amounts. */
interface Count {
  filters: Filter[];
  amount: string;
}

interface RowPlan {
  /** Places in the plan's `columnFilters` and `counts`. */
  cells: Array<{ key: string; column: number; count: number }>;
  /** Place in the plan's `measures`. */
  measure: number;
  /** Count of the records that state what an optional row asks. */
  stated?: number;
}

interface Plan {
  /** Holds for every record that is counted. */
  filter: Filter;
  /** Of the same records. */
  measures: MeasureName[];
  /** Column dimensions in use. */
  dimensions: string[];
  columnFilters: Filter[];
  counts: Count[];
  rows: RowPlan[];
  /** Its statement by school year and day, with a mark in the place of the schools. */
  statements: Map<string, CompiledQuery<Group>>;
}

const plans = new WeakMap<FormDefinition, Plan[]>();

/** What to count for a form depends on the form alone: worked out once. */
function plansOf(form: FormDefinition): Plan[] {
  const known =
    plans.get(form) ??
    Object.keys(measures).flatMap((name) => {
      const records = name as MeasureName;
      const counting = form.sections.filter((section) => countedRows(section, records).length > 0);
      return togetherOf(counting).map((sections) => planOf(form, sections, records));
    });
  plans.set(form, known);
  return known;
}

const countedRows = (section: Section, records: MeasureName) =>
  section.rows.flatMap((row) =>
    row.measure && recordsOf(row.measure) === records ? [{ row, measure: row.measure }] : [],
  );

/** Sections with the same columns are counted together: the records are read once. */
function togetherOf(sections: readonly Section[]): Section[][] {
  const together: Section[][] = [];
  for (const section of sections) {
    const others = together.find(
      ([first]) => first!.columnSet === section.columnSet && [first!, section].every((each) => isPlain(each, sections)),
    );
    if (others) others.push(section);
    else together.push([section]);
  }
  return together;
}

/** What is not said of all the sections can be said of each row beside the row's own filter. */
const isPlain = (section: Section, sections: readonly Section[]): boolean => {
  const own = Object.keys(ownFilter(section, commonFilter(sections)));
  return (
    own.length === 0 ||
    section.rows.every(({ filter = {} }) => !Array.isArray(filter) && own.every((name) => !(name in filter)))
  );
};

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function commonFilter(sections: readonly Section[]): Filter {
  const [first, ...rest] = sections.map(({ filter = {} }) => filter);
  return Object.fromEntries(
    Object.entries(first!).filter(([name, condition]) => rest.every((filter) => isSame(filter[name], condition))),
  );
}

const ownFilter = ({ filter = {} }: Section, common: Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in common)));

function planOf(form: FormDefinition, sections: readonly Section[], records: MeasureName): Plan {
  const common = commonFilter(sections);
  const counts: Count[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (count: Count): number => {
    const key = JSON.stringify(count);
    const known = numbers.get(key) ?? counts.push(count) - 1;
    numbers.set(key, known);
    return known;
  };
  const columns = columnsOf(form, sections[0]!);
  const counted = sections.flatMap((section) =>
    countedRows(section, records).map((each) => ({ ...each, own: ownFilter(section, common) })),
  );
  const inUse = [...new Set(counted.map(({ measure }) => measure))];
  const rows = counted.map(({ row, measure, own }): RowPlan => {
    const asked = [row.filter ?? {}].flat();
    const filters = asked.map((filter) => ({ ...own, ...filter }));
    const stated = asked.map((filter): Filter => ({
      ...own,
      ...Object.fromEntries(Object.keys(filter).map((name) => [name, '*'])),
    }));
    return {
      measure: inUse.indexOf(measure),
      cells: columns.flatMap((column, index) =>
        row.empty?.includes(column.code)
          ? []
          : [
              {
                key: cellKey(row.code, column.code),
                column: index,
                count: numberOf({ filters, amount: column.amount ?? '' }),
              },
            ],
      ),
      ...(row.optional ? { stated: numberOf({ filters: stated, amount: '' }) } : {}),
    };
  });
  const named = new Set(columns.flatMap((column) => Object.keys(column.filter)));
  return {
    filter: common,
    measures: inUse,
    dimensions: measures[records].columnDimensions.filter((name) => named.has(name)),
    columnFilters: columns.map((column) => column.filter),
    counts,
    rows,
    statements: new Map(),
  };
}

/**
 * A school's records that share the values of the column dimensions and count for the same measures. Columns d0, d1, …, m0, m1, …
 * (where there is more than one measure) and n0, n1, … of the statement.
 */
type Group = { school_id: string } & Record<string, unknown>;

async function countGroups(tx: Tx, form: FormDefinition, plan: Plan, scope: CountingScope): Promise<Group[]> {
  const statement = statementOf(tx, form, plan, scope);
  const values = statement.parameters.map((value) => (value === anySchools ? scope.schoolIds : value));
  const { rows } = await tx.executeQuery<Group>({ ...statement, parameters: values });
  return rows;
}

const anySchools: readonly string[] = [];
const mostStatements = 20;

/** To write a statement of a hundred counts takes longer than to run it for a small school: it is written once a year and day. */
function statementOf(
  tx: Tx,
  form: FormDefinition,
  plan: Plan,
  { schoolYear, asOf, countsFrom }: CountingScope,
): CompiledQuery<Group> {
  const key = `${schoolYear} ${asOf} ${countsFrom}`;
  const known = plan.statements.get(key);
  if (known) return known;
  const scope = { schoolIds: anySchools, schoolYear, asOf, countsFrom };
  const sources = plan.measures.map((measure) => sourceOf(measure, form, scope, plan.filter));
  const statement = countingSql(plan, sources, scope).compile(tx);
  if (plan.statements.size >= mostStatements) plan.statements.clear();
  plan.statements.set(key, statement);
  return statement;
}

function countingSql(plan: Plan, sources: readonly Source[], scope: CountingScope): RawBuilder<Group> {
  const { dimensions, counts } = plan;
  const source = sources[0]!;
  const there = sources.flatMap((each) => each.there ?? []);
  const measured = there.length < 2 ? [] : there.map((predicate, index) => ({ predicate, name: `m${index}` }));
  // Inside, records are counted by what they say themselves; outside, each school adds what is true of all its records.
  const inside = dimensions
    .map((name, index) => ({ index, dimension: source.dimensions[name]! }))
    .filter((each) => each.dimension.of === 'record');
  const recordCounts = new Map<string, { name: string; sql: RawBuilder<unknown> }>();
  const insideOf = ({ filters, amount }: Count): string => {
    const key = JSON.stringify([
      filters.map((filter) => Object.entries(filter).filter(([name]) => source.dimensions[name]?.of !== 'school')),
      amount,
    ]);
    const known = recordCounts.get(key) ?? { name: `c${recordCounts.size}`, sql: countSql(source, filters, amount) };
    recordCounts.set(key, known);
    return known.name;
  };
  const outside = counts.map(
    (count, index) =>
      sql`${atSchool(source, count.filters, sql`c.${sql.ref(insideOf(count))}`)} as ${sql.ref(`n${index}`)}`,
  );
  const outerDimensions = dimensions.map((name, index) => {
    const dimension = source.dimensions[name]!;
    return sql`${dimension.of === 'school' ? dimension.value : sql`c.${sql.ref(`d${index}`)}`} as ${sql.ref(`d${index}`)}`;
  });
  return sql<Group>`
    select c.school_id, ${sql.join([...outerDimensions, ...measured.map(({ name }) => sql`c.${sql.ref(name)}`), ...outside])}
    from (
      select ${source.schoolId} as school_id,
        ${sql.join([
          ...inside.map(({ index, dimension }) => sql`${dimension.value} as ${sql.ref(`d${index}`)}`),
          ...measured.map(({ predicate, name }) => sql`(${predicate}) as ${sql.ref(name)}`),
          ...[...recordCounts.values()].map((each) => sql`${each.sql} as ${sql.ref(each.name)}`),
        ])}
      from ${source.from}
      where ${allOf([source.where, ...(there.length > 0 ? [oneOf(there)] : []), ...conditionsOf(plan.filter, source.dimensions, 'record')])}
      group by ${sql.join(Array.from({ length: inside.length + measured.length + 1 }, (_, index) => sql.lit(index + 1)))}
    ) c
    left join school_profile p on p.school_id = c.school_id and p.school_year = ${scope.schoolYear}
    left join unit u on u.id = c.school_id
    where ${allOf(conditionsOf(plan.filter, source.dimensions, 'school'))}`;
}

function countSql(source: Source, filters: Filter[], amount: string): RawBuilder<unknown> {
  const alternatives = filters.map((filter) => conditionsOf(filter, source.dimensions, 'record'));
  const onlyThese = alternatives.some((conditions) => conditions.length === 0)
    ? sql``
    : sql` filter (where ${oneOf(alternatives.map(allOf))})`;
  const added = source.amounts?.[amount];
  return added ? sql`coalesce(sum(${added})${onlyThese}, 0)` : sql`count(*)${onlyThese}`;
}

/** A count, kept only for the schools of which the filter's conditions on the school hold. */
function atSchool(source: Source, filters: Filter[], count: RawBuilder<unknown>): RawBuilder<unknown> {
  const conditions = filters.map((filter) => conditionsOf(filter, source.dimensions, 'school'));
  if (conditions.every((each) => each.length === 0)) return count;
  if (filters.length > 1) throw new RangeError('alternatives of a row cannot ask about the school');
  return sql`case when ${allOf(conditions[0]!)} then ${count} else 0 end`;
}

function fillCells(filled: Map<string, Cells>, plan: Plan, groups: Group[]): void {
  const names = plan.counts.map((_, index) => `n${index}`);
  const read = (group: Group): ReadGroup => ({
    counted: names.map((name) => Number(group[name])),
    inColumn: matchColumns(plan, group),
    measured: plan.measures.map((_, index) => plan.measures.length === 1 || group[`m${index}`] === true),
  });
  const groupsOf = Map.groupBy(groups, (group) => group.school_id);
  for (const [schoolId, cells] of filled) {
    const own = (groupsOf.get(schoolId) ?? []).map(read);
    const ofMeasure = plan.measures.map((_, index) => own.filter(({ measured }) => measured[index]));
    for (const { cells: row, measure, stated } of plan.rows) {
      const those = ofMeasure[measure]!;
      if (stated !== undefined && !those.some(({ counted }) => counted[stated]! > 0)) continue;
      for (const { key, column, count } of row) {
        let sum = 0;
        for (const { counted, inColumn } of those) if (inColumn[column]) sum += counted[count]!;
        cells[key] = sum;
      }
    }
  }
}

interface ReadGroup {
  counted: number[];
  inColumn: boolean[];
  /** For which of the plan's measures it counts. */
  measured: boolean[];
}

function matchColumns(plan: Plan, group: Group): boolean[] {
  const valueOf = (name: string): unknown => group[`d${plan.dimensions.indexOf(name)}`];
  return plan.columnFilters.map((filter) =>
    Object.entries(filter).every(([name, condition]) => holds(valueOf(name), condition)),
  );
}

/** Column filters in JavaScript: the same meaning as compare() in predicates.queries.ts. */
function holds(value: unknown, condition: Condition): boolean {
  if (condition === null) return value === null;
  if (condition === '*') return value !== null;
  if (typeof condition === 'boolean') return value === condition;
  if (Array.isArray(condition)) return typeof value === 'string' && condition.includes(value);
  throw new RangeError('columns compare codes and yes or no, not numbers');
}
