import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = join(import.meta.dirname, '..', 'dist');
const budgetBytes = 350 * 1024;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/** `npm test` builds the web app first; a test run by hand without a build has nothing to measure. */
const isBuilt = existsSync(join(dist, '.vite', 'manifest.json'));

test(
  'the first screen after sign-in loads at most 350 KB of JavaScript, gzipped',
  { skip: !isBuilt && 'the web app is not built' },
  () => {
    const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
    const wanted = new Set<string>();
    const follow = (key: string) => {
      if (wanted.has(key)) return;
      wanted.add(key);
      for (const next of manifest[key]!.imports ?? []) follow(next);
    };
    const entry = Object.keys(manifest).find((key) => manifest[key]!.isEntry);
    assert.ok(entry, 'the manifest names no entry');
    follow(entry);
    follow('src/features/tasks/home.screen.tsx');
    const sizes = [...wanted].map((key) => gzipSync(readFileSync(join(dist, manifest[key]!.file))).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total > 100 * 1024, `${total} bytes are too few to be true`);
    assert.ok(total <= budgetBytes, `${Math.round(total / 1024)} KB`);
  },
);

test(
  'the page carries the place of the nonce and no inline script',
  { skip: !isBuilt && 'the web app is not built' },
  () => {
    const page = readFileSync(join(dist, 'index.html'), 'utf8');
    assert.match(page, /<meta name="csp-nonce" content="__CSP_NONCE__"/);
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)/);
    assert.doesNotMatch(page, /\son\w+=/);
  },
);
