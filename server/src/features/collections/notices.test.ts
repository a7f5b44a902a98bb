// Who is asked hears of it: when a collection is published, extended, reminded of or its answer returned, and before its deadline.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as answers from '@khuevan/core/contract/collection-answers.ts';
import * as contract from '@khuevan/core/contract/collections.ts';
import { listNotices, readDigest } from '@khuevan/core/contract/reminders.ts';
import { reminderTasks, serveReminders } from '#features/reminders';
import { atTime } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { at, type CollectionStage, full, grid, of, openCollectionStage, primary } from '../../testing/collections.ts';
import { type PersonName, type UnitName, units } from '../../testing/cast.ts';

let stage: CollectionStage;
let id: string;
let draw: (day: string) => Promise<void>;
before(async () => {
  stage = await openCollectionStage([serveReminders]);
  const tasks = reminderTasks({
    ...stage.db,
    config: readConfig({}),
    log: createLog({ KHUEVAN_LOG_LEVEL: 'silent' }),
  });
  draw = (day) => atTime(new Date(`${day}T07:00:00+07:00`), () => tasks['reminders.draw']!());
});
after(() => stage.close());

const people = { doiCan: 'clerk.doican', hoaSen: 'clerk.hoasen', laHien: 'clerk.lahien' } as const;
type Asked = keyof typeof people;
const toldOf = async (unit: Asked) =>
  (await stage.as(people[unit]).call(listNotices, { params: at(unit), query: {} })).notices.filter(
    (each) => each.kind === 'collection',
  );
const titlesOf = async (unit: Asked) => (await toldOf(unit)).map(({ title }) => title.vi);
const owner = (day?: string, person: PersonName = 'reviewer.province') => stage.as(person, day);
const own = (unit: UnitName = 'province') => of(unit, id);
const versionOf = async () => (await owner().call(contract.readCollection, own())).version;

test('published, it is told to whom it asks, with the way to the answer, and to nobody else', async () => {
  const made = await stage.publish(grid, { ...primary, areas: [units.town.id] });
  id = made.id;
  for (const unit of ['doiCan', 'hoaSen'] as const) {
    const [told, ...more] = await toldOf(unit);
    assert.deepEqual(more, []);
    assert.deepEqual([told!.collectionId, told!.title.vi], [id, `Báo cáo đột xuất mới: ${made.title}`]);
    assert.equal(told!.title.en, `New collection: ${made.title}`);
    assert.match(told!.body.map((line) => line.vi).join(' '), /^Sở GDĐT Thái Nguyên hỏi.*20\/10\/2024/);
  }
  assert.deepEqual(await toldOf('laHien'), []);
});

test('a reminder goes to those who owe, once a day; a return to the one; an extension to those who owe', async () => {
  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(3, 1) });
  await stage.send('clerk.doican', 'doiCan', id);
  await owner('2024-10-15').call(contract.remindUnits, own());
  await owner('2024-10-15').call(contract.remindUnits, own());
  const { title } = await owner().call(contract.readCollection, own());
  assert.deepEqual(await titlesOf('hoaSen'), [
    `Nhắc trả lời báo cáo đột xuất: ${title}`,
    `Báo cáo đột xuất mới: ${title}`,
  ]);
  assert.equal((await titlesOf('doiCan')).length, 1, 'who has answered is left alone');
  const back = { sentNo: 1, reason: 'Em Nguyễn Văn Mẫu', dueOn: '2024-10-25' };
  await owner('2024-10-16').call(answers.returnAnswer, { ...own('doiCan'), body: back });
  const [returned] = await toldOf('doiCan');
  assert.equal(returned!.title.vi, `Câu trả lời bị trả về: ${title}`);
  const said = returned!.body.map((line) => line.vi).join(' ');
  assert.match(said, /25\/10\/2024/);
  assert.doesNotMatch(said, /Mẫu/);
  const body = { version: await versionOf(), dueOn: '2024-10-22' };
  await owner('2024-10-17').call(contract.extendCollection, { ...own(), body });
  assert.equal((await titlesOf('hoaSen'))[0], `Báo cáo đột xuất được gia hạn: ${title}`);
});

test('its deadline is said in the morning, to each by its own day, once a step; in the digest it is counted', async () => {
  await draw('2024-10-19');
  await draw('2024-10-19');
  // Hoa Sen is due on the 22nd: three days. Đội Cấn was given until the 25th.
  assert.match((await titlesOf('hoaSen'))[0]!, /^Còn 3 ngày đến hạn: /);
  assert.equal((await titlesOf('hoaSen')).length, 4);
  assert.match((await titlesOf('doiCan'))[0]!, /^Còn 6 ngày đến hạn: /);
  await draw('2024-10-22');
  assert.match((await titlesOf('doiCan'))[0]!, /^Còn 3 ngày đến hạn: /);
  await draw('2024-10-23');
  assert.match((await titlesOf('hoaSen'))[0]!, /^Đã quá hạn 1 ngày: /);
  const figures = async (day: string) => {
    const found = await stage.as('head.doican', day).call(readDigest, { params: at('doiCan') });
    return [
      found.figures.collections,
      found.figures.nextCollectionDueOn,
      found.figures.collectionsLate,
      found.lines[0]?.vi,
    ];
  };
  assert.deepEqual(await figures('2024-10-25'), [
    1,
    '2024-10-25',
    0,
    '1 báo cáo đột xuất phải trả lời, hạn gần nhất 25/10/2024',
  ]);
  assert.deepEqual(await figures('2024-10-26'), [0, null, 1, '1 báo cáo đột xuất đã quá hạn chưa trả lời']);
});

test('a closed collection is over: nobody is told of it any longer', async () => {
  const count = (await toldOf('hoaSen')).length;
  await owner('2024-10-24').call(contract.closeCollection, { ...own(), body: { version: await versionOf() } });
  await draw('2024-10-25');
  assert.equal((await toldOf('hoaSen')).length, count);
});
