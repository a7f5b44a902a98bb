import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { columnsOf, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import { dimensions } from '@khuevan/core/forms/measures.ts';
import { formsText } from '../../text/forms.ts';
import { describeCell } from './cell-words.ts';

const form = JSON.parse(
  readFileSync(new URL('../../../../forms/02-th-dn/2018.json', import.meta.url), 'utf8'),
) as FormDefinition;

function meaningOf(key: string, language: 'vi' | 'en' = 'vi') {
  const [rowCode, columnCode] = key.split('.');
  const section = form.sections.find((each) => each.rows.some((row) => row.code === rowCode))!;
  const row = section.rows.find((each) => each.code === rowCode)!;
  return describeCell(
    section,
    row,
    columnsOf(form, section).find((each) => each.code === columnCode)!,
    '2024-09-30',
    language,
  );
}

test('a cell says what it counts, on which day, under which conditions', () => {
  const meaning = meaningOf('40.4');
  assert.equal(
    meaning.counts,
    'Đếm học sinh có mặt ngày 30/09/2024 (vào trường từ ngày đó trở về trước và chưa rời trường).',
  );
  assert.deepEqual(
    meaning.conditions,
    ['khối: Lớp 1', 'giới tính: Nữ', 'dân tộc thiểu số'],
    'the grades of the whole section are not said beside grade 1',
  );
  assert.deepEqual(meaningOf('37.1').conditions, ['khối: Lớp 1, Lớp 2, Lớp 3, Lớp 4, Lớp 5']);
  assert.deepEqual(meaningOf('3.1').conditions, [
    `${meaningOf('2.1').conditions[0]}, số lớp từ 28`,
    'cấp học chính: Tiểu học',
  ]);
});

test('amounts of money and alternatives are said', () => {
  assert.match(meaningOf('NS24.2').counts, /^Cộng số tiền \(dự toán\)/);
  assert.match(meaningOf('78.1').conditions.join('; '), / hoặc .*kiêm nhiệm/);
});

test('every dimension that a form may name has words in both languages, and no cell shows a raw code of a dimension', () => {
  for (const language of ['vi', 'en'] as const) {
    for (const [name, kind] of Object.entries(dimensions)) {
      const words = formsText[language];
      assert.ok(kind === 'flag' ? words.flags[name] : words.labels[name], `${language} ${name}`);
    }
    for (const section of form.sections) {
      for (const row of section.rows) {
        for (const column of columnsOf(form, section)) {
          const { conditions } = describeCell(section, row, column, '2024-09-30', language);
          assert.doesNotMatch(conditions.join(' '), /undefined|\[object|[a-z][A-Z]|_/, `${row.code}.${column.code}`);
        }
      }
    }
  }
});
