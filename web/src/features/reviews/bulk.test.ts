import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approveEach, type BulkResult } from './bulk.ts';

test('only what needs no reading is approved, in turn, and one failure stops nothing', async () => {
  const approved: string[] = [];
  const told: [string, BulkResult['kind']][] = [];
  let atOnce = 0;
  await approveEach(
    ['clean', 'warned', 'remarked', 'moved', 'last'],
    {
      look: async (item) => {
        atOnce += 1;
        assert.equal(atOnce, 1, 'one at a time');
        await Promise.resolve();
        return { warnings: item === 'warned' ? 2 : 0, openRemarks: item === 'remarked' ? 1 : 0 };
      },
      approve: async (item) => {
        if (item === 'moved') throw new Error('wrong_state');
        approved.push(item);
      },
    },
    new AbortController().signal,
    (item, result) => {
      atOnce = 0;
      told.push([item, result.kind]);
    },
  );
  assert.deepEqual(approved, ['clean', 'last']);
  assert.deepEqual(told, [
    ['clean', 'approved'],
    ['warned', 'warnings'],
    ['remarked', 'remarks'],
    ['moved', 'failed'],
    ['last', 'approved'],
  ]);
});

test('after a stop the one under way is finished and the others are left alone', async () => {
  const stop = new AbortController();
  const approved: string[] = [];
  const told: string[] = [];
  await approveEach(
    ['a', 'b', 'c'],
    {
      look: async () => ({ warnings: 0, openRemarks: 0 }),
      approve: async (item) => {
        approved.push(item);
        stop.abort();
      },
    },
    stop.signal,
    (item, result) => told.push(`${item} ${result.kind}`),
  );
  assert.deepEqual(approved, ['a']);
  assert.deepEqual(told, ['a approved', 'b stopped', 'c stopped']);
});
