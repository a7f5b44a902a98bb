// The country's figures at every tier, under row-level security: the form of a unit and what one of its cells is made of, over HTTP,
// with 54,000 schools in the totals; and from a commune's click on "Duyệt" to the ministry's new form. The baselines add up what
// was approved, by hand, and read one row of the totals past the program.
import assert from 'node:assert/strict';
import type { Cells } from '../core/src/forms/definition.ts';
import { form } from '../server/src/testing/reports.ts';
import { atMost, type BenchLine } from './line.ts';
import { median, p95, tell, timesOf } from './measure.ts';
import { measureBoard, measureMorning, measureVersion } from './national-day.ts';
import { buildNation, nation, type Nation } from './nation.ts';
import { type Bare, raiseBare } from './stage.ts';
import { createVisitor, requireSuccess, type Visitor } from './visitor.ts';

const promise = { tierP95Ms: 200, visibleMs: 1000 };
const warming = 10;
const measured = 60;
const cell = { row: '37', column: '1' };

export default async function measureNation(): Promise<BenchLine[]> {
  const bare = await raiseBare();
  const built = await buildNation(bare.owner);
  const morning = await measureMorning(bare);
  const server = await bare.serve();
  const visitor = createVisitor(server.address, { connections: 2 });
  try {
    const tiers = await measureTiers(bare, built, visitor);
    const visible = await measureApprovals(bare, built, visitor);
    return [
      atMost({
        name: 'national-rollup',
        unit: 'ms',
        value: tiers.p95,
        baseline: tiers.byHand,
        limit: promise.tierP95Ms,
      }),
      atMost({
        name: 'national-visible',
        unit: 'ms',
        value: visible.p95,
        baseline: visible.byHand,
        limit: promise.visibleMs,
      }),
      morning,
      await measureBoard(bare, built, visitor),
      await measureVersion(bare, built, visitor),
    ];
  } finally {
    visitor.close();
    await bare.close();
  }
}

const question = ({ periodId }: Nation) => `periodId=${periodId}&formCode=${encodeURIComponent(form.code)}`;

/** The worst tier's p95; each tier is asked for its form and for the parts of a cell. */
async function measureTiers({ owner, signIn }: Bare, built: Nation, visitor: Visitor) {
  const { rows: schools } = await owner.query<{ id: string; username: string }>(
    `select u.id, a.username from unit u join account a on a.unit_id = u.id where u.kind = 'school' order by u.code limit 1`,
  );
  const asked = [built.ministry, built.provinces[0]!, built.communes[0]!, schools[0]!];
  const headers = await signIn(asked.map(({ username }) => username));
  let worst = 0;
  for (const { id, username } of asked) {
    const look = async (path: string) => {
      const answer = await visitor.ask(`/units/${id}/aggregate${path}?${question(built)}`, {
        headers: headers.get(username)!,
      });
      requireSuccess(answer, path);
      return answer;
    };
    for (const path of ['', `/cells/${cell.row}/${cell.column}`]) {
      await timesOf(warming, () => look(path));
      const times = await timesOf(measured, () => look(path));
      tell(`  ${username} ${path || 'form'}: median ${median(times).toFixed(1)}, p95 ${p95(times).toFixed(1)} ms`);
      worst = Math.max(worst, p95(times));
    }
    await requireSum(owner, built, id, (await look('')).json<{ cells: Cells }>().cells);
  }
  const read = () =>
    owner.query('select * from aggregate a where a.unit_id = $1 and a.period_id = $2 and a.form_code = $3', [
      built.ministry.id,
      built.periodId,
      form.code,
    ]);
  await timesOf(warming, read);
  return { p95: worst, byHand: p95(await timesOf(measured, read)) };
}

const byHand = `select e.key, sum(e.value::numeric)::float8 as amount from counted_submission c join submission s on s.unit_id = c.unit_id and s.id = c.submission_id
  cross join lateral json_each_text(s.cells) e where c.period_id = $1 and c.form_code = $2 and $3::uuid = any (c.counted_in) and e.key = any ($4) group by e.key`;
const checkedKeys = [`${cell.row}.${cell.column}`, '1.1', '38.1', '96.1', '120.1'];

async function requireSum(owner: Bare['owner'], { periodId }: Nation, unitId: string, shown: Cells): Promise<void> {
  const { rows } = await owner.query<{ key: string; amount: number }>(byHand, [
    periodId,
    form.code,
    unitId,
    checkedKeys,
  ]);
  for (const { key, amount } of rows) assert.equal(shown[key], amount, `cell ${key} of ${unitId}`);
  assert.ok(rows.length > 0);
}

/** Approves reports one after the other, each time until the ministry has seen it. */
async function measureApprovals({ owner, signIn }: Bare, built: Nation, visitor: Visitor) {
  const { ministry, waiting } = built;
  const headers = await signIn([ministry.username, ...new Set(waiting.map(({ commune }) => `commune.${commune}`))]);
  const readMinistry = () =>
    visitor.ask(`/units/${ministry.id}/aggregate?${question(built)}`, { headers: headers.get(ministry.username)! });
  let parts = nation.schools - nation.waiting;
  const approve = async ({ unitId, reportId, commune }: Nation['waiting'][number]) => {
    const path = `/units/${unitId}/reports/${reportId}/approvals`;
    const decided = await visitor.ask(path, {
      method: 'POST',
      headers: headers.get(`commune.${commune}`)!,
      body: { submissionNo: 1 },
    });
    requireSuccess(decided, 'approval');
    const seen = await readMinistry();
    requireSuccess(seen, 'aggregate');
    parts += 1;
    assert.equal(seen.json<{ parts: number }>().parts, parts);
  };
  await timesOf(warming, (index) => approve(waiting[index]!));
  const times = await timesOf(measured, (index) => approve(waiting[warming + index]!));
  tell(`  approval to ministry: median ${median(times).toFixed(1)}, p95 ${p95(times).toFixed(1)} ms`);
  const add = () => owner.query(byHand, [built.periodId, form.code, ministry.id, checkedKeys]);
  return { p95: p95(times), byHand: p95(await timesOf(1, add)) };
}
