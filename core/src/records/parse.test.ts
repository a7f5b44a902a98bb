import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { codeList } from '../codes/index.ts';
import { grade } from '../codes/levels.ts';
import type { RecordValues } from '../rules/rule.ts';
import { drawSampleSchool } from '../rules/sample-school.ts';
import type { Field, RecordKind } from './field.ts';
import { choicesOf, formatValue } from './format.ts';
import { fieldOf, recordKinds } from './kinds.ts';
import { missingValues, parseRecord } from './parse.ts';

const kinds = Object.values(recordKinds);
const school = drawSampleSchool('parse', 60);

/** Reads one cell alone: the value, or the rule that refuses it. */
function read(kind: keyof typeof recordKinds, key: string, raw: unknown): unknown {
  const { values, findings } = parseRecord(kind, { [key]: raw }, { partial: true });
  const [finding] = findings.filter(({ rule }) => rule !== 'required');
  return finding ? finding.rule : values[key];
}

const table = (kind: keyof typeof recordKinds, key: string, cases: readonly (readonly [unknown, unknown])[]) => {
  describe(`${kind}.${key}`, () => {
    for (const [raw, expected] of cases)
      test(`${String(JSON.stringify(raw) ?? raw)} -> ${JSON.stringify(expected)}`, () =>
        assert.deepEqual(read(kind, key, raw), expected));
  });
};

table('student', 'code', [
  ['HS01', 'HS01'],
  ['  HS  01 ', 'HS 01'],
  [1234, '1234'],
  ['', null],
  ['   ', null],
  [null, null],
  [' ​', null],
  ['a\tb\nc', 'a b c'],
  ['x'.repeat(20), 'x'.repeat(20)],
  ['x'.repeat(21), 'too_long'],
  ['ab\u0000', 'bad_text'],
  ['\u001Bx', 'bad_text'],
  ['\uD800', 'bad_text'],
  [true, 'bad_text'],
  [new Date('2024-01-02'), 'bad_text'],
  [{ richText: [] }, 'bad_text'],
  [Number.NaN, 'bad_text'],
  // Never evaluated, and never changed: whoever writes a sheet keeps it text.
  ['=1+1', '=1+1'],
  ['+84912', '+84912'],
  ['-x', '-x'],
  ['@SUM(A1)', '@SUM(A1)'],
]);
table('student', 'fullName', [
  ['Nguyễn Văn An', 'Nguyễn Văn An'],
  ['Nguyễn Văn An'.normalize('NFD'), 'Nguyễn Văn An'],
  ['  Nguyễn  Văn An ', 'Nguyễn Văn An'],
  ['Đặng Ðình Ơn', 'Đặng Đình Ơn'],
  ['H’Mai Niê', "H'Mai Niê"],
  ['Trương Ước', 'Trương Ước'],
  ['Ksor H-Yưn', 'Ksor H-Yưn'],
  ['An', 'An'],
  ['Nguyễn V4n An', 'bad_name'],
  ['=HYPERLINK("x")', 'bad_name'],
  ['Lê <b>', 'bad_name'],
  ['李明', 'bad_name'],
  ['Lê '.repeat(40).trim(), 'too_long'],
  ['', null],
]);
table('student', 'birthDate', [
  ['05/09/2018', '2018-09-05'],
  ['5/9/2018', '2018-09-05'],
  ['05-09-2018', '2018-09-05'],
  ['05.09.2018', '2018-09-05'],
  ['2018-09-05', '2018-09-05'],
  ['2018-09-05T00:00:00.000Z', '2018-09-05'],
  [' 05/09/2018 ', '2018-09-05'],
  [43_348, '2018-09-05'],
  [43_348.5, '2018-09-05'],
  [new Date('2018-09-05T00:00:00Z'), '2018-09-05'],
  ['29/02/2024', '2024-02-29'],
  ['', null],
  ['  ', null],
  ['29/02/2023', 'bad_date'],
  ['31/04/2018', 'bad_date'],
  ['05/09/18', 'bad_date'],
  ['2018', 'bad_date'],
  [2018, 'bad_date'],
  ['13/13/2018', 'bad_date'],
  ['hôm qua', 'bad_date'],
  [-1, 'bad_date'],
  [1e9, 'bad_date'],
  [new Date(Number.NaN), 'bad_date'],
  [true, 'bad_date'],
  [{}, 'bad_date'],
]);
table('student', 'ethnicity', [
  ['01', '01'],
  ['1', '01'],
  [1, '01'],
  ['Kinh', '01'],
  ['KINH', '01'],
  ['kinh', '01'],
  ['01 - Kinh', '01'],
  ['1-Kinh', '01'],
  ['Tày', '02'],
  ['Tay', '02'],
  ['Tày'.normalize('NFD'), '02'],
  ['Hmông', '08'],
  ["H'Mông", '08'],
  ['Mông', '08'],
  ['Gia Rai', '10'],
  ['gia-rai', '10'],
  ['Khơ me', '05'],
  ['Ê-đê', '12'],
  ['Cờ Lao', '47'],
  ['Người nước ngoài', '55'],
  ['', null],
  ['02 - Kinh', 'bad_code'],
  ['99', 'bad_code'],
  ['Kin', 'bad_code'],
  ['56', 'bad_code'],
  [true, 'bad_code'],
  [1.5, 'bad_code'],
  [['01'], 'bad_code'],
]);
table('student', 'sex', [
  ['Nam', '01'],
  ['nữ', '02'],
  ['Nu', '02'],
  ['NỮ', '02'],
  ['01', '01'],
  [2, '02'],
  ['khác', 'bad_code'],
]);
table('student', 'grade', [
  ['Lớp 1', '01'],
  ['Khối 1', '01'],
  ['khoi 5', '05'],
  [3, '03'],
  ['03', '03'],
  ['10', '10'],
  ['Lớp 10', '10'],
  ['Lớp 10 (GDTX)', '13'],
  ['29', 'bad_code'],
]);
// "5" may be code 05 (nine sessions) or five sessions: refused, not guessed.
table('class', 'sessionsPerWeek', [
  ['9 buổi/tuần', '05'],
  ['9 buổi', '05'],
  ['05', '05'],
  ['05 - 9 buổi/tuần', '05'],
  ['5', 'bad_code'],
  [5, 'bad_code'],
  [9, 'bad_code'],
  [10, 'bad_code'],
]);
table('class', 'combinedGrades', [
  ['01;02', ['01', '02']],
  ['02; 01', ['01', '02']],
  ['Lớp 1, Lớp 2', ['01', '02']],
  ['1+2', ['01', '02']],
  [
    ['02', '01', '02'],
    ['01', '02'],
  ],
  [1, ['01']],
  ['', null],
  [[], null],
  [' ; ', null],
  ['01;99', 'bad_code'],
  [[{}], 'bad_code'],
  [{}, 'bad_code'],
  [true, 'bad_code'],
]);
table('staff', 'subjects', [
  ['Tiểu học (dạy nhiều môn); Tin học', ['09', '10']],
  ['Âm nhạc, Mỹ thuật', ['05', '19']],
]);
table('profile', 'difficultAreas', [
  ['Biên giới', ['02']],
  ['01 - Đặc biệt khó khăn (Chương trình 135); 02 - Biên giới', ['01', '02']],
]);
table('student', 'informatics', [
  ...['x', 'X', ' x ', 'v', 'có', 'Có', 'CO', 1, '1', true, 'true', 'TRUE', 'đúng', 'yes', '✓'].map(
    (raw) => [raw, true] as const,
  ),
  ...['không', 'Không', 'KHONG', 0, '0', false, 'false', 'sai', 'no'].map((raw) => [raw, false] as const),
  ['', null],
  [null, null],
  ['  ', null],
  [2, 'bad_boolean'],
  ['có thể', 'bad_boolean'],
  ['01', 'bad_boolean'],
  [[], 'bad_boolean'],
]);
table('student', 'pin', [
  ['019318000021', '019318000021'],
  ['019 318 000 021', '019318000021'],
  ['019.318.000.021', '019318000021'],
  [19_318_000_021, '019318000021'],
  [1_214_123_456, '001214123456'],
  ['', null],
  ['19318000021', 'bad_pin'],
  ['0193180000211', 'bad_pin'],
  ['01931800002a', 'bad_pin'],
  ['123456789', 'bad_pin'],
  [123, 'bad_pin'],
  [1.5, 'bad_pin'],
  [true, 'bad_pin'],
  ['٠١٩٣١٨٠٠٠٠٢١', 'bad_pin'],
]);
table('room', 'solid', [
  [3, 3],
  ['3', 3],
  ['0', 0],
  ['3,0', 3],
  ['3.0', 3],
  [2.9999999999, 3],
  ['', null],
  [-1, 'bad_number'],
  [1.5, 'bad_number'],
  ['1,5', 'bad_number'],
  ['ba', 'bad_number'],
  ['1.234', 'too_large'],
  [1000, 'too_large'],
  [Number.POSITIVE_INFINITY, 'bad_number'],
  [Number.NaN, 'bad_number'],
  [true, 'bad_number'],
]);
table('budget', 'planned', [
  ['1.234,5', 1234.5],
  ['1234,5', 1234.5],
  ['1234.5', 1234.5],
  ['1.234', 1234],
  ['0,50', 0.5],
  [1234.56, 1234.56],
  [0.1 + 0.2, 0.3],
  ['1.234.567,25', 1_234_567.25],
  ['1,234.5', 'bad_number'],
  ['1,234', 'bad_number'],
  [0.125, 'bad_number'],
  ['-5', 'bad_number'],
  ['1e3', 'bad_number'],
  [1e12, 'too_large'],
  [Number.NaN, 'bad_number'],
]);

test('every code is read from its code, its name, its name without diacritics and the choice of a drop-down', () => {
  const strip = (text: string) =>
    text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toUpperCase();
  for (const kind of kinds) {
    for (const field of kind.fields.filter(({ type }) => type === 'code' && kind.name !== 'profile')) {
      const choices = choicesOf(field, null);
      codeList(field.list ?? '').entries.forEach(({ code, vi }, index) => {
        for (const written of [code, vi, choices[index], vi.normalize('NFD'), ` ${vi} `])
          assert.equal(read(kind.name, field.key, written), code, `${field.key} ${written}`);
        const folded = read(kind.name, field.key, strip(vi));
        assert.ok(folded === code || folded === 'bad_code', `${field.key} ${strip(vi)}: another entry`);
      });
    }
  }
});

describe('a record', () => {
  const written = (kind: RecordKind, record: RecordValues) =>
    Object.fromEntries(kind.fields.map((field: Field) => [field.key, formatValue(field, record[field.key])]));

  for (const kind of kinds) {
    test(`${kind.name}: what is formatted reads back, what is read reads the same again`, () => {
      for (const record of school.records[kind.name]) {
        const { values, findings } = parseRecord(kind, written(kind, record));
        assert.deepEqual(findings, []);
        assert.deepEqual(values, record);
        assert.deepEqual(parseRecord(kind, values), { values: record, findings: [] });
        assert.deepEqual(missingValues(kind, values), []);
      }
    });
  }

  test('a missing key is an empty cell, but in a change it is left as it is', () => {
    const empty = parseRecord('student', {});
    // Without a grade nothing is known to be asked of its level.
    const required = recordKinds.student.fields
      .filter((field) => field.required && !field.levels)
      .map(({ key }) => key);
    assert.deepEqual(
      empty.findings.map(({ rule, field }) => [rule, field]),
      required.map((key) => ['required', key]),
    );
    assert.deepEqual(
      missingValues('student', empty.values).map(({ field }) => field),
      required,
    );
    assert.deepEqual(parseRecord('student', {}, { partial: true }), { values: {}, findings: [] });
    assert.deepEqual(parseRecord('student', { grade: '2', leftOn: '' }, { partial: true }), {
      values: { grade: '02', leftOn: null },
      findings: [],
    });
    assert.deepEqual(
      parseRecord('student', { fullName: '' }, { partial: true }).findings.map(({ rule }) => rule),
      ['required'],
    );
  });

  test('what is required at some levels is missed in their records alone', () => {
    const ofLevels = ['newEntrant', 'repeating', 'informatics'];
    const missedIn = (code: string | null) => {
      const parsed = parseRecord('student', { grade: code });
      const missed = [parsed.findings, missingValues('student', parsed.values)].map((findings) =>
        findings.filter(({ rule }) => rule === 'required').map(({ field }) => field),
      );
      assert.deepEqual(missed[0], missed[1]);
      return ofLevels.filter((key) => missed[0]!.includes(key));
    };
    for (const { code, level } of grade.entries)
      assert.deepEqual(missedIn(code), level === '01' ? [] : ofLevels, `${code} of ${level}`);
    assert.deepEqual(missedIn(null), []);
    for (const kind of kinds)
      for (const [at, field] of kind.fields.entries())
        if (field.required && field.levels)
          assert.ok(at > kind.fields.findIndex(({ key }) => key === 'grade' || key === 'level'), field.key);
  });

  test('unreadable is unknown, not empty', () => {
    const { values, findings } = parseRecord('student', { birthDate: '31/02/2018' }, { partial: true });
    assert.ok('birthDate' in values);
    assert.equal(values.birthDate, undefined);
    assert.deepEqual(findings, [
      {
        rule: 'bad_date',
        severity: 'error',
        kind: 'student',
        field: 'birthDate',
        value: '31/02/2018',
        params: undefined,
      },
    ]);
  });

  test('a masked number that comes back leaves the stored one, and a finding never shows a number', () => {
    assert.deepEqual(parseRecord('staff', { pin: '019318••••21' }, { partial: true }), { values: {}, findings: [] });
    const full = parseRecord('staff', { pin: '019318••••21' });
    assert.equal('pin' in full.values, false);
    assert.equal(
      full.findings.some(({ field }) => field === 'pin'),
      false,
    );
    const [finding] = parseRecord('staff', { pin: '01931800002' }, { partial: true }).findings;
    assert.doesNotMatch(String(finding?.value), /\d/);
    assert.deepEqual(finding?.params, { digits: 11 });
  });

  test('a read-only field is never written by a school, and only news is a finding', () => {
    const write = (nationalStandard: unknown, options = {}) => {
      const { values, findings } = parseRecord('profile', { nationalStandard }, { partial: true, ...options });
      return [values, findings.map(({ rule, severity }) => `${rule} ${severity}`)];
    };
    assert.deepEqual(write('Đạt chuẩn mức 1', { current: { nationalStandard: '02' } }), [{}, []]);
    assert.deepEqual(write('03', { current: { nationalStandard: '02' } }), [{}, ['read_only warning']]);
    assert.deepEqual(write('03'), [{}, ['read_only warning']]);
    assert.deepEqual(write(''), [{}, []]);
    assert.deepEqual(write('03', { writeReadOnly: true }), [{ nationalStandard: '03' }, []]);
  });

  test('keys that no field has are not taken over', () => {
    const { values } = parseRecord(
      'site',
      JSON.parse('{"code":"D1","__proto__":{"isMain":true},"school_id":"x","version":"3"}'),
      { partial: true },
    );
    assert.deepEqual(Object.keys(values), ['code']);
  });
});

test('reading never fails, whatever comes', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true, withSparseArray: true }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...kinds.map(({ name }) => name)), cell, (name, raw) => {
      const kind = recordKinds[name];
      const input = Object.fromEntries(kind.fields.map((field) => [field.key, raw]));
      const { values, findings } = parseRecord(kind, input);
      for (const finding of findings) assert.ok(finding.value === undefined || finding.value.length <= 100);
      // What was read is clean: reading it again changes nothing.
      const readable = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
      assert.deepEqual(parseRecord(kind, readable, { partial: true }).values, readable);
    }),
    { numRuns: 500 },
  );
  for (const input of [null, undefined, 5, 'x', []]) assert.ok(parseRecord('site', input).findings.length > 0);
});

describe('formatValue', () => {
  const cases: [keyof typeof recordKinds, string, unknown, string, string][] = [
    ['student', 'birthDate', '2018-09-05', '05/09/2018', '05/09/2018'],
    ['student', 'sex', '02', 'Nữ', 'Female'],
    ['student', 'informatics', true, 'Có', 'Yes'],
    ['student', 'informatics', false, 'Không', 'No'],
    ['budget', 'planned', 1234.5, '1.234,5', '1.234,5'],
    ['class', 'combinedGrades', ['01', '02'], 'Lớp 1; Lớp 2', 'Grade 1; Grade 2'],
    ['student', 'fullName', null, '', ''],
    ['student', 'pin', '019318••••21', '019318••••21', '019318••••21'],
    ['student', 'sex', '77', '77', '77'],
  ];
  for (const [kind, key, value, vi, en] of cases) {
    test(`${kind}.${key} ${JSON.stringify(value)}`, () => {
      const field = fieldOf(recordKinds[kind], key);
      assert.equal(formatValue(field, value), vi);
      assert.equal(formatValue(field, value, 'en'), en);
    });
  }
});
