import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleForm } from '../forms/sample-form.ts';
import type { Ratio } from '../forms/definition.ts';
import {
  describeOutlier,
  findOutliers,
  isOutlier,
  likeUnitFaces,
  partsOf,
  usualRange,
  wordsOfLikeness,
} from './like-units.ts';

const same = (text: string) => ({ vi: text, en: text });
const ratio: Ratio = {
  id: 'per-class',
  source: 'habit',
  name: same('Pupils per class'),
  over: ['1.1'],
  under: ['2.1'],
  share: 0.1,
  times: 3,
};
const compared = (value: number, spread: number) => ({ value, median: 30, spread, units: 9 });

test('far from the others is what lies beyond both the deviations and the share', () => {
  // Three times 1.4826 times 2 is 8.8956.
  assert.deepEqual(usualRange(compared(0, 2), ratio), { low: 30 - 8.8956, high: 38.8956 });
  assert.equal(isOutlier(compared(38.8956, 2), ratio), false);
  assert.equal(isOutlier(compared(38.896, 2), ratio), true);
  assert.equal(isOutlier(compared(21.104, 2), ratio), true);
  // All others alike: the share alone says what is far.
  assert.equal(isOutlier(compared(33, 0), ratio), false);
  assert.equal(isOutlier(compared(33.01, 0), ratio), true);
});

test('the sentence holds the numbers, the cells and the units compared with', () => {
  const { vi } = describeOutlier(sampleForm, ratio, compared(45.128, 2), same('công lập'));
  assert.equal(
    vi,
    'Pupils per class (ô 1.1 / 2.1): 45,13, cao hơn hẳn 9 đơn vị cùng loại (công lập) gửi biểu S-01: trung vị 30, thường từ 21,1 đến 38,9.',
  );
  const percent = { ...ratio, percent: true };
  const share = { value: 0.2, median: 0.481, spread: 0.01, units: 12 };
  assert.match(
    describeOutlier(sampleForm, percent, share, same('x')).vi,
    /20%, thấp hơn hẳn 12 .* trung vị 48,1%, thường từ 43,3% đến 52,9%/,
  );
});

test('a unit belongs to the parts that hold most of its figures; of equal ones to the first', () => {
  const likeness = [
    {
      id: 'area',
      parts: [
        { cells: ['1.1', '1.2'], label: same('low') },
        { cells: ['2.1'], label: same('high') },
      ],
    },
    {
      id: 'owner',
      parts: [
        { cells: ['3.1'], label: same('public') },
        { cells: ['4.1'], label: same('private') },
      ],
    },
  ];
  const form = { ...sampleForm, likeness };
  assert.equal(partsOf(form, { '1.1': 2, '1.2': 2, '2.1': 3, '4.1': 1 }), '1.1 4.1');
  assert.equal(partsOf(form, { '1.1': 2, '2.1': 3 }), '2.1 3.1');
  assert.equal(wordsOfLikeness(form, '2.1 3.1').vi, 'high, public');
  assert.equal(partsOf(sampleForm, { '1.1': 2 }), '');
});

test('a draft is far or not by its own cells; where they say nothing of the ratio it is not asked', () => {
  const form = { ...sampleForm, ratios: [{ ...ratio, where: '3.1' }] };
  const medians = new Map([['per-class', { median: 30, spread: 2, units: 9 }]]);
  const find = (cells: Record<string, number>) => findOutliers(form, cells, medians);
  const far = { '1.1': 390, '2.1': 10, '3.1': 1 };
  const [finding] = find(far);
  assert.deepEqual([finding?.rule, finding?.severity, finding?.cell], ['s-01.per-class', 'warning', '1.1']);
  assert.match(likeUnitFaces(form)[0]!.message(finding!).vi, /39, cao hơn hẳn 9 .* thường từ 21,1 đến 38,9.*nêu lý do/);
  assert.deepEqual(find({ ...far, '1.1': 388 }), []);
  assert.equal(find({ ...far, '1.1': 0 }).length, 1, 'none is a figure');
  for (const silent of [
    { '2.1': 10, '3.1': 1 },
    { ...far, '2.1': 0 },
    { ...far, '3.1': 0 },
  ])
    assert.deepEqual(find(silent), []);
  assert.deepEqual(findOutliers(form, far, new Map()), []);
});
