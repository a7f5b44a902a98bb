// Documents say what is: their links, files, commands, settings and tests exist.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { settings } from '#platform/config.ts';
import { commands } from '../commands.ts';
import { commandsIn, findBrokenLinks, findUnknownPaths, readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../../..');
const documents = readMarkdown(root);
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
/** Written by hand; the generated ones are compared with the code as a whole. */
const written = documents.filter(
  ({ file }) => !['docs/api.md', 'docs/rules.md', 'docs/data-dictionary.md'].includes(file),
);

/** Pictures are taken by the browser journeys; docs/screenshots/README.md lists them. */
const screenshots = new Set(
  [...textOf('docs/screenshots/README.md').matchAll(/`([a-z-]+\.png)`/g)].map(
    (match) => `docs/screenshots/${match[1]}`,
  ),
);

test('every document is found', () => {
  const found = documents.map(({ file }) => file);
  for (const file of [
    'README.md',
    'README.vi.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'docs/domain.md',
    'docs/operations.md',
  ])
    assert.ok(found.includes(file), file);
});

test('every relative link leads somewhere', () => {
  assert.deepEqual(
    documents.flatMap((each) => findBrokenLinks(root, each, screenshots)),
    [],
  );
});

test('every file and folder that is named exists', () => {
  assert.deepEqual(
    written.flatMap((each) => findUnknownPaths(root, each)),
    [],
  );
});

test('every `npm run` and every command of ours exists; each command is explained in docs/operations.md', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  for (const { file, text } of written) {
    const named = commandsIn(text);
    for (const name of named.scripts) assert.ok(Object.hasOwn(scripts, name), `${file}: npm run ${name}`);
    for (const name of named.commands) assert.ok(Object.hasOwn(commands, name), `${file}: npm run khuevan -- ${name}`);
  }
  const explained = commandsIn(textOf('docs/operations.md')).commands;
  assert.deepEqual(
    Object.keys(commands).filter((name) => !explained.includes(name)),
    [],
  );
});

test('benches that README.md lists are run by `npm run bench`', () => {
  const listed = textOf('README.md').split('| Bench | Limit |')[1]!.split('\n\n')[0]!;
  const names = [...listed.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]!);
  assert.ok(names.length > 0);
  const run = /const benches = \[([^\]]*)\]/.exec(textOf('bench/run.ts'))?.[1] ?? '';
  for (const name of names) assert.ok(run.includes(`'${name}'`), name);
});

test('docs/operations.md names every setting, with its default', () => {
  const lines = textOf('docs/operations.md').split('\n');
  const named = lines.flatMap((line) => /^\| `([A-Z_]+)` \| ([^|]*) \|/.exec(line)?.slice(1, 3) ?? []);
  assert.deepEqual(
    named.filter((_, index) => index % 2 === 0),
    Object.keys(settings),
  );
  for (const [name, schema] of Object.entries(settings)) {
    const said = named[named.indexOf(name) + 1]?.trim();
    const standing = schema.safeParse(undefined).data;
    const expected =
      standing === undefined ? '' : `\`${standing === true ? 'on' : standing === false ? 'off' : String(standing)}\``;
    assert.equal(said, expected, name);
  }
});

test('tests that ARCHITECTURE.md and SECURITY.md name are there', () => {
  // As in: `server/src/testing/schema.test.ts` "views look with the eyes of who reads them"
  for (const file of ['ARCHITECTURE.md', 'SECURITY.md']) {
    const named = [...textOf(file).matchAll(/`([\w@./-]+\.test\.tsx?)`:? "([^"]+)"/g)];
    for (const [, path = '', title = ''] of named)
      assert.ok(textOf(path).includes(title), `${file}: ${path} has no "${title}"`);
  }
});

test('decisions are numbered without gaps, once each, and say so in their title', () => {
  const files = readdirSync(join(root, 'docs/decisions')).toSorted();
  files.forEach((file, index) => {
    const number = index + 1;
    assert.match(file, new RegExp(`^${String(number).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    assert.match(
      textOf(`docs/decisions/${file}`),
      new RegExp(`^# ${number}\\. .+\n\nStatus: (accepted|replaced by [0-9]+)\\.\n`),
    );
  });
});

describe('planted faults are found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khuevan-markdown-'));
  after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'docs'));
  mkdirSync(join(folder, 'core'));
  writeFileSync(join(folder, 'docs/other.md'), '# Other\n\n## Một mục: hai\n\n## Same\n\n## Same\n');
  const linked = (text: string) => findBrokenLinks(folder, { file: 'docs/this.md', text }, new Set(['docs/later.png']));

  test('links', () => {
    assert.deepEqual(
      linked('[a](other.md) ![b](later.png) [c](https://example.org/x) [d](other.md#một-mục-hai) [e](other.md#same-1)'),
      [],
    );
    assert.deepEqual(linked('[a](gone.md)'), ['docs/this.md: gone.md']);
    assert.deepEqual(linked('[a](other.md#gone)'), ['docs/this.md: other.md#gone']);
    assert.deepEqual(linked('[a](other.md#same-2)'), ['docs/this.md: other.md#same-2']);
    assert.deepEqual(linked('<img src="gone.png">'), ['docs/this.md: gone.png']);
    assert.deepEqual(linked('`[a](gone.md)`\n```\n[a](gone.md)\n```\n'), []);
  });

  test('paths and commands', () => {
    const paths = (text: string) => findUnknownPaths(folder, { file: 'x.md', text });
    assert.deepEqual(paths('`docs/other.md` `docs/*.md` `core/` `core/src/<name>.ts` `elsewhere/x.ts`'), []);
    assert.deepEqual(paths('`docs/gone.md` `core/*.ts`'), ['x.md: docs/gone.md', 'x.md: core/*.ts']);
    assert.deepEqual(commandsIn('npm start, npm run bench, npm run khuevan -- audit verify'), {
      scripts: ['bench', 'khuevan', 'start'],
      commands: ['audit verify'],
    });
  });
});
