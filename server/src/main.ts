// `npm start`: database, migrations, demo on first start, web and API, background work; Ctrl-C ends all of it cleanly.
import type { AddressInfo } from 'node:net';
import { demoAccounts, loadDemoOnce } from '#features/demo';
import { createApp } from './app.ts';
import { asOwner, openRuntime } from './runtime.ts';
import { startFeatureWorker } from './worker.ts';

const stopTimeoutMs = 20_000;

async function start(): Promise<void> {
  const runtime = await openRuntime(process.env);
  const { config, log } = runtime;
  const mayBeDemo = config.KHUEVAN_DEMO ?? !config.DATABASE_URL;
  const isDemo =
    mayBeDemo && (await asOwner(runtime.ownerUrl, (owner) => loadDemoOnce(owner, runtime.secrets, console.log)));
  const app = await createApp(runtime);
  // In a rush everybody is let in at once, to be served or told when to come back; whoever the system turns away waits unseen.
  await app.listen({ host: config.HOST, port: config.PORT, backlog: 4096 });
  const worker = config.KHUEVAN_WORKER ? await startFeatureWorker(runtime) : undefined;

  const { port } = app.server.address() as AddressInfo;
  const address =
    config.KHUEVAN_PUBLIC_URL ?? `http://${config.HOST === '0.0.0.0' ? 'localhost' : config.HOST}:${port}`;
  console.log(`\nKhuê Văn: ${address}\n`);
  if (isDemo) console.log(demoAccounts());

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    console.log('\nĐang dừng… / Stopping…');
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    await app.close();
    await worker?.stop();
    await runtime.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'unhandled rejection'));
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
