// Builds the web app when what it is made of has changed since the last build. Contents are compared, not times: git
// gives files new times at will.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runToEnd } from './child.mjs';

const sources = ['web', 'core/src', 'forms', 'tsconfig.base.json', 'package-lock.json'];
const notSources = new Set(['node_modules', 'dist']);

/**
 * @param {string} path
 * @returns {string[]} every file at or below the path, in a fixed order
 */
function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !notSources.has(name))
    .toSorted()
    .flatMap((name) => listFiles(join(path, name)));
}

/** @param {string} root */
function digestSources(root) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => listFiles(join(root, source)))) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} node
 */
export async function buildWebIfNeeded(root, node) {
  const digest = digestSources(root);
  // Kept in node_modules, not in dist: dist is served as it is, and new packages ask for a new build anyway.
  const record = join(root, 'node_modules', '.cache', 'web-build');
  const isBuilt = existsSync(join(root, 'web', 'dist', 'index.html'));
  if (isBuilt && existsSync(record) && readFileSync(record, 'utf8') === digest) return;
  console.error('Đang dựng giao diện web… / Building the web app…');
  // npm may put it in the workspace or at the root.
  const vite = join(
    dirname(createRequire(join(root, 'web', 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  );
  const code = await runToEnd(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'web'),
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new Error('Không dựng được giao diện web. / The web app could not be built.');
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, digest);
}
