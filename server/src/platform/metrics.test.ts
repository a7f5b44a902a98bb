import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { handleErrors } from './http.ts';
import { serveMetrics } from './metrics.ts';

async function appWith(token: string | undefined) {
  const app = Fastify();
  handleErrors(app);
  serveMetrics(app, token, { inWork: () => 3, waiting: () => 0 });
  app.get('/here', async () => 'ok');
  await app.ready();
  return app;
}

test('metrics count answers by route and status, and are for the token only', async () => {
  const app = await appWith('a-token-of-sixteen');
  await app.inject('/here');
  assert.equal((await app.inject('/metrics')).statusCode, 401);
  assert.equal(
    (await app.inject({ url: '/metrics', headers: { authorization: 'Bearer a-token-of-sixteeN' } })).statusCode,
    401,
  );
  const { body } = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer a-token-of-sixteen' } });
  assert.match(body, /khuevan_request_seconds_count\{method="GET",route="\/here",status="200"\} 1/);
  assert.match(body, /khuevan_requests_in_work 3/);
  await app.close();
});

test('without a token there is no such page', async () => {
  const app = await appWith(undefined);
  assert.equal((await app.inject('/metrics')).statusCode, 404);
  await app.close();
});
