import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Audience, emptyAudience } from '@khuevan/core/collections/audience.ts';
import * as answers from '@khuevan/core/contract/collection-answers.ts';
import * as contract from '@khuevan/core/contract/collections.ts';
import {
  at,
  type CollectionStage,
  full,
  grid,
  of,
  openCollectionStage,
  placesOf,
  primary,
} from '../../testing/collections.ts';
import { type UnitName, units } from '../../testing/cast.ts';
import { straight } from '../../testing/straight.ts';

let stage: CollectionStage;
before(async () => {
  stage = await openCollectionStage();
});
after(() => stage.close());

test('a collection goes to the units it names, by kind, area and what they are, and to nobody else', async () => {
  const officer = stage.as('reviewer.province');
  const asked = async (query: Partial<Record<keyof Audience, string>>) =>
    (await officer.call(contract.listAddressees, { params: at('province'), query })).units
      .map((each) => each.name)
      .toSorted();
  const names = (...chosen: UnitName[]) => chosen.map((each) => units[each].name).toSorted();
  assert.deepEqual(await asked({ kinds: 'school' }), names('doiCan', 'hoaSen', 'laHien', 'cucDuong'));
  assert.deepEqual(await asked({ kinds: 'school', levels: '03' }), names('cucDuong'));
  assert.deepEqual(await asked({ kinds: 'school', areas: units.hills.id }), names('laHien', 'cucDuong'));
  assert.deepEqual(
    await asked({ kinds: 'school', areas: [units.hills.id, units.hoaSen.id].join(',') }),
    names('laHien', 'cucDuong', 'hoaSen'),
  );
  assert.deepEqual(await asked({ kinds: 'school,district', levels: '03' }), names('cucDuong', 'town', 'hills'));
  assert.deepEqual(await asked({ kinds: '' }), []);
  // What a school is called, and what its newest profile says it is.
  const profile = (school: UnitName, year: number, ownership: string, schoolKind: string) =>
    stage.db.owner.query(
      `insert into school_profile (school_id, id, school_year, ownership, school_kind, audit_id) values ($1, gen_random_uuid(), $2, $3, $4, $1)`,
      [units[school].id, year, ownership, schoolKind],
    );
  await profile('doiCan', 2024, '01', '07');
  await profile('hoaSen', 2023, '01', '07');
  await profile('hoaSen', 2024, '09', '07');
  await profile('laHien', 2024, '01', '01');
  assert.deepEqual(await asked({ kinds: 'school', levelGroups: '06' }), names('doiCan', 'hoaSen', 'laHien'));
  assert.deepEqual(await asked({ kinds: 'school', ownerships: '01' }), names('doiCan', 'laHien'));
  assert.deepEqual(await asked({ kinds: 'school', ownerships: '09,02' }), names('hoaSen'));
  assert.deepEqual(await asked({ kinds: 'school', schoolKinds: '01,03' }), names('laHien'));
  assert.deepEqual(await asked({ kinds: 'school', ownerships: '01', areas: units.town.id }), names('doiCan'));
  assert.deepEqual(
    await asked({ kinds: 'school,district', ownerships: '09' }),
    names('hoaSen', 'town', 'hills'),
    'offices are chosen by kind and area alone',
  );
  // An area elsewhere is no area of one's own.
  const own = await stage.as('reviewer.town').call(contract.listAddressees, {
    params: at('town'),
    query: { kinds: 'school', areas: units.hills.id },
  });
  assert.equal(own.total, 0);

  const { id, asked: count, state } = await stage.publish(grid, { ...primary, areas: [units.hills.id] });
  assert.equal(state, 'open');
  assert.equal(count, 2);
  const { rows } = await stage.db.owner.query<{ name: string }>(
    'select u.name from collection_duty d join unit u on u.id = d.unit_id where d.collection_id = $1 order by u.name',
    [id],
  );
  assert.deepEqual(
    rows.map((each) => each.name),
    names('laHien', 'cucDuong'),
  );
  const listOf = async (unit: UnitName, person: Parameters<typeof stage.as>[0]) =>
    (await stage.as(person).call(contract.listCollections, { params: at(unit) })).toAnswer.map((each) => each.id);
  assert.deepEqual(await listOf('laHien', 'clerk.lahien'), [id]);
  assert.deepEqual(await listOf('doiCan', 'clerk.doican'), []);
  assert.equal(await stage.as('clerk.doican').fail(contract.readCollection, of('doiCan', id)), 'not_found');
  assert.equal(await stage.as('clerk.doican').fail(answers.readAnswer, of('doiCan', id)), 'not_found');
  assert.equal(
    await stage
      .as('clerk.doican')
      .fail(answers.saveAnswer, { ...of('doiCan', id), body: { version: 0, cells: {}, rows: [] } }),
    'not_found',
  );
  // Offices between see it in their area; those beside do not.
  const below = async (unit: UnitName, person: Parameters<typeof stage.as>[0]) =>
    (await stage.as(person).call(contract.listCollections, { params: at(unit) })).below.map((each) => each.id);
  assert.deepEqual(await below('hills', 'reviewer.hills'), [id]);
  assert.deepEqual(await below('town', 'reviewer.town'), []);
});

test('a form with a fault, without a deadline or without addressees is not published', async () => {
  const officer = stage.as('reviewer.province');
  const begun = await officer.call(contract.createCollection, { params: at('province'), body: { title: 'Chưa xong' } });
  const change = async (body: object) =>
    officer.call(contract.changeCollection, {
      ...of('province', begun.id),
      body: { version: (await officer.call(contract.readCollection, of('province', begun.id))).version, ...body },
    });
  const refused = async () =>
    officer.fail(contract.publishCollection, {
      ...of('province', begun.id),
      body: { version: (await officer.call(contract.readCollection, of('province', begun.id))).version },
    });
  assert.equal(await refused(), 'collection_faulty');
  await change({ dueOn: '2024-10-14' });
  assert.equal(await refused(), 'collection_faulty');
  await change({ dueOn: '2024-10-30', audience: { ...emptyAudience, kinds: ['commune'] } });
  assert.equal(await refused(), 'collection_faulty');
  await change({
    audience: primary,
    definition: { ...grid, rows: [{ key: 'r1', label: 'Cộng', indent: 0, sumOf: ['r1'] }] },
  });
  assert.equal(await refused(), 'collection_faulty');
  // Nobody but its owner sees a draft.
  assert.equal(await stage.as('clerk.doican').fail(contract.readCollection, of('doiCan', begun.id)), 'not_found');
  assert.equal(await stage.as('reviewer.town').fail(contract.readCollection, of('town', begun.id)), 'not_found');
  await officer.call(contract.deleteCollection, of('province', begun.id));
  assert.equal(await officer.fail(contract.readCollection, of('province', begun.id)), 'not_found');
});

test('a unit answers, sends, is returned and sends again; every tier above sees what was sent', async () => {
  const { id } = await stage.publish(grid);
  const clerk = stage.as('clerk.doican');
  const draft = await stage.answer('clerk.doican', 'doiCan', id, {
    cells: { 'r1.c1': '1.250', 'r2.c1': 'hai', 'r4.c1': 'tốt' },
  });
  assert.deepEqual(draft.cells, { 'r1.c1': 1250, 'r2.c1': 'hai', 'r4.c1': 'Tốt' });
  assert.deepEqual(placesOf(draft), ['r2.c1', 'r5.c1']);
  const refused = await clerk.attempt(answers.sendAnswer, { ...of('doiCan', id), body: { version: draft.version } });
  assert.equal(refused.json<{ code: string }>().code, 'answer_faulty');
  assert.equal(refused.json<{ findings: unknown[] }>().findings.length, 2);

  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(30, 4) });
  const sent = await stage.send('clerk.doican', 'doiCan', id);
  assert.deepEqual([sent.state, sent.sentNo, sent.isLate], ['submitted', 1, false]);
  assert.equal(
    await clerk.fail(answers.saveAnswer, {
      ...of('doiCan', id),
      body: { version: sent.version, cells: {}, rows: [] },
    }),
    'wrong_state',
  );
  const sumsAt = async (unit: UnitName, person: Parameters<typeof stage.as>[0]) =>
    stage.as(person).call(contract.readSums, of(unit, id));
  for (const [unit, person] of [
    ['town', 'reviewer.town'],
    ['province', 'admin.province'],
    ['ministry', 'analyst.ministry'],
  ] as const)
    assert.equal((await sumsAt(unit, person)).cells['r3.c3'], 36, unit);

  const officer = stage.as('reviewer.province');
  const returning = { ...of('doiCan', id), body: { sentNo: 1, reason: 'Rà lại số máy hỏng.', dueOn: '2024-10-25' } };
  // The office between did not ask; the school itself may not.
  assert.equal(await stage.as('reviewer.town').fail(answers.returnAnswer, returning), 'forbidden');
  assert.equal(await stage.as('head.doican').fail(answers.returnAnswer, returning), 'forbidden');
  const returned = await officer.call(answers.returnAnswer, returning);
  assert.deepEqual(
    [returned.state, returned.returnReason, returned.dueOn],
    ['returned', 'Rà lại số máy hỏng.', '2024-10-25'],
  );
  assert.equal((await sumsAt('province', 'admin.province')).cells['r3.c3'], undefined);
  assert.equal(await officer.fail(answers.returnAnswer, returning), 'wrong_state');

  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(30, 5) });
  const again = await stage.send('clerk.doican', 'doiCan', id, '2024-10-24');
  // It was on time at first, and the return gave it another day.
  assert.deepEqual(
    [again.sentNo, again.isLate, again.events.map((each) => each.kind)],
    [2, false, ['sent', 'returned', 'sent']],
  );
  assert.equal((await sumsAt('province', 'admin.province')).cells['r3.c3'], 37);
  const { rows } = await stage.db.owner.query<{ kind: string; content: unknown }>(
    'select kind, content from collection_event where collection_id = $1 order by at',
    [id],
  );
  assert.deepEqual(
    rows.map((each) => each.kind),
    ['sent', 'returned', 'sent'],
  );
  assert.deepEqual(rows[0]!.content, { cells: full(30, 4), rows: [] });
});

test('late needs a reason; after closing nothing is taken; an extension opens it again', async () => {
  const { id } = await stage.publish(grid);
  await stage.answer('clerk.hoasen', 'hoaSen', id, { cells: full(1, 0) });
  const clerk = stage.as('clerk.hoasen', '2024-10-22');
  const { version } = await clerk.call(answers.readAnswer, of('hoaSen', id));
  assert.equal(await clerk.fail(answers.sendAnswer, { ...of('hoaSen', id), body: { version } }), 'reason_required');
  const officer = stage.as('reviewer.province', '2024-10-22');
  const closing = {
    ...of('province', id),
    body: { version: (await officer.call(contract.readCollection, of('province', id))).version },
  };
  const closed = await officer.call(contract.closeCollection, closing);
  assert.equal(closed.state, 'closed');
  assert.equal(
    await clerk.fail(answers.sendAnswer, { ...of('hoaSen', id), body: { version, lateReason: 'Mất điện.' } }),
    'collection_closed',
  );
  assert.equal(
    await clerk.fail(answers.saveAnswer, { ...of('hoaSen', id), body: { version, cells: {}, rows: [] } }),
    'collection_closed',
  );
  // The draft is still there.
  assert.deepEqual((await clerk.call(answers.readAnswer, of('hoaSen', id))).cells, full(1, 0));
  const extend = (dueOn: string) =>
    officer.attempt(contract.extendCollection, { ...of('province', id), body: { version: closed.version, dueOn } });
  assert.equal((await extend('2024-10-21')).statusCode, 400);
  assert.equal((await extend('2024-10-23')).statusCode, 200);
  const onTime = await clerk.call(answers.sendAnswer, { ...of('hoaSen', id), body: { version } });
  assert.equal(onTime.isLate, false);
  await stage.answer('clerk.lahien', 'laHien', id, { cells: full(2, 0) });
  const late = await stage.send('clerk.lahien', 'laHien', id, '2024-10-25', 'Trường bị ngập.');
  assert.deepEqual([late.isLate, late.lateReason], [true, 'Trường bị ngập.']);
  const progress = await stage.as('reviewer.province', '2024-10-25').call(contract.listAnswers, of('province', id));
  assert.deepEqual(progress.counts, { asked: 4, submitted: 2, returned: 0, draft: 0, 'not-started': 2, late: 3 });
  assert.deepEqual(
    progress.units.map((each) => [each.code, each.state, each.isLate]),
    [
      [units.doiCan.code, 'not-started', true],
      [units.cucDuong.code, 'not-started', true],
      [units.hoaSen.code, 'submitted', false],
      [units.laHien.code, 'submitted', true],
    ],
  );
});

test('the ministry asks the country; an office answers for itself and what the ministry returns comes back to it', async () => {
  const audience = { ...emptyAudience, kinds: ['province' as const, 'school' as const] };
  const { id, asked } = await stage.publish(grid, audience, 'admin.ministry', 'ministry');
  assert.equal(asked, 5);
  await stage.answer('reviewer.province', 'province', id, { cells: full(5, 0) });
  await stage.send('reviewer.province', 'province', id);
  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(20, 0) });
  await stage.send('clerk.doican', 'doiCan', id);
  const ministry = stage.as('admin.ministry');
  const sumNow = async () => (await ministry.call(contract.readSums, of('ministry', id))).cells['r3.c3'];
  assert.equal(await sumNow(), 29);
  // Who has sent may not be asked twice; three schools have not.
  assert.deepEqual(await ministry.call(contract.remindUnits, of('ministry', id)), { reminded: 3 });
  const returning = { ...of('province', id), body: { sentNo: 1, reason: 'Thiếu trường trực thuộc.', dueOn: null } };
  assert.equal(await stage.as('admin.province').fail(answers.returnAnswer, returning), 'forbidden');
  assert.equal((await ministry.call(answers.returnAnswer, returning)).state, 'returned');
  assert.equal(await sumNow(), 22);
  const [task] = (await stage.as('reviewer.province').call(contract.listCollections, { params: at('province') }))
    .toAnswer;
  assert.deepEqual([task!.id, task!.answer], [id, 'returned']);
});

test('a published form takes additions and wording until the first answer; then it is copied', async () => {
  const { id, version } = await stage.publish(grid);
  const officer = stage.as('reviewer.province');
  const change = (body: object) =>
    officer.attempt(contract.changeCollection, { ...of('province', id), body: { version, ...body } });
  const codeOf = async (body: object) => (await change(body)).json<{ code: string }>().code;
  assert.equal(await codeOf({ definition: { ...grid, columns: grid.columns.slice(1) } }), 'collection_settled');
  assert.equal(await codeOf({ audience: { ...primary, levels: [] } }), 'collection_settled');
  assert.equal(await codeOf({ dueOn: '2024-11-20' }), 'collection_settled');
  const wider = { ...grid, rows: [...grid.rows, { key: 'r6', label: 'Ghi chú', indent: 0, type: 'text' as const }] };
  const changed = await change({ title: 'Rà soát thiết bị (bổ sung)', definition: wider });
  assert.equal(changed.statusCode, 200, changed.body);
  assert.equal(await codeOf({ title: 'Bản cũ' }), 'stale_record');
  await stage.answer('clerk.doican', 'doiCan', id, { cells: { ...full(1, 1), 'r6.c1': 'không' } });
  await stage.send('clerk.doican', 'doiCan', id);
  const now = changed.json<{ version: number }>().version;
  assert.equal(
    await officer.fail(contract.changeCollection, { ...of('province', id), body: { version: now, title: 'Muộn rồi' } }),
    'collection_settled',
  );
  assert.equal(await officer.fail(contract.deleteCollection, of('province', id)), 'collection_settled');
  const copy = await officer.call(contract.createCollection, {
    params: at('province'),
    body: { title: 'Rà soát lần hai', copyOf: id },
  });
  assert.deepEqual([copy.state, copy.asked, copy.hasAnswers], ['draft', 0, false]);
  assert.deepEqual(copy.definition, wider);
});

test('who has not sent is reminded, once it is open', async () => {
  const { id } = await stage.publish(grid);
  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(1, 1) });
  await stage.send('clerk.doican', 'doiCan', id);
  const { reminded } = await stage.as('reviewer.province').call(contract.remindUnits, of('province', id));
  assert.equal(reminded, 3);
  const { units: found } = await stage.as('reviewer.province').call(contract.listAnswers, of('province', id));
  assert.deepEqual(
    found.filter((each) => each.remindedAt !== null).map((each) => each.code),
    [units.laHien.code, units.hoaSen.code, units.cucDuong.code].toSorted(),
  );
});

test('nobody gets past the scope: another unit, another’s collection, the database itself', async () => {
  const { id } = await stage.publish(grid);
  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(7, 1) });
  await stage.send('clerk.doican', 'doiCan', id);
  const strange = stage.as('clerk.hoasen');
  // Another school's answer is not there; neither are its figures among one's own.
  assert.equal(await strange.fail(answers.readAnswer, of('doiCan', id)), 'not_found');
  assert.equal(await strange.fail(answers.sendAnswer, { ...of('doiCan', id), body: { version: 1 } }), 'not_found');
  assert.deepEqual((await strange.call(contract.readSums, of('hoaSen', id))).cells, {});
  assert.equal((await strange.call(contract.listAnswers, of('hoaSen', id))).counts.asked, 1);
  // An office answers for no school; a school builds nothing; a stranger changes nothing.
  assert.equal(
    await stage
      .as('reviewer.province')
      .fail(answers.saveAnswer, { ...of('laHien', id), body: { version: 0, cells: {}, rows: [] } }),
    'forbidden',
  );
  assert.equal(
    await stage
      .as('head.doican')
      .fail(contract.createCollection, { params: at('doiCan'), body: { title: 'Của trường' } }),
    'forbidden',
  );
  assert.equal(
    await stage
      .as('analyst.ministry')
      .fail(contract.createCollection, { params: at('ministry'), body: { title: 'Của ai' } }),
    'forbidden',
  );
  assert.equal(
    await stage.as('reviewer.town').fail(contract.closeCollection, { ...of('town', id), body: { version: 3 } }),
    'not_found',
  );
  assert.equal(await stage.as('reviewer.town').fail(contract.remindUnits, of('town', id)), 'not_found');
  // Behind the API's back, as the application.
  const seen = async (person: Parameters<typeof straight>[1], unit: UnitName, text: string) =>
    (await straight(stage.db, person, unit, text, [id])).rows.length;
  assert.equal(await seen('clerk.hoasen', 'hoaSen', 'select 1 from collection_answer where collection_id = $1'), 0);
  assert.equal(
    await seen('clerk.hoasen', 'hoaSen', `select 1 from collection_contents($1, '{${units.doiCan.id}}')`),
    0,
  );
  assert.equal(await seen('clerk.hoasen', 'hoaSen', 'select 1 from collection_duty where collection_id = $1'), 1);
  assert.equal(await seen('reviewer.town', 'town', 'select 1 from collection_duty where collection_id = $1'), 2);
  const written = async (text: string) => (await straight(stage.db, 'clerk.doican', 'doiCan', text, [id])).written;
  assert.equal(await written(`update collection set due_on = '2030-01-01' where id = $1`), 0);
  assert.equal(
    (await straight(stage.db, 'clerk.doican', 'doiCan', `select remind_collection($1, now(), 'x') as n`, [id])).rows[0]!
      .n,
    0,
  );
  for (const text of [
    `update collection_event set reason = 'x' where collection_id = $1`,
    `delete from collection_answer where collection_id = $1`,
    `insert into collection_duty (unit_id, collection_id) values ('${units.doiCan.id}', $1)`,
    `select address_collection($1, '2024-10-10')`,
  ])
    await assert.rejects(straight(stage.db, 'clerk.doican', 'doiCan', text, [id]), { code: '42501' }, text);
  await assert.rejects(
    straight(
      stage.db,
      'clerk.hoasen',
      'hoaSen',
      `insert into collection_answer (unit_id, collection_id, state, changed_at) values ('${units.laHien.id}', $1, 'draft', now())`,
      [id],
    ),
    { code: '42501' },
  );
});
