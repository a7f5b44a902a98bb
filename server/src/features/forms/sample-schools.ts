// Small schools for the tests of this folder: records as the API knows them, put straight into the tables by the owner.
import type pg from 'pg';
import { newId } from '#platform/ids.ts';
import { columnOf } from '@khuevan/core/records/field.ts';

export interface SampleProfile {
  ownership: string | null;
  schoolKind: string;
  region: string | null;
  nationalStandard: string | null;
  twoSessions: boolean;
  computers: boolean;
  internet: boolean;
  electricity: boolean;
  cleanWater: boolean;
  toilets: boolean;
  handWashing: boolean;
  lifeSkills: boolean;
  disabilityAccess: boolean;
  counselling: boolean;
  disasterPlan: boolean | null;
}

export interface SampleClass {
  code: string;
  grade: string;
  twoSessions: boolean;
  combined: boolean;
  boarding: boolean;
  special: boolean;
}

/** One spell of attendance; a pupil with two spells appears twice under one `pupil`. */
export interface SampleStudent {
  pupil: string;
  birthDate: string;
  sex: string;
  ethnicity: string;
  classCode: string;
  openingClassCode: string | null;
  grade: string;
  enteredOn: string;
  leftOn: string | null;
  newEntrant: boolean;
  repeating: boolean;
  twoSessions: boolean;
  boarding: string | null;
  informatics: boolean;
  disability: string | null;
  policyGroup: string | null;
  costSupport: boolean;
  smallMinoritySupport: boolean;
  mealSupport: boolean;
}

export interface SampleStaff {
  birthDate: string;
  sex: string;
  ethnicity: string;
  staffGroup: string;
  position: string | null;
  level: string;
  contract: string;
  training: string;
  youthLeader: boolean;
  multipleDuties: boolean;
  status: string;
  enteredOn: string;
  leftOn: string | null;
}

export interface SampleRoom {
  level: string;
  roomKind: string;
  solid: number;
  semiSolid: number;
  temporary: number;
}

export interface SampleBudgetLine {
  line: string;
  settled: number;
  planned: number;
  estimated: number;
}

export interface SampleSchool {
  name: string;
  levels: string[];
  mainLevel: string;
  profile: SampleProfile;
  sites: Array<{ code: string; isMain: boolean }>;
  classes: SampleClass[];
  students: SampleStudent[];
  staff: SampleStaff[];
  rooms: SampleRoom[];
  budget: SampleBudgetLine[];
}

/** Puts the schools in; answers their ids in the same order. */
export async function insertSchools(owner: pg.Pool, schoolYear: number, schools: readonly SampleSchool[]): Promise<string[]> {
  const ids = schools.map(() => newId());
  const client = await owner.connect();
  try {
    await client.query(`select set_config('app.audit_id', $1, false)`, [newId()]);
    const insert = (table: string, rows: Array<Record<string, unknown>>): Promise<void> => insertRows(client, table, rows);
    const each = <T extends object>(records: (school: SampleSchool) => readonly T[], more: (record: T) => object = () => ({})): Array<Record<string, unknown>> =>
      schools.flatMap((school, index) => records(school).map((record) => ({ schoolId: ids[index], id: newId(), schoolYear, ...record, ...more(record) })));
    await insert('unit', schools.map(({ name, levels, mainLevel }, index) => ({ id: ids[index], kind: 'school', code: ids[index]!.slice(-12), name, levels: levels, mainLevel, valid: '[2000-01-01,)' })));
    await insert('school_profile', each((school) => [school.profile]));
    await insert('site', each((school) => school.sites, ({ code }) => ({ name: code })));
    await insert('class', each((school) => school.classes, ({ code }) => ({ name: code, sessionsPerWeek: '06' })));
    const people = schools.flatMap((school, index) => [...Map.groupBy(school.students, (each) => each.pupil)].map(([pupil, spells]) => ({ index, pupil, id: newId(), spells })));
    await insert('student', people.map(({ index, pupil, id, spells }) => ({ schoolId: ids[index], id, code: pupil, fullName: `Nguyễn Thị ${pupil}`, ...pick(spells[0]!, ['birthDate', 'sex', 'ethnicity']) })));
    await insert('enrolment', people.flatMap(({ index, id: studentId, spells }) =>
      spells.map(({ pupil: _pupil, birthDate: _birthDate, sex: _sex, ethnicity: _ethnicity, ...spell }) => ({
        schoolId: ids[index], id: newId(), studentId, schoolYear, entryStatus: '01', leaveStatus: spell.leftOn === null ? null : '04', ...spell,
      }))));
    const staff = schools.flatMap((school, index) => school.staff.map((member) => ({ index, member, id: newId() })));
    await insert('staff_member', staff.map(({ index, member, id }) => ({ schoolId: ids[index], id, code: id.slice(-12), fullName: `Trần Văn ${id.slice(-4)}`, ...pick(member, ['birthDate', 'sex', 'ethnicity']) })));
    await insert('assignment', staff.map(({ index, member: { birthDate: _birthDate, sex: _sex, ethnicity: _ethnicity, ...work }, id }) => ({ schoolId: ids[index], id: newId(), staffMemberId: id, schoolYear, ...work })));
    await insert('room', each((school) => school.rooms));
    await insert('budget_line', each((school) => school.budget));
  } finally {
    client.release();
  }
  return ids;
}

function pick<T extends object, K extends keyof T>(record: T, keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, record[key]])) as Pick<T, K>;
}

async function insertRows(client: pg.PoolClient, table: string, rows: Array<Record<string, unknown>>): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).map(columnOf);
  const content = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [columnOf(key), value])));
  await client.query(`insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(content)]);
}
