// A synthetic province. 200 schools are made pupil by pupil as the demo makes them; a larger province is those, copied
// in the database under other schools, ids and numbers.
import type pg from 'pg';
import { levelGroup } from '../core/src/codes/levels.ts';
import { createSchool } from '../server/src/features/demo/people.ts';
import { loadSchools, type SchoolLoad } from '../server/src/features/records/index.ts';
import { newId } from '../server/src/platform/ids.ts';
import type { Secrets } from '../server/src/platform/secrets.ts';
import { units } from '../server/src/testing/cast.ts';

export const schoolYear = 2024;
/** Nothing in the data lies after this day. */
const seenOn = `${schoolYear}-10-09`;
const inForce = '[2000-01-01,)';
const provinceCode = '19';
const districtCodes = ['164', '165', '167', '168', '169', '170', '171', '172', '173'];

const original = { schools: 200, pupils: 100_000, largest: 1500 };
const copies = 9;
/** In the whole province: a million pupils. */
export const whole = { schools: original.schools * (copies + 1), pupils: original.pupils * (copies + 1) };

export interface BenchSchool {
  id: string;
  code: string;
  ordinal: number;
  clerk: string;
  levelGroup: string;
}

export const provinceReviewer = { username: 'so.bench', unitId: units.province.id };

export interface Seat {
  id: string;
  kind: string;
  code: string;
  name: string;
  parentId: string | null;
  role: string;
  username: string;
  /** Of a school; of a primary one where nothing is said. */
  levelGroup?: string;
}

const primary = '06';

const groups = new Map(levelGroup.entries.map((each) => [each.code as string, each]));

/** Units with their relations and one account each. */
export async function seat(owner: pg.Pool, seats: Seat[]): Promise<void> {
  const rows = JSON.stringify(
    seats.map((each) => {
      const { code, levels, mainLevel } = groups.get(each.levelGroup ?? primary)!;
      const taught = each.kind === 'school' ? { levelGroup: code, levels, mainLevel } : { levels: [] };
      return { ...each, ...taught, accountId: newId(), membershipId: newId() };
    }),
  );
  const from = `jsonb_to_recordset($1) as s (id uuid, kind text, code text, name text, "parentId" uuid, role text, username text,
    "accountId" uuid, "membershipId" uuid, "levelGroup" text, levels text[], "mainLevel" text)`;
  for (const statement of [
    `insert into unit (id, kind, code, name, level_group, levels, main_level, province_code, valid)
     select s.id, s.kind, s.code, s.name, s."levelGroup", s.levels, s."mainLevel", case when kind <> 'ministry' then '${provinceCode}' end, '${inForce}' from ${from}`,
    `insert into unit_relation (child_id, parent_id, role, level, valid)
     select s.id, s."parentId", relation.role, '*', '${inForce}' from ${from}, unnest(array['managing', 'reviewing']) as relation (role)
     where s."parentId" is not null`,
    `insert into account (id, unit_id, username, display_name, password_hash)
     select s."accountId", s.id, s.username, s.username, 'none' from ${from}`,
    `insert into membership (id, account_id, unit_id, role, valid) select s."membershipId", s."accountId", s.id, s.role, '${inForce}' from ${from}`,
  ])
    await owner.query(statement, [rows]);
}

/** The ministry, the province and its districts. */
export async function seatOffices(owner: pg.Pool): Promise<void> {
  const { ministry, province } = units;
  await seat(owner, [
    { ...ministry, parentId: null, role: 'administrator', username: 'bo.bench' },
    { ...province, parentId: ministry.id, role: 'reviewer', username: provinceReviewer.username },
    ...districtCodes.map((code) => ({
      id: newId(),
      kind: 'district',
      code,
      name: `Phòng GDĐT ${code}`,
      parentId: province.id,
      role: 'reviewer',
      username: `phong.${code}`,
    })),
  ]);
}

async function seatSchools(owner: pg.Pool, from: number, to: number, mix: readonly string[]): Promise<BenchSchool[]> {
  const { rows } = await owner.query<{ id: string; code: string }>(
    `select id, code from unit where kind = 'district' order by code`,
  );
  const seats = Array.from({ length: to - from }, (_, index): Seat & BenchSchool => {
    const ordinal = from + index;
    const code = `${provinceCode}${String(ordinal).padStart(6, '0')}`;
    const username = `truong.${code}`;
    const parentId = rows[ordinal % rows.length]!.id;
    const name = `Trường ${code}`;
    const place = { id: newId(), kind: 'school', code, name, parentId, role: 'clerk', username };
    return { ...place, ordinal, clerk: username, levelGroup: mix[ordinal % mix.length]! };
  });
  await seat(owner, seats);
  return seats.map(({ id, code, ordinal, clerk, levelGroup: group }) => ({
    id,
    code,
    ordinal,
    clerk,
    levelGroup: group,
  }));
}

/**
 * 100,000 pupils; the first school has 1,500 of them.
 * @param mix level groups that the schools have in turn
 */
export async function buildOriginal(
  owner: pg.Pool,
  secrets: Secrets,
  mix: readonly string[] = [primary],
): Promise<BenchSchool[]> {
  const schools = await seatSchools(owner, 0, original.schools, mix);
  const others = original.schools - 1;
  const rest = original.pupils - original.largest;
  const pupilsOf = (ordinal: number): number =>
    ordinal === 0 ? original.largest : Math.floor(rest / others) + (ordinal <= rest % others ? 1 : 0);
  const client = await owner.connect();
  try {
    await client.query('begin');
    await loadSchools(
      client,
      secrets,
      (function* () {
        for (const school of schools) yield recordsOf(school, pupilsOf(school.ordinal));
      })(),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  await settle(owner);
  return schools;
}

function recordsOf({ id, code, ordinal, levelGroup: group }: BenchSchool, pupils: number): SchoolLoad {
  const made = createSchool(
    {
      seed: 'bench',
      ordinal,
      schoolCount: original.schools,
      schoolCode: code,
      schoolName: `Trường ${code}`,
      levelGroup: group,
      provinceCode,
      districtCode: districtCodes[ordinal % districtCodes.length]!,
      schoolYear,
      pupils,
    },
    seenOn,
  );
  const { profile, sites, classes, students, staff, rooms, budget } = made;
  const records = { profile: [profile], site: sites, class: classes, student: students, staff, room: rooms, budget };
  return { schoolId: id, schoolYear, records: records as unknown as SchoolLoad['records'] };
}

/** Parent tables first; those of one list are copied one after the other, beside the other list. */
const copiedTables = [
  ['student'],
  ['school_profile', 'site', 'class', 'enrolment', 'staff_member', 'assignment', 'room', 'budget_line', 'code_counter'],
];

/** A million pupils: each of the original schools nine times more. Answers the schools added. */
export async function buildWhole(owner: pg.Pool, originals: readonly BenchSchool[]): Promise<BenchSchool[]> {
  const added = await seatSchools(
    owner,
    original.schools,
    whole.schools,
    originals.slice(0, original.schools).map((each) => each.levelGroup),
  );
  const pairs = added.map(({ id, ordinal }) => ({
    original: originals[ordinal % original.schools]!.id,
    school: id,
    copy: Math.floor(ordinal / original.schools),
    audit: newId(),
  }));
  await owner.query('create table copying (original uuid, school uuid, copy integer, audit uuid)');
  await owner.query(
    `insert into copying select * from jsonb_to_recordset($1) as c (original uuid, school uuid, copy integer, audit uuid)`,
    [JSON.stringify(pairs)],
  );
  await owner.query(
    `select append_audit(school, audit, now(), null, 'bench', 'records.load', null, null, '{}') from copying`,
  );
  // A text index is made at once far sooner than row by row.
  const { rows: later } = await owner.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename in ('student', 'enrolment') and indexname like '%_ix'`,
  );
  for (const { name } of later) await owner.query(`drop index ${name}`);
  await Promise.all(copiedTables.map((tables) => copyTables(owner, tables)));
  for (const { definition } of later) await owner.query(definition);
  await registerNumbers(owner);
  await owner.query('drop table copying');
  await settle(owner);
  return added;
}

async function copyTables(owner: pg.Pool, tables: string[]): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    // Copies keep what their originals were checked for: foreign keys need no second look.
    await client.query('set local session_replication_role = replica');
    for (const table of tables) await client.query(await copyStatement(client, table));
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** The copy's number as the end of an id: as ordered in time as the original. */
const copiedId = (column: string) => `overlay(o.${column}::text placing lpad(to_hex(c.copy), 3, '0') from 34)::uuid`;
const changed: Record<string, string> = {
  school_id: 'c.school',
  audit_id: 'c.audit',
  id: copiedId('id'),
  student_id: copiedId('student_id'),
  staff_member_id: copiedId('staff_member_id'),
  pin_hash: `sha256(o.pin_hash || int4send(c.copy))`,
};

async function copyStatement(client: pg.ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => changed[name] ?? `o.${name}`);
  // School by school, so that each lies together, as a school's own import leaves it.
  return `insert into ${table} (${names.join(', ')}) select made.* from copying c cross join lateral
    (select ${values.join(', ')} from ${table} o where o.school_id = c.original offset 0) made`;
}

async function registerNumbers(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into pin_registry (kind, pin_hash, school_id)
     select 'student', s.pin_hash, e.school_id from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id
     where e.school_id in (select school from copying) and e.left_on is null and s.pin_hash is not null
     union all
     select 'staff', s.pin_hash, a.school_id from assignment a join staff_member s on s.school_id = a.school_id and s.id = a.staff_member_id
     where a.school_id in (select school from copying) and a.left_on is null and s.pin_hash is not null`,
  );
}

/** What a database in use has done long ago, so that it does not begin in the middle of a measurement. */
async function settle(owner: pg.Pool): Promise<void> {
  await owner.query('vacuum analyze');
  await owner.query('checkpoint');
}
