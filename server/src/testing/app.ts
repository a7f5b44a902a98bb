// An application of a few features on a test database.
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import { readConfig } from '#platform/config.ts';
import { handleErrors, type ServerParts } from '#platform/http.ts';
import { newId } from '#platform/ids.ts';
import type { TestDatabase } from '#platform/testing.ts';

/** Answers are checked against the contract; unexpected failures are printed. */
export async function createTestApp(
  db: TestDatabase,
  features: Array<(parts: ServerParts) => void>,
  environment: NodeJS.ProcessEnv = {},
): Promise<FastifyInstance> {
  const app = Fastify({ genReqId: newId, logger: { level: 'error' } });
  handleErrors(app);
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1 } });
  const parts: ServerParts = {
    app,
    database: db.database,
    secrets: db.secrets,
    config: readConfig(environment),
    checkAnswers: true,
  };
  for (const serveFeature of features) serveFeature(parts);
  await app.ready();
  return app;
}
