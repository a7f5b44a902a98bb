import type { ServerParts } from '#platform/http.ts';
import { serveListKinds } from './record.routes.ts';
import { servePins, serveProfile, serveSchoolFindings, serveStudentSearch } from './school.routes.ts';

export { loadSchools, type LoadedRecord, type LoadOptions, type SchoolLoad } from './bulk-load.queries.ts';
export { issueCodes } from './issued-codes.actions.ts';
export { codePattern } from './issued-codes.ts';
export { type Shape, shapes, type TableShape } from './record-shape.ts';
export { digestRecords } from './record-digest.queries.ts';
export { findSchoolFindings } from './school-findings.actions.ts';

/** The records of a school: one engine for every kind that core/src/records describes. */
export function serveRecords(parts: ServerParts): void {
  serveListKinds(parts);
  serveProfile(parts);
  servePins(parts);
  serveSchoolFindings(parts);
  serveStudentSearch(parts);
}
