// From a Phòng's click on "Duyệt" to the province's new form on the screen: two requests over HTTP, one after the other, with
// 100,000 pupils in the province and again with a million. The baseline adds up all approved submissions by hand.
import assert from 'node:assert/strict';
import type { Cells } from '../core/src/forms/definition.ts';
import { compileForm, findForm } from '../server/src/features/forms/index.ts';
import { form, seatSubmission } from '../server/src/testing/reports.ts';
import { atMost, type BenchLine } from './line.ts';
import { median, p95, prepare, tell, timesOf } from './measure.ts';
import { provinceReviewer, schoolYear, type BenchSchool } from './province.ts';
import { openStage, type Stage } from './stage.ts';
import { createVisitor, requireSuccess, type Visitor } from './visitor.ts';

const promise = { p95Ms: 50 };
const asOf = `${schoolYear}-09-30`;
const warming = 20;
const measured = 80;
/** How many times as long it may take with ten times the pupils: what noise allows. */
const growthAllowed = 1.5;

/** By hand: every approved submission, added up cell by cell, by whoever may see everything. */
const byHand = `
  select e.key, sum(e.value::numeric)::float8 as amount
  from submission s join report r on r.unit_id = s.unit_id and r.id = s.report_id, json_each_text(s.cells) e
  where r.period_id = $1 and r.form_code = $2 and r.state = 'approved' and s.no = r.last_submission_no group by e.key`;

interface Sent {
  school: BenchSchool;
  reportId: string;
  reviewer: string;
}

export default async function measureRollup(): Promise<BenchLine[]> {
  const stage = await openStage();
  const small = [...stage.schools];
  const cells = await prepare('forms of 200 schools', () => compileProvince(stage, small));
  const server = await stage.serve();
  const visitor = createVisitor(server.address, { connections: 2 });
  try {
    const sent = await prepare('200 reports sent', () => sendAll(stage, small, (school) => cells.get(school.id)!));
    const before = await measureApprovals(stage, visitor, sent);
    const board = await measureBoard(stage, visitor);
    await stage.growWhole();
    const copies = stage.schools.slice(small.length).slice(0, warming + measured);
    const more = await sendAll(stage, copies, (school) => cells.get(small[school.ordinal % small.length]!.id)!);
    const after = await measureApprovals(stage, visitor, more);
    tell(`  median ${before.median.toFixed(1)} ms, with ten times the pupils ${after.median.toFixed(1)} ms`);
    return [
      atMost({ name: 'rollup', unit: 'ms', value: before.p95, baseline: before.byHand, limit: promise.p95Ms }),
      atMost({ name: 'board', unit: 'ms', value: board.p95, baseline: board.byHand, limit: promise.p95Ms }),
      atMost({ name: 'rollup-million', unit: 'ms', value: after.p95, baseline: after.byHand, limit: promise.p95Ms }),
      atMost({
        name: 'rollup-growth',
        unit: 'ms',
        value: after.median,
        baseline: before.median,
        limit: before.median * growthAllowed,
      }),
    ];
  } finally {
    visitor.close();
    await server.stop();
  }
}

/** By hand: who owes the form below the province, where their report is, since when and with whom. */
const boardByHand = `
  select s.id, s.name, s.code, o.name as office, r.state, r.state_since, r.last_submission_no, r.last_sent_at, h.name as holder, d.due_on
  from unit s
  join unit_relation l on l.child_id = s.id and l.role = 'reviewing' and l.valid @> '${asOf}'::date
  join unit o on o.id = l.parent_id
  left join report r on r.unit_id = s.id and r.period_id = $1 and r.form_code = $2
  left join unit h on h.id = r.holder_id
  left join period_deadline d on d.period_id = $1 and d.unit_kind = s.kind
  where s.kind in ('school', 'district') order by s.kind = 'school', o.name collate "vi-x-icu", s.name collate "vi-x-icu"`;

/** The whole province's progress on one screen. */
async function measureBoard({ owner, periodId, signIn }: Stage, visitor: Visitor) {
  const { username, unitId } = provinceReviewer;
  const headers = (await signIn([username])).get(username)!;
  const path = `/units/${unitId}/board?periodId=${periodId}&formCode=${encodeURIComponent(form.code)}`;
  const look = async () => {
    const answer = await visitor.ask(path, { headers });
    requireSuccess(answer, 'board');
    return answer;
  };
  const add = () => owner.query<{ id: string }>(boardByHand, [periodId, form.code]);
  const shown = (await look()).json<{ units: Array<{ unitId: string }> }>();
  assert.deepEqual(
    shown.units.map((unit) => unit.unitId),
    (await add()).rows.map((row) => row.id),
  );
  await timesOf(warming, look);
  await timesOf(warming, add);
  return { p95: p95(await timesOf(measured, look)), byHand: p95(await timesOf(measured, add)) };
}

async function compileProvince({ runtime, owner }: Stage, schools: BenchSchool[]): Promise<Map<string, Cells>> {
  const { username, unitId } = provinceReviewer;
  const { rows } = await owner.query<{ id: string }>('select id from account where username = $1', [username]);
  const scope = { schoolIds: schools.map((school) => school.id), schoolYear, asOf };
  return runtime.database.read({ accountId: rows[0]!.id, name: username }, unitId, 'reports.read', ({ tx }) =>
    compileForm(tx, findForm(form.code, form.version), scope),
  );
}

async function sendAll(
  { owner, periodId }: Stage,
  schools: BenchSchool[],
  cellsOf: (school: BenchSchool) => Cells,
): Promise<Sent[]> {
  const { rows } = await owner.query<{ school: string; office: string; reviewer: string }>(
    `select r.child_id as school, r.parent_id as office, a.username as reviewer
     from unit_relation r join account a on a.unit_id = r.parent_id where r.role = 'reviewing' and r.child_id = any ($1)`,
    [schools.map((school) => school.id)],
  );
  const above = new Map(rows.map((row) => [row.school, row]));
  const sent: Sent[] = [];
  for (const school of schools) {
    const { office, reviewer } = above.get(school.id)!;
    const { reportId } = await seatSubmission(owner, school.id, office, periodId, cellsOf(school));
    sent.push({ school, reportId, reviewer });
  }
  await owner.query('analyze report, submission');
  return sent;
}

/** Approves them one after the other, each time until the province's form is here again; and checks the last one by hand. */
async function measureApprovals(stage: Stage, visitor: Visitor, sent: Sent[]) {
  const { owner, periodId } = stage;
  const headers = await stage.signIn([...new Set([provinceReviewer.username, ...sent.map((each) => each.reviewer)])]);
  const query = `periodId=${periodId}&formCode=${encodeURIComponent(form.code)}`;
  const readProvince = () =>
    visitor.ask(`/units/${provinceReviewer.unitId}/aggregate?${query}`, {
      headers: headers.get(provinceReviewer.username)!,
    });
  const approve = async ({ school, reportId, reviewer }: Sent) => {
    const path = `/units/${school.id}/reports/${reportId}/approvals`;
    const asked = { method: 'POST', headers: headers.get(reviewer)!, body: { submissionNo: 1 } };
    requireSuccess(await visitor.ask(path, asked), 'approval');
    requireSuccess(await readProvince(), 'aggregate');
  };
  await timesOf(warming, (index) => approve(sent[index]!));
  const times = await timesOf(measured, (index) => approve(sent[warming + index]!));

  const add = () => owner.query<{ key: string; amount: number }>(byHand, [periodId, form.code]);
  const { rows } = await add();
  const hands = await timesOf(10, add);
  const shown = (await readProvince()).json<{ cells: Cells; parts: number }>();
  for (const { key, amount } of rows) assert.ok(Math.abs(shown.cells[key]! - amount) < 0.005, `cell ${key}`);
  assert.equal(Object.keys(shown.cells).length, rows.length);
  return { p95: p95(times), median: median(times), byHand: p95(hands) };
}
