// A person at the API: signs in, calls endpoints of the contract, keeps the cookie and the CSRF token. Over real HTTP.
import type { signIn } from '@khuevan/core/contract/accounts.ts';
import { proveTotp, readSession, signIn as signInEndpoint } from '@khuevan/core/contract/accounts.ts';
import type { BodyInputOf, Endpoint, ParamsOf, QueryInputOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { newId } from '#platform/ids.ts';

export interface Input<E extends Endpoint> {
  params?: ParamsOf<E>;
  query?: QueryInputOf<E>;
  body?: BodyInputOf<E>;
}

/** The problem document of a refused request. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Record<string, unknown>;

  constructor(endpoint: Endpoint, status: number, problem: Record<string, unknown>) {
    super(`${endpoint.method} ${endpoint.path}: ${status} ${JSON.stringify(problem)}`);
    this.status = status;
    this.code = typeof problem.code === 'string' ? problem.code : 'unknown';
    this.problem = problem;
  }
}

export interface Person {
  username: string;
  unitId: string;
  call<E extends Endpoint>(endpoint: E, input?: Input<E>): Promise<ResponseOf<E>>;
  file<E extends Endpoint>(endpoint: E, input?: Input<E>): Promise<Buffer>;
  upload<E extends Endpoint>(endpoint: E, input: Input<E>, fileName: string, content: Buffer): Promise<ResponseOf<E>>;
}

export async function enter(address: string, username: string, password: string): Promise<Person> {
  const headers: Record<string, string> = {};
  const send = async (endpoint: Endpoint, input: Input<Endpoint>, body?: string | FormData): Promise<Response> => {
    const response = await fetch(addressOf(address, endpoint, input), {
      method: endpoint.method,
      headers: {
        ...headers,
        ...(endpoint.method === 'POST' ? { 'idempotency-key': newId() } : {}),
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    if (response.ok) return response;
    throw new RefusedError(
      endpoint,
      response.status,
      (await response.json().catch(() => ({}))) as Record<string, unknown>,
    );
  };
  const json = (endpoint: Endpoint, input: Input<Endpoint>) =>
    endpoint.method === 'GET' || endpoint.method === 'DELETE' ? undefined : JSON.stringify(input.body ?? {});
  const person: Person = {
    username,
    unitId: '',
    call: async (endpoint, input = {}) =>
      readAnswer(endpoint, await send(endpoint, input as Input<Endpoint>, json(endpoint, input as Input<Endpoint>))),
    file: async (endpoint, input = {}) =>
      Buffer.from(await (await send(endpoint, input as Input<Endpoint>)).arrayBuffer()),
    async upload(endpoint, input, fileName, content) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(content)]), fileName);
      return readAnswer(endpoint, await send(endpoint, input as Input<Endpoint>, form));
    },
  };

  const first = await send(signInEndpoint, {}, JSON.stringify({ username, password }));
  headers.cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
  const opened = (await first.json()) as ResponseOf<typeof signIn>;
  if (opened.state !== 'signed-in') throw new Error(`${username} needs ${proveTotp.path}`);
  headers['x-csrf-token'] = opened.csrfToken;
  const me = await person.call(readSession);
  person.unitId = me.memberships[0]!.unitId;
  return person;
}

function addressOf(address: string, endpoint: Endpoint, input: Input<Endpoint>): string {
  const params = (input.params ?? {}) as Record<string, string | number>;
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(
    (input.query ?? {}) as Record<string, string | number | boolean | undefined>,
  )) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `${address}/api/v1${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

/** Answers are held to the contract. */
async function readAnswer<E extends Endpoint>(endpoint: E, response: Response): Promise<ResponseOf<E>> {
  return endpoint.response.parse(await response.json()) as ResponseOf<E>;
}
