// The rules on a school's records give the same findings as long as the records are the same. Home, fetching, checking and sending
// ask for them one after the other: what was found for these very records is not worked out again. Nothing depends on its being
// kept, so instances need not share it.
import type { PeriodKind } from '@khuevan/core/forms/definition.ts';
import type { Finding } from '@khuevan/core/findings.ts';
import { digestRecords, findSchoolFindings } from '#features/records';
import type { Tx } from '#platform/database.ts';

export interface Judged {
  schoolId: string;
  schoolYear: number;
  asOf: string;
  /** Absent where no report is judged. */
  period?: PeriodKind;
  countsFrom?: string;
  levels: readonly string[];
}

const most = 1000;
const known = new Map<string, Finding[]>();

const keyOf = ({ schoolId, schoolYear, asOf, period, countsFrom, levels }: Judged, digest: string): string =>
  [schoolId, schoolYear, asOf, period, countsFrom, levels.join(' '), digest].join('|');

/** @param digest of the records, by digestRecords in the same transaction */
export async function findKnownFindings(tx: Tx, judged: Judged, digest: string): Promise<Finding[]> {
  const found = knownFindings(judged, digest);
  if (found) return found;
  const findings = await judgeSchool(tx, judged);
  // Records changed while they were read: these findings are of neither state.
  if ((await digestRecords(tx, judged.schoolId, judged.schoolYear)) === digest) keepFindings(judged, digest, findings);
  return findings;
}

/** Every rule on every record, as the report of this kind of period asks. */
export const judgeSchool = (tx: Tx, { schoolId, schoolYear, asOf, period, countsFrom }: Judged): Promise<Finding[]> =>
  findSchoolFindings(tx, schoolId, schoolYear, asOf, undefined, { period, countsFrom });

export const knownFindings = (judged: Judged, digest: string): Finding[] | undefined =>
  known.get(keyOf(judged, digest));

export function keepFindings(judged: Judged, digest: string, findings: Finding[]): void {
  if (known.size >= most) known.delete(known.keys().next().value!);
  known.set(keyOf(judged, digest), findings);
}
