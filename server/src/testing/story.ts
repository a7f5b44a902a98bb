// Four schools with records that keep every rule, and the steps of a report's life as calls of the API.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { BodyInputOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import * as periods from '@khuevan/core/contract/periods.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { drawSampleSchool } from '@khuevan/core/rules/sample-school.ts';
import { loadSchools } from '#features/records';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from './app.ts';
import { createCaller, type Caller } from './caller.ts';
import { seatCast, units, type PersonName, type UnitName } from './cast.ts';
import { form } from './reports.ts';

export type Report = ResponseOf<typeof reports.readReport>;
export type Submission = ResponseOf<typeof reports.readSubmission>;
/** Where a report is. */
export interface Place {
  unitId: string;
  reportId: string;
}

export const clerks = {
  doiCan: 'clerk.doican',
  hoaSen: 'clerk.hoasen',
  laHien: 'clerk.lahien',
  cucDuong: 'clerk.cucduong',
} as const satisfies Partial<Record<UnitName, PersonName>>;
export type School = keyof typeof clerks;
export const schools = Object.keys(clerks) as School[];

export const at = (unit: UnitName) => ({ unitId: units[unit].id });
export const formCode = form.code;

export async function seatSchools(db: TestDatabase): Promise<void> {
  await seatCast(db.owner);
  const loads = schools.map((school, index) => ({
    schoolId: units[school].id,
    schoolYear: 2024,
    records: drawRecords(school, index),
  }));
  const owner = await db.owner.connect();
  await loadSchools(owner, db.secrets, loads).finally(() => owner.release());
}

/** Samples share their numbers; a birth registered in another province makes them different people. */
function drawRecords(school: School, index: number) {
  const { records } = drawSampleSchool(school, 60 + 10 * index);
  const prefix = ['019', '020', '022', '024'][index]!;
  const elsewhere = (person: RecordValues) => ({ ...person, pin: `${prefix}${String(person.pin).slice(3)}` });
  return { ...records, student: records.student.map(elsewhere), staff: records.staff.map(elsewhere) };
}

/** One pupil fewer, straight in the records. @returns how many */
export async function removePupil(db: TestDatabase, school: School): Promise<number> {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.audit_id', gen_random_uuid()::text, true)`);
    const { rowCount } = await client.query(
      `delete from enrolment where (school_id, id) = (
         select school_id, id from enrolment where school_id = $1 and school_year = 2024 and left_on is null
           and entered_on <= '2024-09-30' and disability is null order by id limit 1)`,
      [units[school].id],
    );
    await client.query('commit');
    return rowCount ?? 0;
  } finally {
    client.release();
  }
}

/** The hash of a submission as the documentation describes it, written once more. */
export function hashByHand(report: Report, frozen: Submission): string {
  const cells = Object.keys(frozen.cells)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${frozen.cells[key]}`)
    .join(',');
  const byFirst = (a: string[], b: string[]) => (a[0]! < b[0]! ? -1 : 1);
  const said = frozen.explanations.map((each) => [each.findingKey, each.reason, each.accountName]).sort(byFirst);
  const parts = frozen.parts.map((each) => [each.unitId, each.submissionId, each.hash]).sort(byFirst);
  const head = [report.unitId, report.periodId, report.formCode, frozen.formVersion, report.asOf, frozen.no];
  return createHash('sha256')
    .update([JSON.stringify(head), `{${cells}}`, JSON.stringify(parts), JSON.stringify(said)].join('\n'))
    .digest('hex');
}

/** The four schools in a database of their own, and the program before them with these routes. */
export async function openStory(routes: Parameters<typeof createTestApp>[1]) {
  const db = await createTestDatabase();
  await seatSchools(db);
  const app = await createTestApp(db, routes);
  const end = async (): Promise<void> => {
    await app.close();
    await db.close();
  };
  return { db, app, story: await createStory(app, db), end };
}

/** The ministry's period of October 2024. */
const startOfYear: BodyInputOf<typeof periods.openPeriod> = {
  name: 'Thống kê đầu năm học 2024-2025',
  schoolYear: 2024,
  kind: 'start',
  asOf: '2024-09-30',
  opensOn: '2024-10-01',
  closesOn: '2024-11-15',
  forms: [{ code: form.code, version: form.version }],
  deadlines: [
    { unitKind: 'school', dueOn: '2024-10-25' },
    { unitKind: 'district', dueOn: '2024-10-30' },
    { unitKind: 'province', dueOn: '2024-10-31' },
  ],
};

export type Story = Awaited<ReturnType<typeof createStory>>;

async function createStory(app: FastifyInstance, db: TestDatabase) {
  const as = await createCaller(app, db.owner);
  let periodId = '';

  const explainAll = async (params: Place, who: Caller): Promise<void> => {
    const { findings } = await who.call(reports.checkReport, { params });
    const keys = new Set(findings.filter((each) => each.severity === 'warning').map((each) => each.key));
    for (const findingKey of keys) {
      const body = { reason: `Đã rà soát: ${findingKey}` };
      await who.call(reports.explainFinding, { params: { ...params, findingKey }, body });
    }
  };

  return {
    as,
    get periodId() {
      return periodId;
    },
    async openPeriod(change: Partial<typeof startOfYear> = {}) {
      const opened = await as('admin.ministry').call(periods.openPeriod, {
        params: at('ministry'),
        body: { ...startOfYear, ...change },
      });
      periodId = opened.id;
      return opened;
    },
    async start(unit: UnitName, who: Caller): Promise<Place> {
      const { id } = await who.call(reports.startReport, { params: at(unit), body: { periodId, formCode } });
      return { ...at(unit), reportId: id };
    },
    explainAll,
    /** Fetches, gives every warning its reason, sends. */
    async send(params: Place, who: Caller): Promise<Report> {
      const { report, missing } = await who.call(reports.compileReport, { params });
      assert.deepEqual(missing, []);
      await explainAll(params, who);
      return who.call(reports.submitReport, { params, body: { version: report!.version } });
    },
    approve: (params: Place, person: PersonName, submissionNo: number) =>
      as(person).attempt(reviews.approveReport, { params, body: { submissionNo } }),
    totalOf: (unit: UnitName, person: PersonName) =>
      as(person).call(reviews.readAggregate, { params: at(unit), query: { periodId, formCode } }),
    /** The report of a unit in the story's period. */
    async placeOf(unit: UnitName): Promise<Place> {
      const { rows } = await db.owner.query<{ id: string }>(
        'select id from report where unit_id = $1 and period_id = $2',
        [units[unit].id, periodId],
      );
      return { ...at(unit), reportId: rows[0]!.id };
    },
  };
}
