import type { BodyInputOf, Endpoint, ParamsOf, QueryInputOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { ProblemCode } from '@khuevan/core/problems.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import { newId } from './new-id.ts';

export interface CallInput<E> {
  params?: ParamsOf<E>;
  query?: QueryInputOf<E>;
  body?: BodyInputOf<E>;
  /** For endpoints that take an upload. */
  file?: File;
  signal?: AbortSignal;
  /** Given where the same write may be sent again after a lost answer. */
  idempotencyKey?: string;
}

/** An answer that says what is wrong, in both languages, and what else the server tells about it. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly text: Text;
  readonly requestId: string | undefined;
  /** The document as it came: `current`, `findings`, ... */
  readonly document: Record<string, unknown>;

  constructor(document: Record<string, unknown> & { code: ProblemCode; status: number; text: Text }) {
    super(document.code);
    this.code = document.code;
    this.status = document.status;
    this.text = document.text;
    this.requestId = typeof document.requestId === 'string' ? document.requestId : undefined;
    this.document = document;
  }
}

/** The server could not be reached: no network, or nobody answers. What was typed must be kept. */
export class UnreachableError extends Error {}

/** The server is there, and so busy that waiting several times did not help. */
const busyRetries = 6;
const longestWaitMs = 30_000;

let csrfToken = '';
const sessionEndListeners = new Set<() => void>();

/** Called with what sign-in and the session answer. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

/** Tells when an answer says that nobody is signed in any more. */
export function onSessionEnd(listener: () => void): () => void {
  sessionEndListeners.add(listener);
  return () => sessionEndListeners.delete(listener);
}

export function addressOf(endpoint: Endpoint, input: { params?: unknown; query?: unknown } = {}): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries((input.query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return `/api/v1${path}${query && `?${query}`}`;
}

export async function api<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<ResponseOf<E>> {
  const response = await send(endpoint, input);
  return (await response.json()) as ResponseOf<E>;
}

/** Fetches a file, to show it here. */
export async function fetchFile<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E> = {},
): Promise<{ content: Blob; name: string }> {
  const response = await send(endpoint, input);
  return { content: await response.blob(), name: fileNameIn(response.headers.get('content-disposition') ?? '') };
}

/** Fetches a file and hands it to the browser's downloads under the name the server gives it. */
export async function download<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<void> {
  saveFile(await fetchFile(endpoint, input));
}

/** Hands a file to the browser's downloads. */
export function saveFile({ content, name }: { content: Blob; name: string }): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function fileNameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? 'khuevan');
}

async function send<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Response> {
  const key = endpoint.method === 'POST' ? (input.idempotencyKey ?? newId()) : undefined;
  for (let attempt = 0; ; attempt++) {
    const response = await request(endpoint, input, key);
    if (response.ok) return response;
    if (response.status === 503 && attempt < busyRetries) {
      await wait(response.headers.get('retry-after'), attempt, input.signal);
      continue;
    }
    const problem = await readProblem(response);
    if (problem.code === 'not_signed_in') for (const listener of sessionEndListeners) listener();
    throw problem;
  }
}

async function request<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  key: string | undefined,
): Promise<Response> {
  const headers: Record<string, string> = { accept: endpoint.file ?? 'application/json' };
  if (endpoint.method !== 'GET') headers['x-csrf-token'] = csrfToken;
  if (key) headers['idempotency-key'] = key;
  let body: BodyInit | undefined;
  if (input.file) {
    body = new FormData();
    body.append('file', input.file);
  } else if (endpoint.method !== 'GET' && endpoint.method !== 'DELETE') {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(input.body ?? {});
  }
  try {
    return await fetch(addressOf(endpoint, input), {
      method: endpoint.method,
      headers,
      body,
      signal: input.signal ?? null,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (input.signal?.aborted) throw error;
    throw new UnreachableError('unreachable', { cause: error });
  }
}

/** As long as the server asks, and a little more, so that not everybody comes back at the same moment. */
async function wait(retryAfter: string | null, attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const asked = Number(retryAfter) * 1000 || 1000 * 2 ** attempt;
  const time = Math.min(asked, longestWaitMs) * (1 + Math.random() / 2);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, time);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

async function readProblem(response: Response): Promise<ProblemError> {
  const document = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (typeof document.code === 'string' && document.text)
    return new ProblemError(document as ConstructorParameters<typeof ProblemError>[0]);
  // A proxy or something else in between answered.
  if (response.status === 502 || response.status === 503 || response.status === 504)
    throw new UnreachableError(`status ${response.status}`);
  const { problems } = await import('@khuevan/core/problems.ts');
  return new ProblemError({ code: 'internal', status: response.status, text: problems.internal.message({}) });
}
