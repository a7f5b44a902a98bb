// What a sent figure counted can be seen after the records have moved on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as reports from '@khuevan/core/contract/reports.ts';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units } from '../../testing/cast.ts';
import { openStory, type Place, removePupil, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let place: Place;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews]));
  await story.openPeriod();
  place = await story.start('doiCan', story.as('clerk.doican'));
});
after(() => end());

const open = (no?: number) =>
  story.as('clerk.doican').call(reports.openCell, {
    params: { ...place, row: '37', column: '1' },
    query: { page: 1, pageSize: 200, ...(no && { no }) },
  });
const namesIn = (opened: Awaited<ReturnType<typeof open>>) =>
  opened.records.map((record) => `${record.id} ${record.subject} ${record.detail}`);

async function change(statement: string, ...values: unknown[]): Promise<void> {
  const client = await db.owner.connect();
  await client.query('begin');
  await client.query(`select set_config('app.audit_id', gen_random_uuid()::text, true)`);
  await client.query(statement, [units.doiCan.id, ...values]);
  await client.query('commit');
  client.release();
}

test('a pupil who was removed, renamed or added after sending: the sent cell opens as it was, and says how many there are now', async () => {
  const sent = await story.send(place, story.as('clerk.doican'));
  const figure = sent.cells['37.1'];
  const asSent = await open(1);
  assert.deepEqual([asSent.total, asSent.totalNow], [figure, figure]);
  assert.deepEqual(namesIn(asSent), namesIn(await open()), 'while nothing changed, then is now');

  await removePupil(db, 'doiCan');
  const [renamed] = asSent.records.slice(-1);
  await change(
    `update student s set full_name = 'Nguyễn Văn Đổi Tên' from enrolment e
     where e.school_id = $1 and e.id = $2 and s.school_id = e.school_id and s.id = e.student_id`,
    renamed!.id,
  );
  await change(`update class set special = true where school_id = $1`);

  const later = await open(1);
  assert.deepEqual(namesIn(later), namesIn(asSent));
  assert.deepEqual([later.total, later.totalNow], [figure, figure! - 1]);
  const present = await open();
  assert.deepEqual([present.total, present.totalNow], [figure! - 1, null]);
  assert.equal(
    present.records.some((record) => record.subject === 'Nguyễn Văn Đổi Tên'),
    true,
  );
});

test('every cell of the sent form opens to as many records as its figure, whatever was changed since', async () => {
  const { cells } = await story.as('clerk.doican').call(reports.readSubmission, { params: { ...place, no: 1 } });
  const counted = ['38', '39', '40', '44', '45', '52', '64', '91', '92'];
  let opened = 0;
  for (const row of counted)
    for (const column of ['1', '2', '3', '5']) {
      const figure = cells[`${row}.${column}`];
      if (figure === undefined) continue;
      const { total, kind } = await story.as('clerk.doican').call(reports.openCell, {
        params: { ...place, row, column },
        query: { page: 1, pageSize: 1, no: 1 },
      });
      if (!['student', 'staff', 'class'].includes(kind)) continue;
      assert.equal(total, figure, `cell ${row}.${column}`);
      opened += 1;
    }
  assert.ok(opened > 10, `${opened} cells were opened`);
});

test('a submission that was never sent has no records', async () => {
  assert.equal(
    await story.as('clerk.doican').fail(reports.openCell, {
      params: { ...place, row: '37', column: '1' },
      query: { page: 1, pageSize: 8, no: 7 },
    }),
    'not_found',
  );
});
