import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import compress from '@fastify/compress';
import Fastify, { type FastifyInstance } from 'fastify';
import { packAnswers } from './packing.ts';

const names = Array.from({ length: 500 }, (_, index) => `Nguyễn Thị Ánh ${index}`);
let app: FastifyInstance;

before(async () => {
  app = Fastify();
  packAnswers(app);
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  app.get('/long', () => ({ names }));
  app.get('/short', () => ({ names: names.slice(0, 2) }));
  app.get('/page', (_request, reply) => reply.type('text/html').send(`<p>${names.join('</p><p>')}</p>`));
  await app.ready();
});
after(() => app.close());

const get = (url: string, accepted?: string) =>
  app.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } });

test('a long answer comes packed once, and says so', async () => {
  const answer = await get('/long', 'gzip, deflate, br');
  assert.equal(answer.headers['content-encoding'], 'br');
  assert.match(String(answer.headers.vary), /accept-encoding/);
  assert.deepEqual(JSON.parse(brotliDecompressSync(answer.rawPayload).toString()), { names });
  assert.ok(answer.rawPayload.length < JSON.stringify({ names }).length / 4);
  assert.equal(Number(answer.headers['content-length']), answer.rawPayload.length);
});

test('who does not take brotli gets what they take', async () => {
  for (const accepted of [undefined, 'identity', 'br;q=0', 'brown'])
    assert.deepEqual((await get('/long', accepted)).json(), { names }, String(accepted));
  const zipped = await get('/long', 'gzip');
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  assert.deepEqual(JSON.parse(gunzipSync(zipped.rawPayload).toString()), { names });
  assert.equal((await get('/long', 'br;q=0.5, gzip;q=0.2')).headers['content-encoding'], 'br');
});

test('short answers and pages are left as they were', async () => {
  assert.equal((await get('/short', 'br')).headers['content-encoding'], undefined);
  const page = await get('/page', 'br');
  assert.match(brotliDecompressSync(page.rawPayload).toString(), /^<p>Nguyễn Thị Ánh 0<\/p>/);
});
