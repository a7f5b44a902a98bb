// Runs copies of our runners in a folder of their own, with tasks and tests made for the purpose.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'khuevan-runner-'));
  cpSync(join(root, 'bin'), join(copy, 'bin'), { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true }));

function write(file: string, text: string) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

function runTests(...args: string[]) {
  if (!existsSync(join(copy, 'server'))) {
    mkdirSync(join(copy, 'server', 'src'), { recursive: true });
    symlinkSync(join(root, 'server', 'src', 'platform'), join(copy, 'server', 'src', 'platform'));
  }
  // A test run inside a test run: the inner one must not believe that it is a file of the outer one.
  const env: NodeJS.ProcessEnv = { ...process.env, KHUEVAN_TEST_DATABASE: 'postgres://nobody@127.0.0.1:1/none' };
  delete env['NODE_TEST_CONTEXT'];
  return spawnSync(process.execPath, [join(copy, 'bin', 'test.ts'), ...args], { encoding: 'utf8', env });
}

const command = () => [join(copy, 'bin', 'run.mjs'), 'khuevan'] as const;

test('a task runs under Node 24, gets its arguments as they are, and its exit code comes back', () => {
  write(
    'server/src/cli.ts',
    `const words: string[] = process.argv.slice(2);
    console.log(JSON.stringify([process.version, ...words])); process.exit(7);`,
  );
  const { status, stdout } = spawnSync(process.execPath, [...command(), 'a b', '--flag', ''], { encoding: 'utf8' });
  const [version, ...words] = JSON.parse(stdout) as string[];
  assert.match(version ?? '', /^v24\./);
  assert.deepEqual(words, ['a b', '--flag', '']);
  assert.equal(status, 7);
});

test('an unknown task is refused with the list of tasks', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(copy, 'bin', 'run.mjs'), 'toString'], {
    encoding: 'utf8',
  });
  assert.equal(status, 2);
  assert.match(stderr, /"toString".*start, test, check, demo, bench, dev, khuevan/);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} reaches the task once, and its tidy end is ours`, async () => {
    write(
      'server/src/cli.ts',
      `let told = 0;
      process.on('${signal}', () => { told += 1; setTimeout(() => { console.log('told ' + told); process.exit(3); }, 300); });
      console.log('ready'); setInterval(() => {}, 1000);`,
    );
    const runner = spawn(process.execPath, command(), { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    for await (const text of runner.stdout.setEncoding('utf8')) {
      printed += text;
      if (text.includes('ready')) for (let repeat = 0; repeat < 3; repeat += 1) runner.kill(signal);
    }
    if (runner.exitCode === null) await once(runner, 'exit');
    assert.equal(printed, 'ready\ntold 1\n');
    assert.equal(runner.exitCode, 3);
  });
}

test('a task that npm runs ends with the shell that npm put between', async () => {
  write(
    'server/src/cli.ts',
    `process.on('SIGTERM', () => { console.log('told'); process.exit(0); });
    console.log('ready'); setInterval(() => {}, 1000);`,
  );
  const line = [process.execPath, ...command()].map((word) => `'${word}'`).join(' ');
  const shell = spawn('sh', ['-c', `${line}; true`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'khuevan' },
  });
  let printed = '';
  for await (const text of shell.stdout.setEncoding('utf8')) {
    printed += text;
    if (text.includes('ready')) shell.kill('SIGTERM');
  }
  assert.equal(printed, 'ready\ntold\n');
});

test('a task that a signal kills ends as the shell would say', () => {
  write('server/src/cli.ts', `process.kill(process.pid, 'SIGKILL');`);
  assert.equal(spawnSync(process.execPath, command()).status, 128 + 9);
});

test('what is installed is compared with the lockfile, package by package', () => {
  rmSync(join(copy, 'node_modules'));
  assert.equal(isInstalled(copy), false, 'nothing there');
  const nodePackage = dirname(dirname(process.execPath));
  mkdirSync(join(copy, 'node_modules'));
  symlinkSync(nodePackage, join(copy, 'node_modules', basename(nodePackage)));
  const record = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const save = (packages: typeof record.packages) =>
    write('node_modules/.package-lock.json', JSON.stringify({ ...record, packages }));
  save(record.packages);
  assert.equal(isInstalled(copy), true);

  const { 'node_modules/zod': zod, ...others } = record.packages;
  save(others);
  assert.equal(isInstalled(copy), false, 'one is missing');
  save({ ...others, 'node_modules/zod': { ...zod, version: '0.0.1' } });
  assert.equal(isInstalled(copy), false, 'one is of another version');
  save({ ...record.packages, 'node_modules/left-over': { version: '1.0.0' } });
  assert.equal(isInstalled(copy), false, 'one too many');
});

test('the test run counts, tells what failed and where, and closes with the totals', () => {
  write(
    'core/fine.test.ts',
    `import { test } from 'node:test'; test('one', () => {}); test('two', () => {});
    test('later', { skip: true }, () => {});`,
  );
  write(
    'core/broken.test.ts',
    `import assert from 'node:assert/strict'; import { test } from 'node:test';
    console.log('seen only when it fails');
    test('outer', async (t) => { await t.test('inner', () => assert.equal(1, 2, 'sums are off')); });`,
  );
  write(
    'e2e/last.test.ts',
    `import { test } from 'node:test'; test('database', (t) => {
    if (!process.env.KHUEVAN_TEST_DATABASE) throw new Error('no address'); });`,
  );
  const { status, stdout } = runTests();
  assert.equal(status, 1);
  assert.match(stdout, /✖ inner {2}\(core\/broken\.test\.ts:3\)\n.*sums are off/);
  assert.match(stdout, /seen only when it fails/);
  assert.equal(stdout.trimEnd().split('\n').at(-1), '3 passed, 2 failed, 1 skipped');
  assert.ok(stdout.indexOf('e2e/last') > stdout.indexOf('core/fine'), 'journeys come last');

  const subset = runTests('core/fine');
  assert.equal(subset.status, 0);
  assert.equal(subset.stdout.trimEnd().split('\n').at(-1), '2 passed, 0 failed, 1 skipped');
  assert.doesNotMatch(subset.stdout, /broken/);
});

test('a file that cannot be loaded fails the run, and so does a run of nothing', () => {
  write('core/unloadable.test.ts', `import './not-there.ts';`);
  const unloadable = runTests();
  assert.equal(unloadable.status, 1);
  assert.match(unloadable.stdout, /not-there\.ts/);
  assert.match(unloadable.stdout, /^0 passed, 1 failed$/m);

  const nothing = runTests('no-such-name');
  assert.equal(nothing.status, 1);
  assert.match(nothing.stdout, /^0 passed, 0 failed$/m);
});
