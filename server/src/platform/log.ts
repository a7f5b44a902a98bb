import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

/** Logs carry ids and durations; never bodies, names, numbers or cookies of persons. */
export function createLog(config: Pick<Config, 'KHUEVAN_LOG_LEVEL'>): Log {
  return pino({
    level: config.KHUEVAN_LOG_LEVEL,
    base: null,
    redact: ['req.headers', 'res.headers', 'headers', 'body'],
  });
}
