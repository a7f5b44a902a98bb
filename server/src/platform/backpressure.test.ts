import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { boundRequests } from './backpressure.ts';
import { handleErrors } from './http.ts';

async function slowApp(concurrency: number, queue: number, waitMs = 5000) {
  const app = Fastify();
  handleErrors(app);
  const load = boundRequests(app, { concurrency, queue, waitMs, retryAfterSeconds: 2 });
  let most = 0;
  let now = 0;
  app.get('/api/slow', async () => {
    now += 1;
    most = Math.max(most, now);
    await pause(30);
    now -= 1;
    return {};
  });
  await app.ready();
  return { app, load, most: () => most };
}

test('never more at once than allowed; those who wait are served in turn; the rest is told when to come back', async () => {
  const { app, load, most } = await slowApp(4, 6);
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.inject('/api/slow')));
  const served = answers.filter((answer) => answer.statusCode === 200);
  const refused = answers.filter((answer) => answer.statusCode === 503);
  assert.deepEqual([served.length, refused.length], [10, 10]);
  assert.ok(refused.every((answer) => answer.headers['retry-after'] === '2' && answer.json().code === 'busy'));
  assert.equal(most(), 4);
  assert.deepEqual([load.inWork(), load.waiting()], [0, 0]);
  assert.equal((await app.inject('/api/slow')).statusCode, 200, 'service goes on afterwards');
  await app.close();
});

test('nobody waits longer than the limit', async () => {
  const { app, load } = await slowApp(1, 10, 10);
  const answers = await Promise.all(Array.from({ length: 3 }, () => app.inject('/api/slow')));
  assert.deepEqual(
    answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b),
    [200, 503, 503],
  );
  assert.deepEqual([load.inWork(), load.waiting()], [0, 0]);
  await app.close();
});
