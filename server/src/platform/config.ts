// Every setting of the program, from the environment. All faults are reported at once. .env.example lists the same names; a test compares.
import { z } from 'zod';
import { type Role, roles } from '@khuevan/core/permissions.ts';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

const roleList = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(roles)))
  .transform((list): Role[] => list);

export const settings = {
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4380).describe('Port to listen on; 0 takes a free one'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 18 or later, as its owner; without it an embedded PostgreSQL is started'),
  KHUEVAN_DATA: z.string().min(1).default('.data').describe('Folder of the embedded database, the secret and the logs'),
  KHUEVAN_SECRET: z
    .base64()
    .min(43)
    .optional()
    .describe(
      '32 random bytes, base64: encrypts PINs, signs sessions. Without it one is made and kept in the data folder. Instances on one database share it',
    ),
  KHUEVAN_PUBLIC_URL: z
    .url()
    .optional()
    .describe('Address people type; printed in QR codes. Default: the listening address'),
  KHUEVAN_DEMO: onOff
    .optional()
    .describe('Load the demo province on first start. Default: on with the embedded database, off with DATABASE_URL'),
  KHUEVAN_WORKER: onOff.default(true).describe('Run background work in this process'),
  KHUEVAN_UPLOAD_LIMIT_MB: z.coerce.number().min(1).max(500).default(60).describe('Largest upload'),
  KHUEVAN_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(32)
    .describe('Requests worked on at once; more wait'),
  KHUEVAN_QUEUE: z.coerce
    .number()
    .int()
    .min(0)
    .max(100000)
    .default(512)
    .describe('Requests that may wait; more are answered 503 with Retry-After'),
  KHUEVAN_RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(10)
    .default(1200)
    .describe('Requests a minute of one session or address'),
  KHUEVAN_TWO_STEP_ROLES: roleList
    .optional()
    .describe(`Roles that must use two-step verification, comma between them: ${roles.join(', ')}`),
  KHUEVAN_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is logged'),
  KHUEVAN_METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token that may read /metrics; without it there is no /metrics'),
  KHUEVAN_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server for reminders, smtp://user:password@host:port or smtps://; without it no e-mail is sent'),
  KHUEVAN_MAIL_FROM: z
    .string()
    .min(3)
    .default('Khuê Văn <khuevan@localhost>')
    .describe('Sender of reminders, as "Name <address>"'),
} satisfies Record<string, z.ZodType>;

const schema = z.object(settings);
export type Config = z.output<typeof schema>;

/** @throws Error that names every faulty setting, in Vietnamese and English. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.keys(settings).map((name) => [name, environment[name] === '' ? undefined : environment[name]]),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `Cấu hình chưa đúng / The configuration is wrong:\n${lines.join('\n')}\nXem .env.example / See .env.example`,
  );
}
