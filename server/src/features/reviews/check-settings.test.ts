// A Sở sets severity and tolerance of checks for its units; what was in force when a report was sent stays with it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as checks from '@khuevan/core/contract/checks.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { serveChecks } from '#features/checks';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { at, formCode, openStory, type Place, type Story } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let params: Place;
let cells: Cells;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks]));
  await story.openPeriod();
  params = await story.start('doiCan', story.as('clerk.doican'));
  const { report } = await story.as('clerk.doican').call(reports.compileReport, { params });
  cells = report!.cells;
});
after(() => end());

type Severity = 'off' | 'warning' | 'error' | null;
const rule = '02-th-dn.teachers-for-classes';
const query = () => ({ periodId: story.periodId, formCode });
const bodyOf = (severity: Severity, tolerance = {}, of = rule) => ({
  formSlug: '02-th-dn',
  rule: of,
  severity,
  tolerance,
  reason: 'Theo chỉ đạo của Sở năm nay.',
});
const set = (person: PersonName, unit: UnitName, ...body: Parameters<typeof bodyOf>) =>
  story.as(person).call(checks.setCheck, { params: at(unit), body: bodyOf(...body) });
const refuse = (person: PersonName, unit: UnitName, ...body: Parameters<typeof bodyOf>) =>
  story.as(person).fail(checks.setCheck, { params: at(unit), body: bodyOf(...body) });
const list = (person: PersonName, unit: UnitName) =>
  story.as(person).call(checks.listChecks, { params: at(unit), query: query() });
const severities = async (of = rule) => {
  const { findings } = await story.as('clerk.doican').call(reports.checkReport, { params });
  return findings.filter((each) => each.rule === of).map((each) => each.severity);
};

/** Other figures in the draft, as if they had been fetched: looked at by the checks alone. */
const plant = (changes: Cells) =>
  db.owner.query(`update report set cells = $2, records_digest = 'planted' where id = $1`, [
    params.reportId,
    JSON.stringify({ ...cells, ...changes }),
  ]);

test('a form’s checks stand in one list, each with its source and what may be chosen', async () => {
  const { checks: listed } = await list('clerk.doican', 'doiCan');
  const kinds = Object.groupBy(listed, (each) => each.kind);
  assert.deepEqual(Object.keys(kinds).toSorted(), [
    'form',
    'last-year',
    'like-units',
    'other-form',
    'population',
    'standard',
  ]);
  for (const each of listed) {
    assert.ok(each.source && each.title.vi && each.title.en, each.rule);
    assert.equal(each.allowed.length === 1, each.severity === 'error', each.rule);
    assert.equal(each.setting, null);
  }
});

test('only a province or the ministry sets checks, in its own name, within what the form allows', async () => {
  assert.equal(await refuse('clerk.doican', 'doiCan', 'off'), 'forbidden');
  assert.equal(await refuse('admin.town', 'town', 'off'), 'forbidden');
  assert.equal(await refuse('reviewer.province', 'province', 'off'), 'forbidden');
  assert.equal(await refuse('admin.ministry', 'province', 'off'), 'forbidden');
  assert.equal(await refuse('admin.province', 'ministry', 'off'), 'not_found');
  assert.equal(
    await refuse('admin.province', 'province', 'off', {}, '02-th-dn.schools-by-area'),
    'check_setting_refused',
  );
  assert.equal(
    await refuse('admin.province', 'province', 'error', {}, '02-th-dn.last-year-pupils'),
    'check_setting_refused',
  );
  assert.equal(await refuse('admin.province', 'province', 'warning', { share: 2 }), 'check_setting_refused');
  assert.equal(await refuse('admin.province', 'province', 'off', {}, '02-th-dn.no-such'), 'not_found');
});

test('the nearest unit above decides, and taking back gives way to the next', async () => {
  const rooms = '02-th-dn.rooms-for-classes';
  const classes = cells['27.1']!;
  assert.ok(classes > 3);
  await plant({ '120.1': 0, '121.1': 0 });
  assert.deepEqual(await severities(rooms), ['warning']);
  await set('admin.ministry', 'ministry', 'warning', { least: classes }, rooms);
  assert.deepEqual(await severities(rooms), [], 'all classes may be without a room');
  await set('admin.ministry', 'ministry', 'warning', { least: classes - 1 }, rooms);
  assert.deepEqual(await severities(rooms), ['warning']);
  await set('admin.province', 'province', 'off', {}, rooms);
  assert.deepEqual(await severities(rooms), []);
  const { checks: listed, history } = await list('clerk.doican', 'doiCan');
  assert.equal(listed.find((each) => each.rule === rooms)!.setting!.ownerName, units.province.name);
  await set('admin.province', 'province', null, {}, rooms);
  const later = await list('clerk.doican', 'doiCan');
  assert.equal(later.checks.find((each) => each.rule === rooms)!.setting!.ownerName, units.ministry.name);
  assert.deepEqual(
    [history.length, later.history.map((each) => each.severity)],
    [3, [null, 'off', 'warning', 'warning']],
  );
  assert.equal(later.history[0]!.setByName, 'admin.province');
  assert.deepEqual(await severities(rooms), ['warning']);
});

test('a warning made binding blocks sending, and the setting in force is frozen with the submission', async () => {
  const pupils = '02-th-dn.pupils-per-class';
  // More pupils than 35 a class.
  await plant({ '37.1': 36 * cells['27.1']! });
  assert.deepEqual(await severities(pupils), ['warning']);
  await set('admin.province', 'province', 'error', {}, pupils);
  assert.deepEqual(await severities(pupils), ['error']);
  await set('admin.province', 'province', 'error', { least: cells['27.1']! }, pupils);
  assert.deepEqual(await severities(pupils), [], 'one pupil a class more is tolerated');
  await set('admin.province', 'province', 'error', { least: cells['27.1']! - 1 }, pupils);
  assert.deepEqual(await severities(pupils), ['error']);
  await story.send(params, story.as('clerk.doican'));
  await set('admin.province', 'province', 'off', {}, pupils);
  const frozen = await story.as('reviewer.town').call(reports.readSubmission, { params: { ...params, no: 1 } });
  const kept = frozen.checkSettings.find((each) => each.rule === pupils);
  assert.deepEqual(kept, {
    rule: pupils,
    severity: 'error',
    tolerance: { least: cells['27.1']! - 1 },
    ownerName: units.province.name,
  });
});

test('straight in the database nobody sets checks for a unit outside the scope, nor changes a setting', async () => {
  const denied = { code: '42501' };
  const insert = `insert into check_setting (owner_id, id, form_slug, rule, severity, reason, set_by, set_by_name, set_at)
    values ($1, gen_random_uuid(), '02-th-dn', 'x', 'off', 'x', gen_random_uuid(), 'x', now())`;
  await assert.rejects(straight(db, 'clerk.doican', 'doiCan', insert, [units.province.id]), denied);
  await assert.rejects(straight(db, 'admin.town', 'town', insert, [units.province.id]), denied);
  for (const change of [`update check_setting set severity = 'off'`, 'delete from check_setting'])
    await assert.rejects(straight(db, 'admin.province', 'province', change, []), denied, change);
});
