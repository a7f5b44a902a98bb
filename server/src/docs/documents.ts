// What is made from code: documents, and the types of the tables. `npm run khuevan -- docs write` writes them; tests and
// `npm run check` compare.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startThrowawayPostgres } from '#platform/embedded-postgres.ts';
import { migrate } from '#platform/migrate.ts';
import { apiMarkdown } from './api-docs.ts';
import { readCatalogue } from './catalogue.queries.ts';
import { dataDictionaryMarkdown } from './data-dictionary.ts';
import { rulesMarkdown } from './rules-docs.ts';

const root = join(import.meta.dirname, '../../..');

/** File, from the root of the repository -> text. What describes the database is read from one of its own, freshly migrated. */
async function makeDocuments(): Promise<Map<string, string>> {
  const postgres = await startThrowawayPostgres();
  try {
    await migrate(postgres.url, 'nobody signs in');
    return new Map([
      ['docs/api.md', apiMarkdown()],
      ['docs/rules.md', rulesMarkdown()],
      ['docs/data-dictionary.md', await dictionaryOf(postgres.url)],
      ['server/src/platform/tables.generated.ts', await tableTypesOf(postgres.url)],
    ]);
  } finally {
    await postgres.stop();
  }
}

async function dictionaryOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return dataDictionaryMarkdown(await readCatalogue(client));
  } finally {
    await client.end();
  }
}

async function tableTypesOf(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-tables-'));
  try {
    const file = join(folder, 'tables.ts');
    const program = join(
      dirname(createRequire(import.meta.url).resolve('kysely-codegen/package.json')),
      'dist/cli/bin.js',
    );
    const options = [
      '--dialect=postgres',
      `--url=${url}`,
      '--default-schema=public',
      '--exclude-pattern=graphile_worker.*',
    ];
    // As createDatabase() in platform/database.ts reads them.
    const readers = ['--date-parser=string', '--numeric-parser=number'];
    await promisify(execFile)(process.execPath, [program, ...options, ...readers, `--out-file=${file}`]);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Files whose text is not what the code says now. */
export async function findStaleDocuments(): Promise<Map<string, string>> {
  const made = await makeDocuments();
  const written = await Promise.all(
    [...made.keys()].map((file) => readFile(join(root, file), 'utf8').catch(() => undefined)),
  );
  return new Map([...made].filter(([, text], index) => written[index] !== text));
}

export async function writeDocuments(print: (line: string) => void): Promise<void> {
  const stale = await findStaleDocuments();
  for (const [file, text] of stale) {
    await writeFile(join(root, file), text);
    print(file);
  }
  print(stale.size === 0 ? 'Không có gì phải viết lại. / Nothing to write.' : '✓');
}
