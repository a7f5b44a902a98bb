// What a country of 54,000 schools does at once: a morning's notices, digests and medians are drawn, the ministry looks at its board,
// and a form that everybody has sent gets a new version. The baselines do as much by hand, one plain statement each.
import assert from 'node:assert/strict';
import { newestVersions } from '../core/src/forms/versions.ts';
import { checkTasks } from '../server/src/features/checks/index.ts';
import { loadForms } from '../server/src/features/forms/index.ts';
import { reminderTasks } from '../server/src/features/reminders/index.ts';
import { newId } from '../server/src/platform/ids.ts';
import { everywhere, form, seatPeriod } from '../server/src/testing/reports.ts';
import { atMost, type BenchLine } from './line.ts';
import { median, p95, prepare, tell, timeOf, timesOf } from './measure.ts';
import { nation, type Nation } from './nation.ts';
import { schoolYear } from './province.ts';
import type { Bare } from './stage.ts';
import { requireSuccess, type Visitor } from './visitor.ts';

const promise = { boardP95Ms: 2000, morningMs: 60_000, versionMs: 30_000 };
const warming = 3;
const measured = 20;
const threeDaysAhead = `${schoolYear}-10-12`;

interface Tally {
  asked: number;
  approved: number;
  submitted: number;
}

const tallyByHand = `select count(*)::integer as asked, (count(*) filter (where r.state = 'approved'))::integer as approved,
  (count(*) filter (where r.state = 'submitted'))::integer as submitted from report r where r.period_id = $1`;

export async function measureBoard({ owner, signIn }: Bare, built: Nation, visitor: Visitor): Promise<BenchLine> {
  const { ministry, periodId } = built;
  const headers = (await signIn([ministry.username])).get(ministry.username)!;
  const look = async () => {
    const answer = await visitor.ask(`/units/${ministry.id}/progress?periodId=${periodId}`, { headers });
    requireSuccess(answer, 'board');
    return answer.json<{ total: Tally; areas: unknown[] }>();
  };
  const addUp = () => owner.query<Tally>(tallyByHand, [periodId]);
  const board = await look();
  const { asked, approved, submitted } = board.total;
  assert.deepEqual({ asked, approved, submitted }, (await addUp()).rows[0]);
  assert.equal(board.areas.length, built.provinces.length);
  await timesOf(warming, look);
  const times = await timesOf(measured, look);
  tell(`  the ministry's board: median ${median(times).toFixed(0)}, p95 ${p95(times).toFixed(0)} ms`);
  const baseline = p95(await timesOf(measured, addUp));
  return atMost({ name: 'national-board', unit: 'ms', value: p95(times), baseline, limit: promise.boardP95Ms });
}

/** Three days before the deadline of a form that every school owes and none has sent, when every head gets a digest. */
export async function measureMorning({ owner, runtime }: Bare): Promise<BenchLine> {
  await prepare('a form that every school owes', async () => {
    const periodId = await seatPeriod(owner, schoolYear, everywhere);
    await owner.query('update period_deadline set due_on = $2 where period_id = $1', [periodId, threeDaysAhead]);
    await owner.query(`update membership set role = 'head' where role = 'clerk'`);
    await owner.query('vacuum analyze');
  });
  // Here and not by a server: it would draw as soon as it starts.
  const tasks = { ...reminderTasks(runtime), ...checkTasks(runtime) };
  const notices = await timeOf(tasks['reminders.draw']!);
  const comparing = await timeOf(tasks['checks.draw']!);
  tell(`  a morning: notices and digests ${notices.toFixed(0)}, medians ${comparing.toFixed(0)} ms`);
  const { rows: told } = await owner.query<{ kind: string; units: number }>(
    'select kind, count(distinct unit_id)::integer as units from notice group by kind order by kind',
  );
  assert.deepEqual(told, [
    { kind: 'deadline', units: nation.schools + nation.provinces },
    { kind: 'digest', units: nation.schools + 1 },
  ]);
  const { rows: medians } = await owner.query<{ provinces: number }>(
    `select count(distinct m.unit_id)::integer as provinces from like_unit_median m join unit u on u.id = m.unit_id and u.kind = 'province'`,
  );
  assert.equal(medians[0]!.provinces, nation.provinces);
  const baseline = await timeOf(() => undone(owner, [copyNotices]));
  return atMost({
    name: 'national-morning',
    unit: 'ms',
    value: notices + comparing,
    baseline,
    limit: promise.morningMs,
  });
}

const copyNotices = `insert into notice (unit_id, id, kind, audience, once_key, period_id, content, created_at)
  select unit_id, gen_random_uuid(), kind, audience, once_key || ' by hand', period_id, content, created_at from notice`;

/** What is done by hand leaves nothing. */
async function undone(owner: Bare['owner'], statements: readonly string[]): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query('rollback');
  } finally {
    client.release();
  }
}

/** From the click until every sent report asks for the new cells, says so in its history and has told its unit. */
export async function measureVersion({ owner, signIn }: Bare, built: Nation, visitor: Visitor): Promise<BenchLine> {
  const { ministry, periodId } = built;
  const headers = (await signIn([ministry.username])).get(ministry.username)!;
  const [newest] = newestVersions(loadForms().filter(({ code }) => code === form.code));
  const { version } = newest!;
  const { rows } = await owner.query<{ version: number }>('select version from period where id = $1', [periodId]);
  const baseline = await timeOf(() => undone(owner, versionByHand));
  const path = `/units/${ministry.id}/periods/${periodId}/forms/${encodeURIComponent(form.code)}/versions/${version}`;
  const answer = await visitor.ask(path, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': newId() },
    body: { periodVersion: rows[0]!.version, dueOn: `${schoolYear}-11-10`, reason: 'Bổ sung chỉ tiêu.' },
  });
  requireSuccess(answer, 'version');
  assert.equal(answer.json<{ asked: number }>().asked, nation.schools);
  const { rows: states } = await owner.query(
    `select r.state, r.form_version, count(*)::integer as reports,
       (select count(*)::integer from report_event e where e.kind = 'supplement') as events,
       (select count(*)::integer from notice n where n.kind = 'supplement') as notices
     from report r where r.period_id = $1 group by r.state, r.form_version`,
    [periodId],
  );
  const all = nation.schools;
  assert.deepEqual(states, [{ state: 'supplement', form_version: version, reports: all, events: all, notices: all }]);
  tell(`  a new version for ${all} reports: ${answer.took.toFixed(0)} ms`);
  return atMost({ name: 'national-version', unit: 'ms', value: answer.took, baseline, limit: promise.versionMs });
}

const versionByHand = [
  `update report set version = version + 1`,
  `insert into report_event (unit_id, id, report_id, kind, state, account_name, reason, at) select unit_id, gen_random_uuid(), id, 'supplement', state, 'by hand', '', now() from report`,
  `insert into notice (unit_id, id, kind, audience, once_key, content, created_at) select unit_id, gen_random_uuid(), 'supplement', 'everybody', 'by hand', '{}', now() from report`,
];
