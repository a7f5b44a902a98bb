import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../findings.ts';
import type { RecordKindName } from '../records/field.ts';
import { fieldOf, recordKinds } from '../records/kinds.ts';
import { parseRecord } from '../records/parse.ts';
import { recordFaces, recordRules, ruleFace, runRecordRules, runSetRules, setRules } from './catalogue.ts';
import { faultContext, plantFault, readingFaults, recordFaults, setFaults } from './faults.ts';
import { readingFaces } from './reading.ts';
import type { RecordValues, RuleContext } from './rule.ts';
import { isOfPreschool } from './preschool-faults.ts';
import { drawSamplePreschool } from './sample-preschool.ts';
import { drawSampleSchool } from './sample-school.ts';

const kinds: RecordKindName[] = ['profile', 'site', 'class', 'student', 'staff', 'room', 'budget'];
const schools = Array.from({ length: 5 }, (_, index) => drawSampleSchool(`school ${index}`));
const preschools = Array.from({ length: 3 }, (_, index) => drawSamplePreschool(`preschool ${index}`));
const schoolsFor = (ruleId: string) => (isOfPreschool(ruleId) ? preschools : schools);

/** Everything that is found in one record, from reading to the rules on it alone. */
function findIn(kind: RecordKindName, record: RecordValues, context: RuleContext): Finding[] {
  const { values, findings } = parseRecord(kind, record);
  return [...findings, ...runRecordRules(kind, { id: record.id, ...values }, context)];
}

const idsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))];

function assertSentences(finding: Finding): void {
  const { title, message } = ruleFace(finding.rule);
  const sentence = message(finding);
  for (const text of [title.vi, title.en, sentence.vi, sentence.en]) {
    assert.doesNotMatch(text, /undefined|NaN|null|\[object|{}|“”| {2}/, `${finding.rule}: ${text}`);
    assert.equal(text, text.normalize('NFC').trim());
    assert.ok(text.length > 8, text);
  }
  assert.match(sentence.vi, /\.$/);
  assert.match(sentence.en, /\.$/);
  assert.notEqual(sentence.vi, sentence.en);
}

test('records of the synthetic schools keep every rule', () => {
  for (const { context, records } of [...schools, ...preschools]) {
    for (const kind of kinds) {
      assert.ok(records[kind].length > 0);
      for (const record of records[kind])
        assert.deepEqual(findIn(kind, record, context), [], `${kind} ${JSON.stringify(record)}`);
      assert.deepEqual(runSetRules(kind, records[kind], context), []);
    }
  }
});

describe('each rule on a record finds its planted fault, and no other rule does', () => {
  for (const rule of recordRules) {
    test(rule.id, () => {
      assert.ok(recordFaults[rule.id], 'a rule needs a planted fault');
      for (const { context, records } of schoolsFor(rule.id)) {
        for (const record of records[rule.kind]) {
          const planted = plantFault(rule.id, record, context);
          const findings = findIn(rule.kind, planted, faultContext(rule.id, planted, context));
          assert.deepEqual(idsOf(findings), [rule.id], JSON.stringify(planted));
          for (const finding of findings) {
            assert.equal(finding.severity, rule.severity);
            assert.ok(fieldOf(recordKinds[rule.kind], finding.field ?? ''));
            assertSentences(finding);
          }
        }
      }
    });
  }
});

describe('each rule on a set finds its planted fault, and no other rule does', () => {
  for (const rule of setRules) {
    test(rule.id, () => {
      assert.ok(setFaults[rule.id], 'a rule needs a planted fault');
      for (const { context, records } of schools) {
        const planted = plantFault(rule.id, records[rule.kind], context);
        const findings = runSetRules(rule.kind, planted, context);
        assert.deepEqual(idsOf(findings), [rule.id]);
        for (const finding of findings) {
          assert.equal(finding.severity, rule.severity);
          assert.ok(finding.index >= -1 && finding.index < planted.length);
          assertSentences(finding);
        }
        for (const record of planted)
          assert.deepEqual(findIn(rule.kind, record, context), [], 'the records alone keep every rule');
      }
    });
  }
});

describe('each rule of reading finds its planted fault, and no other rule does', () => {
  for (const { id, severity } of readingFaces) {
    test(id, () => {
      const fault = readingFaults[id];
      assert.ok(fault, 'a rule needs a planted fault');
      for (const { context, records } of schools) {
        for (const record of records[fault.kind]) {
          const findings = findIn(fault.kind, plantFault(id, record, context), context);
          assert.deepEqual(idsOf(findings), [id]);
          for (const finding of findings) {
            assert.equal(finding.severity, severity);
            assertSentences(finding);
          }
        }
      }
    });
  }
});

test('no fault is planted for a rule that does not exist', () => {
  const known = new Set(recordFaces.map(({ id }) => id));
  for (const id of [...Object.keys(recordFaults), ...Object.keys(setFaults), ...Object.keys(readingFaults)])
    assert.ok(known.has(id), id);
  assert.equal(
    Object.keys(recordFaults).length + Object.keys(setFaults).length + Object.keys(readingFaults).length,
    known.size,
  );
  assert.throws(() => plantFault('no_such_rule', {}, (schools[0] as (typeof schools)[0]).context), RangeError);
  assert.throws(() => ruleFace('no_such_rule'), RangeError);
});

test('every rule has an id of its own and names its law', () => {
  const rules = [...readingFaces, ...recordRules, ...setRules];
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  assert.equal(recordFaces.length, rules.length);
  for (const { id, source } of rules) {
    assert.match(id, /^[a-z]+(_[a-z]+)+$|^required$/);
    assert.match(source, /Luật|NĐ|QĐ|TT |Công văn|Bộ luật|Điều lệ|Khung kế hoạch|Chương trình|Mô tả dữ liệu/, id);
  }
});

test('what is unknown is not judged', () => {
  for (const { context } of schools) {
    for (const kind of kinds) assert.deepEqual(runRecordRules(kind, {}, context), [], kind);
  }
});
