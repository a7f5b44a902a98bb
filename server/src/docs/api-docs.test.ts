import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allEndpoints } from '@khuevan/core/contract/all.ts';
import { problems } from '@khuevan/core/problems.ts';
import { apiMarkdown } from './api-docs.ts';

const written = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');

test('docs/api.md is what the contract says now', () => {
  assert.equal(written, apiMarkdown(), 'run: npm run khuevan -- docs write');
});

test('docs/api.md names every problem and every endpoint', () => {
  for (const code of Object.keys(problems)) assert.ok(written.includes(`\`${code}\``), code);
  for (const endpoint of Object.values(allEndpoints))
    assert.ok(written.includes(`\`${endpoint.method} ${endpoint.path}\``), endpoint.path);
});
