// What indicators are made of: totals of approved reports, by the cells that are asked for. All units in the scope of the
// transaction at once.
import { sql } from 'kysely';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { Tx } from '#platform/database.ts';

export interface CountedPeriodRow {
  period_id: string;
  school_year: number;
  as_of: string;
  form_code: string;
  form_version: string;
  level: string;
}

/** Where forms are asked for in these years, for a unit to which the period applies; the start or end of a year before its middle, the ministry's before a province's own. */
export async function selectPeriods(
  tx: Tx,
  unitId: string,
  schoolYears: readonly number[],
  formCodes: readonly string[],
): Promise<CountedPeriodRow[]> {
  const { rows } = await sql<CountedPeriodRow>`
    select f.period_id, p.school_year, p.as_of, f.form_code, f.form_version, f.level
    from period p join period_form f on f.period_id = p.id join unit o on o.id = p.owner_id
    where p.school_year = any (${schoolYears}) and f.form_code = any (${formCodes})
      and (p.owner_id = ${unitId} or exists (select 1 from units_over(${unitId}, p.as_of) a where a.unit_id = p.owner_id))
    order by p.kind = 'middle', o.kind = 'ministry' desc, p.as_of desc, p.id`.execute(tx);
  return rows;
}

export interface AskedTotal {
  periodId: string;
  formCode: string;
  cells: string[];
}

export interface TotalRow {
  unit_id: string;
  period_id: string;
  form_code: string;
  parts: number;
  /** Hundredths, in the order asked; null where blank, be it in one of the parts: a form may have got cells while its period ran. */
  amounts: Array<number | null>;
}

/**
 * Totals of units, only the cells asked for. Lists are unpacked once a row ("|| '{}'"), or each cell would unpack them again.
 * @param unitIds null: all units in scope
 */
export async function selectTotals(
  tx: Tx,
  asked: readonly AskedTotal[],
  unitIds: readonly string[] | null,
): Promise<TotalRow[]> {
  // Not "null or": the units are to be looked up by the index.
  const ofUnits = unitIds === null ? sql`` : sql`and a.unit_id = any (${unitIds}::uuid[])`;
  const { rows } = await sql<TotalRow>`
    with asked as materialized (
      select f.period_id, f.form_code, array (
        select array_position(f.cells, k.key) from json_array_elements_text(a.cells) with ordinality k (key, no) order by k.no) as places
      from json_to_recordset(${JSON.stringify(asked)}) as a ("periodId" uuid, "formCode" text, cells json)
      join period_form f on f.period_id = a."periodId" and f.form_code = a."formCode"
    ), held as materialized (
      select a.unit_id, a.period_id, a.form_code, a.parts, a.amounts || '{}' as amounts, a.filled || '{}' as filled
      from aggregate_sum a
      where a.period_id = any (${[...new Set(asked.map((each) => each.periodId))]}::uuid[]) and a.parts > 0 ${ofUnits}
    )
    select h.unit_id, h.period_id, h.form_code, h.parts,
      (select json_agg(case when h.filled[p.place] = h.parts then h.amounts[p.place] end order by p.no)
       from unnest(q.places) with ordinality p (place, no)) as amounts
    from held h join asked q on q.period_id = h.period_id and q.form_code = h.form_code`.execute(tx);
  return rows;
}

export interface LibraryUnitRow {
  id: string;
  kind: UnitKind;
  code: string;
  name: string;
  levels: string[];
}

/** Every unit at and below one, offices first; for the ministry, whose schools are a country's, offices only. */
export async function selectUnitsWithin(tx: Tx, unitId: string, day: string): Promise<LibraryUnitRow[]> {
  const { rows } = await sql<LibraryUnitRow>`
    select u.id, u.kind, u.code, u.name, u.levels
    from unit o join unit u on
      case when o.kind = 'ministry' then u.kind <> 'school' and u.valid @> ${day}::date
      else u.id in (select b.unit_id from units_below(${unitId}, ${day}) b) end
    where o.id = ${unitId}
    order by array_position(array['ministry', 'province', 'district', 'commune', 'school'], u.kind), u.name collate "vi-x-icu"`.execute(
    tx,
  );
  return rows;
}

export interface AskedUnitRow {
  unit_id: string;
  parent_id: string;
  distance: number;
  kind: UnitKind;
  name: string;
}

/** Units whose figures a level's form is made of, below a unit on a day. */
export async function selectUnitsAsked(tx: Tx, unitId: string, level: string, day: string): Promise<AskedUnitRow[]> {
  const { rows } = await sql<AskedUnitRow>`
    select a.unit_id, a.parent_id, a.distance, a.kind, a.name from units_asked(${unitId}, ${level}, ${day}) a
    order by a.kind = 'school', a.name collate "vi-x-icu"`.execute(tx);
  return rows;
}

export async function selectUnitFace(tx: Tx, unitId: string): Promise<LibraryUnitRow | undefined> {
  return tx
    .selectFrom('unit')
    .select(['id', 'kind', 'code', 'name', 'levels'])
    .where('id', '=', unitId)
    .executeTakeFirst() as Promise<LibraryUnitRow | undefined>;
}

/** Schools at and below a unit that owe a level's form on a day. */
export async function countSchoolsAsked(tx: Tx, unitId: string, level: string, day: string): Promise<number> {
  const { rows } = await sql<{ schools: number }>`
    select schools_asked(${unitId}, ${level}, ${day}) as schools`.execute(tx);
  return rows[0]!.schools;
}
