import { downloadTemplate } from '@khuevan/core/contract/imports.ts';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { listKinds } from '@khuevan/core/records/kinds.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { writeTemplate } from './template.actions.ts';

/** Templates, and the export of records, which is a template filled in. */
export function serveTemplates(parts: ServerParts): void {
  serve(parts, downloadTemplate, ({ params: { unitId, kind }, query, read }) =>
    writeTemplate((work) => read(unitId, work), unitId, kind, query.schoolYear, query.prefilled),
  );
  for (const { name } of listKinds) {
    if (name === 'profile') continue;
    serve(parts, recordEndpoints[name].export, ({ params: { schoolId }, query, read }) =>
      writeTemplate((work) => read(schoolId, work), schoolId, name, query.schoolYear, true),
    );
  }
}
