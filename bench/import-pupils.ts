// 100,000 pupils of 245 schools from one workbook: uploaded to the real program over HTTP, read in the background, and stored
// with audit. The baselines are the same file's parsing alone, and COPY of the same rows into tables with the same keys and indexes.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts';
import { newId } from '../server/src/platform/ids.ts';
import { cookieName } from '../server/src/platform/session.ts';
import { openRuntime } from '../server/src/runtime.ts';
import { type RunningProgram, startProgram } from '../server/src/testing/running-program.ts';
import { importer, pupilCount, seatImportingProvince, writePupilFile } from './import-school-files.ts';
import { atLeast, atMost, type BenchLine } from './line.ts';
import { prepare, tell, timeOf } from './measure.ts';
import { schoolYear } from './province.ts';

const promise = { rowsPerSecond: 20_000, timesParsingAndCopy: 2, memoryMb: 300 };

export default async function measureImport(): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-import-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: tell });
  const owner = new pg.Pool({ connectionString: postgres.url, max: 8 });
  owner.on('error', () => undefined);
  try {
    return await measure(folder, postgres.url, owner);
  } finally {
    await owner.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure(folder: string, url: string, owner: pg.Pool): Promise<BenchLine[]> {
  const environment = {
    DATABASE_URL: url,
    KHUEVAN_DATA: folder,
    KHUEVAN_SECRET: randomBytes(32).toString('base64'),
    KHUEVAN_LOG_LEVEL: 'warn',
    KHUEVAN_DEMO: 'off',
    KHUEVAN_RATE_LIMIT: '1000000',
  };
  const file = join(folder, 'pupils.xlsx');
  const runtime = await openRuntime(environment);
  await prepare('245 schools', () => seatImportingProvince(owner, runtime.secrets));
  await runtime.close();
  await prepare('100,000 pupils in a workbook', () => writePupilFile(file));
  await owner.query('vacuum analyze');
  await owner.query('checkpoint');
  const parsing = await parseAlone(file);
  const server = await startProgram(environment);
  try {
    const idle = await peakMb(server);
    const times = await importOnce(server.address, owner, file);
    const memory = await peakMb(server);
    const { indexed: copying, bare } = await copyAlone(owner);
    const total = times.reading + times.storing;
    tell(
      `  parsing ${ms(parsing)}, COPY ${ms(copying)} (without indexes ${ms(bare)}); read ${ms(times.reading)}, stored ${ms(times.storing)}; memory ${Math.round(memory)} MB`,
    );
    const rate = (milliseconds: number) => (pupilCount * 1000) / milliseconds;
    return [
      atLeast({
        name: 'import-pupils',
        unit: 'rows/s without parsing',
        value: rate(total - parsing),
        baseline: rate(copying),
        limit: promise.rowsPerSecond,
      }),
      atMost({
        name: 'import-pupils-whole',
        unit: 'ms',
        value: total,
        baseline: parsing + copying,
        limit: (parsing + copying) * promise.timesParsingAndCopy,
      }),
      atMost({ name: 'import-pupils-memory', unit: 'MB', value: memory, baseline: idle, limit: promise.memoryMb }),
    ];
  } finally {
    await server.stop();
  }
}

const ms = (milliseconds: number) => `${Math.round(milliseconds)} ms`;

/** In a process of its own, as the program would be. */
async function parseAlone(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'import-parse.ts'), file]);
  return (JSON.parse(stdout) as { took: number }).took;
}

/** What an import of pupils writes. */
const tables = ['student', 'enrolment', 'pin_registry'];

/**
 * The same rows written by COPY alone into empty tables of the same columns, keys and indexes: what the database itself needs to
 * hold them. No foreign keys, no policies, no audit. Into tables without any index the rows go several times as fast, and
 * nobody could find them there; that time is told, and no promise is made of it.
 */
async function copyAlone(owner: pg.Pool): Promise<{ indexed: number; bare: number }> {
  const client = await owner.connect();
  try {
    const took = { indexed: 0, bare: 0 };
    for (const table of tables) {
      const { rows } = await client.query<{ names: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = ''`,
        [table],
      );
      const names = rows[0]!.names;
      const chunks: Buffer[] = [];
      for await (const chunk of client.query(copyTo(`copy ${table} (${names}) to stdout`)))
        chunks.push(chunk as Buffer);
      await client.query(`create table bare_${table} as select ${names} from ${table} limit 0`);
      await client.query(`create table indexed_${table} (like ${table} including all)`);
      for (const kind of ['bare', 'indexed'] as const) {
        await client.query('checkpoint');
        took[kind] += await timeOf(() =>
          pipeline(Readable.from(chunks), client.query(copyFrom(`copy ${kind}_${table} (${names}) from stdin`))),
        );
      }
    }
    return took;
  } finally {
    client.release();
  }
}

/** The most memory the process has ever held. */
async function peakMb({ pid }: RunningProgram): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

interface ImportBody {
  id: string;
  state: string;
  rowsGood: number;
  rowsBad: number;
  toAdd: number;
}

async function importOnce(
  address: string,
  owner: pg.Pool,
  file: string,
): Promise<{ reading: number; storing: number }> {
  const headers = await signIn(owner);
  const imports = `${address}/api/v1/units/${importer.unitId}/imports`;
  const ask = async (url: string, init: RequestInit = {}): Promise<ImportBody> => {
    const answer = await fetch(url, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } });
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as ImportBody;
  };
  // Looked for in the database: a page asks every second, and to ask the program twenty times a second would be work of its own.
  const reach = async (id: string, state: string): Promise<ImportBody> => {
    for (;;) {
      const { rows } = await owner.query<{ state: string }>('select state from import where id = $1', [id]);
      const found = rows[0]!.state;
      if (found === state) return ask(`${imports}/${id}`);
      if (['refused', 'failed', 'cancelled'].includes(found)) throw new Error(found);
      await pause(20);
    }
  };
  const form = new FormData();
  form.set('file', await openAsBlob(file), 'pupils.xlsx');
  let id = '';
  // Who imports has the page open.
  await ask(imports);
  const reading = await timeOf(async () => {
    id = (await ask(`${imports}?kind=student&schoolYear=${schoolYear}`, { method: 'POST', body: form })).id;
    const ready = await reach(id, 'ready');
    if (ready.toAdd !== pupilCount) throw new Error(`not all rows are good: ${JSON.stringify(ready)}`);
  });
  const storing = await timeOf(async () => {
    const json = { 'content-type': 'application/json' };
    await ask(`${imports}/${id}/applications`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ mode: 'all' }),
    });
    await reach(id, 'applied');
  });
  await requireStored(owner);
  return { reading, storing };
}

/** Counted as the owner: every pupil, every number, and the audit entry that the rows point to. */
async function requireStored(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<Record<string, number>>(`
    select (select count(*)::integer from student) as persons, (select count(*)::integer from enrolment e join audit_entry a on a.id = e.audit_id) as audited,
      (select count(*)::integer from pin_registry where kind = 'student') as registered,
      (select count(*)::integer from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id where e.left_on is null and s.pin_hash is not null) as active`);
  const { persons, audited, registered, active } = rows[0]!;
  if (persons !== pupilCount || audited !== pupilCount || registered !== active)
    throw new Error(JSON.stringify(rows[0]));
}

async function signIn(owner: pg.Pool): Promise<Record<string, string>> {
  const [token, csrf] = [randomBytes(32).toString('base64url'), randomBytes(24).toString('base64url')];
  await owner.query(
    `insert into session (id, token_hash, account_id, csrf_token, totp_pending, expires_at) values ($1, $2, $3, $4, false, now() + interval '1 day')`,
    [newId(), createHash('sha256').update(token).digest(), importer.accountId, csrf],
  );
  return { cookie: `${cookieName}=${token}`, 'x-csrf-token': csrf };
}
