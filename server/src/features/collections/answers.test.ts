// One unit's answer: who writes it at the same time, and what it may hold.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as answers from '@khuevan/core/contract/collection-answers.ts';
import * as contract from '@khuevan/core/contract/collections.ts';
import {
  at,
  type CollectionStage,
  full,
  grid,
  list,
  of,
  openCollectionStage,
  placesOf,
} from '../../testing/collections.ts';

let stage: CollectionStage;
before(async () => {
  stage = await openCollectionStage();
});
after(() => stage.close());

test('two people at one answer: the slower is shown the other’s; a sending of an old version is refused', async () => {
  const { id } = await stage.publish(grid);
  const clerk = stage.as('clerk.doican');
  const first = await stage.answer('clerk.doican', 'doiCan', id, { cells: full(1, 1) });
  const save = (version: number, used: number) =>
    clerk.attempt(answers.saveAnswer, { ...of('doiCan', id), body: { version, cells: full(used, 0), rows: [] } });
  assert.equal((await save(first.version, 2)).statusCode, 200);
  const stale = await save(first.version, 3);
  assert.equal(stale.json<{ code: string }>().code, 'stale_record');
  assert.equal(stale.json<{ current: { cells: Record<string, number> } }>().current.cells['r1.c1'], 2);
  assert.equal((await save(0, 4)).json<{ code: string }>().code, 'stale_record');
  assert.equal(
    await clerk.fail(answers.sendAnswer, { ...of('doiCan', id), body: { version: first.version } }),
    'stale_record',
  );
});

test('wrong types are kept as typed and cannot be sent; too much is refused at the door', async () => {
  const { id } = await stage.publish(list);
  const clerk = stage.as('clerk.doican');
  const draft = await stage.answer('clerk.doican', 'doiCan', id, {
    rows: [{ c1: 'Sơn tường', c2: true, c3: '31/02/2024', c4: 'Vay', c9: 'không hỏi' }, { c2: -5 }],
  });
  assert.deepEqual(draft.rows, [{ c1: 'Sơn tường', c2: true, c3: '31/02/2024', c4: 'Vay' }, { c2: -5 }]);
  assert.deepEqual(placesOf(draft), ['0.c2', '0.c3', '0.c4', '1.c1', '1.c2']);
  assert.equal(
    await clerk.fail(answers.sendAnswer, { ...of('doiCan', id), body: { version: draft.version } }),
    'answer_faulty',
  );
  const attempt = async (rows: unknown[]) =>
    (
      await clerk.attempt(answers.saveAnswer, {
        ...of('doiCan', id),
        body: { version: draft.version, cells: {}, rows } as never,
      })
    ).statusCode;
  assert.equal(await attempt(Array.from({ length: 2001 }, () => ({ c1: 'x' }))), 400);
  assert.equal(await attempt([{ c1: { deep: 1 } }]), 400);
  assert.equal(await attempt([{ c1: 'x'.repeat(2001) }]), 400);
  assert.equal(await attempt(Array.from({ length: 2000 }, () => ({ c1: 'x'.repeat(1000) }))), 413);
  const columns = Array.from({ length: 51 }, (_, index) => ({
    key: `c${index}`,
    label: `Cột ${index}`,
    type: 'integer' as const,
    required: false,
  }));
  const begun = await stage
    .as('reviewer.province')
    .call(contract.createCollection, { params: at('province'), body: { title: 'Quá rộng' } });
  assert.equal(
    await stage.as('reviewer.province').fail(contract.changeCollection, {
      ...of('province', begun.id),
      body: { version: begun.version, definition: { ...grid, columns } },
    }),
    'invalid_request',
  );
});
