// For developers: the API, restarted when its sources change, and the web app by Vite, which hands /api to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, 'web');
const vite = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
const port = process.env.PORT ?? '4380';

// KHUEVAN_API is what web/vite.config.ts hands /api to.
const env = { ...process.env, PORT: port, KHUEVAN_API: `http://127.0.0.1:${port}` };
const parts = [
  spawn(process.execPath, ['--watch', '--watch-preserve-output', join(root, 'server', 'src', 'main.ts')], {
    stdio: 'inherit',
    env,
  }),
  spawn(process.execPath, [vite, ...process.argv.slice(2)], { cwd: web, stdio: 'inherit', env }),
];

// In a terminal Ctrl-C reaches the parts too, and each of them ends well; the first to end takes the other with it.
const endAll = () => parts.forEach((part) => part.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endAll);
const ends = parts.map((part) => once(part, 'exit'));
await Promise.race(ends);
endAll();
await Promise.all(ends);
