// Small schools for the tests of this folder: records as the API knows them, put straight into the tables by the owner.
import { levelGroup } from '@khuevan/core/codes/levels.ts';
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
  onlineTeaching?: boolean;
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
  specialisation?: string | null;
  ageGroup?: string | null;
  combinedAges?: string | null;
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
  /** Not kept in preschool. */
  newEntrant: boolean | null;
  repeating: boolean | null;
  twoSessions: boolean;
  boarding: string | null;
  informatics: boolean | null;
  foreignLanguage?: string | null;
  vocational?: boolean | null;
  disability: string | null;
  policyGroup: string | null;
  costSupport: boolean;
  smallMinoritySupport: boolean;
  mealSupport: boolean;
  /** Absent: there from the opening, and transferred out where the stay has ended. */
  entryStatus?: string;
  leaveStatus?: string | null;
  leaveReason?: string | null;
  destination?: string | null;
  educationResult?: string | null;
  learningResult?: string | null;
  conductResult?: string | null;
  yearResult?: string | null;
  healthChecked?: boolean | null;
  nutrition?: string[] | null;
  feeRelief?: string | null;
  lunchSupport?: boolean | null;
}

export interface SampleStaff {
  birthDate: string;
  sex: string;
  ethnicity: string;
  staffGroup: string;
  position: string | null;
  level: string;
  preschoolPart?: string | null;
  contract: string;
  training: string;
  subjects?: string[] | null;
  youthLeader: boolean;
  multipleDuties: boolean;
  status: string;
  enteredOn: string;
  leftOn: string | null;
}

export interface SampleRoom {
  level: string;
  preschoolPart?: string | null;
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
  /** Where it is not the one of ordinary schools of these levels. */
  levelGroup?: string;
  profile: SampleProfile;
  sites: Array<{ code: string; isMain: boolean }>;
  classes: SampleClass[];
  students: SampleStudent[];
  staff: SampleStaff[];
  rooms: SampleRoom[];
  budget: SampleBudgetLine[];
}

type Rows = Array<Record<string, unknown>>;

/** Puts the schools in; answers their ids in the same order. */
export async function insertSchools(
  owner: pg.Pool,
  schoolYear: number,
  schools: readonly SampleSchool[],
): Promise<string[]> {
  const placed = schools.map((school) => ({ school, schoolId: newId() }));
  const ofYear = (records: (school: SampleSchool) => readonly object[]): Rows =>
    placed.flatMap(({ school, schoolId }) =>
      records(school).map((record) => ({ schoolId, id: newId(), schoolYear, ...record })),
    );
  const students = placed.map(({ school, schoolId }) => studentRows(school, schoolId, schoolYear));
  const staff = placed.map(({ school, schoolId }) => staffRows(school, schoolId, schoolYear));
  const tables: Array<[string, Rows]> = [
    ['unit', placed.map(({ school, schoolId }) => unitRow(school, schoolId))],
    ['school_profile', ofYear((school) => [school.profile])],
    ['site', ofYear((school) => school.sites.map((site) => ({ name: site.code, ...site })))],
    ['class', ofYear((school) => school.classes.map((each) => ({ name: each.code, sessionsPerWeek: '06', ...each })))],
    ['student', students.flatMap((rows) => rows.people)],
    ['enrolment', students.flatMap((rows) => rows.spells)],
    ['staff_member', staff.flatMap((rows) => rows.people)],
    ['assignment', staff.flatMap((rows) => rows.work)],
    ['room', ofYear((school) => school.rooms)],
    ['budget_line', ofYear((school) => school.budget)],
  ];
  const client = await owner.connect();
  try {
    await client.query(`select set_config('app.audit_id', $1, false)`, [newId()]);
    for (const [table, rows] of tables) await insertRows(client, table, rows);
  } finally {
    client.release();
  }
  return placed.map(({ schoolId }) => schoolId);
}

/** The group of schools that teach exactly these levels. */
export function usualGroupOf(levels: readonly string[]): string | undefined {
  return levelGroup.entries.find((entry) => entry.levels.join() === levels.join())?.code;
}

function unitRow(
  { name, levels, mainLevel, levelGroup: group = usualGroupOf(levels) }: SampleSchool,
  id: string,
): Record<string, unknown> {
  const code = id.slice(-12);
  return { id, kind: 'school', code, name, levelGroup: group, levels, mainLevel, valid: '[2000-01-01,)' };
}

function studentRows(school: SampleSchool, schoolId: string, schoolYear: number): { people: Rows; spells: Rows } {
  const people: Rows = [];
  const spells: Rows = [];
  for (const [code, ofOne] of Map.groupBy(school.students, (student) => student.pupil)) {
    const id = newId();
    const { birthDate, sex, ethnicity } = ofOne[0]!;
    people.push({ schoolId, id, code, fullName: `Nguyễn Thị ${code}`, birthDate, sex, ethnicity });
    for (const { pupil: _pupil, birthDate: _birthDate, sex: _sex, ethnicity: _ethnicity, ...spell } of ofOne) {
      const statuses = { entryStatus: '01', leaveStatus: spell.leftOn === null ? null : '04' };
      spells.push({ schoolId, id: newId(), studentId: id, schoolYear, ...statuses, ...spell });
    }
  }
  return { people, spells };
}

function staffRows(school: SampleSchool, schoolId: string, schoolYear: number): { people: Rows; work: Rows } {
  const people: Rows = [];
  const work: Rows = [];
  for (const { birthDate, sex, ethnicity, ...assignment } of school.staff) {
    const id = newId();
    const code = id.slice(-12);
    people.push({ schoolId, id, code, fullName: `Trần Văn ${code}`, birthDate, sex, ethnicity });
    work.push({ schoolId, id: newId(), staffMemberId: id, schoolYear, ...assignment });
  }
  return { people, work };
}

async function insertRows(client: pg.PoolClient, table: string, rows: Rows): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).map(columnOf).join(', ');
  const content = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [columnOf(key), value])),
  );
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(content)],
  );
}
