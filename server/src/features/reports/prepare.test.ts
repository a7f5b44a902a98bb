// What stands between a school's records and a report that may be sent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as reports from '@khuevan/core/contract/reports.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { findBlankCells } from '@khuevan/core/forms/cells.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { findForm } from '#features/forms';
import { servePeriods } from '#features/periods';
import type { TestDatabase } from '#platform/testing.ts';
import { units } from '../../testing/cast.ts';
import { form } from '../../testing/reports.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { serveReports } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let params: Place;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports]));
  await story.openPeriod();
  params = await story.start('doiCan', story.as('clerk.doican'));
});
after(() => end());

const clerk = () => story.as('clerk.doican');
const tasksOf = async () => (await clerk().call(listTasks, { params: at('doiCan') })).tasks;

/** Past the checks of entry. */
async function change(text: string, values: unknown[] = []): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.audit_id', gen_random_uuid()::text, true)`);
    await client.query(text, values);
    await client.query('commit');
  } finally {
    client.release();
  }
}

test('before anything is fetched the check says so, and nothing can be sent', async () => {
  const checked = await clerk().call(reports.checkReport, { params });
  assert.ok(checked.findings.some((each) => each.rule === 'report.not-compiled'));
  assert.equal(await clerk().fail(reports.submitReport, { params, body: { version: 1 } }), 'report_blocked');
});

test('errors in the records block the fetching with a list that leads to each record and field', async () => {
  await change(`update school_profile set ownership = null where school_id = $1`, [units.doiCan.id]);
  await change(
    `update enrolment set repeating = true, new_entrant = true where (school_id, id) = (select school_id, id from enrolment where school_id = $1 and new_entrant limit 1)`,
    [units.doiCan.id],
  );
  const answer = await clerk().call(reports.compileReport, { params });
  assert.equal(answer.blocked, true);
  assert.equal(answer.report, null);
  assert.equal(answer.missingTotal, answer.missing.length);
  const profile = answer.missing.find((each) => each.kind === 'profile');
  assert.deepEqual([profile?.part, profile?.field], [1, 'ownership']);
  const pupil = answer.missing.find((each) => each.rule === 'student_repeating_new_entrant');
  const { rows } = await db.owner.query('select id from enrolment where school_id = $1 and repeating and new_entrant', [
    units.doiCan.id,
  ]);
  assert.deepEqual([pupil?.part, pupil?.kind, pupil?.recordId], [2, 'student', rows[0].id]);
  assert.ok(answer.missing.every((each) => each.message.vi && each.message.en));

  const blocked = (await tasksOf()).find((task) => task.kind === 'report-blocked');
  assert.deepEqual([blocked?.count, blocked?.reportId], [answer.missingTotal, params.reportId]);
  const faulty = (await tasksOf()).filter((task) => task.kind === 'records-with-errors');
  assert.deepEqual(Object.fromEntries(faulty.map((task) => [task.recordKind, task.count])), { profile: 1, student: 1 });

  const file = await clerk().attempt(reports.downloadMissing, { params });
  assert.equal(file.statusCode, 200);
  assert.equal(file.rawPayload.subarray(0, 2).toString(), 'PK');
});

test('once they are mended the figures are fetched, whole, and nothing is left to do but send', async () => {
  await change(`update school_profile set ownership = '01' where school_id = $1`, [units.doiCan.id]);
  await change(`update enrolment set repeating = false where school_id = $1 and repeating and new_entrant`, [
    units.doiCan.id,
  ]);
  const { blocked, report } = await clerk().call(reports.compileReport, { params });
  assert.equal(blocked, false);
  assert.deepEqual(
    findBlankCells(findForm(form.code, form.version), report!.cells).map((place) => place.key),
    [],
  );
  assert.equal(report!.outdated, false);
  assert.deepEqual(
    (await tasksOf()).map((task) => task.kind).filter((kind) => kind.startsWith('report')),
    ['report-due'],
  );
});

test('rooms and budget are typed afterwards: their errors stop the sending, not the fetching', async () => {
  await change(
    `update budget_line set settled = settled + 1000000 where school_id = $1 and (school_id, id) in (select school_id, id from budget_line where school_id = $1 order by line desc limit 1)`,
    [units.doiCan.id],
  );
  const { blocked, report } = await clerk().call(reports.compileReport, { params });
  assert.equal(blocked, false);
  const checked = await clerk().call(reports.checkReport, { params });
  assert.ok(
    checked.findings.some((each) => each.severity === 'error'),
    'the parts exceed their total',
  );
  assert.equal(
    await clerk().fail(reports.submitReport, { params, body: { version: report!.version } }),
    'report_blocked',
  );
  await change(`update budget_line set settled = settled - 1000000 where school_id = $1 and settled >= 1000000`, [
    units.doiCan.id,
  ]);
});

test('a reason belongs to its warning, stays with it, and goes with what is sent', async () => {
  await change(
    `update student set pin_cipher = null, pin_hash = null, pin_mask = null where school_id = $1
       and id in (select student_id from enrolment where school_id = $1 and left_on is null order by student_id limit 3)`,
    [units.doiCan.id],
  );
  await change(
    `update enrolment set boarding = '01', policy_group = null where (school_id, id) = (
       select school_id, id from enrolment where school_id = $1 and left_on is null and disability is null order by id limit 1)`,
    [units.doiCan.id],
  );
  const { report } = await clerk().call(reports.compileReport, { params });
  const checked = await clerk().call(reports.checkReport, { params });
  const ofMinistry = await story.as('analyst.ministry').call(reports.checkReport, { params });
  assert.ok(
    ofMinistry.findings.every((each) => each.recordId === undefined),
    'the ministry is told nothing of persons',
  );
  const keys = [...new Set(checked.findings.filter((each) => each.severity === 'warning').map((each) => each.key))];
  assert.deepEqual(
    checked.findings.filter((each) => each.severity === 'error'),
    [],
  );
  assert.ok(keys.length > 1);
  assert.ok(checked.warnings > keys.length, 'several pupils, one reason');
  assert.equal(checked.unexplained, keys.length);
  const refused = await clerk().attempt(reports.submitReport, { params, body: { version: report!.version } });
  assert.deepEqual([refused.statusCode, refused.json<{ unexplained: number }>().unexplained], [422, keys.length]);
  assert.equal(
    await story.as('reviewer.town').fail(reports.explainFinding, {
      params: { ...params, findingKey: keys[0]! },
      body: { reason: 'Không phải của tôi' },
    }),
    'forbidden',
  );
  await clerk().call(reports.explainFinding, {
    params: { ...params, findingKey: keys[0]! },
    body: { reason: 'Lần đầu' },
  });
  await story.explainAll(params, clerk());
  // A reason for something that is no warning is not kept with the report.
  await clerk().call(reports.explainFinding, {
    params: { ...params, findingKey: 'no.such-warning' },
    body: { reason: 'Thừa' },
  });
  const sent = await clerk().call(reports.submitReport, { params, body: { version: report!.version } });
  assert.ok(sent.explanations.some((each) => each.findingKey === 'no.such-warning'));
  const frozen = await clerk().call(reports.readSubmission, { params: { ...params, no: 1 } });
  const ofPupils = frozen.explanations.find((each) => each.findingKey === 'student_pin_missing');
  assert.deepEqual(ofPupils?.message, ruleFace('student_pin_missing').title, 'the rule, and nobody’s name');
  assert.deepEqual(frozen.explanations.map((each) => each.findingKey).toSorted(), keys.toSorted());
  assert.ok(
    frozen.explanations.every((each) => each.message && each.reason.startsWith('Đã rà soát')),
    'the last reason counts',
  );
  assert.equal(
    await clerk().fail(reports.explainFinding, {
      params: { ...params, findingKey: keys[0]! },
      body: { reason: 'Muộn rồi' },
    }),
    'wrong_state',
  );
});

test('a school in a minute: its figures as they are today, counted another way', async () => {
  const { figures } = await clerk().call(listTasks, { params: at('doiCan') });
  const { rows } = await db.owner.query(
    `select
       (select count(*)::integer from enrolment e where e.school_id = $1 and e.left_on is null and e.entered_on <= '2024-10-15')
         + (select count(*)::integer from enrolment e where e.school_id = $1 and e.entered_on <= '2024-10-15' and e.left_on > '2024-10-15') as students,
       (select count(*)::integer from class where school_id = $1) as classes,
       (select count(*)::integer from assignment where school_id = $1 and status = any ('{01,07}') and staff_group = '03') as teachers`,
    [units.doiCan.id],
  );
  assert.deepEqual({ students: figures?.students, classes: figures?.classes, teachers: figures?.teachers }, rows[0]);
  assert.ok(figures!.teachersAtStandard <= figures!.teachers && figures!.teachersAtStandard > 0);
  const { figures: ofOffice } = await story.as('reviewer.town').call(listTasks, { params: at('town') });
  assert.equal(ofOffice, null);
});
