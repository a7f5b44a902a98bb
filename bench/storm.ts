// The last hour before the deadline, squeezed into two minutes: 2,000 schools open, save, check and send, more and more of them
// towards the end. Then far more at once than the server can do, and calm again.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cells } from '../core/src/forms/definition.ts';
import { hashReport } from '../server/src/features/reports/submission-hash.ts';
import { units } from '../server/src/testing/cast.ts';
import { form } from '../server/src/testing/reports.ts';
import { atLeast, atMost, type BenchLine } from './line.ts';
import { median, p95, tell } from './measure.ts';
import { schoolYear, whole, type BenchSchool } from './province.ts';
import { visitOnce, type Visit } from './school-visit.ts';
import { openStage, type Stage } from './stage.ts';
import { createVisitor, requireSuccess, type Answer, type Visitor } from './visitor.ts';

const promise = { p95Ms: 500, slowestInBurstMs: 15_000 };
const stormMs = 110_000;
/** Twice the connections that a storm needs, and all of a burst at once. */
const connections = 2000;
const calmSchools = 25;
const burst = 2000;
const asOf = `${schoolYear}-09-30`;

type Headers = Map<string, Record<string, string>>;

export default async function measureStorm(): Promise<BenchLine[]> {
  const stage = await openStage();
  await stage.growWhole();
  const { schools } = stage;
  assert.equal(schools.length, whole.schools);
  // Requests are limited as they are for everybody.
  const server = await stage.serve({ KHUEVAN_RATE_LIMIT: '1200' });
  const visitor = createVisitor(server.address, { connections, timeoutMs: 2 * promise.slowestInBurstMs });
  try {
    const headers = await stage.signIn(schools.map((school) => school.clerk));
    const calm = await visitCalmly(stage, visitor, headers);
    const periodId = await openPeriod(stage, visitor);
    const storm = await letLoose(visitor, schools, headers, periodId);
    const kept = await countKept(stage, periodId, storm.saved);
    const answers = [...storm.took.values()].flat();
    tellSteps(calm.took, storm.took);
    const after = await measureBurst(visitor, schools, headers);
    const baseline = median([...calm.took.values()].flat());
    return [
      atMost({
        name: 'storm',
        unit: 'ms',
        value: p95(answers),
        baseline,
        limit: promise.p95Ms,
        holds: storm.failures.length === 0,
      }),
      atLeast({ name: 'storm-kept', unit: 'schools', value: kept, baseline: schools.length, limit: schools.length }),
      atMost({
        name: 'storm-burst',
        unit: 'ms',
        value: after.slowestMs,
        baseline,
        limit: promise.slowestInBurstMs,
        holds: after.isOrderly,
      }),
    ];
  } finally {
    visitor.close();
    await server.stop();
  }
}

interface Visits {
  took: Map<string, number[]>;
  saved: Map<string, Saved>;
  failures: string[];
}
interface Saved {
  phone: string;
  ids: string[];
}

const newVisits = (): Visits => ({ took: new Map(), saved: new Map(), failures: [] });
const phoneOf = (prefix: string, { ordinal }: BenchSchool) => `${prefix}${String(ordinal).padStart(7, '0')}`;

async function visitOf(visits: Visits, given: Omit<Visit, 'note'>): Promise<void> {
  const { school, phone } = given;
  const note = (step: string, { took }: Answer) => visits.took.set(step, [...(visits.took.get(step) ?? []), took]);
  try {
    visits.saved.set(school.id, { phone, ids: await visitOnce({ ...given, note }) });
  } catch (error) {
    visits.failures.push(error instanceof Error ? error.message : String(error));
  }
}

/** The same, one after the other, by some schools in the year's other period. */
async function visitCalmly({ schools, periodId }: Stage, visitor: Visitor, headers: Headers): Promise<Visits> {
  const warming = newVisits();
  const visits = newVisits();
  for (const [index, school] of schools.slice(-2 * calmSchools).entries()) {
    const visit = { visitor, headers: headers.get(school.clerk)!, school, periodId, phone: phoneOf('090', school) };
    await visitOf(index < calmSchools ? warming : visits, { ...visit, inHaste: true });
  }
  assert.deepEqual([...warming.failures, ...visits.failures].slice(0, 3), []);
  return visits;
}

async function openPeriod(stage: Stage, visitor: Visitor): Promise<string> {
  const headers = (await stage.signIn(['bo.bench'])).get('bo.bench')!;
  const body = {
    name: 'Kỳ của ngày cuối',
    schoolYear,
    kind: 'middle',
    asOf,
    opensOn: `${schoolYear}-10-01`,
    closesOn: `${schoolYear}-11-15`,
    deadlines: [{ unitKind: 'school', dueOn: `${schoolYear}-10-09` }],
    forms: [{ code: form.code, version: form.version }],
  };
  const answer = await visitor.ask(`/units/${units.ministry.id}/periods`, { method: 'POST', headers, body });
  requireSuccess(answer, 'period');
  return answer.json<{ id: string }>().id;
}

/** When the schools come, as parts of the time: few at first, three times as many at the end. */
function arrivalOf(index: number, count: number): number {
  // The rate grows evenly from half the mean to one and a half: its integral 0.5x + 0.5x² is solved for x.
  const share = (index + 0.5) / count;
  return Math.sqrt(0.25 + 2 * share) - 0.5;
}

async function letLoose(
  visitor: Visitor,
  schools: readonly BenchSchool[],
  headers: Headers,
  periodId: string,
): Promise<Visits> {
  const visits = newVisits();
  const began = performance.now();
  await Promise.all(
    schools.map(async (school, index) => {
      await pause(arrivalOf(index, schools.length) * stormMs);
      const visit = { visitor, headers: headers.get(school.clerk)!, school, periodId, phone: phoneOf('091', school) };
      await visitOf(visits, visit);
    }),
  );
  tell(`  ${schools.length} schools in ${Math.round((performance.now() - began) / 1000)} s`);
  for (const failure of visits.failures.slice(0, 5)) tell(`  ${failure}`);
  return visits;
}

interface SentRow {
  unit_id: string;
  no: number;
  cells: Cells;
  parts: [];
  explanations: Array<{ findingKey: string; reason: string; accountName: string }>;
  hash: string;
  form_version: string;
}

/** Schools whose report was sent once, under the hash of what it says, and in whose records all that was saved stands. */
async function countKept({ owner }: Stage, periodId: string, saved: Visits['saved']): Promise<number> {
  const { rows: sent } = await owner.query<SentRow>(
    `select s.* from submission s join report r on r.unit_id = s.unit_id and r.id = s.report_id where r.period_id = $1 and r.state = 'submitted'`,
    [periodId],
  );
  const { rows: chains } = await owner.query<{ unit_id: string }>('select unit_id from broken_audit_chains()');
  const broken = new Set(chains.map((row) => row.unit_id));
  const ids = [...saved.values()].flatMap((each) => each.ids);
  const { rows: records } = await owner.query<{ school_id: string; id: string; phone: string }>(
    `select e.school_id, e.id, s.guardian_phone as phone from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id
     where e.school_id = any ($1::uuid[]) and e.id = any ($2::uuid[])`,
    [[...saved.keys()], ids],
  );
  // Ids are a school's own.
  const phones = new Map(records.map((row) => [`${row.school_id} ${row.id}`, row.phone]));
  const sentBy = Map.groupBy(sent, (row) => row.unit_id);
  return [...saved].filter(([schoolId, { phone, ids: own }]) => {
    const submissions = sentBy.get(schoolId) ?? [];
    return (
      submissions.length === 1 &&
      hashOf(submissions[0]!, periodId) === submissions[0]!.hash &&
      own.length > 0 &&
      own.every((id) => phones.get(`${schoolId} ${id}`) === phone) &&
      !broken.has(schoolId)
    );
  }).length;
}

const hashOf = ({ unit_id, no, cells, parts, explanations, form_version }: SentRow, periodId: string): string =>
  hashReport({
    unitId: unit_id,
    periodId,
    formCode: form.code,
    formVersion: form_version,
    asOf,
    no,
    cells,
    parts,
    explanations,
  });

function tellSteps(calm: Visits['took'], storm: Visits['took']): void {
  for (const [step, times] of storm) {
    const alone = median(calm.get(step) ?? []);
    tell(
      `  ${step.padEnd(8)} ${String(times.length).padStart(5)} ×  p50 ${median(times).toFixed(0).padStart(4)}  p95 ${p95(times).toFixed(0).padStart(4)} ms, alone ${alone.toFixed(0)} ms`,
    );
  }
}

/** Everybody at once: each is served or told when to come back, none is left without an answer; then all is as before. */
async function measureBurst(
  visitor: Visitor,
  schools: readonly BenchSchool[],
  headers: Headers,
): Promise<{ slowestMs: number; isOrderly: boolean }> {
  const openList = (school: BenchSchool) =>
    visitor.ask(`/schools/${school.id}/students?schoolYear=${schoolYear}&sort=fullName`, {
      headers: headers.get(school.clerk)!,
    });
  // Browsers have their connections open; new ones would come in no faster than the server takes them.
  await Promise.all(schools.slice(0, burst).map(() => visitor.ask('/health', { headers: {} })));
  const answers = await Promise.all(schools.slice(0, burst).map(openList));
  const refused = answers.filter((answer) => answer.status === 503);
  const served = answers.filter((answer) => answer.status === 200);
  tell(`  burst of ${answers.length}: ${served.length} served, ${refused.length} told to come back`);
  const toldWhen = refused.every((answer) => Number(answer.retryAfter) > 0);
  const afterwards: Answer[] = [];
  for (const school of schools.slice(0, 50)) afterwards.push(await openList(school));
  const isCalm =
    afterwards.every((answer) => answer.status === 200) && p95(afterwards.map((each) => each.took)) < promise.p95Ms;
  return {
    slowestMs: Math.max(...answers.map((answer) => answer.took)),
    isOrderly:
      refused.length > 0 &&
      served.length > 0 &&
      refused.length + served.length === answers.length &&
      toldWhen &&
      isCalm,
  };
}
