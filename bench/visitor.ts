// Someone at the API with connections kept open, as a browser's are. Answers are read to their end and left packed, so that
// asking costs little beside answering.
import { Agent, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface Answer {
  status: number;
  /** Milliseconds from the question to the answer's last byte. */
  took: number;
  retryAfter: string | undefined;
  json<T>(): T;
}

export interface Question {
  method?: string;
  headers: Record<string, string>;
  body?: unknown;
}

export interface Visitor {
  ask(path: string, question: Question): Promise<Answer>;
  close(): void;
}

export function createVisitor(address: string, options: { connections: number; timeoutMs?: number }): Visitor {
  const { hostname, port } = new URL(address);
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections, maxFreeSockets: options.connections });
  const timeoutMs = options.timeoutMs ?? 60_000;
  return {
    ask: (path, { method = 'GET', headers, body }) =>
      new Promise((answer, fail) => {
        const began = performance.now();
        const payload = body === undefined ? undefined : JSON.stringify(body);
        const asked = request({
          hostname,
          port,
          agent,
          path: `/api/v1${path}`,
          method,
          headers: {
            'accept-encoding': 'gzip, br',
            ...headers,
            ...(payload === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
          },
        });
        asked.setTimeout(timeoutMs, () => asked.destroy(new Error(`${method} ${path}: no answer in ${timeoutMs} ms`)));
        asked.on('error', fail);
        asked.on('response', (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', fail);
          response.on('end', () =>
            answer({
              status: response.statusCode!,
              took: performance.now() - began,
              retryAfter: response.headers['retry-after'],
              json: () => read(Buffer.concat(parts), response.headers['content-encoding']),
            }),
          );
        });
        asked.end(payload);
      }),
    close: () => agent.destroy(),
  };
}

function read<T>(content: Buffer, encoding: string | undefined): T {
  const plain = encoding === 'br' ? brotliDecompressSync(content) : encoding === 'gzip' ? gunzipSync(content) : content;
  return JSON.parse(plain.toString()) as T;
}

/** @throws Error with the answer, where it is not a success. */
export function requireSuccess(answer: Answer, what: string): void {
  if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.json())}`);
}
