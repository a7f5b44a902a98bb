import type { Finding } from '../findings.ts';
import type { RecordKindName } from '../records/field.ts';
import { parseRecord } from '../records/parse.ts';
import { recordRules, runRecordRules, runSetRules, setRules } from './catalogue.ts';
import { faultContext, plantFault, readingFaults } from './faults.ts';
import { isOfPreschool } from './preschool-faults.ts';
import { drawSamplePreschool } from './sample-preschool.ts';
import { drawSampleSchool, type SampleSchool } from './sample-school.ts';

/** One broken case of each rule, from a synthetic school: what explanations and the catalogue of rules show. */

let drawn: SampleSchool | undefined;

let preschool: SampleSchool | undefined;

const sampleSchool = (ruleId: string): SampleSchool =>
  isOfPreschool(ruleId)
    ? (preschool ??= drawSamplePreschool('examples'))
    : (drawn ??= drawSampleSchool('examples', 60));

function findingsOf(ruleId: string): readonly Finding[] {
  const { context, records } = sampleSchool(ruleId);
  const first = (kind: RecordKindName) => records[kind][0] ?? {};
  const reading = readingFaults[ruleId];
  if (reading) return parseRecord(reading.kind, plantFault(ruleId, first(reading.kind), context)).findings;
  const ofRecord = recordRules.find(({ id }) => id === ruleId);
  if (ofRecord) {
    const planted = plantFault(ruleId, first(ofRecord.kind), context);
    return runRecordRules(ofRecord.kind, planted, faultContext(ruleId, planted, context));
  }
  const ofSet = setRules.find(({ id }) => id === ruleId);
  return ofSet ? runSetRules(ofSet.kind, plantFault(ruleId, records[ofSet.kind], context), context) : [];
}

/** @throws RangeError for a rule that does not exist. */
export function exampleFinding(ruleId: string): Finding {
  const finding = findingsOf(ruleId).find(({ rule }) => rule === ruleId);
  if (!finding) throw new RangeError(`there is no rule ${ruleId}`);
  return finding;
}
