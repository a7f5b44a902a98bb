import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormDefinition } from './definition.ts';
import { compareVersions, onlyAdds } from './version-change.ts';
import { sampleForm } from './sample-form.ts';

const changed = (change: (form: FormDefinition) => void): FormDefinition => {
  const form = structuredClone(sampleForm);
  change(form);
  return form;
};
const [section] = sampleForm.sections;
const [row] = section!.rows;
const columns = sampleForm.columnSets.find(({ id }) => id === section!.columnSet)!.columns;

test('other words and another place are no change of what is counted', () => {
  const reworded = changed((form) => {
    form.sections.reverse();
    for (const each of form.sections) each.title = { vi: 'Khác', en: 'Other' };
  });
  assert.deepEqual(compareVersions(sampleForm, reworded), { added: [], removed: [], changed: [] });
});

test('a row more is a cell more in each column', () => {
  const longer = changed((form) => form.sections[0]!.rows.push({ ...row!, code: 'Z9', empty: [columns[0]!.code] }));
  const change = compareVersions(sampleForm, longer);
  assert.deepEqual(
    change.added.map(({ key }) => key),
    columns.slice(1).map(({ code }) => `Z9.${code}`),
    'a cell that must stay empty asks for nothing',
  );
  assert.equal(onlyAdds(change), true);
  const back = compareVersions(longer, sampleForm);
  assert.deepEqual(back.removed.length, columns.length - 1);
  assert.equal(onlyAdds(back), false);
});

test('the same row of other records is another figure', () => {
  const other = changed((form) => {
    form.sections[0]!.filter = { ...form.sections[0]!.filter, ownership: ['09'] };
  });
  const change = compareVersions(sampleForm, other);
  assert.ok(change.changed.length > 0);
  assert.equal(onlyAdds(change), false);
});
