import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChecks } from '../forms/checks.ts';
import { runOpeningChecks } from '../forms/opening-checks.ts';
import { parseForm } from '../forms/parse.ts';
import { sampleForm } from '../forms/sample-form.ts';
import { runYearChecks } from '../forms/year-checks.ts';
import { applySettings, type CheckSetting, describeChecks, findSettingFault } from './settings.ts';

const same = (text: string) => ({ vi: text, en: text });
const form = parseForm({
  ...sampleForm,
  yearChecks: [{ id: 'year', source: 'habit', text: same('Changed.'), cells: ['1.1'], share: 0.1, least: 5 }],
  ratios: [{ id: 'ratio', source: 'habit', name: same('Ratio'), over: ['2.1'], under: ['1.1'], share: 0.1, times: 3 }],
});
const set = (id: string, severity: CheckSetting['severity'], tolerance: CheckSetting['tolerance'] = {}) => ({
  rule: `s-01.${id}`,
  severity,
  tolerance,
});
const faceOf = (id: string) => describeChecks(form).find(({ rule }) => rule === `s-01.${id}`)!;
// 1.1 = 22, at most three times 2.1 = 18 and two more are allowed: four over.
const cells = { '1.1': 22, '2.1': 6, '3.1': 16 };
const found = (settings: CheckSetting[]) =>
  runChecks(applySettings(form, settings), cells).map(({ rule, severity, params }) => [
    rule,
    severity,
    params?.tolerance,
  ]);

test('every kind of check is described alike, with what a unit above may choose', () => {
  assert.deepEqual(
    describeChecks(form).map(({ rule, kind, severity, allowed }) => [rule, kind, severity, allowed.join(' ')]),
    [
      ['s-01.by-grade', 'form', 'error', 'error'],
      ['s-01.females', 'form', 'error', 'error'],
      ['s-01.size', 'form', 'warning', 'off warning error'],
      ['s-01.enough', 'form', 'warning', 'off warning error'],
      ['s-01.year', 'last-year', 'warning', 'off warning'],
      ['s-01.ratio', 'like-units', 'warning', 'off warning'],
    ],
  );
});

test('a check speaks as it is set: off, binding, or with another tolerance on both sides of it', () => {
  assert.deepEqual(found([]), [
    ['s-01.size', 'warning', 2],
    ['s-01.enough', 'warning', 0],
  ]);
  const enough = set('enough', 'off');
  assert.deepEqual(found([enough]), [['s-01.size', 'warning', 2]]);
  assert.deepEqual(found([enough, set('size', 'error')]), [['s-01.size', 'error', 2]]);
  assert.deepEqual(found([enough, set('size', 'warning', { least: 3.99 })]), [['s-01.size', 'warning', 3.99]]);
  assert.deepEqual(found([enough, set('size', 'warning', { least: 4 })]), []);
  // The right side is 18: a share of 0.22 is 3.96, of 0.23 is 4.14.
  assert.deepEqual(found([enough, set('size', 'warning', { least: 0, share: 0.22 })]), [
    ['s-01.size', 'warning', 3.96],
  ]);
  assert.deepEqual(found([enough, set('size', 'warning', { least: 0, share: 0.23 })]), []);
});

test('last year is held against the tolerance that is set', () => {
  const yearOf = (tolerance: CheckSetting['tolerance']) =>
    runYearChecks(applySettings(form, [set('year', 'warning', tolerance)]), { '1.1': 70 }, { '1.1': 100 }).length;
  assert.deepEqual([yearOf({}), yearOf({ share: 0.29 }), yearOf({ share: 0.3 }), yearOf({ least: 30 })], [1, 1, 0, 0]);
});

test('a check against the opening figures may be switched off, and has no tolerance', () => {
  const opening = {
    id: 'opened',
    source: 'habit',
    text: same('Opened.'),
    cells: ['1.1'],
    form: 's-02',
    against: ['1.1'],
  };
  const year = parseForm({ ...form, openingChecks: [opening] });
  const face = describeChecks(year).find(({ kind }) => kind === 'opening')!;
  assert.equal(findSettingFault(face, set('opened', 'off')), null);
  assert.equal(findSettingFault(face, set('opened', 'warning', { least: 1 })), 'tolerance');
  const count = (settings: CheckSetting[]) =>
    runOpeningChecks(applySettings(year, settings), { '1.1': 5 }, { 's-02': { '1.1': 6 } }).length;
  assert.deepEqual([count([]), count([set('opened', 'off')])], [1, 0]);
});

test('a rule by law cannot be turned off, a habit cannot block, a tolerance stays in its bounds', () => {
  assert.equal(findSettingFault(faceOf('by-grade'), set('by-grade', 'off')), 'fixed-by-law');
  assert.equal(findSettingFault(faceOf('by-grade'), set('by-grade', 'error', { least: 1 })), 'fixed-by-law');
  assert.equal(findSettingFault(faceOf('year'), set('year', 'error')), 'severity');
  assert.equal(findSettingFault(faceOf('year'), set('year', 'off')), null);
  assert.equal(findSettingFault(faceOf('size'), set('size', 'error', { share: 1, least: 0 })), null);
  assert.equal(findSettingFault(faceOf('size'), set('size', 'warning', { share: 1.01 })), 'tolerance');
  assert.equal(findSettingFault(faceOf('size'), set('size', 'warning', { least: -1 })), 'tolerance');
  assert.equal(findSettingFault(faceOf('size'), set('size', 'warning', { times: 3 })), 'tolerance');
  assert.equal(findSettingFault(faceOf('ratio'), set('ratio', 'warning', { times: 1.9 })), 'tolerance');
});

test('a setting that the form does not allow is as if it were not there', () => {
  const broken = { ...cells, '3.1': 15 };
  const [first] = runChecks(applySettings(form, [set('by-grade', 'off')]), broken);
  assert.deepEqual([first?.rule, first?.severity], ['s-01.by-grade', 'error']);
});
