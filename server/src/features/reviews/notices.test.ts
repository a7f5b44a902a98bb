// A unit is told what is decided on its report: in its bell, once, in both languages, without the words that may name persons.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as checks from '@khuevan/core/contract/checks.ts';
import { listNotices } from '@khuevan/core/contract/reminders.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import { serveChecks } from '#features/checks';
import { servePeriods } from '#features/periods';
import { serveReminders } from '#features/reminders';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { type PersonName, units, type UnitName } from '../../testing/cast.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let params: Place;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks, serveReminders]));
  await story.openPeriod();
  params = await story.start('doiCan', story.as('clerk.doican'));
  await story.send(params, story.as('clerk.doican'));
});
after(() => end());

const toldOf = async (unit: UnitName, person: PersonName) =>
  (await story.as(person).call(listNotices, { params: at(unit), query: {} })).notices;
const told = async (kind: string) => {
  const found = (await toldOf('doiCan', 'clerk.doican')).filter((each) => each.kind === kind);
  assert.equal(found.length, 1, kind);
  return found[0]!;
};
const secret = 'Em Nguyễn Văn Mẫu ghi sai ngày sinh';

test('of a refused reason, a return, more time and a reopening the unit is told by whom and until when', async () => {
  const town = story.as('reviewer.town');
  // A reason stands with the submission, as if a warning had asked for it.
  await db.owner.query('update submission set explanations = $2 where unit_id = $1', [
    units.doiCan.id,
    JSON.stringify([{ findingKey: 'w', reason: 'vì bão', accountName: 'x' }]),
  ]);
  const refuse = { submissionNo: 1, findingKeys: ['w'], kind: 'refused' as const, note: secret };
  await town.call(checks.decideReasons, { params, body: refuse });
  await town.call(checks.decideReasons, { params, body: refuse });
  const refused = await told('refused');
  assert.deepEqual(
    [refused.title.vi, refused.title.en],
    [
      'Lý do chưa được chấp nhận: biểu 02-TH-ĐN, Thống kê đầu năm học 2024-2025',
      'A reason was refused: form 02-TH-ĐN, Thống kê đầu năm học 2024-2025',
    ],
  );
  const back = { submissionNo: 1, reason: secret, dueOn: '2024-11-05', items: [{ cell: null, text: secret }] };
  await town.call(reviews.returnReport, { params, body: back });
  const returned = await told('returned');
  assert.deepEqual([returned.reportId, returned.isRead], [params.reportId, false]);
  assert.ok(returned.body[0]!.vi.startsWith(`${units.town.name} trả báo cáo về để sửa.`));
  assert.equal(returned.body.at(-1)!.vi, 'Gửi trước khi hết ngày 05/11/2024.');
  await town.call(reviews.openLate, {
    params: at('doiCan'),
    body: { periodId: story.periodId, formCode: '02-TH-ĐN', until: '2024-11-20', reason: secret },
  });
  const extended = await told('extended');
  assert.equal(extended.body.at(-1)!.en, 'Submit it by the end of 20/11/2024.');
  for (const { title, body } of [refused, returned, extended])
    for (const line of [title, ...body]) assert.ok(line.vi && line.en && !/Mẫu|undefined|null/.test(line.vi + line.en));
  assert.deepEqual(await toldOf('hoaSen', 'clerk.hoasen'), []);
});

test('a reopened report is told to its unit', async () => {
  const place = await story.start('hoaSen', story.as('clerk.hoasen'));
  await story.send(place, story.as('clerk.hoasen'));
  await story.approve(place, 'reviewer.town', 1);
  assert.deepEqual(await toldOf('hoaSen', 'clerk.hoasen'), [], 'what is approved needs nothing done');
  const body = { reason: secret, until: '2100-12-31' };
  await story.as('admin.town').call(reviews.reopenReport, { params: place, body });
  const [reopened] = await toldOf('hoaSen', 'clerk.hoasen');
  assert.deepEqual([reopened!.kind, reopened!.reportId], ['reopened', place.reportId]);
  assert.equal(reopened!.body.at(-1)!.vi, 'Gửi trước khi hết ngày 31/12/2100.');
});

test('nobody forges what another unit is told', async () => {
  const forged = `insert into notice (unit_id, id, kind, audience, once_key, content, created_at)
    values ($1, gen_random_uuid(), 'returned', 'everybody', 'forged', '{}', now())`;
  await assert.rejects(straight(db, 'reviewer.town', 'town', forged, [units.laHien.id]), { code: '42501' });
  const collection = `select tell_collection(gen_random_uuid(), null, 'published', '1', '2024-10-10', now())`;
  await assert.rejects(straight(db, 'reviewer.town', 'town', collection, []), { code: '42501' });
});
