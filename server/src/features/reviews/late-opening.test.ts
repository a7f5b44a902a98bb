// After a period has closed, a unit above lets one school work on to the end of a day.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readCommendation } from '@khuevan/core/contract/commendations.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import { serveCommendations } from '#features/commendations';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { at, openStory, formCode, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveCommendations]));
  await story.openPeriod();
});
after(() => end());

// The period of the story closes on 15 November.
const closed = '2024-11-20';
const order = (until: string) => ({
  periodId: story.periodId,
  formCode,
  until,
  reason: 'Trường bị lũ, mất mạng hai tuần',
});

test('a closed period is closed to a school that has not begun, and only a unit above opens it', async () => {
  const clerk = story.as('clerk.doican', closed);
  const body = { periodId: story.periodId, formCode };
  assert.equal(await clerk.fail(reports.startReport, { params: at('doiCan'), body }), 'period_closed');
  const open = { params: at('doiCan'), body: order('2024-11-25') };
  assert.equal(await clerk.fail(reviews.openLate, open), 'forbidden');
  assert.equal(await story.as('head.doican', closed).fail(reviews.openLate, open), 'forbidden');
  assert.equal(await story.as('reviewer.hills', closed).fail(reviews.openLate, open), 'not_found');
  assert.equal(
    await story.as('reviewer.town', closed).fail(reviews.openLate, { ...open, body: order('2024-11-19') }),
    'invalid_request',
  );
});

test('opened for it, the school begins, fetches and sends until the end of the day; other schools stay out', async () => {
  const opened = await story
    .as('reviewer.town', closed)
    .call(reviews.openLate, { params: at('doiCan'), body: order('2024-11-25') });
  assert.deepEqual([opened.state, opened.dueOn, opened.holderName === opened.unitName], ['draft', '2024-11-25', true]);
  const happened = new Map(opened.events.map((event) => [event.kind, event.reason]));
  assert.deepEqual([happened.get('start'), happened.get('extend')], [null, order('').reason]);
  const place = { ...at('doiCan'), reportId: opened.id };
  assert.equal(
    await story.as('clerk.doican', '2024-11-26').fail(reports.compileReport, { params: place }),
    'period_closed',
  );
  const sent = await story.send(place, story.as('clerk.doican', '2024-11-25'));
  assert.equal(sent.state, 'submitted');
  assert.equal(
    await story
      .as('clerk.hoasen', closed)
      .fail(reports.startReport, { params: at('hoaSen'), body: { periodId: story.periodId, formCode } }),
    'period_closed',
  );
  const again = { params: at('doiCan'), body: order('2024-11-30') };
  assert.equal(
    await story.as('reviewer.town', closed).fail(reviews.openLate, again),
    'wrong_state',
    'what is sent waits',
  );
});

test('what was sent by the day that was agreed is not late in the points of the year', async () => {
  const params = { ...at('doiCan'), schoolYear: 2024 };
  const own = await story.as('clerk.doican', '2024-11-26').call(readCommendation, { params });
  assert.deepEqual(own.forms[0]!.sendings, [{ on: '2024-11-25', dueOn: '2024-11-25' }]);
  assert.deepEqual([own.score, own.forms[0]!.deductions], [100, []]);
});

test('who opened it, until when and why stands in the audit log', async () => {
  const { rows } = await db.owner.query(
    `select account_name, detail ->> 'until' as until, detail ->> 'reason' as reason from audit_entry where action = 'report.opened-late'`,
  );
  assert.equal(rows.length, 1);
  assert.deepEqual([rows[0].until, rows[0].reason], ['2024-11-25', order('').reason]);
});
