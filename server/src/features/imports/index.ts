import type { ServerParts } from '#platform/http.ts';
import { applyImportFile } from './applying.actions.ts';
import type { ImportJob, WorkParts } from './import-parts.ts';
import { serveImporting } from './imports.routes.ts';
import { markImportFile } from './marking.actions.ts';
import { readImportFile } from './reading.actions.ts';
import { serveTemplates } from './templates.routes.ts';
import { resumeLeftImports, tidyImport } from './tidying.actions.ts';

/** Excel in and out: templates, exports, imports with their findings. */
export function serveImports(parts: ServerParts): void {
  serveTemplates(parts);
  serveImporting(parts);
}

/** The background work of imports, by name of the task. */
export function importTasks(parts: WorkParts): Record<string, (payload: unknown) => Promise<void>> {
  const as = (work: (parts: WorkParts, job: ImportJob) => Promise<void>) => (payload: unknown) =>
    work(parts, payload as ImportJob);
  return {
    'imports.read': as(readImportFile),
    'imports.apply': as(applyImportFile),
    'imports.mark': as(markImportFile),
    'imports.tidy': as(tidyImport),
    'imports.resume': () => resumeLeftImports(parts),
  };
}
