// A start of the year that is counted on another day than the law's: the end of the year counts movements from that day on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as periods from '@khuevan/core/contract/periods.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units } from '../../testing/cast.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

const june = '2025-06-05';
const [ofLaw, ofPeriod, ofEnd] = ['2024-09-30', '2024-10-05', '2025-05-31'];
const form = { code: 'X02.CN-TH', version: '2024' };
const school = units.doiCan.id;
let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let periodId: string;
let report: Place;

/** Straight in the records, as if the school had typed it. */
async function changeAll(set: string, where: string): Promise<string[]> {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.audit_id', gen_random_uuid()::text, true)`);
    const { rows } = await client.query<{ id: string }>(
      `update enrolment set ${set} where school_id = $1 and ${where} returning id`,
      [school],
    );
    await client.query('commit');
    return rows.map(({ id }) => id);
  } finally {
    client.release();
  }
}
const change = async (set: string, where: string): Promise<string> =>
  (await changeAll(set, `id = (select id from enrolment where school_id = $1 and ${where} order by id limit 1)`))[0]!;
const giveResults = () =>
  changeAll(
    `education_result = '02', year_result = case grade when '05' then '04' else '01' end`,
    `entered_on <= '${ofEnd}' and (left_on is null or left_on > '${ofEnd}')`,
  );
const countOf = async (where: string): Promise<number> =>
  (await db.owner.query(`select from enrolment where school_id = $1 and ${where}`, [school])).rowCount!;
const presentOn = (day: string) => countOf(`entered_on <= '${day}' and (left_on is null or left_on > '${day}')`);
const movedSince = (column: string, day: string) => countOf(`${column} > '${day}' and ${column} <= '${ofEnd}'`);
const clerk = () => story.as('clerk.doican', june);
const compile = () => clerk().call(reports.compileReport, { params: report });
const findOpening = async () =>
  (await clerk().call(reports.checkReport, { params: report })).findings.filter(({ rule }) => /opening/.test(rule));
const countFrom = (day: string) => db.owner.query('update period set counts_from = $2 where id = $1', [periodId, day]);

let late: string;
before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews]));
  // Between the two days one comes and one leaves.
  late = await change(`entered_on = '2024-10-02', entry_status = '01'`, `entry_status = '06' and left_on is null`);
  await change(
    `left_on = '2024-10-03', leave_status = '04', destination = '01'`,
    `entered_on <= '${ofLaw}' and left_on is null and not repeating`,
  );
  await story.openPeriod({ asOf: ofPeriod });
  const start = await story.start('doiCan', story.as('clerk.doican'));
  await story.send(start, story.as('clerk.doican'));
  assert.equal((await story.approve(start, 'reviewer.town', 1)).statusCode, 200);
});
after(() => end());

const endOfYear = {
  name: 'Thống kê cuối năm học 2024-2025',
  schoolYear: 2024,
  kind: 'end' as const,
  asOf: ofEnd,
  opensOn: '2025-06-01',
  closesOn: '2025-07-15',
  forms: [form],
  deadlines: [{ unitKind: 'school' as const, dueOn: '2025-06-15' }],
};

test('an end-of-year period counts from the day of the start of the year, or from the day it says, never after its own', async () => {
  const ministry = story.as('admin.ministry', june);
  const open = { params: at('ministry'), body: endOfYear };
  const after_ = { ...open, body: { ...endOfYear, countsFrom: '2025-06-01' } };
  assert.equal(await ministry.fail(periods.openPeriod, after_), 'invalid_request');
  const opened = await ministry.call(periods.openPeriod, open);
  periodId = opened.id;
  assert.equal(opened.countsFrom, ofPeriod);
  const params = { ...at('ministry'), periodId };
  const changed = await ministry.call(periods.changePeriod, { params, body: { version: 1, countsFrom: ofLaw } });
  assert.equal(changed.countsFrom, ofLaw);
  const back = await ministry.call(periods.changePeriod, { params, body: { version: 2, countsFrom: ofPeriod } });
  assert.equal(back.countsFrom, ofPeriod);
});

test('the opening is that of the approved report, movements are those since', async () => {
  const { id } = await clerk().call(reports.startReport, {
    params: at('doiCan'),
    body: { periodId, formCode: form.code },
  });
  report = { ...at('doiCan'), reportId: id };
  await giveResults();
  const { report: counted, missing } = await compile();
  assert.deepEqual(missing, []);
  const { cells } = counted!;
  assert.equal(cells['DN.1'], await presentOn(ofPeriod));
  assert.equal(cells['DE.1']! + cells['TL.1']!, await movedSince('entered_on', ofPeriod));
  assert.equal(cells['DI.1']! + cells['TH.1']!, await movedSince('left_on', ofPeriod));
  assert.deepEqual(await findOpening(), []);
  const behind = await clerk().call(reports.openCell, { params: { ...report, row: 'DN', column: '1' }, query: {} });
  assert.equal(behind.total, cells['DN.1']);
});

test('of the law’s day it would be another opening, and who came in between another status', async () => {
  await countFrom(ofLaw);
  const { report: none, missing } = await compile();
  assert.equal(none, null);
  assert.deepEqual(
    missing.map(({ rule, recordId }) => [rule, recordId]),
    [['student_opening_status_late', late]],
  );
  await change(`entered_on = '2024-09-01'`, `id = '${late}'`);
  const { cells } = (await compile()).report!;
  assert.equal(cells['DN.1'], await presentOn(ofLaw));
  assert.equal(cells['DI.1']! + cells['TH.1']!, await movedSince('left_on', ofLaw));
  assert.ok((await findOpening()).length > 0);
  const params = { ...at('ministry'), periodId };
  const again = story
    .as('admin.ministry', june)
    .fail(periods.changePeriod, { params, body: { version: 3, countsFrom: ofPeriod } });
  assert.equal(await again, 'invalid_request', 'somebody has begun');
});
