// Calls of the API as a person of the cast, on a day of the story. Typed by the contract, as the web's calls are.
import assert from 'node:assert/strict';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type pg from 'pg';
import type { BodyInputOf, Endpoint, ParamsOf, QueryInputOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { atTime } from '#platform/clock.ts';
import { people, signedIn, type PersonName } from './cast.ts';

export interface Input<E extends Endpoint> {
  params: ParamsOf<E>;
  query?: QueryInputOf<E>;
  body?: BodyInputOf<E>;
}

export interface Caller {
  /** The answer; anything but success fails the test. */
  call<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<ResponseOf<E>>;
  /** Whatever the answer is. */
  attempt<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<LightMyRequestResponse>;
  /** The code of the problem; success fails the test. */
  fail<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<string>;
}

const ordinaryDay = '2024-10-15';

export async function createCaller(
  app: FastifyInstance,
  owner: pg.Pool,
): Promise<(person: PersonName, day?: string) => Caller> {
  const headers = new Map<PersonName, Record<string, string>>();
  for (const person of Object.keys(people) as PersonName[]) headers.set(person, await signedIn(owner, person));
  return (person, day = ordinaryDay) => {
    const attempt: Caller['attempt'] = (endpoint, { params, query, body }) =>
      // Awaited inside: what inject answers begins its work only when somebody waits for it.
      atTime(new Date(`${day}T09:00:00+07:00`), async () => {
        const answer = await app.inject({
          method: endpoint.method,
          url: urlOf(endpoint.path, params as Record<string, string>, query as Record<string, string> | undefined),
          headers: headers.get(person)!,
          ...(body !== undefined && { payload: body as object }),
        });
        return answer;
      });
    return {
      attempt,
      async call(endpoint, input) {
        const answer = await attempt(endpoint, input);
        assert.equal(answer.statusCode, 200, `${person}: ${endpoint.path}: ${answer.body.slice(0, 2000)}`);
        return answer.json();
      },
      async fail(endpoint, input) {
        const answer = await attempt(endpoint, input);
        assert.notEqual(answer.statusCode, 200, `${person}: ${endpoint.path} should have been refused`);
        return answer.json<{ code: string }>().code;
      },
    };
  };
}

function urlOf(path: string, params: Record<string, string>, query: Record<string, string> = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const asked = new URLSearchParams(query).toString();
  return `/api/v1${filled}${asked && `?${asked}`}`;
}
