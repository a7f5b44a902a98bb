// From the contract to Fastify: validation, sign-in, CSRF, idempotency, problems, files. Features call serve() and nothing else of Fastify.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { Permission } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Config } from './config.ts';
import {
  type Actor,
  type Database,
  type Reach,
  type Reading,
  type Tx,
  writeUnanswered,
  type Writing,
} from './database.ts';
import { asProblem, sendProblem } from './problems.ts';
import type { Secrets } from './secrets.ts';
import { findSession, type Session } from './session.ts';

export interface FileAnswer {
  fileName: string;
  mediaType: string;
  content: Buffer | Readable;
  inline?: boolean;
}

export interface Call<E extends Endpoint> {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  /** Present unless the endpoint is public. */
  session: Session;
  actor: Actor;
  request: FastifyRequest;
  reply: FastifyReply;
  /** One reading transaction inside a unit, under the endpoint's permission. */
  read<T>(unitId: string, work: (reading: Reading) => Promise<T>, reach?: Reach): Promise<T>;
  /** One writing transaction inside a unit, audited as `action`. */
  write<T>(unitId: string, action: string, work: (writing: Writing) => Promise<T>): Promise<T>;
}

type Answer<E extends Endpoint> = E['file'] extends string ? FileAnswer : ResponseOf<E> | FileAnswer;

/** What every feature is given. */
export interface ServerParts {
  app: FastifyInstance;
  database: Database;
  config: Config;
  secrets: Secrets;
  /** Answers are compared with the contract; on in tests and development. */
  checkAnswers: boolean;
}

/** A request whose idempotency key was used before: its first answer is given again. */
class Replay extends Error {}

export function serve<E extends Endpoint>(
  parts: ServerParts,
  endpoint: E,
  handle: (call: Call<E>) => Promise<Answer<E>>,
): void {
  const { app, database } = parts;
  const twoStepRoles = parts.config.KHUEVAN_TWO_STEP_ROLES ?? [];
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    handler: async (request, reply) => {
      const session = endpoint.access === 'public' ? undefined : await findSession(database, request, { twoStepRoles });
      if (session) requireCsrf(session, request);
      if (session && endpoint.access !== 'signed-in') requireSoundAccount(session);
      const params = parse(endpoint.params, request.params, 'params') as ParamsOf<E>;
      const query = parse(endpoint.query, request.query, 'query') as QueryOf<E>;
      const body = (endpoint.upload ? {} : parse(endpoint.body, request.body ?? {}, 'body')) as BodyOf<E>;
      const permission: Permission =
        endpoint.access === 'public' || endpoint.access === 'signed-in' ? 'reports.read' : endpoint.access;
      const key = session && endpoint.method === 'POST' ? readIdempotencyKey(request) : undefined;
      let kept: { answer: unknown; text: string } | undefined;
      const actor = session ? { accountId: session.accountId, name: session.displayName } : { accountId: '', name: '' };
      const call: Call<E> = {
        params,
        query,
        body,
        actor,
        request,
        reply,
        session: session as Session,
        read: (unitId, work, reach) => database.read(actor, unitId, permission, work, reach),
        write: (unitId, action, work) => {
          if (!key || kept) return database.write(actor, unitId, permission, action, work);
          return database.write(actor, unitId, permission, action, async (writing) => {
            await claimKey(writing.tx, actor, key);
            const answer = await work(writing);
            kept = { answer, text: isFile(answer) ? '' : JSON.stringify(answer) };
            await keepAnswer(writing.tx, actor, key, kept.text);
            return answer;
          });
        },
      };
      try {
        const answer = await handle(call);
        if (isFile(answer)) return await sendFile(reply, answer);
        if (parts.checkAnswers) checkAnswer(endpoint, answer, kept?.answer);
        return await (kept ? sendJson(reply, kept.text) : reply.send(answer));
      } catch (error) {
        if (error instanceof Replay && key) return await sendJson(reply, await findAnswer(database, actor, key));
        throw error;
      }
    },
  });
}

function checkAnswer(endpoint: Endpoint, answer: unknown, kept: unknown): void {
  const unnamed = findUnnamed(endpoint.response.parse(answer), answer);
  if (unnamed !== undefined) throw new TypeError(`The contract does not name ${unnamed} of the answer.`);
  if (kept !== undefined && kept !== answer) throw new TypeError('A POST answers what its writing answered.');
}

/** What an answer says beside its contract, such as a column of its query: reading by the contract leaves it out. */
function findUnnamed(said: unknown, answer: unknown, path = ''): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  for (const [key, value] of Object.entries(answer)) {
    if (value === undefined) continue;
    const here = `${path}.${key}`;
    if (!Object.hasOwn(said as object, key)) return here;
    const below = findUnnamed((said as Record<string, unknown>)[key], value, here);
    if (below !== undefined) return below;
  }
  return undefined;
}

const sendJson = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(text);

function parse(schema: z.ZodType, value: unknown, place: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ProblemError('invalid_request', { path: [place, ...issue.path].join('.'), reason: issue.message });
}

/** A temporary password, or two-step verification that is owed, opens the own account and nothing else. */
function requireSoundAccount(session: Session): void {
  if (session.mustChangePassword) throw new ProblemError('forbidden');
  if (session.owesTwoStep) throw new ProblemError('two_step_needed');
}

function requireCsrf(session: Session, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (request.headers['x-csrf-token'] !== session.csrfToken) throw new ProblemError('csrf');
}

const isFile = (answer: unknown): answer is FileAnswer =>
  typeof answer === 'object' && answer !== null && 'fileName' in answer && 'mediaType' in answer;

function sendFile(reply: FastifyReply, file: FileAnswer): FastifyReply {
  const name = encodeURIComponent(file.fileName);
  const plain = file.fileName.normalize('NFD').replaceAll(/[^\w. -]/g, '');
  return reply
    .header('content-type', file.mediaType)
    .header(
      'content-disposition',
      `${file.inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${name}`,
    )
    .header('cache-control', 'private, no-store')
    .send(file.content);
}

// Idempotency: the key is claimed in the writing transaction itself, and the answer kept there, so a double click or a retry after
// a lost answer writes once.

interface ClaimedKey {
  key: string;
  requestHash: Buffer;
}

function readIdempotencyKey(request: FastifyRequest): ClaimedKey | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 100) return undefined;
  const requestHash = createHash('sha256')
    .update(request.method)
    .update(request.url)
    .update(JSON.stringify(request.body ?? null))
    .digest();
  return { key, requestHash };
}

async function claimKey(tx: Tx, actor: Actor, key: ClaimedKey): Promise<void> {
  const inserted = await tx
    .insertInto('idempotency_key')
    .values({ account_id: actor.accountId, key: key.key, request_hash: key.requestHash })
    .onConflict((conflict) => conflict.columns(['account_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!inserted) throw new Replay();
}

/** Exactly as it is sent. */
async function keepAnswer(tx: Tx, actor: Actor, key: ClaimedKey, text: string): Promise<void> {
  const keeping = tx
    .updateTable('idempotency_key')
    .set({ response: text })
    .where('account_id', '=', actor.accountId)
    .where('key', '=', key.key);
  await writeUnanswered(tx, keeping.compile());
}

async function findAnswer(database: Database, actor: Actor, key: ClaimedKey): Promise<string> {
  const stored = await database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.account_id', ${actor.accountId}, true)`.execute(tx);
    return tx
      .selectFrom('idempotency_key')
      .select(['request_hash', 'response'])
      .where('account_id', '=', actor.accountId)
      .where('key', '=', key.key)
      .executeTakeFirst();
  });
  if (!stored || !stored.request_hash.equals(key.requestHash))
    throw new ProblemError('invalid_request', { path: 'idempotency-key', reason: 'used for another request' });
  // A file is not kept: the caller reads the result anew.
  if (!stored.response) throw new ProblemError('busy', { seconds: 1 });
  return stored.response;
}

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error);
    if (problem.code === 'internal') request.log.error({ err: error, url: request.routeOptions.url }, 'request failed');
    return sendProblem(reply, problem, request.id);
  });
}
