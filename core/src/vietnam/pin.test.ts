import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { pinPrefix } from '../codes/pin-prefixes.ts';
import { buildPin, checkPin, maskPin, parsePin, type Pin } from './pin.ts';

const pins = fc.record<Pin>(
  {
    prefix: fc.constantFrom(...pinPrefix.entries.map((entry) => entry.code)),
    sex: fc.constantFrom('01', '02'),
    birthYear: fc.integer({ min: 1900, max: 2399 }),
    serial: fc.integer({ min: 0, max: 999_999 }).map((serial) => String(serial).padStart(6, '0')),
  },
  { noNullPrototype: true },
);

describe('parsePin', () => {
  const table: [string, Pin][] = [
    // The example explained by the Ministry of Public Security's guidance: Đồng Tháp, male, 1984.
    ['087084000999', { prefix: '087', sex: '01', birthYear: 1984, serial: '000999' }],
    ['019318000021', { prefix: '019', sex: '02', birthYear: 2018, serial: '000021' }],
    ['001200123456', { prefix: '001', sex: '01', birthYear: 2000, serial: '123456' }],
    ['096199999999', { prefix: '096', sex: '02', birthYear: 1999, serial: '999999' }],
    ['019900000000', { prefix: '019', sex: '02', birthYear: 2300, serial: '000000' }],
  ];
  for (const [text, expected] of table) test(text, () => assert.deepEqual(parsePin(text), expected));

  for (const bad of [
    '',
    '19318000021',
    '0193180000211',
    '01931800002a',
    ' 019318000021',
    '019318000021\n',
    '019.318.000.021',
    '٠١٩٣١٨٠٠٠٠٢١',
  ]) {
    test(`refuses ${JSON.stringify(bad)}`, () => {
      assert.equal(parsePin(bad), null);
      assert.deepEqual(checkPin(bad), [{ fault: 'bad_format', severity: 'error' }]);
    });
  }
});

describe('checkPin', () => {
  const faults = (text: string, person: Parameters<typeof checkPin>[1]) =>
    checkPin(text, person).map((finding) => finding.fault);
  const table: [string, Parameters<typeof checkPin>[1], string[]][] = [
    ['019318000021', { sex: '02', birthDate: '2018-03-05' }, []],
    ['019318000021', {}, []],
    ['019318000021', { sex: null, birthDate: null }, []],
    ['019318000021', { sex: '01', birthDate: '2018-03-05' }, ['sex_mismatch']],
    ['019318000021', { sex: '02', birthDate: '2017-12-31' }, ['birth_year_mismatch']],
    ['019118000021', { sex: '02', birthDate: '2018-01-01' }, ['birth_year_mismatch']],
    ['003218000021', { sex: '02', birthDate: '2016-01-01' }, ['unknown_prefix', 'sex_mismatch', 'birth_year_mismatch']],
  ];
  for (const [text, person, expected] of table) {
    test(`${text} ${JSON.stringify(person)}`, () => assert.deepEqual(faults(text, person), expected));
  }

  test('an unknown prefix is a warning, the others are errors', () => {
    assert.deepEqual(checkPin('003218000021', { sex: '02' }), [
      { fault: 'unknown_prefix', severity: 'warning' },
      { fault: 'sex_mismatch', severity: 'error' },
    ]);
  });
});

test('a built number parses back to its parts and has no fault', () => {
  fc.assert(
    fc.property(pins, (pin) => {
      const text = buildPin(pin);
      assert.deepEqual(parsePin(text), pin);
      assert.deepEqual(checkPin(text, { sex: pin.sex, birthDate: `${pin.birthYear}-06-15` }), []);
    }),
  );
});

test('parts that do not fit are refused', () => {
  const good: Pin = { prefix: '019', sex: '01', birthYear: 2018, serial: '000021' };
  for (const bad of [
    { birthYear: 1899 },
    { birthYear: 2400 },
    { birthYear: 2018.5 },
    { prefix: '19' },
    { serial: '21' },
    { serial: 'abcdef' },
  ]) {
    assert.throws(() => buildPin({ ...good, ...bad }), RangeError);
  }
});

test('the mask keeps the first six and the last two digits, and nothing of what is no number', () => {
  assert.equal(maskPin('019318000021'), '019318••••21');
  assert.equal(maskPin('12345'), '•••••');
  assert.equal(maskPin(''), '');
  fc.assert(fc.property(pins, (pin) => assert.ok(!maskPin(buildPin(pin)).includes(pin.serial))));
});
