import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { RecordKindName } from '../records/field.ts';
import { recordKinds } from '../records/kinds.ts';
import { recordRules, runRecordRules, runSetRules } from './catalogue.ts';
import { bornIn } from './person-faults.ts';
import type { RecordValues, RuleContext } from './rule.ts';
import { drawSampleSchool } from './sample-school.ts';
import { trainingStandardOn } from './training-standard.ts';

const { context, records } = drawSampleSchool('boundaries', 60);
const one = (kind: RecordKindName, suits: (record: RecordValues) => boolean = () => true): RecordValues => {
  const record = records[kind].find(suits);
  assert.ok(record);
  return record;
};

const found = (kind: RecordKindName, record: RecordValues, changed: Partial<RuleContext> = {}) =>
  runRecordRules(kind, record, { ...context, ...changed }).map(({ rule }) => rule);

/** A pupil of grade 3 in an ordinary class, there since the opening. */
const pupil: RecordValues = {
  ...bornIn(
    one('student', ({ grade, disability }) => grade === '03' && !disability),
    2016,
  ),
  entryStatus: '01',
  enteredOn: '2024-09-05',
  leaveStatus: null,
  leftOn: null,
  leaveReason: null,
  destination: null,
  repeating: false,
  newEntrant: false,
};

describe('a pupil', () => {
  const cases: [string, RecordValues, string[]][] = [
    ['as is', {}, []],
    // Letter of 2024: a pupil of the middle of the year never carries the opening status; 30 September still is the opening.
    ['studying from 30 September', { enteredOn: '2024-09-30' }, []],
    ['studying from 1 October', { enteredOn: '2024-10-01' }, ['student_opening_status_late']],
    ['transferred in on 1 October', { entryStatus: '02', enteredOn: '2024-10-01' }, []],
    ['transferred in, semester 1, in January', { entryStatus: '02', enteredOn: '2025-01-10' }, []],
    [
      'transferred in, semester 1, in February',
      { entryStatus: '02', enteredOn: '2025-02-01' },
      ['student_entry_season'],
    ],
    ['came back in semester 2 in December', { entryStatus: '07', enteredOn: '2024-12-31' }, ['student_entry_season']],
    ['came back in semester 2 in May', { entryStatus: '07', enteredOn: '2025-05-31' }, []],
    ['transferred in over the summer', { entryStatus: '10', enteredOn: '2024-06-01' }, []],
    [
      'transferred in over the summer, after the opening',
      { entryStatus: '10', enteredOn: '2024-09-05' },
      ['student_entry_season'],
    ],
    ['transferred in over the next summer', { entryStatus: '10', enteredOn: '2025-07-01' }, ['student_entry_season']],
    ['left over the next summer', { leaveStatus: '12', leftOn: '2025-08-31', leaveReason: '08' }, []],
    [
      'left after the year',
      { leaveStatus: '12', leftOn: '2025-09-01', leaveReason: '08' },
      ['student_date_outside_year'],
    ],
    ['left a day after entering', { leaveStatus: '04', leftOn: '2024-09-06', destination: '03' }, []],
    ['a day of leaving without a status', { leftOn: '2024-11-06' }, ['student_leave_incomplete']],
    ['a destination without leaving', { destination: '01' }, ['student_leave_detail_stray']],
    ['a foreigner without a number', { ethnicity: '55', pin: null }, []],
    [
      'a number that is masked, and fits',
      { pin: `${String(pupil.pin).slice(0, 6)}••••${String(pupil.pin).slice(10)}` },
      [],
    ],
    ['a masked number of another year', { pin: '019215••••21', sex: '01' }, ['student_pin_birth_year']],
    ['a name of an ethnic group', { fullName: "H'Mai Niê" }, []],
    ['support for a very small group, of one', { ethnicity: '43', smallMinoritySupport: true }, []],
    ['disabled, with study costs', { disability: '05', costSupport: true, policyGroup: null }, []],
  ];
  for (const [name, changes, expected] of cases)
    test(name, () => assert.deepEqual(found('student', { ...pupil, ...changes }), expected));

  test('of the very small groups only sixteen are supported', () => {
    const kept = Array.from({ length: 55 }, (_, index) => String(index + 1).padStart(2, '0')).filter(
      (ethnicity) =>
        !found('student', { ...pupil, ethnicity, smallMinoritySupport: true }).includes('student_small_minority'),
    );
    // NĐ 57/2017/NĐ-CP.
    assert.deepEqual(kept, [
      '11',
      '39',
      '41',
      '42',
      '43',
      '44',
      '45',
      '46',
      '47',
      '48',
      '49',
      '50',
      '51',
      '52',
      '53',
      '54',
    ]);
  });

  test('study-cost support needs a ground only where the school is known to lie outside the difficult areas', () => {
    const supported = { ...pupil, costSupport: true, policyGroup: null };
    assert.deepEqual(found('student', supported, { difficultArea: true }), []);
    assert.deepEqual(found('student', supported, { difficultArea: undefined }), []);
    assert.deepEqual(found('student', supported, { difficultArea: false }), ['student_cost_support']);
  });

  test('the age of a grade runs from on time to three years over; 5 to 18 is possible', () => {
    const verdict = (age: number) => found('student', bornIn(pupil, 2024 - age)).join();
    const expected = (age: number) =>
      age < 5 || age > 18
        ? 'student_age_impossible'
        : age < 8
          ? 'student_age_early'
          : age > 11
            ? 'student_age_over'
            : '';
    for (let age = 0; age <= 30; age += 1) assert.equal(verdict(age), expected(age), `${age}`);
  });

  test('in a combined class the pupil may be in any grade it combines', () => {
    const combined = { grade: '02', special: false, combined: true, combinedGrades: ['02', '03'] };
    const inClass = (classOf: typeof combined) =>
      found('student', { ...pupil, classCode: 'G1' }, { classes: new Map([['G1', classOf]]) });
    assert.deepEqual(inClass(combined), []);
    assert.deepEqual(inClass({ ...combined, combinedGrades: ['01', '02'] }), ['student_class_grade']);
    assert.deepEqual(inClass({ ...combined, combined: false }), ['student_class_grade']);
  });

  test('where classes are not loaded, none is called unknown', () => {
    assert.deepEqual(found('student', { ...pupil, classCode: 'ZZ' }, { classes: new Map() }), []);
    assert.deepEqual(found('student', { ...pupil, openingClassCode: 'ZZ' }), ['student_class_unknown']);
  });
});

describe('pupils of one school', () => {
  const among = (...changes: RecordValues[]) =>
    runSetRules(
      'student',
      changes.map((change) => ({ ...pupil, ...change })),
      context,
    ).map(({ rule, index }) => `${rule}@${index}`);
  const other = { code: 'HS900001', fullName: 'Lý Thị Nga', pin: '019216777777', ministryCode: null };

  test('who left and came back is one pupil with two spells', () => {
    const away = { leaveStatus: '04', leftOn: '2024-11-01', destination: '01' };
    assert.deepEqual(among(away, { entryStatus: '06', enteredOn: '2025-01-15' }), []);
    assert.deepEqual(among({ ...away, code: null }, { code: null, entryStatus: '06', enteredOn: '2025-01-15' }), []);
    assert.deepEqual(among(away, { entryStatus: '02', enteredOn: '2024-10-31' }), ['student_overlap@1']);
    assert.deepEqual(among(away, { entryStatus: '02', enteredOn: '2024-11-01' }), []);
  });

  test('the same pupil twice without a code is found by the number, or by name and birth', () => {
    assert.deepEqual(among({ code: null }, { code: null }), ['student_duplicate_pin@1']);
    assert.deepEqual(
      among({ code: null, pin: null, ministryCode: null }, { code: null, pin: null, ministryCode: null }),
      ['student_duplicate_person@1'],
    );
  });

  test('names that differ by marks or a middle word are near', () => {
    const names = ['Nguyễn Thị Lan Hương', 'Nguyễn Thi Lan Hương', 'Nguyễn Lan Hương', 'NGUYỄN THỊ LAN HƯƠNG'];
    for (const fullName of names) {
      assert.deepEqual(
        among({ fullName: names[0] }, { ...other, fullName, pin: null }),
        ['student_duplicate_person@1'],
        fullName,
      );
    }
    for (const fullName of ['Nguyễn Lan', 'Nguyễn Hương Lan', 'Trần Thị Lan Hương'])
      assert.deepEqual(among({ fullName: names[0] }, { ...other, fullName, pin: null }), [], fullName);
  });

  test('twins, and namesakes with numbers of their own, are different pupils', () => {
    assert.deepEqual(among({}, other), []);
    assert.deepEqual(among({ pin: '019216000001' }, { ...other, fullName: pupil.fullName, pin: '019216987654' }), []);
  });

  test('masked numbers identify nobody, hashes do', () => {
    const masked = '019216••••21';
    assert.deepEqual(among({ pin: masked }, { ...other, pin: masked }), []);
    assert.deepEqual(among({ pin: masked, pinHash: 'a1' }, { ...other, pin: masked, pinHash: 'a1' }), [
      'student_duplicate_pin@1',
    ]);
    assert.deepEqual(among({ pin: masked, pinHash: 'a1' }, { ...other, pin: masked, pinHash: 'b2' }), []);
  });

  test('one code for two people is an error, a corrected name or birth is not', () => {
    assert.deepEqual(among({ studentId: 'p1' }, { ...other, code: pupil.code, studentId: 'p2' }), [
      'student_duplicate_code@1',
    ]);
    assert.deepEqual(
      among(
        { leaveStatus: '04', leftOn: '2024-10-01' },
        { birthDate: '2016-07-01', entryStatus: '03', enteredOn: '2024-10-05' },
      ),
      [],
    );
  });
});

describe('training standard by the law of the day', () => {
  const on = (day: string, level: string, training: string, ...subjects: string[]) =>
    trainingStandardOn(day, level, training, subjects)?.standard ?? null;
  const cases: [string, string, string, string | null][] = [
    // Law of 2005: intermediate for preschool and primary, college for lower, university for upper secondary.
    ['2020-06-30', '02', '18', '01'],
    ['2020-06-30', '02', '17', '02'],
    ['2020-06-30', '03', '18', '03'],
    ['2020-06-30', '03', '17', '01'],
    ['2020-06-30', '04', '16', '01'],
    // Law of 2019: university for general education, college for preschool.
    ['2020-07-01', '02', '18', '03'],
    ['2024-09-30', '02', '17', '03'],
    ['2024-09-30', '02', '16', '01'],
    ['2024-09-30', '02', '13', '01'],
    ['2024-09-30', '02', '03', '03'],
    ['2024-09-30', '02', '02', '02'],
    ['2024-09-30', '02', '01', '02'],
    ['2024-09-30', '01', '17', '01'],
    ['2024-09-30', '01', '16', '02'],
    ['2024-09-30', '01', '18', '03'],
    // The certificate makes a teacher of general education, not of preschool; by the law of 2005 of secondary schools only.
    ['2024-09-30', '01', '13', '03'],
    ['2024-09-30', '01', '14', '03'],
    ['2024-09-30', '03', '14', '03'],
    ['2024-09-30', '04', '13', '01'],
    ['2020-06-30', '02', '13', '03'],
    ['2020-06-30', '03', '14', '01'],
    ['2020-06-30', '03', '13', '02'],
    ['2026-04-01', '01', '14', '03'],
    ['2024-09-30', '05', '16', null],
    ['2005-12-31', '02', '16', null],
    ['2024-09-30', '02', '99', null],
  ];
  for (const [day, level, training, expected] of cases)
    test(`${day}, level ${level}, training ${training}: ${expected}`, () =>
      assert.equal(on(day, level, training, '09'), expected));

  test('special subjects of primary school ask for less since 31 March 2026', () => {
    assert.equal(on('2026-03-30', '02', '17', '05'), '03');
    assert.equal(on('2026-03-31', '02', '17', '05'), '01');
    assert.equal(on('2026-03-31', '02', '16', '05', '19'), '02');
    assert.equal(on('2026-03-31', '02', '17', '05', '09'), '03');
    assert.equal(on('2026-03-31', '03', '17', '05'), '03');
  });
});

describe('staff and classes', () => {
  const teacher = one('staff', ({ staffGroup, position }) => staffGroup === '03' && position === null);
  const room = one('class', ({ combined, special }) => !combined && !special);

  test('retirement is a warning, another age an error', () => {
    const verdict = (age: number) => found('staff', { ...bornIn(teacher, 2024 - age), declaredStandard: null }).join();
    const expected = (age: number) =>
      age < 18 || age > 80 ? 'staff_age_impossible' : age > 65 ? 'staff_age_high' : '';
    for (let age = 10; age <= 100; age += 1) assert.equal(verdict(age), expected(age), `${age}`);
  });

  test('exactly one head is at work on the day', () => {
    const heads = (changes: RecordValues, asOf = '2024-09-30') =>
      runSetRules(
        'staff',
        records.staff.map((record) => (record.position === '01' ? { ...record, ...changes } : record)),
        { ...context, asOf },
      ).map(({ rule, index, params }) => `${rule}@${index}:${params?.count}`);
    assert.deepEqual(heads({}), []);
    assert.deepEqual(heads({ enteredOn: '2024-10-01' }), ['staff_one_head@-1:0']);
    assert.deepEqual(heads({ enteredOn: '2024-10-01' }, '2024-10-01'), []);
    assert.deepEqual(heads({ status: '05', leftOn: '2024-09-01' }), ['staff_one_head@-1:0']);
    const two = records.staff.map((record) => (record.position === '02' ? { ...record, position: '01' } : record));
    assert.deepEqual(
      runSetRules('staff', two, context).map(({ rule, index }) => `${rule}@${index}`),
      ['staff_one_head@1'],
    );
    assert.deepEqual(
      runSetRules('staff', [], context).map(({ rule }) => rule),
      ['staff_one_head'],
    );
  });

  test('nine sessions a week and more are two sessions a day', () => {
    const verdict = (code: string, twoSessions: boolean) =>
      found('class', { ...room, sessionsPerWeek: code, twoSessions }).length === 0;
    assert.deepEqual(
      ['01', '02', '03', '04', '05', '06'].map((code) => verdict(code, true)),
      [false, false, false, false, true, true],
    );
    assert.deepEqual(
      ['01', '02', '03', '04', '05', '06'].map((code) => verdict(code, false)),
      [true, true, true, true, false, false],
    );
  });

  test('a class holds 1 to 35 pupils in primary, to 15 where grades are combined, to 45 above', () => {
    const verdict = (grade: string, count: number, changes: RecordValues = {}) =>
      found(
        'class',
        { ...room, grade, ...changes },
        { levels: ['02', '03'], pupils: new Map([[String(room.code), count]]) },
      ).join();
    assert.deepEqual(
      [0, 1, 35, 36].map((count) => verdict('05', count)),
      ['class_empty', '', '', 'class_too_large'],
    );
    assert.deepEqual(
      [15, 16].map((count) => verdict('04', count, { combined: true, combinedGrades: ['04', '05'] })),
      ['', 'class_too_large'],
    );
    assert.deepEqual(
      [35, 45, 46].map((count) => verdict('06', count)),
      ['', '', 'class_too_large'],
    );
    assert.deepEqual(found('class', room, { pupils: undefined }), []);
  });

  test('a combined class names two grades or more, its own among them; another class none', () => {
    const verdict = (combined: boolean, combinedGrades: string[] | null) =>
      found('class', { ...room, grade: '02', combined, combinedGrades }, { pupils: undefined }).join();
    for (const grades of [null, [], ['02'], ['03', '04']]) assert.equal(verdict(true, grades), 'class_combined_grades');
    for (const grades of [
      ['02', '03'],
      ['01', '02', '03'],
    ]) {
      assert.equal(verdict(true, grades), '');
      assert.equal(verdict(false, grades), 'class_combined_grades');
    }
    assert.equal(verdict(false, null), '');
  });

  test('budget sums are exact to the last digit', () => {
    const amounts = (value: number) => ({ settled: value, planned: value, estimated: value });
    const line = (code: string, value: number) => ({ line: code, ...amounts(value) });
    const lines = (total: number) => [
      line('total', total),
      line('source_budget', 0.1),
      line('source_fees', 0.2),
      line('source_other', 0),
      line('use_personal', 0.1),
      line('use_goods', 0.1),
      line('use_support', 0.1),
      line('use_other', 0),
    ];
    assert.deepEqual(runSetRules('budget', lines(0.3), context), []);
    assert.equal(runSetRules('budget', lines(0.31), context).length, 6);
    assert.equal(
      runSetRules('budget', lines(0.3).slice(1), context)
        .map(({ rule }) => rule)
        .join(),
      'budget_line_missing',
    );
    assert.equal(runSetRules('budget', [], context).length, 8);
  });
});

test('no rule fails on values of any kind', () => {
  const fields = [...new Set(Object.values(recordKinds).flatMap((kind) => kind.fields.map(({ key }) => key)))];
  const value = fc.oneof(
    fc.constantFrom(null, undefined, true, false, '', '01', '2024-13-99', 'x'),
    fc.string(),
    fc.double(),
    fc.array(fc.string()),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), value), (record) => {
      for (const kind of new Set(recordRules.map((rule) => rule.kind))) {
        runRecordRules(kind, record, context);
        runSetRules(kind, [record, record], context);
      }
    }),
    { numRuns: 300 },
  );
});
