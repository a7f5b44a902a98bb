import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindsAsked } from './supplement.ts';

test('a form of money is held up by money alone, another one by every record', () => {
  const asked = (form_code: string) =>
    kindsAsked({ state: 'draft', form_code, form_version: '2018', last_form_version: null });
  assert.deepEqual(asked('X07-NSNN-ĐN'), new Set(['budget']));
  for (const code of ['02-TH-ĐN', 'X05-GDTX-ĐN', 'X06-KT-ĐN', '01-MN-ĐN']) assert.equal(asked(code), undefined, code);
});

test('a supplement is held up by what its new cells are counted from', () => {
  const asked = {
    state: 'supplement' as const,
    form_code: '02-TH-ĐN',
    form_version: '2022',
    last_form_version: '2018',
  };
  assert.deepEqual(kindsAsked(asked), new Set(['profile']));
});
