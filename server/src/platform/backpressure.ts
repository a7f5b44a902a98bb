// Works on a bounded number of requests, lets a bounded number wait a bounded time, and tells the rest at once when to come back.
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '@khuevan/core/problems.ts';

export interface Backpressure {
  concurrency: number;
  queue: number;
  waitMs?: number;
  retryAfterSeconds?: number;
}

export function boundRequests(
  app: FastifyInstance,
  { concurrency, queue, waitMs = 10_000, retryAfterSeconds = 3 }: Backpressure,
): { inWork(): number; waiting(): number } {
  let inWork = 0;
  const waiting: Array<() => void> = [];
  const holders = new WeakSet<object>();

  const busy = () => new ProblemError('busy', { seconds: retryAfterSeconds });
  const enter = async (): Promise<void> => {
    if (inWork < concurrency) {
      inWork += 1;
      return;
    }
    if (waiting.length >= queue) throw busy();
    await new Promise<void>((admit, refuse) => {
      const admitOne = () => {
        clearTimeout(timer);
        admit();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(admitOne), 1);
        refuse(busy());
      }, waitMs);
      waiting.push(admitOne);
    });
  };
  // A place is handed to the next in line without being given back in between.
  const leave = (request: object): void => {
    if (!holders.delete(request)) return;
    const next = waiting.shift();
    if (next) next();
    else inWork -= 1;
  };

  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/') || request.url === '/api/v1/health') return;
    await enter();
    holders.add(request);
    // The person may be gone before a place was free.
    if (request.raw.destroyed) leave(request);
  });
  app.addHook('onResponse', async (request) => leave(request));
  app.addHook('onRequestAbort', async (request) => leave(request));
  return { inWork: () => inWork, waiting: () => waiting.length };
}
