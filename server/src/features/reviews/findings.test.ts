// What units below still have to correct and explain: one list for their reviewer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as checks from '@khuevan/core/contract/checks.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { serveChecks } from '#features/checks';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { type PersonName, units, type UnitName } from '../../testing/cast.ts';
import { seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { readCells } from '../../testing/odd-workbooks.ts';
import { at, clerks, formCode, openStory, type Place, type School, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
const places = {} as Record<School, Place>;
const drafts = {} as Record<School, Cells>;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks]));
  await story.openPeriod();
  for (const school of ['doiCan', 'hoaSen', 'laHien'] as const) {
    places[school] = await story.start(school, story.as(clerks[school]));
    const { report } = await story.as(clerks[school]).call(reports.compileReport, { params: places[school] });
    drafts[school] = report!.cells;
  }
  // Last year's grade 1 of Hoa Sen: many more than this year's grade 2.
  const past = await seatPeriod(db.owner, 2023);
  const grown = { ...drafts.hoaSen, '40.1': drafts.hoaSen['41.1']! + 200 };
  const sent = await seatSubmission(db.owner, units.hoaSen.id, units.town.id, past, grown);
  await story.approve({ ...at('hoaSen'), reportId: sent.reportId }, 'reviewer.town', 1);
});
after(() => end());

type Query = {
  rule?: string;
  stage?: 'error' | 'unexplained' | 'refused' | 'waiting' | 'accepted' | 'unlike';
  search?: string;
};
const list = (person: PersonName, unit: UnitName, query: Query & { page?: number; pageSize?: number } = {}) =>
  story.as(person).call(checks.listFindings, {
    params: at(unit),
    query: { periodId: story.periodId, formCode, pageSize: 200, ...query },
  });
const plant = (school: School, changes: Cells) =>
  db.owner.query(`update report set cells = $2, records_digest = 'planted' where id = $1`, [
    places[school].reportId,
    JSON.stringify({ ...drafts[school], ...changes }),
  ]);

test('a draft’s planted faults are there: an error of the form, a warning, another grade of last year', async () => {
  await plant('laHien', { '1.1': 5, '37.1': 50 * drafts.laHien['27.1']! });
  const { findings } = await list('reviewer.province', 'province');
  const of = (school: School, rule: string) =>
    findings.filter((each) => each.unitId === units[school].id && each.rule === `02-th-dn.${rule}`);
  assert.deepEqual(
    of('laHien', 'schools-by-area').map(({ stage }) => stage),
    ['error'],
  );
  assert.deepEqual(
    of('laHien', 'pupils-per-class').map(({ stage }) => stage),
    ['unexplained'],
  );
  const [cohort] = of('hoaSen', 'cohort-grade-2');
  const [now, past] = [drafts.hoaSen['41.1']!, drafts.hoaSen['41.1']! + 200];
  assert.equal(cohort?.stage, 'unexplained');
  assert.equal(
    cohort.message.vi,
    `Học sinh lớp 2 khác nhiều so với lớp 1 năm trước. Ô 41.1 = ${now} thường bằng ô 40.1 của biểu 02-TH-ĐN năm trước = ${past} (cho phép lệch ${String(Math.round(past * 10) / 100).replace('.', ',')}).`,
  );
  assert.deepEqual(of('doiCan', 'cohort-grade-2'), [], 'a school without last year is not compared');
  assert.deepEqual(of('doiCan', 'schools-by-area'), []);
});

test('what the school is told by its own check is what the list says of the form’s figures', async () => {
  const { findings } = await list('reviewer.town', 'town', { search: 'hoa sen' });
  const own = await story.as(clerks.hoaSen).call(reports.checkReport, { params: places.hoaSen });
  const keys = [...new Set(own.findings.filter((each) => each.rule.startsWith('02-th-dn.')).map(({ key }) => key))];
  assert.ok(keys.length > 0);
  assert.deepEqual(findings.map(({ key }) => key).toSorted(), keys.toSorted());
});

test('a reason moves a finding on: waiting, refused, accepted, and accepted by the approval', async () => {
  const { hoaSen } = places;
  const key = '02-th-dn.cohort-grade-2:41.1';
  const stage = async () =>
    (await list('reviewer.town', 'town', { search: 'Hoa Sen' })).findings.find((each) => each.key === key)!.stage;
  await story.as(clerks.hoaSen).call(reports.explainFinding, {
    params: { ...hoaSen, findingKey: key },
    body: { reason: 'Chuyển trường theo nơi ở.' },
  });
  assert.equal(await stage(), 'waiting');
  await story.send(hoaSen, story.as(clerks.hoaSen));
  assert.equal(await stage(), 'waiting');
  const decide = (kind: 'accepted' | 'refused', note: string | null) =>
    story.as('reviewer.town').call(checks.decideReasons, {
      params: hoaSen,
      body: { submissionNo: 1, findingKeys: [key], kind, note },
    });
  await decide('refused', 'Nêu số học sinh chuyển đi.');
  assert.equal(await stage(), 'refused');
  await decide('accepted', null);
  const others = await list('reviewer.town', 'town', { stage: 'waiting', search: 'Hoa Sen' });
  assert.equal(await stage(), 'accepted');
  assert.equal((await story.approve(hoaSen, 'reviewer.town', 1)).statusCode, 200);
  const approved = await list('reviewer.town', 'town', { search: 'Hoa Sen' });
  assert.deepEqual(approved.stages, { accepted: approved.total });
  for (const { key: other } of others.findings)
    assert.equal(approved.findings.find((each) => each.key === other)!.decision!.decidedByName, 'reviewer.town');
});

test('the list is filtered by check and stage, counted as a whole, and leafed through', async () => {
  const all = await list('reviewer.province', 'province');
  const counted = all.findings.reduce<Record<string, number>>(
    (so, { stage }) => ({ ...so, [stage]: (so[stage] ?? 0) + 1 }),
    {},
  );
  assert.deepEqual(all.stages, counted);
  const rule = '02-th-dn.pupils-per-class';
  const some = await list('reviewer.province', 'province', { rule });
  assert.deepEqual([some.total, some.stages], [all.findings.filter((each) => each.rule === rule).length, all.stages]);
  assert.ok(some.total > 0 && some.findings.every((each) => each.rule === rule));
  assert.equal(
    all.rules.find((each) => each.rule === rule)!.units,
    new Set(some.findings.map(({ unitId }) => unitId)).size,
  );
  const pages = await Promise.all(
    Array.from({ length: Math.ceil(all.total / 3) }, (_, page) =>
      list('reviewer.province', 'province', { page: page + 1, pageSize: 3 }),
    ),
  );
  assert.deepEqual(
    pages.flatMap(({ findings }) => findings),
    all.findings,
  );
});

test('an office sees its own units only, and the file holds the same lines', async () => {
  const town = await list('reviewer.town', 'town');
  assert.ok(town.total > 0 && town.findings.every(({ parentName }) => parentName === units.town.name));
  const hills = await list('reviewer.hills', 'hills');
  assert.deepEqual([...new Set(hills.findings.map(({ unitId }) => unitId))], [units.laHien.id]);
  const file = await story.as('reviewer.hills').attempt(checks.exportFindings, {
    params: at('hills'),
    query: { periodId: story.periodId, formCode, stage: 'unexplained' },
  });
  assert.equal(file.statusCode, 200);
  const rows = await readCells(file.rawPayload);
  const head = rows.findIndex((row) => row[0] === 'STT');
  const expected = (await list('reviewer.hills', 'hills', { stage: 'unexplained' })).findings;
  assert.deepEqual(
    rows.slice(head + 1).map((row) => [row[2], row[6], row[9]]),
    expected.map(({ unitName, message }) => [unitName, 'Chưa có lý do', message.vi]),
  );
});

test('the ministry sees offices, and no finding of a school', async () => {
  const { findings } = await list('admin.ministry', 'ministry');
  assert.deepEqual(findings, []);
});
