import { sql } from 'kysely';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { Tx } from '#platform/database.ts';

export interface PlaceRow {
  id: string;
  kind: UnitKind;
  code: string;
  name: string;
}

/** Offices at and below a unit: the places that have a population. */
export async function selectPlaces(tx: Tx, unitId: string, day: string): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select u.id, u.kind, u.code, u.name from units_below(${unitId}, ${day}) b join unit u on u.id = b.unit_id
    where u.kind <> 'school' and u.valid @> ${day}::date
    order by array_position(array['ministry', 'province', 'district', 'commune'], u.kind), u.name collate "vi-x-icu"`.execute(
    tx,
  );
  return rows;
}

export interface PopulationRow {
  id: string;
  unit_id: string;
  unit_name: string;
  unit_code: string;
  year: number;
  source: string;
  document_no: string;
  file_name: string;
  file_sha256: string;
  imported_by_name: string;
  imported_at: Date;
  replaced_at: Date | null;
  first_age: number;
  last_age: number;
  people: number;
}

/** Tables of the places in scope; newest first, those in use before those that were replaced. */
export async function selectTables(
  tx: Tx,
  asked: { year: number; replaced: boolean; unitIds?: readonly string[] },
): Promise<PopulationRow[]> {
  const { rows } = await sql<PopulationRow>`
    with found as materialized (
      select * from population p
      where p.year = ${asked.year} and (${asked.replaced} or p.replaced_at is null)
        and (${asked.unitIds === undefined} or p.unit_id = any (${asked.unitIds ?? []}::uuid[]))
    ), counted as materialized (
      select c.unit_id, c.population_id, min(c.age)::integer as first_age, max(c.age)::integer as last_age, sum(c.people)::integer as people
      from population_count c where c.population_id in (select f.id from found f) group by c.unit_id, c.population_id
    )
    select f.id, f.unit_id, u.name as unit_name, u.code as unit_code, f.year, f.source, f.document_no, f.file_name, f.file_sha256,
      f.imported_by_name, f.imported_at, f.replaced_at, c.first_age, c.last_age, c.people
    from found f join counted c on c.unit_id = f.unit_id and c.population_id = f.id join unit u on u.id = f.unit_id
    order by array_position(array['ministry', 'province', 'district', 'commune'], u.kind), u.name collate "vi-x-icu",
      f.replaced_at desc nulls first limit 5000`.execute(tx);
  return rows;
}

export async function selectYears(tx: Tx): Promise<number[]> {
  const rows = await tx.selectFrom('population').select('year').distinct().orderBy('year', 'desc').execute();
  return rows.map((row) => row.year);
}

export async function selectCounts(tx: Tx, unitId: string, populationId: string) {
  return tx
    .selectFrom('population_count')
    .select(['age', 'people', 'female', 'minority', 'minority_female'])
    .where('unit_id', '=', unitId)
    .where('population_id', '=', populationId)
    .orderBy('age')
    .execute();
}

export interface PeopleRow {
  unit_id: string;
  year: number;
  age: number;
  people: number;
  female: number | null;
  minority: number | null;
  minority_female: number | null;
}

/**
 * People by age in the tables that are in use.
 * @param unitIds null: all places in scope
 */
export async function selectPeople(
  tx: Tx,
  years: readonly number[],
  ages: { from: number; to: number },
  unitIds: readonly string[] | null,
): Promise<PeopleRow[]> {
  // Not "null or": the places are to be looked up by the index.
  const ofUnits = unitIds === null ? sql`` : sql`and p.unit_id = any (${unitIds}::uuid[])`;
  const { rows } = await sql<PeopleRow>`
    with used as materialized (
      select p.unit_id, p.id, p.year from population p
      where p.replaced_at is null and p.year = any (${years}) ${ofUnits}
    )
    select c.unit_id, u.year, c.age, c.people, c.female, c.minority, c.minority_female
    from used u join population_count c on c.unit_id = u.unit_id and c.population_id = u.id
    where c.age between ${ages.from} and ${ages.to}`.execute(tx);
  return rows;
}

export interface NewTable {
  unitId: string;
  id: string;
  counts: Array<Omit<PeopleRow, 'unit_id' | 'year'>>;
}

export interface TableFace {
  year: number;
  source: string;
  documentNo: string;
  fileName: string;
  fileSha256: string;
  importedBy: string;
  importedByName: string;
  importedIn: string;
  at: Date;
}

/** Each new table takes the place of the one of its place and year. @returns how many were replaced */
export async function replaceTables(tx: Tx, face: TableFace, tables: readonly NewTable[]): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('population')
    .set({ replaced_at: face.at })
    .where('year', '=', face.year)
    .where('replaced_at', 'is', null)
    .where(
      'unit_id',
      'in',
      tables.map((table) => table.unitId),
    )
    .executeTakeFirstOrThrow();
  await sql`
    insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
    select t.unit_id, t.id, ${face.year}, ${face.source}, ${face.documentNo}, ${face.fileName}, ${face.fileSha256}, ${face.importedBy},
      ${face.importedByName}, ${face.importedIn}, ${face.at}
    from json_to_recordset(${JSON.stringify(tables.map(({ unitId, id }) => ({ unit_id: unitId, id })))}) as t (unit_id uuid, id uuid)`.execute(
    tx,
  );
  const counts = tables.flatMap(({ unitId, id, counts: rows }) =>
    rows.map((row) => ({ unit_id: unitId, population_id: id, ...row })),
  );
  await sql`
    insert into population_count
    select r.unit_id, r.population_id, r.age, r.people, r.female, r.minority, r.minority_female
    from json_to_recordset(${JSON.stringify(counts)}) as r (unit_id uuid, population_id uuid, age smallint, people integer, female integer,
      minority integer, minority_female integer)`.execute(tx);
  return Number(numUpdatedRows);
}
