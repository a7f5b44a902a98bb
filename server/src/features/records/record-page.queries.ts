// Pages of any kind's list: filtered, in any order, with the count of all.
import { sql, type RawBuilder } from 'kysely';
import { columnOf, type Field } from '@khuevan/core/records/field.ts';
import { type Tx, withOnePlan, withoutNestedLoops, withoutSorting } from '#platform/database.ts';
import type { Condition, RecordFilter, SortKey } from './record-filter.ts';
import {
  inView as column,
  selection,
  viewOf,
  type Place,
  type Sql,
  type StoredRecord,
} from './record-reading.queries.ts';
import type { Shape } from './record-shape.ts';

export interface Page {
  total: number;
  records: StoredRecord[];
}

interface Window {
  limit: number;
  offset: number;
}

/** A page and the count of all. */
export async function readPage(
  tx: Tx,
  shape: Shape,
  place: Place,
  filter: RecordFilter,
  window: Window,
): Promise<Page> {
  const page = isByNameAlone(shape, filter)
    ? await readPageByName(tx, shape, place, filter, window)
    : await readPageOfAny(tx, shape, place, filter, window);
  if (page.records.length > 0 || window.offset === 0) return page;
  return { total: await countMatching(tx, shape, place, filter), records: [] };
}

/** Of all rows only the keys of the order are read; the rest for the page. */
async function readPageOfAny(
  tx: Tx,
  shape: Shape,
  place: Place,
  filter: RecordFilter,
  { limit, offset }: Window,
): Promise<Page> {
  const matching = sql<{ id: string; total: number }>`
    select r.id, count(*) over ()::integer as total from ${viewOf(shape)} r where ${whereOf(shape, place, filter)}
    order by ${orderOf(filter.order)} limit ${limit} offset ${offset}`;
  const { rows: found } = await withoutNestedLoops(tx, () => matching.execute(tx));
  if (found.length === 0) return { total: 0, records: [] };
  const { rows } = await sql<StoredRecord>`
    select ${selection(shape)} from unnest(${found.map(({ id }) => id)}::uuid[]) with ordinality as page (id, place)
    cross join lateral (select * from ${viewOf(shape)} v where v.school_id = ${place.schoolId} and v.id = page.id offset 0) r
    order by page.place`.execute(tx);
  return { total: found[0]!.total, records: rows };
}

const isByNameAlone = ({ person }: Shape, { words, conditions, order, presentOn, ids }: RecordFilter) =>
  person !== undefined &&
  order.length === 1 &&
  order[0]!.field.key === 'fullName' &&
  words.length + conditions.length === 0 &&
  !presentOn &&
  !ids;

/** So many persons are passed over one by one; further on it is sooner to put all spells of the year beside them at once. */
const mostPassed = 500;

/** The list as it opens, read most, and its further pages. Names lie in the order of an index and are never sorted. */
async function readPageByName(
  tx: Tx,
  shape: Shape,
  place: Place,
  { order }: RecordFilter,
  window: Window,
): Promise<Page> {
  const { kind } = shape;
  const fields = kind.fields.map((field) => {
    const name = field.type === 'pin' ? 'pin_mask' : columnOf(field.key);
    return sql`${sql.ref(`${field.person ? 'p' : 'y'}.${name}`)} as ${sql.ref(field.key)}`;
  });
  const selected = sql`y.id, p.version || '.' || y.version as version, p.id as ${sql.ref(shape.person!.key)}, ${sql.join(fields)}`;
  const direction = order[0]!.descending ? sql`desc` : sql`asc`;
  const [page, planned] =
    window.offset <= mostPassed ? ([nearPage, withoutSorting] as const) : ([farPage, withOnePlan] as const);
  const reading = page(shape, place, selected, direction, window);
  const { rows } = await planned(tx, () => reading.execute(tx));
  return { total: rows[0]?.total ?? 0, records: rows.map(({ total: _, ...record }) => record as StoredRecord) };
}

type Listed = StoredRecord & { total: number };

/** Walks along the names and stops at the end of the page. Spells are asked for in their order, which only the index that begins with the person has. */
function nearPage(
  { year, person }: Shape,
  { schoolId, schoolYear }: Place,
  selected: Sql,
  direction: Sql,
  { limit, offset }: Window,
): RawBuilder<Listed> {
  return sql<Listed>`
    select (select count(*)::integer from ${sql.table(year.table)} c where c.school_id = ${schoolId} and c.school_year = ${schoolYear}) as total, ${selected}
    from (select s.* from ${sql.table(person!.table)} s where s.school_id = ${schoolId} order by s.given_name ${direction}, s.other_names ${direction} offset 0) p
    cross join lateral (
      select r.* from ${sql.table(year.table)} r
      where r.school_id = ${schoolId} and r.school_year = ${schoolYear} and ${sql.ref(`r.${person!.column}`)} = p.id
      order by r.entered_on offset 0) y
    order by p.given_name ${direction}, p.other_names ${direction}, y.id limit ${limit} offset ${offset}`;
}

/** Numbers the names in their order, joins numbers alone to find the page, and then looks only where its rows lie. */
function farPage(
  { year, person }: Shape,
  { schoolId, schoolYear }: Place,
  selected: Sql,
  direction: Sql,
  { limit, offset }: Window,
): RawBuilder<Listed> {
  return sql<Listed>`
    with page as materialized (
      select r.id, r.ctid as spell, n.person, n.place, count(*) over ()::integer as total
      from (select s.id, s.ctid as person, rank() over (order by s.given_name ${direction}, s.other_names ${direction}) as place
        from ${sql.table(person!.table)} s where s.school_id = ${schoolId} offset 0) n
      join ${sql.table(year.table)} r on ${sql.ref(`r.${person!.column}`)} = n.id
      where r.school_id = ${schoolId} and r.school_year = ${schoolYear}
      order by n.place, r.id limit ${limit} offset ${offset})
    select page.total, ${selected} from page
    cross join lateral (select s.* from ${sql.table(person!.table)} s where s.school_id = ${schoolId} and s.ctid = page.person offset 0) p
    cross join lateral (select r.* from ${sql.table(year.table)} r where r.school_id = ${schoolId} and r.ctid = page.spell offset 0) y
    order by page.place, page.id`;
}

async function countMatching(tx: Tx, shape: Shape, place: Place, filter: RecordFilter): Promise<number> {
  const counting = sql<{ total: number }>`
    select count(*)::integer as total from ${viewOf(shape)} r where ${whereOf(shape, place, filter)}`;
  const { rows } = await withoutNestedLoops(tx, () => counting.execute(tx));
  return rows[0]!.total;
}

function orderOf(order: SortKey[]): Sql {
  const keys = order.flatMap(({ field, descending }) =>
    sortExpressions(field).map((key) => sql`${key} ${descending ? sql`desc nulls last` : sql`asc nulls last`}`),
  );
  return sql.join([...keys, sql`r.id`]);
}

/** Names by given name, then the rest; other text as Vietnamese dictionaries do. */
function sortExpressions(field: Field): Sql[] {
  const value = column(field);
  if (field.key === 'fullName') return [sql`r.given_name`, sql`r.other_names`];
  if (field.type === 'name')
    return [sql`given_name(${value}) collate "vi-x-icu"`, sql`other_names(${value}) collate "vi-x-icu"`];
  return field.type === 'text' || field.type === 'reference' ? [sql`${value} collate "vi-x-icu"`] : [value];
}

function whereOf(shape: Shape, { schoolId, schoolYear }: Place, filter: RecordFilter): Sql {
  const parts: Sql[] = [
    sql`r.school_id = ${schoolId}`,
    sql`r.school_year = ${schoolYear}`,
    ...filter.words.map((word) => foundIn(shape, word)),
    ...filter.conditions.map(conditionOf),
  ];
  if (filter.presentOn)
    parts.push(sql`r.entered_on <= ${filter.presentOn} and (r.left_on is null or r.left_on > ${filter.presentOn})`);
  if (filter.ids) parts.push(sql`r.id = any (${filter.ids}::uuid[])`);
  return sql.join(parts, sql` and `);
}

function foundIn(shape: Shape, word: string): Sql {
  const pattern = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  // Names of people are folded once, when they are stored; their codes are plain letters and digits.
  const folded = (key: string) =>
    shape.person
      ? sql`lower(${sql.ref(`r.${columnOf(key)}`)} collate "C")`
      : sql`search_key(${sql.ref(`r.${columnOf(key)}`)})`;
  const places = shape.kind.search.map((key) => (key === 'fullName' ? sql`r.search_key` : folded(key)));
  if (places.length === 0) return sql`false`;
  return sql`(${sql.join(
    places.map((text) => sql`${text} like ${pattern}`),
    sql` or `,
  )})`;
}

function conditionOf(condition: Condition): Sql {
  const value = column(condition.field);
  switch (condition.test) {
    case 'empty':
      return condition.field.type === 'codes' ? sql`coalesce(cardinality(${value}), 0) = 0` : sql`${value} is null`;
    case 'is':
      return sql`${value} = ${condition.value}`;
    case 'among': {
      const found =
        condition.field.type === 'codes'
          ? sql`${value} && ${condition.values}::text[]`
          : sql`${value} = any (${condition.values}::text[])`;
      return condition.orEmpty ? sql`(${found} or ${value} is null)` : found;
    }
    case 'between':
      return sql.join(
        [
          sql`true`,
          ...(condition.from === undefined ? [] : [sql`${value} >= ${condition.from}`]),
          ...(condition.to === undefined ? [] : [sql`${value} <= ${condition.to}`]),
        ],
        sql` and `,
      );
  }
}
