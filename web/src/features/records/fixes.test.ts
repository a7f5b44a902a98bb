import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordRules, runRecordRules } from '@khuevan/core/rules/catalogue.ts';
import { faultContext, plantFault } from '@khuevan/core/rules/faults.ts';
import type { Finding } from '@khuevan/core/findings.ts';
import { isOfPreschool } from '@khuevan/core/rules/preschool-faults.ts';
import type { RecordRule, RecordValues } from '@khuevan/core/rules/rule.ts';
import { drawSamplePreschool } from '@khuevan/core/rules/sample-preschool.ts';
import { drawSampleSchool } from '@khuevan/core/rules/sample-school.ts';
import { type Fix, fixableRules, fixesFor } from './fixes.ts';

const school = drawSampleSchool('fixes', 120);
const preschool = drawSamplePreschool('fixes');

const applied = (record: RecordValues, fix: Fix): RecordValues => ({
  ...record,
  ...Object.fromEntries(fix.map(({ field, value }) => [field, value])),
});

for (const id of fixableRules) {
  test(`each correction offered for ${id} corrects it`, () => {
    const rule: RecordRule | undefined = recordRules.find((each) => each.id === id);
    assert.ok(rule, `there is no rule ${id}`);
    let tried = 0;
    const { records, context: around } = isOfPreschool(id) ? preschool : school;
    for (const record of records[rule.kind]) {
      let broken: RecordValues;
      try {
        broken = plantFault(id, record, around);
      } catch {
        // This record cannot carry the fault.
        continue;
      }
      const context = faultContext(id, broken, around);
      const finding: Finding | undefined = runRecordRules(rule.kind, broken, context).find((each) => each.rule === id);
      assert.ok(finding, `${id} does not find its own fault`);
      const fixes: Fix[] = fixesFor(finding, broken);
      for (const fix of fixes) {
        tried += 1;
        const left: Finding[] = runRecordRules(rule.kind, applied(broken, fix), context).filter(
          (each) => each.rule === id,
        );
        assert.deepEqual(left, [], `${id}: ${JSON.stringify(fix)}`);
      }
    }
    assert.ok(tried > 0, 'nothing was offered');
  });
}

test('a combined class and its grades are made to fit from whatever they are', () => {
  const room = school.records.class.find(({ grade }) => grade === '02')!;
  const rule = 'class_combined_grades';
  const found = (record: RecordValues) =>
    runRecordRules('class', record, school.context).filter((each) => each.rule === rule);
  for (const combined of [true, false])
    for (const combinedGrades of [null, ['02'], ['03', '04'], ['02', '03']]) {
      const record = { ...room, combined, combinedGrades };
      for (const finding of found(record))
        for (const fix of fixesFor(finding, record)) assert.deepEqual(found(applied(record, fix)), []);
    }
});
