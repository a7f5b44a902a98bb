import type { Finding, RuleFace } from '../findings.ts';
import type { RecordKindName } from '../records/field.ts';
import { budgetSetRules } from './budget.ts';
import { classRules, classSetRules } from './class.ts';
import { importFaces } from './import.ts';
import { profileRules } from './profile.ts';
import { readingFaces } from './reading.ts';
import { roomRules, roomSetRules } from './room.ts';
import { codeName } from '../codes/index.ts';
import { type RecordRule, type RecordValues, type RuleContext, type SetRule, textOf } from './rule.ts';
import { siteRules, siteSetRules } from './site.ts';
import { staffRules, staffSetRules } from './staff.ts';
import { studentRules, studentSetRules } from './student.ts';

/** Every rule on records. Import, entry and submission run these and no others; forms bring their own checks (forms/checks.ts). */
export const recordRules: readonly RecordRule[] = [
  ...profileRules,
  ...siteRules,
  ...staffRules,
  ...classRules,
  ...studentRules,
  ...roomRules,
];

export const setRules: readonly SetRule[] = [
  ...siteSetRules,
  ...staffSetRules,
  ...classSetRules,
  ...studentSetRules,
  ...roomSetRules,
  ...budgetSetRules,
];

function byKind<Rule extends { kind: RecordKindName }>(
  rules: readonly Rule[],
): Record<RecordKindName, readonly Rule[]> {
  const of = (kind: RecordKindName) => rules.filter((rule) => rule.kind === kind);
  return {
    profile: of('profile'),
    site: of('site'),
    class: of('class'),
    student: of('student'),
    staff: of('staff'),
    room: of('room'),
    budget: of('budget'),
  };
}

const recordRulesOf = byKind(recordRules);
const setRulesOf = byKind(setRules);

/** A person's reading of a record: name, else code. */
export function subjectOf(kind: RecordKindName, record: RecordValues): string | undefined {
  if (kind === 'budget') return record.line ? codeName('budget_line', textOf(record.line), 'vi') : undefined;
  if (kind === 'room') return record.roomKind ? codeName('room_kind', textOf(record.roomKind), 'vi') : undefined;
  return textOf(record.fullName) || textOf(record.name) || textOf(record.code) || undefined;
}

/** Findings of one record, as far as it can be judged alone. Empty values are left to `parseRecord` and `missingValues`. */
export function runRecordRules(kind: RecordKindName, record: RecordValues, context: RuleContext): Finding[] {
  const findings: Finding[] = [];
  for (const { id, severity, check } of recordRulesOf[kind]) {
    const spots = check(record, context);
    if (spots.length === 0) continue;
    for (const spot of spots)
      findings.push({ rule: id, severity, kind, recordId: record.id, subject: subjectOf(kind, record), ...spot });
  }
  return findings;
}

/** A finding of a set, with the place of its record in the set; -1 where the set as a whole is wrong. */
export type SetFinding = Finding & { index: number };

/** Findings among all records of one kind of one school and year: duplicates, totals, what is there once. */
export function runSetRules(
  kind: RecordKindName,
  records: readonly RecordValues[],
  context: RuleContext,
): SetFinding[] {
  return setRulesOf[kind].flatMap(({ id, severity, check }) =>
    check(records, context).map((spot): SetFinding => {
      const record = records[spot.index];
      return { rule: id, severity, kind, recordId: record?.id, subject: record && subjectOf(kind, record), ...spot };
    }),
  );
}

/** Every rule on records, those of reading first. */
export const recordFaces: readonly RuleFace[] = [...readingFaces, ...recordRules, ...setRules];

const faces = new Map<string, RuleFace>([...recordFaces, ...importFaces].map((rule) => [rule.id, rule]));

/**
 * What a rule says about itself. Findings of forms have faces of their own: pass `checkFaces(form)` of the forms in question.
 * @throws RangeError for a rule that does not exist.
 */
export function ruleFace(id: string, formFaces: readonly RuleFace[] = []): RuleFace {
  const face = faces.get(id) ?? formFaces.find((each) => each.id === id);
  if (!face) throw new RangeError(`there is no rule ${id}`);
  return face;
}
