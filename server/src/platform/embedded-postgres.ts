// The PostgreSQL 18 that comes from npm: created, started, watched and stopped by us, in a folder of ours. It ends with
// the program that started it, however that program ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isRunning, releaseFolder, takeFolder } from './folder-owner.ts';
import {
  clusterPaths,
  isServerOf,
  prepareCluster,
  readServerStatus,
  spawnProgram,
  type Cluster,
} from './postgres-cluster.ts';

export type Log = (message: string) => void;
export type EmbeddedPostgres = { url: string; stop(): Promise<void> };

type Settings = Record<string, string>;
/** What the watchdog does to the server's process ($1) and folder ($2) once the program is gone. */
type Kind = { settings: Settings; afterProgramEnds: string };

const common: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  // The log of a large import is written away as it grows, not at its end.
  wal_buffers: '64MB',
  wal_writer_delay: '20ms',
  // A large import is written by two processes at once (branch.ts).
  max_prepared_transactions: '8',
  random_page_cost: '1.1',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A long statement of a program that was killed ends soon, and with it its locks.
  ...(process.platform !== 'win32' && { client_connection_check_interval: '1s' }),
};
const lasting: Kind = { settings: common, afterProgramEnds: 'kill -INT "$1"' };
const throwaway: Kind = {
  settings: {
    ...common,
    max_connections: '200',
    shared_buffers: '128MB',
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
  },
  afterProgramEnds:
    'kill -QUIT "$1"; n=0; while [ $n -lt 100 ] && [ -e "$2/cluster/postmaster.pid" ]; do sleep 0.1; n=$((n + 1)); done; rm -rf "$2"',
};

const logRotationBytes = 10_000_000;
const stopTimeoutMs = 30_000;
const folderWaitMs = 15_000;
const startAttempts = 10;

/** Starts the database kept in `dataDir`, creating it the first time. The URL is the superuser's. */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  log: Log;
  /** How long a program that still has the folder may take to stop. */
  waitMs?: number;
}): Promise<EmbeddedPostgres> {
  const folder = resolve(options.dataDir);
  await mkdir(folder, { recursive: true });
  await takeFolder(folder, options.waitMs ?? folderWaitMs, options.log);
  try {
    await stopOrphan(clusterPaths(folder).files, options.log);
    const cluster = await prepareCluster(folder, []);
    return await startServer(cluster, lasting, options.log, () => releaseFolder(folder));
  } catch (error) {
    await releaseFolder(folder);
    throw error;
  }
}

/** A database for tests: careless about crashes, and gone with its folder when stopped or when the program ends. */
export async function startThrowawayPostgres(): Promise<EmbeddedPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-postgres-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const cluster = await prepareCluster(folder, ['--no-sync']);
    return await startServer(cluster, throwaway, () => undefined, removeFolder);
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** The superuser's URL of the database that another program runs in `dataDir` now, for commands beside a server. */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const { files, passwordFile } = clusterPaths(resolve(dataDir));
  const status = await readServerStatus(files);
  if (!status?.isReady || !(await isServerOf(files, status.pid))) return undefined;
  return serverUrl(await readFile(passwordFile, 'utf8'), status.port);
}

function serverUrl(password: string, port: number): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** A server whose program is gone, and which its watchdog has not stopped (yet), must end before a new one starts. */
async function stopOrphan(files: string, log: Log): Promise<void> {
  const status = await readServerStatus(files);
  if (!status) return;
  if (!(await isServerOf(files, status.pid))) {
    // PostgreSQL itself recovers from a dead server's file, but not when that process number is in use again.
    if (isRunning(status.pid)) await rm(join(files, 'postmaster.pid'), { force: true });
    return;
  }
  log(`Stopping PostgreSQL, left running as process ${status.pid} by a program that was killed`);
  process.kill(status.pid, 'SIGINT');
  const deadline = performance.now() + stopTimeoutMs;
  while (await isServerOf(files, status.pid)) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL process ${status.pid} of ${files} does not stop`);
    await pause(50);
  }
}

async function startServer(
  cluster: Cluster,
  kind: Kind,
  log: Log,
  afterStop: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  await rotateLog(cluster);
  const { server, port } = await launch(cluster, kind, log);
  const watchdog = startWatchdog(server, cluster, kind);
  let stopped: Promise<void> | undefined;
  server.once('exit', (code, signal) => {
    if (!stopped) log(`PostgreSQL ended by itself (${signal ?? code}), see ${cluster.logFile}`);
  });
  const stop = () => (stopped ??= stopServer(server, watchdog).then(afterStop));
  try {
    const url = serverUrl(await readFile(cluster.passwordFile, 'utf8'), port);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.end();
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(cluster: Cluster, { settings }: Kind, log: Log): Promise<{ server: ChildProcess; port: number }> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const logged = (await stat(cluster.logFile).catch(() => undefined))?.size ?? 0;
    const output = await open(cluster.logFile, 'a', 0o600);
    const server = spawnProgram(cluster, 'postgres', ['-D', cluster.files, '-p', String(port), ...flags], output.fd);
    const isUp = await becomesReady(server, cluster, log);
    await output.close();
    if (isUp) return { server, port };
    const reason = await readLogFrom(cluster.logFile, logged);
    // Another program was faster to the port, or the last processes of a killed server are still ending.
    const mayPass = /could not bind|shared memory block .* is still in use/.test(reason);
    if (!mayPass || attempt === startAttempts) {
      throw new Error(
        `PostgreSQL không khởi động được. / PostgreSQL did not start, see ${cluster.logFile}:\n${reason}`,
      );
    }
    await pause(500);
  }
}

/** Waits as long as the server lives: recovery after a crash takes what it takes. False when it ends instead. */
async function becomesReady(server: ChildProcess, cluster: Cluster, log: Log): Promise<boolean> {
  let failure: Error | undefined;
  server.on('error', (error) => (failure = error));
  const began = performance.now();
  for (let told = 0; server.exitCode === null && server.signalCode === null; await pause(25)) {
    if (failure) throw failure;
    const status = await readServerStatus(cluster.files);
    if (status?.pid === server.pid && status?.isReady) return true;
    const waitedSeconds = (performance.now() - began) / 1000;
    if (waitedSeconds > told + 10) {
      told = waitedSeconds;
      log(`PostgreSQL is still starting after ${Math.round(waitedSeconds)} s (recovering, after a crash)`);
    }
  }
  return false;
}

/** A shell that sleeps on a pipe from us and wakes when it breaks, so even a killed program leaves no server behind. */
function startWatchdog(server: ChildProcess, cluster: Cluster, kind: Kind): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const script = `cat; ${kind.afterProgramEnds}`;
  const watchdog = spawn('sh', ['-c', script, 'watchdog', String(server.pid), cluster.folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // None of these keeps a program alive that has nothing else to do.
  (watchdog.stdin as Socket).unref();
  watchdog.unref();
  server.unref();
  return watchdog;
}

async function stopServer(server: ChildProcess, watchdog: ChildProcess | undefined): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    server.ref();
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    const late = setTimeout(() => server.kill('SIGQUIT'), stopTimeoutMs);
    await ended;
    clearTimeout(late);
  }
  watchdog?.kill('SIGKILL');
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function rotateLog({ logFile }: Cluster): Promise<void> {
  const size = (await stat(logFile).catch(() => undefined))?.size ?? 0;
  if (size > logRotationBytes) await rename(logFile, `${logFile}.1`);
}

async function readLogFrom(logFile: string, offset: number): Promise<string> {
  return (await readFile(logFile)).subarray(offset).toString();
}
