// Background work of all features: one line per feature.
import type { Runner } from 'graphile-worker';
import { checkTasks } from '#features/checks';
import { importTasks } from '#features/imports';
import { reminderTasks } from '#features/reminders';
import { startWorker } from '#platform/jobs.ts';
import type { Runtime } from './runtime.ts';

export function startFeatureWorker({ ownerUrl, database, secrets, config, log }: Runtime): Promise<Runner> {
  const tasks = {
    ...importTasks({ database, secrets, config }),
    ...reminderTasks({ database, secrets, config, log }),
    ...checkTasks({ database, log }),
  };
  return startWorker(
    ownerUrl,
    tasks,
    { lookAfter: ['imports.resume', 'reminders.mail'], daily: ['reminders.draw', 'checks.draw'] },
    log,
  );
}
