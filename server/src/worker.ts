// Background work of all features: one line per feature.
import type { Runner } from 'graphile-worker';
import { importTasks } from '#features/imports';
import { startWorker } from '#platform/jobs.ts';
import type { Runtime } from './runtime.ts';

export function startFeatureWorker({ ownerUrl, database, secrets, config, log }: Runtime): Promise<Runner> {
  return startWorker(ownerUrl, { ...importTasks({ database, secrets, config }) }, ['imports.resume'], log);
}
