// What forms compare with one another: figures that agree are passed over, and one that does not is found at its cell.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeChecks } from '@khuevan/core/checks/settings.ts';
import { runCrossChecks } from '@khuevan/core/forms/cross-checks.ts';
import { checkFaces } from '@khuevan/core/forms/checks.ts';
import { type Cells, termOf } from '@khuevan/core/forms/definition.ts';
import { loadForms } from './form-files.ts';

/** So large that no share or least amount hides the fault. */
const planted = 100_000;

for (const form of loadForms().filter(({ crossChecks = [] }) => crossChecks.length > 0)) {
  test(`${form.code} ${form.version}: each comparison finds its planted fault and no other does`, () => {
    const faces = new Map(checkFaces(form).map((face) => [face.id, face]));
    for (const check of form.crossChecks ?? []) {
      const isSchool = check.units !== 'offices';
      const sound: Cells = { [termOf(check.left[0]!).of]: 500 };
      const others = { code: 'OTHER', cells: { [termOf(check.right[0]!).of]: 500 } };
      const run = (cells: Cells) =>
        runCrossChecks(form, cells, isSchool, (other) => (other === check.other ? others : null)).map(
          (finding) => finding,
        );
      assert.deepEqual(run(sound), [], `${check.id} on figures that agree`);
      const cell = termOf(check.left[0]!).of;
      const [finding, ...more] = run({ [cell]: check.op === '>=' ? 0 : planted });
      assert.deepEqual([finding?.rule, finding?.cell, more.length], [`${form.slug}.${check.id}`, cell, 0]);
      assert.match(faces.get(finding!.rule)!.message(finding!).vi, /OTHER/);
    }
  });
}

test('every check of every form has one name, a source and a sentence in both languages', () => {
  for (const form of loadForms()) {
    const checks = describeChecks(form);
    assert.equal(new Set(checks.map(({ rule }) => rule)).size, checks.length, form.code);
    for (const { rule, title, source } of checks) assert.ok(title.vi && title.en && source, rule);
  }
});
