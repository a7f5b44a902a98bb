import assert from 'node:assert/strict';
import { test } from 'node:test';
import { level } from '../codes/levels.ts';
import type { RecordKind } from './field.ts';
import { fieldsFor, levelsAsked, recordKinds } from './kinds.ts';

const keysOf = (kind: RecordKind, levels: readonly string[] | null) => fieldsFor(kind, levels).map(({ key }) => key);
const kinds = Object.values(recordKinds);

test('a field of some levels is offered where one of them is taught, and to offices', () => {
  const { class: schoolClass } = recordKinds;
  assert.ok(!keysOf(schoolClass, ['02']).includes('ageGroup'));
  assert.ok(!keysOf(schoolClass, ['03', '04', '05']).includes('ageGroup'));
  for (const levels of [['01'], ['01', '02'], ['02', '01', '03'], null])
    assert.ok(keysOf(schoolClass, levels).includes('ageGroup'), String(levels));
  assert.deepEqual(levelsAsked({ kind: 'province', levels: [] }), null);
  assert.deepEqual(levelsAsked({ kind: 'school', levels: ['02'] }), ['02']);
});

test('fields without levels are everywhere, in the order of the kind, and no field is of no level', () => {
  for (const kind of kinds) {
    const all = kind.fields.map(({ key }) => key);
    assert.deepEqual(keysOf(kind, null), all);
    assert.deepEqual(
      keysOf(
        kind,
        level.entries.map(({ code }) => code),
      ),
      all,
    );
    const everywhere = kind.fields.filter(({ levels }) => !levels).map(({ key }) => key);
    assert.deepEqual(keysOf(kind, []), everywhere);
  }
});

test('a field of some levels is no part of what a record is known by, and its levels exist', () => {
  const limited = kinds.flatMap((kind) => kind.fields.filter(({ levels }) => levels).map((field) => ({ kind, field })));
  assert.ok(limited.length >= 2);
  for (const { kind, field } of limited) {
    assert.ok(!(kind.person && kind.naturalKeys.flat().includes(field.key)), field.key);
    for (const code of field.levels!) assert.ok(level.entries.some((entry) => entry.code === code));
  }
});
