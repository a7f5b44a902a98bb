// The documents that are made from code. `npm run khuevan -- docs write` writes them; tests and `npm run check` compare.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startThrowawayPostgres } from '#platform/embedded-postgres.ts';
import { migrate } from '#platform/migrate.ts';
import { apiMarkdown } from './api-docs.ts';
import { readCatalogue } from './catalogue.queries.ts';
import { dataDictionaryMarkdown } from './data-dictionary.ts';
import { rulesMarkdown } from './rules-docs.ts';

const root = join(import.meta.dirname, '../../..');

/** File, from the root of the repository -> text. The dictionary describes a database of its own, freshly migrated. */
export async function makeDocuments(): Promise<Map<string, string>> {
  return new Map([
    ['docs/api.md', apiMarkdown()],
    ['docs/rules.md', rulesMarkdown()],
    ['docs/data-dictionary.md', dataDictionaryMarkdown(await readFreshCatalogue())],
  ]);
}

async function readFreshCatalogue() {
  const postgres = await startThrowawayPostgres();
  try {
    await migrate(postgres.url, 'nobody signs in');
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return await readCatalogue(client);
    } finally {
      await client.end();
    }
  } finally {
    await postgres.stop();
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
