// Compares waiting rows with the records of some schools: whom does a row mean, and what would storing it change? Nothing is
// stored about rows that are plainly new. The caller has narrowed the transaction to the schools.
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { ImportKey, SchoolRows } from './staging.queries.ts';
import type { StagedColumn, StagingShape } from './staging-shape.ts';

type Sql = RawBuilder<unknown>;

export interface Matching {
  key: ImportKey;
  shape: StagingShape;
  schoolYear: number;
  /** Sheet names by number, for the findings. */
  sheets: Record<number, string>;
}

const ref = (name: string): Sql => sql.ref(name);
const and = (parts: Sql[]): Sql => sql.join(parts, sql` and `);

/** Whether the comparison so far has refused any row. */
export async function hasRefusedRows(tx: Tx, { unitId, id }: ImportKey): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from import_finding where unit_id = ${unitId} and import_id = ${id} and matched and severity = 'error') as found`.execute(
    tx,
  );
  return rows[0]!.found;
}

/** What an earlier comparison found about the rows of these schools is forgotten, but for its warnings. */
export async function forgetMatches(tx: Tx, { unitId, id }: ImportKey, schoolIds: readonly string[]): Promise<void> {
  await sql`
    delete from import_finding f using import_match m
    where m.unit_id = ${unitId} and m.import_id = ${id} and m.school_id = any (${[...schoolIds]}::uuid[]) and m.action = 'none'
    and f.unit_id = ${unitId} and f.import_id = ${id} and f.sheet_no = m.sheet_no and f.row_no = m.row_no and f.matched and f.severity = 'error'`.execute(
    tx,
  );
  await sql`
    delete from import_match where unit_id = ${unitId} and import_id = ${id} and school_id = any (${[...schoolIds]}::uuid[])`.execute(
    tx,
  );
}

export async function matchRows(tx: Tx, matching: Matching, schoolIds: readonly string[]): Promise<void> {
  const { person } = matching.shape;
  await sql`
    with ${waitingRows(matching, schoolIds)}, ${person ? matchedPersons(matching, schoolIds) : matchedRecords(matching, schoolIds)},
    ${judgedRows(matching)}, kept as (
      insert into import_match (unit_id, import_id, school_id, sheet_no, row_no, action, person_id, record_id, person_differs, record_differs)
      select ${matching.key.unitId}::uuid, ${matching.key.id}::uuid, school_id, sheet_no, row_no,
        case when rule is not null then 'none' when found_record is null then 'add' when person_differs or record_differs then 'change' else 'leave' end,
        found_person, found_record, person_differs and rule is null, record_differs and rule is null
      from judged where rule is not null or found_person is not null or found_record is not null
      on conflict do nothing
    )
    ${addMatchFindings(matching, sql`judged where rule is not null`)}`.execute(tx);
}

function waitingRows({ key, shape }: Matching, schoolIds: readonly string[]): Sql {
  return sql`waiting as materialized (
    select r.* from ${sql.table(shape.staging)} r where r.unit_id = ${key.unitId} and r.import_id = ${key.id} and r.school_id = any (${[...schoolIds]}::uuid[]))`;
}

/** Findings that depend on the records are marked as such: they are found anew each time. */
function addMatchFindings({ key, sheets }: Matching, from: Sql): Sql {
  return sql`
    insert into import_finding (unit_id, import_id, sheet, sheet_no, row_no, field, rule, severity, subject, value, params, matched)
    select ${key.unitId}::uuid, ${key.id}::uuid, ${JSON.stringify(sheets)}::jsonb ->> sheet_no::text, sheet_no, row_no, field, rule, severity, subject, value, params, true
    from ${from} order by sheet_no, row_no returning 1`;
}

export async function hasPersons(tx: Tx, { person }: StagingShape, schoolIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from ${sql.table(person!.table)} where school_id = any (${[...schoolIds]}::uuid[])) as found`.execute(
    tx,
  );
  return rows[0]!.found;
}

/** Kinds without persons: a record is known by its keys in the school and year. */
function matchedRecords({ shape, schoolYear }: Matching, schoolIds: readonly string[]): Sql {
  const same = and(
    shape.yearKeys.map((name) =>
      shape.emptyKeys.has(name)
        ? sql`y.${ref(name)} is not distinct from r.${ref(name)}`
        : sql`y.${ref(name)} = r.${ref(name)}`,
    ),
  );
  return sql`found as materialized (
    select r.school_id, r.sheet_no, r.row_no, null::uuid as found_person, y.id as found_record, false as person_differs,
      coalesce(y.id is not null and ${differs(shape.columns, 'y')}, false) as record_differs,
      null::text as rule, null::text as field, null::text as value, null::text as subject, null::jsonb as params
    from waiting r left join ${sql.table(shape.year)} y on y.school_id = r.school_id and y.school_id = any (${[...schoolIds]}::uuid[]) and y.school_year = ${schoolYear} and ${same})`;
}

/** Any of the columns differs; a number that came masked or not at all is no difference. */
function differs(columns: readonly StagedColumn[], table: string): Sql {
  const plain = columns.filter((column) => !column.isPin && column.name !== 'code');
  const pin = columns.some((column) => column.isPin)
    ? sql` or (r.pin_hash is not null and r.pin_hash is distinct from ${ref(table)}.pin_hash)`
    : sql``;
  const parts = plain.map((column) => sql`r.${ref(column.name)} is distinct from ${ref(table)}.${ref(column.name)}`);
  return parts.length === 0 ? sql`(false${pin})` : sql`(${sql.join(parts, sql` or `)}${pin})`;
}

/** By code, by number, or by name, birth and sex where that is clear. */
function matchedPersons(matching: Matching, schoolIds: readonly string[]): Sql {
  const { shape } = matching;
  const { person, kind } = shape;
  return sql`person as materialized (
      select * from ${sql.table(person!.table)} p where p.school_id = any (${[...schoolIds]}::uuid[])
    ), named as materialized (
      select school_id, full_name, birth_date, sex, count(*)::integer as total, count(*) filter (where pin_hash is null)::integer as unnumbered,
        (array_agg(id order by pin_hash nulls first, id))[1] as nearest
      from person group by school_id, full_name, birth_date, sex
    ), candidate as materialized (
      select r.school_id, r.sheet_no, r.row_no, c.id as by_code, n.id as by_pin,
        case when c.id is null and n.id is null and (m.unnumbered = 1 or (m.total = 1 and r.pin_hash is null)) then m.nearest end as by_name,
        case when c.id is null and n.id is null and (m.unnumbered > 1 or (r.pin_hash is null and m.unnumbered = 0 and m.total > 1)) then m.total end as several
      from waiting r
      left join person c on c.school_id = r.school_id and c.code = r.code
      left join person n on n.school_id = r.school_id and n.pin_hash = r.pin_hash
      left join named m on m.school_id = r.school_id and m.full_name = r.full_name and m.birth_date = r.birth_date and m.sex = r.sex
    ), identified as materialized (
      select c.*, p.id as found_person, p.code as known_code, p.full_name as known_name, p.birth_date as known_birth, p.pin_mask as known_mask, p.search_key as known_key,
        o.code as other_code, o.full_name as other_name,
        coalesce(p.id is not null and ${differs(
          shape.columns.filter((column) => column.isOfPerson),
          'p',
        )}, false) as person_differs
      from candidate c join waiting r using (school_id, sheet_no, row_no)
      left join person p on p.school_id = c.school_id and p.id = coalesce(c.by_code, c.by_pin, c.by_name)
      left join person o on o.school_id = c.school_id and o.id = c.by_pin and c.by_pin <> c.by_code
    ), recorded as materialized (
      select * from ${sql.table(shape.year)} y where y.school_id = any (${[...schoolIds]}::uuid[]) and y.school_year = ${matching.schoolYear}
    ), ${shape.yearKeys.includes('entered_on') ? matchedSpells(matching) : matchedYears(matching)}, found as materialized (
      select i.school_id, i.sheet_no, i.row_no, i.found_person, y.found_record, i.person_differs, coalesce(y.record_differs, false) as record_differs,
        f.rule, f.field, f.value, r.full_name as subject, f.params
      from identified i join waiting r using (school_id, sheet_no, row_no)
      left join year_record y using (school_id, sheet_no, row_no)
      cross join lateral (select ${personFault(kind.name)}) f)`;
}

/** The first thing that is wrong with who the row says it is. */
function personFault(kind: string): Sql {
  const faults: { when: Sql; rule: string; field: string; value: Sql; params: Sql }[] = [
    {
      when: sql`i.other_code is not null`,
      rule: `${kind}_duplicate_pin`,
      field: 'pin',
      value: sql`r.pin_mask`,
      params: sql`jsonb_build_object('other', i.other_name, 'otherCode', i.other_code)`,
    },
    {
      when: sql`i.by_code is not null and i.known_birth <> r.birth_date and i.known_key <> search_key(r.full_name)`,
      rule: `${kind}_duplicate_code`,
      field: 'code',
      value: sql`r.code`,
      params: sql`jsonb_build_object('other', i.known_name, 'otherCode', i.known_code)`,
    },
    {
      when: sql`i.by_code is null and r.code is not null and i.found_person is not null`,
      rule: 'import_code_differs',
      field: 'code',
      value: sql`r.code`,
      params: sql`jsonb_build_object('other', i.known_name, 'code', i.known_code)`,
    },
    {
      when: sql`i.several is not null`,
      rule: 'import_ambiguous',
      field: 'fullName',
      value: sql`r.full_name`,
      params: sql`jsonb_build_object('count', i.several)`,
    },
    {
      when: sql`r.pin_mask is not null and r.pin_hash is null and i.known_mask is distinct from r.pin_mask`,
      rule: 'import_pin_masked',
      field: 'pin',
      value: sql`null`,
      params: sql`null::jsonb`,
    },
    {
      when: sql`y.clash`,
      rule: `${kind}_overlap`,
      field: 'enteredOn',
      value: sql`null`,
      params: sql`jsonb_build_object('other', i.known_name, 'otherCode', i.known_code)`,
    },
  ];
  const choose = (part: (fault: (typeof faults)[number]) => Sql, type: string): Sql =>
    sql`(case ${sql.join(
      faults.map((fault) => sql`when ${fault.when} then ${part(fault)}`),
      sql` `,
    )} end)::${sql.raw(type)}`;
  return sql`${choose((fault) => sql.lit(fault.rule), 'text')} as rule, ${choose((fault) => sql.lit(fault.field), 'text')} as field,
    ${choose((fault) => fault.value, 'text')} as value, ${choose((fault) => fault.params, 'jsonb')} as params`;
}

/** One record of a person in a school year. */
function matchedYears({ shape }: Matching): Sql {
  return sql`year_record as materialized (
    select i.school_id, i.sheet_no, i.row_no, y.id as found_record, false as clash,
      ${differs(
        shape.columns.filter((column) => !column.isOfPerson),
        'y',
      )} as record_differs
    from identified i join waiting r using (school_id, sheet_no, row_no)
    join recorded y on y.school_id = i.school_id and y.${ref(shape.person!.column)} = i.found_person)`;
}

/**
 * The spell that began on that day; else the one spell that overlaps and began in the same way, so that a slip in the day can be
 * corrected. A spell that overlaps another is no second one; a spell that the file itself ends counts as ended.
 */
function matchedSpells({ shape }: Matching): Sql {
  const personColumn = ref(shape.person!.column);
  return sql`spell as materialized (
    select i.school_id, i.found_person, e.id, e.entered_on, e.entry_status, case when r.row_no is null then e.left_on else r.left_on end as left_on
    from (select distinct school_id, found_person from identified where found_person is not null) i
    join recorded e on e.school_id = i.school_id and e.${personColumn} = i.found_person
    left join (select i.found_person, r.school_id, r.entered_on, min(r.row_no) as row_no, min(r.left_on) as left_on
      from identified i join waiting r using (school_id, sheet_no, row_no) group by i.found_person, r.school_id, r.entered_on
    ) r on r.school_id = e.school_id and r.found_person = i.found_person and r.entered_on = e.entered_on
  ), chosen as materialized (
    select i.school_id, i.sheet_no, i.row_no,
      coalesce((array_agg(e.id) filter (where e.entered_on = r.entered_on))[1], case when count(*) filter (where o.overlaps) = 1 then (array_agg(e.id) filter (where o.overlaps and e.entry_status = r.entry_status))[1] end) as found_record,
      array_agg(e.id) filter (where o.overlaps) as overlapping
    from identified i join waiting r using (school_id, sheet_no, row_no)
    join spell e on e.school_id = i.school_id and e.found_person = i.found_person
    cross join lateral (select (r.left_on is null or r.left_on > e.entered_on) and (e.left_on is null or e.left_on > r.entered_on) as overlaps) o
    group by i.school_id, i.sheet_no, i.row_no
  ), year_record as materialized (
    select c.school_id, c.sheet_no, c.row_no, c.found_record, coalesce(cardinality(array_remove(c.overlapping, c.found_record)) > 0, false) as clash,
      coalesce(y.id is not null and ${differs(
        shape.columns.filter((column) => !column.isOfPerson),
        'y',
      )}, false) as record_differs
    from chosen c join waiting r using (school_id, sheet_no, row_no)
    left join recorded y on y.school_id = c.school_id and y.id = c.found_record)`;
}

/** Two rows that turned out to mean the same record: the later one is left out. */
function judgedRows({ shape, sheets }: Matching): Sql {
  const isSpell = shape.yearKeys.includes('entered_on');
  const twin = isSpell
    ? sql`f.found_person, f.found_record, case when f.found_record is null then r.entered_on end`
    : sql`f.found_person, f.found_record`;
  return sql`judged as materialized (
    select f.school_id, f.sheet_no, f.row_no, f.found_person, f.found_record, f.person_differs, f.record_differs, 'error' as severity, f.subject,
      case when t.place > 1 then 'import_duplicate_row' else f.rule end as rule, case when t.place > 1 then null else f.field end as field, case when t.place > 1 then null else f.value end as value,
      case when t.place > 1 then jsonb_strip_nulls(jsonb_build_object('row', t.first_row, 'sheet', case when t.first_sheet <> f.sheet_no then ${JSON.stringify(sheets)}::jsonb ->> t.first_sheet::text end)) else f.params end as params
    from found f left join (
      select f.school_id, f.sheet_no, f.row_no, row_number() over twins as place, first_value(f.row_no) over twins as first_row, first_value(f.sheet_no) over twins as first_sheet
      from found f join waiting r using (school_id, sheet_no, row_no)
      where f.rule is null and (f.found_person is not null or f.found_record is not null)
      window twins as (partition by f.school_id, ${twin} order by f.sheet_no, f.row_no)
    ) t using (school_id, sheet_no, row_no))`;
}

/** Rows that refer to a class or site that the school does not have (any more). */
export async function matchReferences(tx: Tx, matching: Matching, schoolIds: readonly string[]): Promise<void> {
  const { key, shape, schoolYear } = matching;
  for (const { column, field, table, rule } of shape.references) {
    const subject = shape.person ? sql`r.full_name` : sql`r.code`;
    await sql`
      with ${waitingRows(matching, schoolIds)}, judged as materialized (
        select r.school_id, r.sheet_no, r.row_no, ${rule} as rule, ${field} as field, 'error' as severity, r.${ref(column)} as value, ${subject} as subject, null::jsonb as params
        from waiting r left join ${sql.table(table)} t on t.school_id = r.school_id and t.school_year = ${schoolYear} and t.code = r.${ref(column)}
        where r.${ref(column)} is not null and t.code is null
      ), ${refuseJudged(key)}
      ${addMatchFindings(matching, sql`judged`)}`.execute(tx);
  }
}

/** Rows of people whose number is active at another school; all schools at once, because the registry is one. */
export async function matchRegistry(tx: Tx, matching: Matching): Promise<void> {
  const { key, shape } = matching;
  if (!shape.columns.some((column) => column.isPin)) return;
  await sql`
    with judged as materialized (
      select school_id, sheet_no, row_no, 'import_pin_elsewhere' as rule, 'pin' as field, 'error' as severity, pin_mask as value, full_name as subject, null::jsonb as params
      from waiting_pins_held_elsewhere(${shape.kind.name}, ${key.unitId}, ${key.id})
    ), ${refuseJudged(key)}
    ${addMatchFindings(matching, sql`judged`)}`.execute(tx);
}

function refuseJudged({ unitId, id }: ImportKey): Sql {
  return sql`refused as (
    insert into import_match (unit_id, import_id, school_id, sheet_no, row_no, action)
    select ${unitId}::uuid, ${id}::uuid, school_id, sheet_no, row_no, 'none' from judged
    on conflict (unit_id, import_id, school_id, sheet_no, row_no) do update set action = 'none', person_differs = false, record_differs = false)`;
}

/** New people who are nearly somebody the school has: the same birth and sex, the name but for its marks. */
export async function warnOfNearDuplicates(tx: Tx, matching: Matching, schoolIds: readonly string[]): Promise<void> {
  const { key, shape } = matching;
  if (!shape.person) return;
  await sql`
    with ${waitingRows(matching, schoolIds)}, judged as materialized (
      select distinct on (r.school_id, r.sheet_no, r.row_no) r.school_id, r.sheet_no, r.row_no, ${`${shape.kind.name}_duplicate_person`} as rule, 'fullName' as field, 'warning' as severity,
        r.full_name as value, r.full_name as subject, jsonb_build_object('other', p.full_name, 'otherCode', p.code) as params
      from waiting r
      join ${sql.table(shape.person.table)} p on p.school_id = r.school_id and p.birth_date = r.birth_date and p.sex = r.sex
      left join import_match m on m.unit_id = ${key.unitId} and m.import_id = ${key.id} and m.school_id = r.school_id and m.sheet_no = r.sheet_no and m.row_no = r.row_no
      where p.school_id = any (${[...schoolIds]}::uuid[]) and m.action is null and p.search_key = search_key(r.full_name) and (r.pin_hash is null or p.pin_hash is null)
      order by r.school_id, r.sheet_no, r.row_no, p.code)
    ${addMatchFindings(matching, sql`judged`)}`.execute(tx);
}

export interface MatchCounts {
  waiting: number;
  /** Rows of which nothing was found: they are new. */
  unmatched: number;
  add: number;
  change: number;
  leave: number;
  none: number;
}

/** Of what waits in these schools. */
export async function countMatches(
  tx: Tx,
  { unitId, id }: ImportKey,
  schools: readonly SchoolRows[],
): Promise<MatchCounts> {
  const { rows } = await sql<Omit<MatchCounts, 'waiting' | 'unmatched' | 'add'> & { matched: number }>`
    select count(*)::integer as matched, count(*) filter (where action = 'change')::integer as change, count(*) filter (where action = 'leave')::integer as leave,
      count(*) filter (where action = 'none')::integer as none
    from import_match where unit_id = ${unitId} and import_id = ${id} and school_id = any (${schools.map((school) => school.id)}::uuid[])`.execute(
    tx,
  );
  const { matched, change, leave, none } = rows[0]!;
  const waiting = schools.reduce((sum, school) => sum + school.rows, 0);
  return { waiting, unmatched: waiting - matched, change, leave, none, add: waiting - change - leave - none };
}

/** Whether any waiting row of these schools means somebody or something that is stored already. */
export async function hasMatchedRows(
  tx: Tx,
  { unitId, id }: ImportKey,
  schoolIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from import_match where unit_id = ${unitId} and import_id = ${id} and school_id = any (${[...schoolIds]}::uuid[])
      and action <> 'none') as found`.execute(tx);
  return rows[0]!.found;
}
