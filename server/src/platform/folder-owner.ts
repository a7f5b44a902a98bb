// One program at a time may own a data folder. The owner writes who it is into the folder; a dead owner does not count.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

type Owner = { pid: number; startedAt: string };

const ownerFile = (folder: string) => join(folder, 'owner.json');

/** Waits a while for a program that may be stopping; throws when a living one (this one too) keeps the folder. */
export async function takeFolder(folder: string, waitMs: number, log: (message: string) => void): Promise<void> {
  const me: Owner = { pid: process.pid, startedAt: (await readStartOf(process.pid)) ?? '' };
  const deadline = performance.now() + waitMs;
  for (let isTold = false; !(await writeOwner(folder, me));) {
    const owner = await readOwner(folder);
    if (!owner || (await readStartOf(owner.pid)) !== owner.startedAt) {
      await rm(ownerFile(folder), { force: true });
      continue;
    }
    if (owner.pid === process.pid || performance.now() > deadline) {
      throw new Error(
        `Thư mục dữ liệu ${folder} đang được một chương trình khác dùng (tiến trình ${owner.pid}), hãy dừng nó trước. / ` +
          `The data folder ${folder} is in use by another program (process ${owner.pid}): stop that one first.`,
      );
    }
    if (!isTold) log(`The data folder ${folder} is in use by process ${owner.pid}; waiting for it to stop`);
    isTold = true;
    await pause(100);
  }
}

async function writeOwner(folder: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(ownerFile(folder), JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

export async function releaseFolder(folder: string): Promise<void> {
  await rm(ownerFile(folder), { force: true });
}

async function readOwner(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(ownerFile(folder), 'utf8')) as Owner;
  } catch {
    return undefined; // removed meanwhile, or cut short when its writer was killed
  }
}

/** When a process began, so that a new process with a dead one's number is not taken for it; undefined if not running. */
async function readStartOf(pid: number): Promise<string | undefined> {
  if (!isRunning(pid)) return undefined;
  if (process.platform !== 'linux') return '';
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  // The fields after the name, which may hold anything: the first is the state, the twentieth the start in ticks.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
