import {
  changeProfile,
  listFindings,
  readPin,
  readProfile,
  recognise,
  searchStudents,
} from '@khuevan/core/contract/records.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import { today } from '#platform/clock.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import * as pins from './pins.actions.ts';
import * as profile from './profile.actions.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { maySee, say } from './record-findings.ts';
import { findSchoolFindings } from './school-findings.actions.ts';
import * as students from './student-search.queries.ts';

export function serveProfile(parts: ServerParts): void {
  const { secrets } = parts;
  serve(parts, readProfile, ({ params: { schoolId }, query: { schoolYear }, read }) =>
    read(schoolId, (reading) => profile.readProfile(reading, { schoolId, schoolYear })),
  );
  serve(parts, changeProfile, ({ params: { schoolId }, query: { schoolYear }, body, write }) =>
    write(schoolId, 'profile.change', (writing) =>
      profile.changeProfile(writing, secrets, { schoolId, schoolYear }, body),
    ),
  );
  serve(parts, recognise, ({ params: { schoolId }, query: { schoolYear }, body, write }) =>
    write(schoolId, 'profile.recognise', (writing) =>
      profile.recognise(writing, secrets, { schoolId, schoolYear }, body),
    ),
  );
}

export function servePins(parts: ServerParts): void {
  serve(parts, readPin, ({ params: { schoolId, collection, id }, body: { reason }, actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    const name = collection === 'students' ? 'student' : 'staff';
    // Past the idempotency keys: they keep answers, and this one is kept nowhere.
    return parts.database.write(actor, schoolId, 'pins.reveal', `${collection}.reveal-pin`, (writing) =>
      pins.readPin(writing, parts.secrets, name, schoolId, id, reason),
    );
  });
}

export function serveSchoolFindings(parts: ServerParts): void {
  serve(parts, listFindings, ({ params: { schoolId }, query: { schoolYear, asOf, limit }, read }) =>
    read(schoolId, async ({ tx, access }) => {
      const all = await findSchoolFindings(tx, schoolId, schoolYear, asOf ?? today());
      const shown = all.filter(
        (finding) => !finding.kind || maySee(recordKinds[finding.kind], finding, access.may('records.sensitive')),
      );
      const byRule = [...Map.groupBy(shown, (finding) => finding.rule)].map(([rule, found]) => ({
        rule,
        severity: found[0]!.severity,
        count: found.length,
      }));
      const errors = shown.filter((finding) => finding.severity === 'error');
      return {
        errors: errors.length,
        warnings: shown.length - errors.length,
        byRule: byRule.toSorted((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count),
        findings: [...errors, ...shown.filter((finding) => finding.severity !== 'error')].slice(0, limit).map(say),
      };
    }),
  );
}

export function serveStudentSearch(parts: ServerParts): void {
  serve(parts, searchStudents, ({ params: { unitId }, query: { q, schoolYear, limit }, read }) =>
    read(unitId, async ({ tx }) => ({ students: await students.searchStudents(tx, searchKey(q), schoolYear, limit) })),
  );
}
