// `npm run bench [-- name ...]`: measures what is promised. One JSON line a promise on standard output, everything else on
// standard error; exits 1 when a promise is not kept.
import type { Bench } from './line.ts';
import { closeStage } from './stage.ts';
import { tell } from './measure.ts';

/** In this order, because the province only grows. */
const benches = [
  'import-pupils',
  'page',
  'search',
  'rollup',
  'compile',
  'compile-levels',
  'national-rollup',
  'indicators',
  'storm',
] as const;

async function runBench(name: string): Promise<boolean> {
  const { default: bench } = (await import(`./${name}.ts`)) as { default: Bench };
  tell(`${name} …`);
  const began = performance.now();
  const lines = await bench();
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
  tell(`${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  return lines.length > 0 && lines.every((line) => line.ok);
}

async function run(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((name) => !benches.some((bench) => bench === name));
  if (unknown.length > 0) {
    tell(`Không có: ${unknown.join(', ')}. Có: ${benches.join(', ')}`);
    tell(`No such bench: ${unknown.join(', ')}. There are: ${benches.join(', ')}`);
    return 2;
  }
  let isKept = true;
  for (const name of benches.filter((bench) => asked.length === 0 || asked.includes(bench))) {
    try {
      isKept = (await runBench(name)) && isKept;
    } catch (error) {
      tell(`✗ ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      isKept = false;
    }
  }
  return isKept ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void closeStage().finally(() => process.exit(1)));
}
try {
  process.exitCode = await run(process.argv.slice(2));
} finally {
  await closeStage();
}
