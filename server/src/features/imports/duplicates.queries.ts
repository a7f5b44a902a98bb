// Rows of a file that clash with one another. They are the file's own affair, found once, before anything is compared with the
// records; the later row of two is taken out.
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { ImportKey } from './staging.queries.ts';
import type { StagingShape } from './staging-shape.ts';

type Sql = RawBuilder<unknown>;

interface Clash {
  /** Columns in which two rows of a school agree. */
  keys: readonly string[];
  /** Also rows of two schools. */
  acrossSchools?: boolean;
  /** Rows (s) to look at. */
  where: Sql;
  /** Two rows (l later, f first) that agree are no clash all the same. */
  unless: Sql;
  rule: string;
  field: string;
}

const all = sql`true`;
const never = sql`false`;
const overlapping = sql`(l.left_on is null or l.left_on > f.entered_on) and (f.left_on is null or f.left_on > l.entered_on)`;

/** Answers how many rows were taken out, each with one finding. */
export async function takeOutDuplicates(
  tx: Tx,
  key: ImportKey,
  shape: StagingShape,
  sheets: Record<number, string>,
): Promise<number> {
  let taken = 0;
  for (const clash of sameRecord(shape)) taken += await takeOut(tx, key, shape, sheets, clash);
  if (!shape.person || shape.yearKeys.length === 0) return taken;
  await joinRepeatedPersons(tx, key, shape);
  for (const clash of samePerson(shape)) taken += await takeOut(tx, key, shape, sheets, clash);
  return taken;
}

const hasColumn = ({ columns }: StagingShape, name: string) => columns.some((column) => column.name === name);
const hasCode = sql`s.code is not null`;
const hasPin = sql`s.pin_hash is not null`;

/** Rows that say the same record twice. */
function sameRecord(shape: StagingShape): Clash[] {
  const { person, kind, yearKeys } = shape;
  const rule = 'import_duplicate_row';
  if (!person) return [{ keys: yearKeys, where: all, unless: never, rule, field: kind.naturalKeys[0]!.at(-1)! }];
  const clashes: Clash[] = [];
  if (hasColumn(shape, 'code'))
    clashes.push({ keys: ['code', ...yearKeys], where: hasCode, unless: never, rule, field: 'code' });
  if (hasColumn(shape, 'pin_mask')) {
    clashes.push({ keys: ['pin_hash', ...yearKeys], where: hasPin, unless: never, rule, field: 'pin' });
    const active = sql`${hasPin} and s.left_on is null`;
    clashes.push({
      keys: ['pin_hash'],
      acrossSchools: true,
      where: active,
      unless: sql`l.school_id = f.school_id`,
      rule,
      field: 'pin',
    });
  }
  // With numbers or codes that differ, the same name and birth are two people.
  const unless = sql`(l.pin_hash <> f.pin_hash or l.code <> f.code)`;
  return [
    ...clashes,
    { keys: ['full_name', 'birth_date', 'sex', ...yearKeys], where: all, unless, rule, field: 'fullName' },
  ];
}

/** Spells of one person that overlap; and what is left of one code or number is of two people, one of whom is wrong. */
function samePerson(shape: StagingShape): Clash[] {
  const unless = sql`l.person_id = f.person_id`;
  const rule = 'import_duplicate_row';
  return [
    { keys: ['person_id'], where: all, unless: sql`not (${overlapping})`, rule: 'import_overlap', field: 'enteredOn' },
    ...(hasColumn(shape, 'code') ? [{ keys: ['code'], where: hasCode, unless, rule, field: 'code' }] : []),
    ...(hasColumn(shape, 'pin_mask') ? [{ keys: ['pin_hash'], where: hasPin, unless, rule, field: 'pin' }] : []),
  ];
}

const columns = (names: readonly string[]): Sql => sql.join(names.map((name) => sql.ref(name)));

async function takeOut(
  tx: Tx,
  { unitId, id }: ImportKey,
  { staging, kind, emptyKeys }: StagingShape,
  sheets: Record<number, string>,
  { keys, acrossSchools, where, unless, rule, field }: Clash,
): Promise<number> {
  const together = acrossSchools ? keys : ['school_id', ...keys];
  const same = sql.join(
    together.map((name) =>
      emptyKeys.has(name)
        ? sql`l.${sql.ref(name)} is not distinct from f.${sql.ref(name)}`
        : sql`l.${sql.ref(name)} = f.${sql.ref(name)}`,
    ),
    sql` and `,
  );
  const mine = sql`s.unit_id = ${unitId} and s.import_id = ${id}`;
  const value = kind.person ? sql`null` : sql`l.${sql.ref(keys.at(-1)!)}::text`;
  const names = JSON.stringify(sheets);
  const { rows } = await sql`
    with repeated as materialized (
      select ${columns(together)} from ${sql.table(staging)} s where ${mine} and ${where} group by ${columns(together)} having count(*) > 1
    ), member as materialized (
      select l.* from repeated f join (select s.* from ${sql.table(staging)} s where ${mine} and ${where}) l on ${same}
    ), later as materialized (
      select distinct on (l.sheet_no, l.row_no) l.school_id, l.sheet_no, l.row_no, ${value} as value,
        ${kind.person ? sql`l.full_name` : value} as subject, f.sheet_no as first_sheet, f.row_no as first_row
      from member l join member f on ${same} and (f.sheet_no, f.row_no) < (l.sheet_no, l.row_no) and (${unless}) is not true
      order by l.sheet_no, l.row_no, f.sheet_no, f.row_no
    ), taken as (
      delete from ${sql.table(staging)} s using later l where ${mine} and s.school_id = l.school_id and s.sheet_no = l.sheet_no and s.row_no = l.row_no
    )
    insert into import_finding (unit_id, import_id, sheet, sheet_no, row_no, field, rule, severity, subject, value, params)
    select ${unitId}::uuid, ${id}::uuid, ${names}::jsonb ->> sheet_no::text, sheet_no, row_no, ${field}, ${rule}, 'error', subject, value,
      jsonb_strip_nulls(jsonb_build_object('row', first_row, 'sheet', case when first_sheet <> sheet_no then ${names}::jsonb ->> first_sheet::text end))
    from later order by sheet_no, row_no returning 1`.execute(tx);
  return rows.length;
}

/**
 * Several spells of one new person: the later rows get the person of the first. A person is known by number, else code,
 * else name, as when rows are compared with the records.
 */
async function joinRepeatedPersons(tx: Tx, { unitId, id }: ImportKey, { staging }: StagingShape): Promise<void> {
  await sql`
    with waiting as materialized (
      select school_id, sheet_no, row_no, person_id, pin_hash, case when pin_hash is null then code end as code,
        case when pin_hash is null and code is null then full_name end as full_name, case when pin_hash is null and code is null then birth_date end as birth_date,
        case when pin_hash is null and code is null then sex end as sex
      from ${sql.table(staging)} where unit_id = ${unitId} and import_id = ${id}
    ), repeated as materialized (
      select school_id, pin_hash, code, full_name, birth_date, sex, (array_agg(person_id order by sheet_no, row_no))[1] as first_person
      from waiting group by school_id, pin_hash, code, full_name, birth_date, sex having count(*) > 1
    ), later as materialized (
      select r.school_id, r.sheet_no, r.row_no, f.first_person from repeated f join waiting r on r.school_id = f.school_id and r.person_id <> f.first_person
        and coalesce(r.pin_hash = f.pin_hash, r.code = f.code, (r.full_name, r.birth_date, r.sex) = (f.full_name, f.birth_date, f.sex))
    )
    update ${sql.table(staging)} s set person_id = l.first_person from later l
    where s.unit_id = ${unitId} and s.import_id = ${id} and s.school_id = l.school_id and s.sheet_no = l.sheet_no and s.row_no = l.row_no`.execute(
    tx,
  );
}
