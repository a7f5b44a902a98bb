// From the waiting rows into the records: a few statements for any number of rows. The caller has narrowed the transaction to
// the schools and holds their locks.
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { ImportKey } from './staging.queries.ts';
import type { StagedColumn, StagingShape } from './staging-shape.ts';

type Sql = RawBuilder<unknown>;

export interface Applying {
  key: ImportKey;
  shape: StagingShape;
  schoolYear: number;
}

/** How the codes of new people of a school begin. */
export interface CodePattern {
  schoolId: string;
  prefix: string;
  digits: number;
}

const ref = (name: string): Sql => sql.ref(name);
const list = (parts: Sql[]): Sql => sql.join(parts);

/** Waiting rows with what is known about them. */
function rowsWithMatch({ key, shape }: Applying, schoolIds: readonly string[], where: Sql): Sql {
  return sql`${sql.table(shape.staging)} r left join import_match m on m.unit_id = r.unit_id and m.import_id = r.import_id
    and m.school_id = r.school_id and m.sheet_no = r.sheet_no and m.row_no = r.row_no
    where r.unit_id = ${key.unitId} and r.import_id = ${key.id} and r.school_id = any (${[...schoolIds]}::uuid[]) and ${where}`;
}

export async function updatePersons(tx: Tx, applying: Applying, schoolIds: readonly string[]): Promise<void> {
  const { shape } = applying;
  // A code that was issued stays; a number that came masked or not at all stays.
  const columns = shape.columns.filter((column) => column.isOfPerson && !column.isPin && column.name !== 'code');
  const hasPin = shape.columns.some((column) => column.isPin);
  // What a further spell tells of a known person is kept; its empty cells take nothing away.
  const value = ({ name }: StagedColumn): Sql =>
    sql`case when m.action = 'add' then coalesce(r.${ref(name)}, p.${ref(name)}) else r.${ref(name)} end`;
  const isNewPin = sql`r.pin_hash is not null and r.pin_hash is distinct from p.pin_hash`;
  const pins = hasPin
    ? ['pin_cipher', 'pin_hash', 'pin_mask'].map(
        (name) => sql`${ref(name)} = case when ${isNewPin} then r.${ref(name)} else p.${ref(name)} end`,
      )
    : [];
  const news = [
    ...columns.map((column) => sql`p.${ref(column.name)} is distinct from ${value(column)}`),
    ...(hasPin ? [sql`(${isNewPin})`] : []),
  ];
  await sql`
    update ${sql.table(shape.person!.table)} p set ${list([...columns.map((column) => sql`${ref(column.name)} = ${value(column)}`), ...pins])}
    from ${rowsWithMatch(applying, schoolIds, sql`m.person_differs`)}
    and p.school_id = r.school_id and p.id = m.person_id and (${sql.join(news, sql` or `)})`.execute(tx);
}

export async function updateRecords(tx: Tx, applying: Applying, schoolIds: readonly string[]): Promise<void> {
  const { shape } = applying;
  const columns = shape.columns.filter((column) => !column.isOfPerson);
  await sql`
    update ${sql.table(shape.year)} y set ${list(columns.map(({ name }) => sql`${ref(name)} = r.${ref(name)}`))}
    from ${rowsWithMatch(applying, schoolIds, sql`m.record_differs`)} and y.school_id = r.school_id and y.id = m.record_id`.execute(
    tx,
  );
}

/** A row without a match is of somebody new; several rows may be of the same. */
const ofNewPersons = sql`m.action is null`;

/** What is new of these schools; answers how many rows. Codes are issued in their order. A number held elsewhere raises pin_registry_pk. */
export async function storeNewRows(
  tx: Tx,
  applying: Applying,
  schoolIds: readonly string[],
  patterns: readonly CodePattern[],
): Promise<number> {
  const { shape, key, schoolYear } = applying;
  const serials = shape.person ? await issueSerials(tx, applying, schoolIds, patterns) : [];
  const { rows } = await sql<{ stored: number }>`
    select store_new_rows(${shape.kind.name}, ${key.unitId}, ${key.id}, ${[...schoolIds]}::uuid[], ${schoolYear}, ${serials.map((each) => each.schoolId)}::uuid[],
      ${serials.map((each) => each.prefix)}::text[], ${serials.map((each) => each.digits)}::integer[], ${serials.map((each) => each.before)}::integer[]) as stored`.execute(
    tx,
  );
  return rows[0]!.stored;
}

interface Serials extends CodePattern {
  /** The last serial before those that are given now. */
  before: number;
}

function serialTable(serials: readonly Serials[]): Sql {
  return sql`unnest(${serials.map((each) => each.schoolId)}::uuid[], ${serials.map((each) => each.prefix)}::text[], ${serials.map((each) => each.digits)}::integer[],
    ${serials.map((each) => each.before)}::integer[]) as s (school_id, prefix, digits, before)`;
}

/** Takes as many serials as there are new people without a code. Codes that people typed are stepped over. */
async function issueSerials(
  tx: Tx,
  applying: Applying,
  schoolIds: readonly string[],
  patterns: readonly CodePattern[],
): Promise<Serials[]> {
  const table = applying.shape.person!.table;
  const { rows: needed } = await sql<{ school_id: string; count: number }>`
    select r.school_id, count(distinct r.person_id)::integer as count from ${rowsWithMatch(applying, schoolIds, sql`${ofNewPersons} and r.code is null`)} group by r.school_id`.execute(
    tx,
  );
  const asking = patterns.filter((pattern) => needed.some((row) => row.school_id === pattern.schoolId));
  if (asking.length === 0) return [];
  await sql`
    insert into code_counter as k (school_id, table_name, last_serial)
    select s.school_id, ${table}, coalesce(max(substring(c.code, length(s.prefix) + 1)::integer), 0)
    from ${serialTable(asking.map((pattern) => ({ ...pattern, before: 0 })))}
    left join lateral (
      select p.code from ${sql.table(table)} p where p.school_id = s.school_id
      union all select r.code from ${rowsWithMatch(applying, schoolIds, sql`r.school_id = s.school_id and r.code is not null`)}
    ) c on left(c.code, length(s.prefix)) = s.prefix and substring(c.code, length(s.prefix) + 1) ~ '^[0-9]{1,9}$'
    group by s.school_id
    on conflict (school_id, table_name) do update set last_serial = greatest(k.last_serial, excluded.last_serial)`.execute(
    tx,
  );
  const { rows: taken } = await sql<{ school_id: string; before: number }>`
    update code_counter k set last_serial = k.last_serial + n.count
    from unnest(${needed.map((row) => row.school_id)}::uuid[], ${needed.map((row) => row.count)}::integer[]) as n (school_id, count)
    where k.school_id = n.school_id and k.table_name = ${table} returning k.school_id, k.last_serial - n.count as before`.execute(
    tx,
  );
  const before = new Map(taken.map((row) => [row.school_id, row.before]));
  return asking.map((pattern) => ({ ...pattern, before: before.get(pattern.schoolId)! }));
}

/** New records of people who were known already, or of whom the file tells anew. */
export async function addRecords(tx: Tx, applying: Applying, schoolIds: readonly string[]): Promise<void> {
  const { shape, schoolYear } = applying;
  const columns = shape.columns.filter((column) => !column.isOfPerson).map((column) => column.name);
  const person = shape.person
    ? { name: sql`, ${ref(shape.person.column)}`, value: sql`, coalesce(m.person_id, r.person_id)` }
    : { name: sql``, value: sql`` };
  await sql`
    insert into ${sql.table(shape.year)} (school_id, id, school_year${person.name}, ${list(columns.map(ref))})
    select r.school_id, r.record_id, ${schoolYear}::integer${person.value}, ${list(columns.map((name) => sql`r.${ref(name)}`))}
    from ${rowsWithMatch(applying, schoolIds, sql`m.action = 'add'`)}`.execute(tx);
}

/** Enters the numbers of people who were known already in the country-wide registry. */
export async function registerKnown(tx: Tx, applying: Applying, schoolIds: readonly string[]): Promise<void> {
  const { shape } = applying;
  if (!shape.columns.some((column) => column.isPin)) return;
  await sql`
    select register_pins(${shape.kind.name}, ids.list) from (
      select array_agg(coalesce(m.record_id, r.record_id)) as list from ${rowsWithMatch(applying, schoolIds, sql`m.action in ('add', 'change')`)}) ids
    where ids.list is not null`.execute(tx);
}
