import type { Finding } from '@khuevan/core/findings.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { RuleContext } from '@khuevan/core/rules/rule.ts';
import type { Tx } from '#platform/database.ts';
import { findOfAll } from './record-findings.ts';
import { readAll } from './record-reading.queries.ts';
import { shapes } from './record-shape.ts';
import { readSchool } from './rule-context.queries.ts';

const everyKind = Object.keys(recordKinds) as RecordKindName[];

/**
 * Every rule on every record of a school's year, as of a day; for a report, of the kind of its period. Without a profile its required fields are all missing.
 * @throws ProblemError not_found where the unit is no school.
 */
export async function findSchoolFindings(
  tx: Tx,
  schoolId: string,
  schoolYear: number,
  asOf: string,
  kinds: readonly RecordKindName[] = everyKind,
  judged: Pick<RuleContext, 'period' | 'countsFrom'> = {},
): Promise<Finding[]> {
  const place = { schoolId, schoolYear };
  const school = await readSchool(tx, place, asOf, kinds);
  if (!school) throw new ProblemError('not_found');
  const context = { ...school.context, ...judged };
  const findings: Finding[] = [];
  for (const name of kinds) {
    const records = await readAll(tx, shapes[name], place);
    findings.push(
      ...findOfAll(recordKinds[name], records.length === 0 && name === 'profile' ? [{}] : records, context),
    );
  }
  return findings;
}
