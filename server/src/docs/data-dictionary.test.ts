import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { codeLists } from '@khuevan/core/codes/index.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { readCatalogue } from './catalogue.queries.ts';
import { dataDictionaryMarkdown } from './data-dictionary.ts';

const written = readFileSync(join(import.meta.dirname, '../../../docs/data-dictionary.md'), 'utf8');
let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

test('docs/data-dictionary.md is what records, code lists and the database say now', async () => {
  assert.equal(written, dataDictionaryMarkdown(await readCatalogue(db.owner)), 'run: npm run khuevan -- docs write');
});

test('it names every field of every record, every code list with its law, every table and view with every column', async () => {
  for (const kind of Object.values(recordKinds)) {
    const section = written.split(`(\`${kind.name}\`)`)[1]?.split('\n##')[0];
    assert.ok(section, kind.name);
    for (const field of kind.fields)
      assert.ok(section.includes(`\n| \`${field.key}\` | ${field.label.vi} |`), field.key);
  }
  for (const list of codeLists) {
    const lines = written.split('\n').filter((each) => each.startsWith(`| \`${list.slug}\` |`));
    assert.ok(
      lines.some((line) => line.includes(list.source)),
      list.slug,
    );
  }
  const { rows } = await db.owner.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns where table_schema = 'public'`,
  );
  assert.ok(rows.length > 300);
  for (const row of rows) {
    const section = written.split(`\n### \`${row.table_name}\`\n`)[1]?.split('\n##')[0];
    assert.ok(section?.includes(`\n| \`${row.column_name}\` |`), `${row.table_name}.${row.column_name}`);
  }
});

test('every table says in Vietnamese what it holds', async () => {
  // `migration` is made before the first migration runs, by the program itself.
  const { rows } = await db.owner.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and obj_description(oid, 'pg_class') is null and relname <> 'migration'`,
  );
  assert.deepEqual(rows, []);
});
