import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { recordFaces } from '@khuevan/core/rules/catalogue.ts';
import { rulesMarkdown } from './rules-docs.ts';

const written = readFileSync(join(import.meta.dirname, '../../../docs/rules.md'), 'utf8');

test('docs/rules.md is what the catalogue of rules says now', () => {
  assert.equal(written, rulesMarkdown(), 'run: npm run khuevan -- docs write');
});

test('docs/rules.md names every rule with its law', () => {
  for (const { id, source, severity } of recordFaces) {
    const [heading] = written.split(`#### \`${id}\` · `).slice(1);
    assert.ok(heading, id);
    assert.ok(heading.split('####')[0]?.includes(source), id);
    assert.ok(heading.split('\n')[0]?.includes(severity), id);
  }
});
