// What can be said about every form file without counting anything. That the checks name the right rows: structure.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFaces, runChecks } from '@khuevan/core/forms/checks.ts';
import { type Cells, type Check, columnsOf, type FormDefinition, termOf } from '@khuevan/core/forms/definition.ts';
import { loadForms } from './form-files.ts';

/** Cells of a check's codes in one of the places where it is made: the first and the last column or row. */
function placesOf(form: FormDefinition, check: Check): Array<(code: string) => string> {
  if (check.by === 'cells') return [(code) => code];
  if (check.by === 'columns') {
    const { rows } = form.sections.find(({ id }) => id === check.section)!;
    return [rows[0]!, rows.at(-1)!].map((row) => (code) => `${row.code}.${code}`);
  }
  const first = termOf(check.left[0]!).of;
  const section = form.sections.find(({ rows }) => rows.some(({ code }) => code === first))!;
  const columns = check.columns ?? columnsOf(form, section).map(({ code }) => code);
  return [columns[0]!, columns.at(-1)!].map((column) => (code) => `${code}.${column}`);
}

/** Figures as far apart as the check allows: the right side in thousands, the left ten each and the rest in the first. */
function drawLimit(check: Check, keyOf: (code: string) => string): Cells {
  const cells: Cells = {};
  let sum = 0;
  for (const [index, term] of check.right.entries()) {
    const { of, times } = termOf(term);
    cells[keyOf(of)] = 1000 * (index + 1);
    sum += times * 1000 * (index + 1);
  }
  const allowed = Math.max(check.tolerance ?? 0, (check.share ?? 0) * sum);
  for (const term of check.left) cells[keyOf(termOf(term).of)] = 10;
  const first = termOf(check.left[0]!);
  cells[keyOf(first.of)] =
    (sum + (check.op === '>=' ? -allowed : allowed) - 10 * (check.left.length - 1)) / first.times;
  if (check.where !== undefined) cells[check.where] ??= 1;
  return cells;
}

for (const form of loadForms()) {
  test(`${form.slug} ${form.version}: every check passes at its limit and speaks beyond it, whichever of its figures moves`, () => {
    const faces = new Map(checkFaces(form).map((face) => [face.id, face]));
    for (const check of form.checks) {
      const rule = `${form.slug}.${check.id}`;
      const alone = { ...form, checks: [check] };
      assert.ok(
        check.left.slice(1).every((term) => termOf(term).times === 1),
        `${rule}: drawn for plain terms`,
      );
      for (const keyOf of placesOf(form, check)) {
        const limit = drawLimit(check, keyOf);
        const find = (key: string, change: number) =>
          runChecks(alone, { ...limit, [key]: (limit[key] ?? 0) + change }).find(
            (each) => each.rule === rule && each.cell === keyOf(termOf(check.left[0]!).of),
          );
        const beyond = check.op === '>=' ? -1 : 1;
        const cells = (terms: Check['left']) => terms.map((term) => keyOf(termOf(term).of));
        assert.equal(find(cells(check.left)[0]!, 0), undefined, `${rule} at its limit`);
        for (const key of cells(check.left)) assert.ok(find(key, beyond), `${rule}: ${key} on the left`);
        for (const key of cells(check.right)) assert.ok(find(key, -10 * beyond), `${rule}: ${key} on the right`);
        if (check.where !== undefined) {
          const elsewhere = { ...limit, [cells(check.left)[0]!]: 10_000 * beyond, [check.where]: 0 };
          assert.deepEqual(runChecks(alone, elsewhere), [], `${rule} where it is not asked`);
        }
        const message = faces.get(rule)!.message(find(cells(check.left)[0]!, 10_000 * beyond)!);
        assert.match(message.vi, /\d/, rule);
        assert.ok(message.en && message.en !== message.vi, rule);
      }
    }
  });
}
