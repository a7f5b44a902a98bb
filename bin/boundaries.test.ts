// Plants a breach of each boundary in a copy of our layout and lets oxlint, with our configuration, look for it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
let copy: string;
let found: Map<string, string[]>;

/** file -> [its source, the rule that must speak or nothing, words of the message] */
const planted: Record<string, [source: string, rule?: string, message?: RegExp]> = {
  'core/src/pure.ts': [`import { z } from 'zod';\nimport { a } from './a.ts';\nexport const x = [z, a];\n`],
  'core/src/a.ts': ['export const a = 1;\n'],
  'core/src/a.test.ts': [`import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n`],
  'core/src/with-node.ts': [
    `import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n`,
    'no-restricted-imports',
    /core imports only itself and zod/,
  ],
  'core/src/with-package.ts': [
    `import { Pool } from 'pg';\nexport const x = Pool;\n`,
    'no-restricted-imports',
    /core imports only itself and zod/,
  ],
  'core/src/with-server.ts': [
    `import { b } from '../../server/src/platform/b.ts';\nexport const x = b;\n`,
    'no-restricted-imports',
    /by its name/,
  ],
  'server/src/platform/b.ts': [`import { a } from '@khuevan/core/a.ts';\nexport const b = a;\n`],
  'server/src/platform/with-feature.ts': [
    `import { face } from '#features/left';\nexport const x = face;\n`,
    'no-restricted-imports',
    /platform imports core only/,
  ],
  'server/src/platform/with-feature-by-path.ts': [
    `import { c } from '../features/left/c.rules.ts';\nexport const x = c;\n`,
    'no-restricted-imports',
    /platform imports core only/,
  ],
  'server/src/main.ts': [
    `import { c } from './features/left/c.rules.ts';\nexport const x = c;\n`,
    'no-restricted-imports',
    /by their face/,
  ],
  'server/src/features/left/c.rules.ts': [`import { a } from '@khuevan/core/a.ts';\nexport const c = a;\n`],
  'server/src/features/left/impure.rules.ts': [
    `import { b } from '#platform/b.ts';\nexport const x = b;\n`,
    'no-restricted-imports',
    /Rules are pure/,
  ],
  'server/src/features/left/c.queries.ts': [
    `import { sql } from 'kysely';\nimport { b } from '#platform/b.ts';\nimport { c } from './c.rules.ts';\nexport const q = [sql, b, c];\n`,
  ],
  'server/src/features/left/upward.queries.ts': [
    `import { act } from './c.actions.ts';\nexport const x = act;\n`,
    'no-restricted-imports',
    /nothing above them/,
  ],
  'server/src/features/left/sideward.queries.ts': [
    `import { other } from '#features/right';\nexport const x = other;\n`,
    'no-restricted-imports',
    /nothing above them/,
  ],
  'server/src/features/left/c.actions.ts': [
    `import { other } from '#features/right';\nimport { q } from './c.queries.ts';\nexport const act = [other, q];\n`,
  ],
  'server/src/features/left/upward.actions.ts': [
    `import { route } from './c.routes.ts';\nexport const x = route;\n`,
    'no-restricted-imports',
    /Actions know neither routes/,
  ],
  'server/src/features/left/with-sql.actions.ts': [
    `import { sql } from 'kysely';\nexport const x = sql;\n`,
    'no-restricted-imports',
    /SQL stands only in/,
  ],
  'server/src/features/left/c.routes.ts': [`import { act } from './c.actions.ts';\nexport const route = act;\n`],
  'server/src/features/left/index.ts': [`export { route as face } from './c.routes.ts';\n`],
  'server/src/features/left/past-the-face.actions.ts': [
    `import { d } from '../right/d.queries.ts';\nexport const x = d;\n`,
    'no-restricted-imports',
    /only by its face/,
  ],
  'server/src/features/left/c.test.ts': [
    `import { sql } from 'kysely';\nimport { cast } from '../../testing/cast.ts';\nexport const x = [sql, cast];\n`,
  ],
  'server/src/features/left/past-the-face.test.ts': [
    `import { d } from '../right/d.queries.ts';\nexport const x = d;\n`,
    'no-restricted-imports',
    /only by its face/,
  ],
  'server/src/testing/cast.ts': ['export const cast = 1;\n'],
  'server/src/features/right/d.queries.ts': ['export const d = 1;\n'],
  'server/src/features/right/index.ts': [`export { d as other } from './d.queries.ts';\n`],
  'server/src/features/ring/one.ts': [
    `import { two } from './two.ts';\nexport const one = () => two;\n`,
    'no-cycle',
    /./,
  ],
  'server/src/features/ring/two.ts': [
    `import { one } from './one.ts';\nexport const two = () => one;\n`,
    'no-cycle',
    /./,
  ],
  'web/src/e.ts': [`import { a } from '@khuevan/core/a.ts';\nexport const e = a;\n`],
  'web/src/api.ts': ['export const api = 1;\n'],
  'web/src/with-server.ts': [
    `import { b } from '../../server/src/platform/b.ts';\nexport const x = b;\n`,
    'no-restricted-imports',
    /The web never imports the server/,
  ],
  'web/src/ui/button.tsx': [`import { useState } from 'react';\nexport const x = useState;\n`],
  'web/src/ui/with-api.tsx': [
    `import { api } from '../api.ts';\nexport const x = api;\n`,
    'no-restricted-imports',
    /knows neither routes nor API/,
  ],
  'web/src/ui/with-server.tsx': [
    `import { b } from '../../../server/src/platform/b.ts';\nexport const x = b;\n`,
    'no-restricted-imports',
    /The web never imports the server/,
  ],
  'server/src/platform/forgotten.ts': [
    `const save = async () => 1;\nexport function f() {\n  save();\n}\n`,
    'no-floating-promises',
    /./,
  ],
};

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'khuevan-boundaries-'));
  const kept = ['.oxlintrc.json', 'tsconfig.base.json', 'core/package.json', 'core/tsconfig.json'];
  kept.push('server/package.json', 'server/tsconfig.json', 'web/package.json', 'web/tsconfig.json');
  for (const [file, source] of [...kept.map((name) => [name] as const), ...Object.entries(planted)]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    if (source) writeFileSync(join(copy, file), source[0]);
    else copyFileSync(join(root, file), join(copy, file));
  }
  mkdirSync(join(copy, 'node_modules', '@khuevan'), { recursive: true });
  symlinkSync(join(copy, 'core'), join(copy, 'node_modules', '@khuevan', 'core'));
  for (const name of ['zod', 'kysely', 'pg', 'react', '@types', 'oxlint-tsgolint', '@oxlint-tsgolint', '.bin']) {
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  // Into a file: through a pipe oxlint cuts long reports short.
  const report = join(copy, 'report');
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', 'core', 'server', 'web'],
    {
      cwd: copy,
      stdio: ['ignore', openSync(report, 'w'), 'inherit'],
    },
  );
  const output = readFileSync(report, 'utf8');
  assert.ok(output.startsWith('{'), output);
  found = new Map();
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code: string; help?: string }[] };
  for (const { filename, code, help } of diagnostics) {
    found.set(filename, [...(found.get(filename) ?? []), `${code} ${help}`]);
  }
});
after(() => rmSync(copy, { recursive: true }));

for (const [file, [, rule, message]] of Object.entries(planted)) {
  test(rule ? `${file} breaks ${rule}` : `${file} is in order`, () => {
    const reports = found.get(file) ?? [];
    if (!rule || !message) return assert.deepEqual(reports, []);
    const [report = '', ...more] = reports;
    assert.deepEqual(more, []);
    assert.ok(report.includes(rule), report);
    assert.match(report, message);
  });
}
