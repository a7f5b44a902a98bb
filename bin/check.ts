// Types, lint with the boundaries between layers, format, and docs against code: every step runs, each with its time.
// `--fix` formats and mends what the linter can mend first.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Step = { name: string; args: string[] };

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fix = process.argv.includes('--fix');
const program = (path: string, ...args: string[]) => [join(root, 'node_modules', path), ...args];
const types = (project: string): Step => ({
  name: `types: ${project}`,
  args: program('typescript/bin/tsc', '--project', project),
});

const steps: Step[] = [
  types('core'),
  types('core/tsconfig.pure.json'),
  types('server'),
  types('web'),
  types('tsconfig.json'),
  { name: 'lint', args: program('oxlint/bin/oxlint', ...(fix ? ['--fix'] : [])) },
  { name: 'format', args: program('oxfmt/bin/oxfmt', fix ? '--write' : '--list-different') },
  // Programs of the features themselves, which compare a document with the code it describes and exit 1 if it is stale.
  ...globSync('{core,server,web,docs,bin}/**/*.docs-check.ts', { cwd: root, exclude: ['**/node_modules/**'] })
    .toSorted()
    .map((file) => ({ name: file, args: [join(root, file), ...(fix ? ['--fix'] : [])] })),
];

const failed = steps.filter(({ name, args }) => {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? '✔' : '✖'} ${name}  ${Math.round(performance.now() - began)} ms`);
  return status !== 0;
});
console.log(failed.length === 0 ? 'all clean' : `failed: ${failed.map(({ name }) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
