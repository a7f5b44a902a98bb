// What can be said about every form file without counting anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFaces, runChecks } from '@khuevan/core/forms/checks.ts';
import { type Cells, termOf } from '@khuevan/core/forms/definition.ts';
import { loadForms } from './form-files.ts';

for (const form of loadForms()) {
  test(`${form.slug} ${form.version}: every check can find a fault, and says it in both languages`, () => {
    const faces = new Map(checkFaces(form).map((face) => [face.id, face]));
    for (const check of form.checks) {
      const rule = `${form.slug}.${check.id}`;
      const section =
        form.sections.find((each) => each.id === check.section) ??
        form.sections.find((each) => each.rows.some((row) => row.code === termOf(check.left[0] ?? '').of));
      const keyOf = (code: string): string =>
        check.by === 'cells'
          ? code
          : check.by === 'rows'
            ? `${code}.${check.columns?.[0] ?? '1'}`
            : `${section?.rows[0]?.code ?? ''}.${code}`;
      // A million on one side, nothing on the other: the comparison fails whatever its factor and tolerance.
      const cells: Cells = check.where === undefined ? {} : { [check.where]: 1 };
      cells[keyOf(termOf((check.op === '>=' ? check.right : check.left)[0] ?? '').of)] = 1_000_000;
      const finding = runChecks(form, cells).find((each) => each.rule === rule);
      assert.ok(finding, rule);
      const message = faces.get(rule)?.message(finding);
      assert.match(message?.vi ?? '', /\d\.000/, rule);
      assert.ok(message?.en && message.en !== message.vi, rule);
    }
  });
}
