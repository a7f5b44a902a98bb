import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { givenName, nameFault, normalizeName, normalizeText, searchKey, titleCase } from './text.ts';

// Every letter of the Vietnamese alphabet with every tone, written out once as base letters and combining marks.
const VOWELS = ['a', 'a\u0306', 'a\u0302', 'e', 'e\u0302', 'i', 'o', 'o\u0302', 'o\u031B', 'u', 'u\u031B', 'y'];
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const letters = VOWELS.flatMap((vowel) =>
  TONES.map((tone) => ({ composed: (vowel + tone).normalize('NFC'), decomposed: vowel + tone, base: vowel.charAt(0) })),
);

describe('normalizeText', () => {
  const table: [string, string][] = [
    ['  Nguyễn   Văn\tAn \n', 'Nguyễn Văn An'],
    ['Nguyễn\u00A0Văn\u202FAn', 'Nguyễn Văn An'],
    ['\uFEFFLê\u200B Văn\u00AD A', 'Lê Văn A'],
    ['Trần Thị Bích'.normalize('NFD'), 'Trần Thị Bích'],
    ['\u0000\u0007', ''],
  ];
  for (const [text, expected] of table) test(JSON.stringify(text), () => assert.equal(normalizeText(text), expected));

  test('is idempotent and gives NFC without outer or double spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalizeText(text);
        assert.equal(normalizeText(once), once);
        assert.equal(once, once.normalize('NFC'));
        assert.doesNotMatch(once, /^\s|\s$|\s\s|[\t\n\r]/u);
      }),
    );
  });
});

describe('searchKey', () => {
  test('all 72 vowels and đ, in both cases and both normal forms', () => {
    assert.equal(letters.length, 72);
    for (const { composed, decomposed, base } of letters) {
      assert.equal([...composed].length, 1, 'Unicode has it as one character');
      for (const form of [composed, decomposed, composed.toUpperCase(), decomposed.toUpperCase()])
        assert.equal(searchKey(form), base);
    }
    assert.equal(searchKey('Đđ'), 'dd');
  });

  const table: [string, string][] = [
    ['Nguyễn Văn Đức', 'nguyen van duc'],
    ['HOÀNG THỊ THUỶ', 'hoang thi thuy'],
    ['Hoà', 'hoa'],
    ['Hòa', 'hoa'],
    ['Ðặng Ƀlô', 'dang blo'],
    ["H'Hen Niê", "h'hen nie"],
    ['Y Ƀlĭ Êban', 'y bli eban'],
  ];
  for (const [text, expected] of table) test(text, () => assert.equal(searchKey(text), expected));

  test('does not depend on case, normal form or spaces', () => {
    const word = fc.array(fc.constantFrom(...letters.map((letter) => letter.composed), 'đ', 'n', 'h', 'g', 't'), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const text = words.map((each) => each.join('')).join(' ');
        const key = searchKey(text);
        assert.match(key, /^[a-z ]+$/);
        for (const form of [text.toUpperCase(), text.normalize('NFD'), `  ${text.replaceAll(' ', '  ')} `])
          assert.equal(searchKey(form), key);
      }),
    );
  });
});

describe('nameFault', () => {
  const good = [
    'Nguyễn Văn An',
    'Lý A Páo',
    "H'Hen Niê",
    'Y Ƀlĭ Êban',
    'Đặng Thị Ánh',
    'Hồ A-Rưm',
    'Anna Müller',
    "Patrick O'Neil",
    'John F. Smith',
    'Vàng Thị Dở',
  ];
  for (const name of good) test(name, () => assert.equal(nameFault(name), null));

  const bad: [string, string][] = [
    ['', 'empty'],
    [' \u200B', 'empty'],
    ['Nguyễn  An', 'not_normalized'],
    [' Nguyễn An', 'not_normalized'],
    ['Nguyễn Văn An'.normalize('NFD'), 'not_normalized'],
    ['Ðặng An', 'not_normalized'],
    ['Nguyễn Văn An 2', 'digit'],
    ['Nguyễn Văn A²', 'digit'],
    ['Nguyễn Văn A?', 'character'],
    ['Nguyễn_Văn_A', 'character'],
    ['=HYPERLINK("x")', 'character'],
    ['Nguyễn Vаn', 'character'], // Cyrillic а
    ['An -', 'character'],
    ['Nguyễn Văn (B)', 'character'],
    ['An', 'one_word'],
    [`Nguyễn ${'a'.repeat(100)}`, 'too_long'],
  ];
  for (const [name, fault] of bad)
    test(`${JSON.stringify(name.slice(0, 30))}: ${fault}`, () => assert.equal(nameFault(name), fault));

  test('answers quickly for hostile text', () => {
    assert.equal(nameFault(`${'a'.repeat(49)} ${'a'.repeat(49)}!`), 'character');
    assert.equal(nameFault("a'".repeat(49)), 'character');
  });
});

describe('titleCase', () => {
  const table: [string, string][] = [
    ['NGUYỄN THỊ BÍCH NGỌC', 'Nguyễn Thị Bích Ngọc'],
    ['nguyễn đức  anh', 'Nguyễn Đức Anh'],
    ["H'HEN NIÊ", "H'Hen Niê"],
    ['ÐỖ ÁNH', 'Đỗ Ánh'],
  ];
  for (const [text, expected] of table) test(text, () => assert.equal(titleCase(text), expected));
  test('is idempotent', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(titleCase(titleCase(text)), titleCase(text))));
  });
});

test('look-alikes are turned into Vietnamese letters', () => {
  assert.equal(normalizeName('Ðặng Ɖức ð’'), "Đặng Đức đ'");
});

test('the given name is the last word', () => {
  assert.equal(givenName('Nguyễn Thị Bích Ngọc'), 'Ngọc');
  assert.equal(givenName('An'), 'An');
});
