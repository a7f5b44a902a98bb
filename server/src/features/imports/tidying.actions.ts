// Background work after an import: waiting rows are forgotten when they were stored, files of persons when they are old.
import { now } from '#platform/clock.ts';
import { removeFiles } from '#platform/files.ts';
import { settleImport } from './applying.actions.ts';
import { bookkeeping } from './import-endings.actions.ts';
import type { ImportJob, WorkParts } from './import-parts.ts';
import { findImport, findOldImports, forgetFiles, resumeImports } from './imports.queries.ts';
import { clearStaging } from './staging.queries.ts';

/** Uploaded files hold personal data: they are kept as long as somebody may still ask what was imported. */
const daysKept = 90;

export async function tidyImport(parts: WorkParts, job: ImportJob): Promise<void> {
  await settleImport(parts, job);
  await bookkeeping(
    parts,
    job,
  )(async (tx) => {
    const found = await findImport(tx, { unitId: job.unitId, id: job.importId });
    if (found && ['applied', 'cancelled', 'refused', 'failed'].includes(found.state))
      await clearStaging(tx, { unitId: job.unitId, id: job.importId }, { findings: false });
    for (const old of await findOldImports(tx, job.unitId, new Date(now().getTime() - daysKept * 86_400_000))) {
      await clearStaging(tx, { unitId: job.unitId, id: old.id }, { findings: true });
      await forgetFiles(tx, { unitId: job.unitId, id: old.id });
      await removeFiles(
        tx,
        job.unitId,
        [old.file_id, old.marked_file_id].filter((id) => id !== null),
      );
    }
  });
}

/** When a server starts: whatever another one left unfinished is taken up again. What is being worked on is left alone. */
export async function resumeLeftImports({ database }: WorkParts): Promise<void> {
  await database.db.transaction().execute((tx) => resumeImports(tx, 0));
}
