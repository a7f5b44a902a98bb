import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { compileReport } from '@khuevan/core/contract/reports.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { Finding } from '@khuevan/core/findings.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';

export type Missing = ResponseOf<typeof compileReport>['missing'][number];

/** The wizard's part in which a record is fetched (1-3) or typed (4-5). */
const partOf: Record<RecordKindName, number> = {
  profile: 1,
  site: 1,
  class: 1,
  student: 2,
  staff: 3,
  room: 4,
  budget: 5,
};
const fetchedParts = 3;

/**
 * Errors in the records of parts 1 to 3: data is not fetched while there are any. Rooms and budget are typed afterwards; their
 * errors block sending.
 */
export function missingIn(findings: readonly Finding[]): Missing[] {
  return findings
    .flatMap((finding) => {
      const part = finding.kind ? partOf[finding.kind] : 1;
      if (finding.severity !== 'error' || part > fetchedParts) return [];
      return {
        part,
        kind: finding.kind ?? 'profile',
        recordId: finding.recordId ?? null,
        subject: finding.subject ?? '',
        field: finding.field ?? null,
        rule: finding.rule,
        message: ruleFace(finding.rule).message(finding),
      };
    })
    .toSorted((a, b) => a.part - b.part);
}
