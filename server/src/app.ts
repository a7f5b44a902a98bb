// The application: one line per feature.
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serveAccounts } from '#features/accounts';
import { serveCollections } from '#features/collections';
import { serveChecks } from '#features/checks';
import { serveExchange } from '#features/exchange';
import { serveForms } from '#features/forms';
import { serveImports } from '#features/imports';
import { serveIndicators } from '#features/indicators';
import { servePeriods } from '#features/periods';
import { servePopulation } from '#features/population';
import { servePrints } from '#features/prints';
import { serveRecords } from '#features/records';
import { serveReports } from '#features/reports';
import { serveReviews } from '#features/reviews';
import { serveUnits } from '#features/units';
import { boundRequests } from '#platform/backpressure.ts';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { handleErrors, type ServerParts } from '#platform/http.ts';
import { serveMetrics } from '#platform/metrics.ts';
import { newId } from '#platform/ids.ts';
import type { Log } from '#platform/log.ts';
import type { Secrets } from '#platform/secrets.ts';
import { cookieName } from '#platform/session.ts';
import { serveWeb } from '#platform/web.ts';

export interface AppParts {
  config: Config;
  database: Database;
  secrets: Secrets;
  log: Log;
  checkAnswers?: boolean;
}

export async function createApp({
  config,
  database,
  secrets,
  log,
  checkAnswers = false,
}: AppParts): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = log;
  const app = Fastify({
    loggerInstance,
    genReqId: newId,
    bodyLimit: 4 * 1024 * 1024,
    trustProxy: 'loopback',
    logController: new LogController({ disableRequestLogging: true }),
  });
  handleErrors(app);
  const load = boundRequests(app, { concurrency: config.KHUEVAN_CONCURRENCY, queue: config.KHUEVAN_QUEUE });
  serveMetrics(app, config.KHUEVAN_METRICS_TOKEN, load);
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1, fileSize: config.KHUEVAN_UPLOAD_LIMIT_MB * 1024 * 1024 } });
  await app.register(rateLimit, {
    max: config.KHUEVAN_RATE_LIMIT,
    timeWindow: '1 minute',
    // Signing in counts by address: a cookie made up for each try would make each the first.
    keyGenerator: (request) =>
      request.url.startsWith('/api/v1/session') ? request.ip : (request.cookies[cookieName] ?? request.ip),
  });
  await serveWeb(app);
  const parts: ServerParts = { app, database, secrets, config, checkAnswers };
  serveAccounts(parts);
  serveUnits(parts);
  serveRecords(parts);
  serveImports(parts);
  serveForms(parts);
  servePeriods(parts);
  serveReports(parts);
  serveChecks(parts);
  serveReviews(parts);
  servePrints(parts);
  serveIndicators(parts);
  servePopulation(parts);
  serveCollections(parts);
  serveExchange(parts);
  return app;
}
