import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatPrintCode, readPrintCode } from './print-code.ts';

const bytes = fc.uint8Array({ minLength: 5, maxLength: 5 });
const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];

test('a code is two groups of four and a check character, and is read back however it is typed', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = formatPrintCode(random);
      assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/);
      assert.equal(readPrintCode(code), code);
      assert.equal(readPrintCode(` ${code.toLowerCase().replaceAll('-', ' ')} `), code);
      assert.equal(readPrintCode(code.replaceAll('0', 'o').replaceAll('1', 'l')), code);
    }),
  );
});

test('different bytes give different codes: forty bits are kept', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) =>
      assert.equal(formatPrintCode(a) === formatPrintCode(b), Buffer.compare(a, b) === 0),
    ),
  );
});

test('one wrong character is noticed, at each of the nine places', () => {
  const places = fc.constantFrom(0, 1, 2, 3, 5, 6, 7, 8, 10);
  fc.assert(
    fc.property(bytes, places, fc.constantFrom(...alphabet), (random, place, wrong) => {
      const code = formatPrintCode(random);
      fc.pre(code[place] !== wrong);
      assert.equal(readPrintCode(code.slice(0, place) + wrong + code.slice(place + 1)), undefined);
    }),
  );
});

test('two exchanged characters are noticed', () => {
  const place = fc.nat(7);
  fc.assert(
    fc.property(bytes, place, place, (random, first, second) => {
      const plain = [...formatPrintCode(random).replaceAll('-', '')];
      fc.pre(plain[first] !== plain[second]);
      [plain[first], plain[second]] = [plain[second]!, plain[first]!];
      assert.equal(readPrintCode(plain.join('')), undefined);
    }),
  );
});

test('what is no code is refused', () => {
  for (const typed of ['', '7K3M-9QXT', 'UUUU-UUUU-U', '7K3M-9QXT-HH', '*'.repeat(9)])
    assert.equal(readPrintCode(typed), undefined);
});
