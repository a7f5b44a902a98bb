// Figures for operators in Prometheus' format, for whoever has the token. Labels are routes and states, never persons or units.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ProblemError } from '@khuevan/core/problems.ts';

export interface Load {
  inWork(): number;
  waiting(): number;
}

export function serveMetrics(app: FastifyInstance, token: string | undefined, load: Load): void {
  if (!token) return;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'khuevan_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('khuevan_requests_in_work', 'Requests being worked on', () => load.inWork());
  gauge('khuevan_requests_waiting', 'Requests waiting for a place', () => load.waiting());

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const expected = Buffer.from(`Bearer ${token}`);
  app.get('/metrics', async (request, reply) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new ProblemError('not_signed_in');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
