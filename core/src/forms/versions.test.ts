import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyVersion, basisOf, isInForce, newestVersions } from './versions.ts';

const base = {
  code: 'A',
  version: '1',
  source: 'old',
  valid: { from: '2018-01-01', to: '2024-12-31' },
  columnSets: [{ id: 'c' }],
  sections: [
    { id: 'I', rows: [{ code: '1' }, { code: '2' }] },
    { id: 'II', rows: [{ code: '3' }] },
  ],
  checks: [
    { id: 'x', tolerance: 1 },
    { id: 'y', tolerance: 2 },
  ],
};
const change = { basedOn: '1', version: '2', source: 'new', valid: { from: '2025-01-01', to: null } };

test('what a version does not change stays as it is', () => {
  assert.equal(basisOf(change), '1');
  assert.equal(basisOf(base), undefined);
  assert.deepEqual(applyVersion(base, change), {
    ...base,
    version: '2',
    source: 'new',
    valid: { from: '2025-01-01', to: null },
  });
});

test('sections and checks take the place of those of the same id; rows and checks are left out', () => {
  const made = applyVersion(base, {
    ...change,
    code: 'B',
    sections: [
      { id: 'II', rows: [{ code: '3' }, { code: '3a' }] },
      { id: 'III', rows: [{ code: '4' }] },
    ],
    checks: [{ id: 'z' }, { id: 'y', tolerance: 3 }],
    without: { rows: ['2'], checks: ['x'] },
  });
  assert.deepEqual(made, {
    ...base,
    code: 'B',
    version: '2',
    source: 'new',
    valid: { from: '2025-01-01', to: null },
    sections: [
      { id: 'I', rows: [{ code: '1' }] },
      { id: 'II', rows: [{ code: '3' }, { code: '3a' }] },
      { id: 'III', rows: [{ code: '4' }] },
    ],
    checks: [{ id: 'y', tolerance: 3 }, { id: 'z' }],
  });
  assert.deepEqual(
    base.sections[0]!.rows.map(({ code }) => code),
    ['1', '2'],
    'the version before is as it was',
  );
});

test('a change that says something else, or leaves out what is not there, is refused', () => {
  assert.throws(() => applyVersion(base, { ...change, rows: [] }), /rows/);
  assert.throws(() => applyVersion(base, { ...change, without: { rows: ['9'] } }), /9/);
  assert.throws(() => applyVersion(base, { ...change, without: { checks: ['q'] } }), /q/);
});

test('of each form the newest version in force on the as-of day is found', () => {
  const form = (slug: string, version: string, from: string, to: string | null) => ({
    slug,
    version,
    valid: { from, to },
  });
  const forms = [
    form('a', '1', '2018-11-14', '2025-02-08'),
    form('a', '2', '2025-02-09', null),
    form('a', '3', '2025-09-01', null),
    form('b', '1', '2018-11-14', null),
  ];
  const offered = (day: string) =>
    newestVersions(forms.filter((each) => isInForce(each, day))).map(({ slug, version }) => `${slug}${version}`);
  assert.deepEqual(offered('2018-11-13'), []);
  assert.deepEqual(offered('2018-11-14'), ['a1', 'b1']);
  assert.deepEqual(offered('2025-02-08'), ['a1', 'b1']);
  assert.deepEqual(offered('2025-02-09'), ['a2', 'b1']);
  assert.deepEqual(offered('2025-09-30'), ['a3', 'b1']);
});
