import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig, settings } from './config.ts';

test('all faults of the configuration are told at once', () => {
  assert.throws(
    () => readConfig({ PORT: 'eighty', KHUEVAN_CONCURRENCY: '0', DATABASE_URL: 'mysql://x/y' }),
    (error: Error) =>
      ['PORT', 'KHUEVAN_CONCURRENCY', 'DATABASE_URL'].every((name) => error.message.includes(`  ${name}: `)),
  );
});

test('an empty environment is a whole configuration', () => {
  const config = readConfig({ PORT: '' });
  assert.equal(config.PORT, 4380);
  assert.equal(config.DATABASE_URL, undefined);
});

test('.env.example names every setting, with its description and default, and no other', () => {
  const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');
  const named = [...example.matchAll(/^# ?([A-Z_]+)=(.*)$/gm)].map((match) => match[1]);
  assert.deepEqual(named, Object.keys(settings));
  for (const [name, schema] of Object.entries(settings))
    assert.ok(example.includes(`# ${schema.description}\n# ${name}=`), `${name} with its description`);
});
