// Records of the cast's schools for tests. Synthetic.
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { loadSchools, type LoadedRecord } from '#features/records';
import type { FastifyInstance } from 'fastify';
import type { TestDatabase } from '#platform/testing.ts';
import { idOf, signedIn, type PersonName } from './cast.ts';

export const schoolYear = 2024;

/** Puts records of one school in the database as they are, without the checks of entry. */
export async function insertSchool(
  db: TestDatabase,
  schoolId: string,
  records: Partial<Record<RecordKindName, LoadedRecord[]>>,
  year = schoolYear,
): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await loadSchools(client, db.secrets, [{ schoolId, schoolYear: year, records }]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

export const site = (values: LoadedRecord = {}): LoadedRecord => ({
  code: 'D1',
  name: 'Điểm chính',
  isMain: true,
  distanceKm: null,
  address: null,
  ...values,
});

export const schoolClass = (code: string, values: LoadedRecord = {}): LoadedRecord => ({
  id: idOf(`class ${code}`),
  code,
  name: `Lớp ${code}`,
  grade: `0${code[0]}`,
  siteCode: 'D1',
  sessionsPerWeek: '05',
  twoSessions: true,
  combined: false,
  combinedGrades: null,
  boarding: false,
  special: false,
  homeroomTeacher: null,
  ...values,
});

/** A pupil who keeps every rule, in class 1A unless said otherwise; the id is that of the name. */
export const student = (fullName: string, values: LoadedRecord = {}): LoadedRecord => ({
  id: idOf(`student ${fullName}`),
  fullName,
  birthDate: '2018-03-15',
  sex: '01',
  ethnicity: '01',
  pin: null,
  ministryCode: null,
  classCode: '1A',
  openingClassCode: null,
  grade: '01',
  entryStatus: '01',
  enteredOn: '2024-09-05',
  leaveStatus: null,
  leftOn: null,
  leaveReason: null,
  destination: null,
  newEntrant: true,
  repeating: false,
  twoSessions: true,
  boarding: null,
  informatics: false,
  disability: null,
  policyGroup: null,
  costSupport: false,
  smallMinoritySupport: false,
  mealSupport: false,
  educationResult: null,
  learningResult: null,
  conductResult: null,
  yearResult: null,
  guardianName: null,
  guardianPhone: null,
  ...values,
});

/** A teacher who keeps every rule. */
export const teacher = (fullName: string, values: LoadedRecord = {}): LoadedRecord => ({
  id: idOf(`staff ${fullName}`),
  fullName,
  birthDate: '1980-05-20',
  sex: '02',
  ethnicity: '01',
  pin: '019180000001',
  staffGroup: '03',
  position: null,
  level: '02',
  contract: '07',
  training: '16',
  declaredStandard: '01',
  subjects: ['09'],
  youthLeader: false,
  multipleDuties: false,
  status: '01',
  enteredOn: '2010-08-01',
  leftOn: null,
  phone: null,
  ...values,
});

/** What a person types for a new pupil. */
export function typedStudent(fullName: string, values: LoadedRecord = {}): LoadedRecord {
  const { id: _, ...typed } = student(fullName, values);
  return typed;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Requests of a person about the records of a school; a path that begins with / is taken as it is. */
export function recordRequests<Body>(
  db: () => TestDatabase,
  app: () => FastifyInstance,
  schoolId: string,
  usually: PersonName,
) {
  return async (method: Method, path: string, payload?: object, options: { who?: PersonName; key?: string } = {}) => {
    const headers = await signedIn(db().owner, options.who ?? usually);
    const answer = await app().inject({
      method,
      url: path.startsWith('/') ? path : `/api/v1/schools/${schoolId}/${path}`,
      payload,
      headers: { ...headers, ...(options.key && { 'idempotency-key': options.key }) },
    });
    return { status: answer.statusCode, body: answer.json<Body>() };
  };
}

export interface RecordBody {
  id: string;
  version: string;
  values: Record<string, unknown>;
  findings: { rule: string; severity: string; field?: string; message: { vi: string } }[];
}

/** Whatever a request about records answers, problems included. */
export interface RecordsBody extends RecordBody {
  code: string;
  text: { vi: string };
  total: number;
  record: RecordBody;
  current: RecordBody;
  records: RecordBody[];
  results: {
    state: string;
    record: RecordBody | null;
    findings: RecordBody['findings'];
    problem: { vi: string } | null;
  }[];
}
