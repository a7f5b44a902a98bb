// Rows of a file that clash with one another. They are the file's own affair, found once, before anything is compared with the
// records; the later row of two is taken out.
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.ts';
import type { ImportKey } from './staging.queries.ts';
import type { StagingShape } from './staging-shape.ts';

type Sql = RawBuilder<unknown>;

interface Clash {
  /** Columns in which two rows agree. */
  keys: readonly string[];
  /** Rows to look at. */
  where: Sql;
  /** Two rows (l later, f first) that agree are no clash all the same. */
  unless: Sql;
  rule: string;
  field: string;
}

const all = sql`true`;
const never = sql`false`;
const overlapping = sql`(l.left_on is null or l.left_on > f.entered_on) and (f.left_on is null or f.left_on > l.entered_on)`;

/** Answers how many rows were taken out, each with one finding. `before` is the number of the last finding so far. */
export async function takeOutDuplicates(
  tx: Tx,
  key: ImportKey,
  shape: StagingShape,
  sheets: Record<number, string>,
  before: number,
): Promise<number> {
  let taken = 0;
  const take = async (clash: Clash) => {
    taken += await takeOut(tx, key, shape, sheets, before + taken, clash);
  };
  for (const clash of sameRecord(shape)) await take(clash);
  if (!shape.person || shape.yearKeys.length === 0) return taken;
  await joinRepeatedPersons(tx, key, shape);
  await take({
    keys: ['person_id'],
    where: all,
    unless: sql`not (${overlapping})`,
    rule: 'import_overlap',
    field: 'enteredOn',
  });
  // What is left of one code or number is of two people: one of them is wrong.
  for (const clash of sameRecord(shape).filter(({ field }) => field !== 'fullName')) {
    await take({
      ...clash,
      keys: clash.keys.filter((name) => !shape.yearKeys.includes(name)),
      unless: sql`l.person_id = f.person_id`,
    });
  }
  return taken;
}

function sameRecord({ person, columns, kind, yearKeys }: StagingShape): Clash[] {
  const rule = 'import_duplicate_row';
  if (!person) return [{ keys: yearKeys, where: all, unless: never, rule, field: kind.naturalKeys[0]!.at(-1)! }];
  const has = (name: string) => columns.some((column) => column.name === name);
  return [
    ...(has('code')
      ? [{ keys: ['code', ...yearKeys], where: sql`s.code is not null`, unless: never, rule, field: 'code' }]
      : []),
    ...(has('pin_mask')
      ? [{ keys: ['pin_hash', ...yearKeys], where: sql`s.pin_hash is not null`, unless: never, rule, field: 'pin' }]
      : []),
    // With numbers or codes that differ, the same name and birth are two people.
    {
      keys: ['full_name', 'birth_date', 'sex', ...yearKeys],
      where: all,
      unless: sql`(l.pin_hash <> f.pin_hash or l.code <> f.code)`,
      rule,
      field: 'fullName',
    },
  ];
}

async function takeOut(
  tx: Tx,
  { unitId, id }: ImportKey,
  { staging, kind }: StagingShape,
  sheets: Record<number, string>,
  before: number,
  clash: Clash,
): Promise<number> {
  const { keys, where, unless, rule, field } = clash;
  const names = sql.join(keys.map((name) => sql.ref(name)));
  const same = sql.join(
    keys.map((name) => sql`l.${sql.ref(name)} = f.${sql.ref(name)}`),
    sql` and `,
  );
  const mine = (alias: string): Sql =>
    sql`${sql.ref(`${alias}.unit_id`)} = ${unitId} and ${sql.ref(`${alias}.import_id`)} = ${id}`;
  const said = kind.person
    ? { value: sql`null`, subject: sql`l.full_name` }
    : { value: sql`l.${sql.ref(keys.at(-1)!)}::text`, subject: sql`l.${sql.ref(keys.at(-1)!)}::text` };
  const sheetNames = JSON.stringify(sheets);
  const { rows } = await sql`
    with repeated as materialized (
      select s.school_id, ${names} from ${sql.table(staging)} s where ${mine('s')} and ${where} group by s.school_id, ${names} having count(*) > 1
    ), member as materialized (
      select l.* from repeated f join ${sql.table(staging)} l on l.school_id = f.school_id and ${same} where ${mine('l')}
    ), later as materialized (
      select distinct on (l.school_id, l.sheet_no, l.row_no) l.school_id, l.sheet_no, l.row_no, ${said.value} as value, ${said.subject} as subject,
        f.sheet_no as first_sheet, f.row_no as first_row
      from member l join member f on f.school_id = l.school_id and ${same} and (f.sheet_no, f.row_no) < (l.sheet_no, l.row_no) and (${unless}) is not true
      order by l.school_id, l.sheet_no, l.row_no, f.sheet_no, f.row_no
    ), taken as (
      delete from ${sql.table(staging)} s using later l where ${mine('s')} and s.school_id = l.school_id and s.sheet_no = l.sheet_no and s.row_no = l.row_no
    )
    insert into import_finding (unit_id, import_id, no, sheet, sheet_no, row_no, field, rule, severity, subject, value, params)
    select ${unitId}::uuid, ${id}::uuid, ${before}::integer + row_number() over (order by sheet_no, row_no)::integer, ${sheetNames}::jsonb ->> sheet_no::text, sheet_no, row_no,
      ${field}, ${rule}, 'error', subject, value,
      jsonb_strip_nulls(jsonb_build_object('row', first_row, 'sheet', case when first_sheet <> sheet_no then ${sheetNames}::jsonb ->> first_sheet::text end))
    from later returning no`.execute(tx);
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
    )
    update ${sql.table(staging)} s set person_id = f.first_person
    from repeated f join waiting r on r.school_id = f.school_id and r.person_id <> f.first_person
      and (r.pin_hash, r.code, r.full_name, r.birth_date, r.sex) is not distinct from (f.pin_hash, f.code, f.full_name, f.birth_date, f.sex)
    where s.unit_id = ${unitId} and s.import_id = ${id} and s.school_id = r.school_id and s.sheet_no = r.sheet_no and s.row_no = r.row_no`.execute(
    tx,
  );
}
