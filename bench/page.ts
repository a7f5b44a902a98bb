// One page of one school's pupils, as the list screen asks for it: sorted by name, 50 rows and the count, over HTTP, signed in,
// under row-level security, with 100,000 pupils in the table.
import assert from 'node:assert/strict';
import pg from 'pg';
import { atLeast, atMost, type BenchLine } from './line.ts';
import { p95, rateOf, timesOf } from './measure.ts';
import { schoolYear } from './province.ts';
import { openStage, type Stage } from './stage.ts';
import { createVisitor, requireSuccess } from './visitor.ts';

const promise = { p95Ms: 13, perSecond: 200, clients: 32 };
const pageSize = 50;
const warming = 300;
const measured = 1000;
const busyMs = 8000;

/** By hand: the same rows and count in the same order, by whoever may see everything. */
const byHand = `
  select e.id, s.code, s.full_name, s.birth_date, s.sex, s.ethnicity, s.pin_mask, encode(s.pin_hash, 'hex') as pin_hash, s.ministry_code, s.guardian_name,
    s.guardian_phone, e.class_code, e.opening_class_code, e.grade, e.entry_status, e.entered_on, e.leave_status, e.left_on, e.leave_reason, e.destination,
    e.new_entrant, e.repeating, e.two_sessions, e.boarding, e.informatics, e.disability, e.policy_group, e.cost_support, e.small_minority_support,
    e.meal_support, s.version || '.' || e.version as version, count(*) over () as total
  from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id
  where e.school_id = $1 and e.school_year = $2 order by s.given_name, s.other_names, e.id limit $3 offset $4`;

export default async function measurePage(): Promise<BenchLine[]> {
  const stage = await openStage();
  const school = stage.schools[0]!;
  const { rows: counted } = await stage.owner.query<{ pupils: number; all: number }>(
    `select count(*) filter (where school_id = $1)::integer as pupils, count(*)::integer as all from enrolment where school_year = $2`,
    [school.id, schoolYear],
  );
  const { pupils, all } = counted[0]!;
  const pages = Math.floor(pupils / pageSize);
  const handled = await measureByHand(stage, school.id, pages);
  const server = await stage.serve();
  const visitor = createVisitor(server.address, { connections: promise.clients });
  try {
    const headers = (await stage.signIn([school.clerk])).get(school.clerk)!;
    const pathOf = (index: number) =>
      `/schools/${school.id}/students?schoolYear=${schoolYear}&pageSize=${pageSize}&sort=fullName&page=${1 + (index % pages)}`;
    const ask = async (index: number) => requireSuccess(await visitor.ask(pathOf(index), { headers }), 'page');

    const first = (await visitor.ask(pathOf(0), { headers })).json<{ total: number; records: Array<{ id: string }> }>();
    assert.equal(first.total, pupils);
    assert.deepEqual(
      first.records.map((record) => record.id),
      handled.firstPage,
    );

    await timesOf(warming, ask);
    const alone = p95(await timesOf(measured, ask));
    let turn = 0;
    const asNext = () => ask((turn += 1));
    await rateOf(promise.clients, busyMs / 4, asNext);
    const together = await rateOf(promise.clients, busyMs, asNext);
    const isWhole = pupils === 1500 && all >= 100_000;
    return [
      atMost({ name: 'page', unit: 'ms', value: alone, baseline: handled.p95Ms, limit: promise.p95Ms, holds: isWhole }),
      atLeast({
        name: 'page-32-clients',
        unit: 'requests/s',
        value: together,
        baseline: handled.perSecond,
        limit: promise.perSecond,
        holds: isWhole,
      }),
    ];
  } finally {
    visitor.close();
    await server.stop();
  }
}

async function measureByHand(
  stage: Stage,
  schoolId: string,
  pages: number,
): Promise<{ p95Ms: number; perSecond: number; firstPage: string[] }> {
  const pool = new pg.Pool({ connectionString: stage.runtime.ownerUrl, max: promise.clients });
  try {
    let turn = 0;
    const query = (index: number) =>
      pool.query<{ id: string }>(byHand, [schoolId, schoolYear, pageSize, pageSize * (index % pages)]);
    const { rows } = await query(0);
    await timesOf(warming, query);
    const p95Ms = p95(await timesOf(measured, query));
    const asNext = () => query((turn += 1));
    await rateOf(promise.clients, busyMs / 8, asNext);
    return {
      p95Ms,
      perSecond: await rateOf(promise.clients, busyMs / 2, asNext),
      firstPage: rows.map((row) => row.id),
    };
  } finally {
    await pool.end();
  }
}
