/**
 * Vietnamese text. Files arrive in NFC and NFD (macOS, old converters), with no-break spaces, zero-width characters and
 * look-alikes of Đ; everything is stored in NFC with single spaces.
 */

/** NFC, without invisible characters, outer spaces removed, inner white space as one space. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/gu, '')
    .replace(/[\s\u0000-\u001F\u007F]+/gu, ' ')
    .trim();
}

/** The beginning of a text, without half a letter at the cut. */
export function beginningOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** As normalizeText; also turns the look-alikes Ð (Icelandic) and Ɖ (Ewe) into Đ, and typographic apostrophes into '. */
export function normalizeName(text: string): string {
  return normalizeText(text)
    .replace(/[ÐƉ]/g, 'Đ')
    .replace(/[ðɖ]/g, 'đ')
    .replace(/[’‘ʼ´`]/g, "'");
}

/** What folds without a decomposition: đ, ƀ of Ê-đê and Gia-rai names, letters of names from abroad, dashes and quotes. */
const FOLDED = new Map(
  (
    "ªa ºo æae ðd øo þth ßss đd ħh ıi ĳij ĸq ŀl łl ŉ'n ŋn œoe ŧt ſs ƀb ɓb ƃb ƈc ɖd ɗd ƌd ɛe ƒf ɠg ƕhv ɩi ɨi ƙk ƚl ɲn ƞn ƣoi ƥp ƫt ƭt ʈt ʋv ƴy ƶz " +
    'ǆdz ǉlj ǌnj ǥg ǳdz ȡd ȥz ȴl ȵn ȶt ȷj ȸdb ȹqp ⱥa ȼc ⱦt ȿs ɀz ʉu ɇe ɉj ɍr ɏy ẚa ẜs ẝs ỻll ỽv ỿy ‐- ‑- ‒- –- —- ―- ‘\' ’\' “" ”"'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);

/** Lower case without diacritics, so that "nguyen van duc" finds "Nguyễn Văn Đức". The database folds in the same way. */
export function searchKey(text: string): string {
  return normalizeText(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\u0000-\u007F]/g, (letter) => FOLDED.get(letter) ?? letter);
}

export type NameFault = 'empty' | 'not_normalized' | 'too_long' | 'digit' | 'character' | 'one_word';

/** The ministry's field is 50 characters; long names of ethnic groups and foreigners exceed it. */
const LONGEST_NAME = 100;

/**
 * The first fault of a person's name, or null. Allowed are Latin letters with any marks (names of all ethnic groups and of
 * foreigners), single spaces, and ' - . between letters ("H'Mai", "Hà-Nhì").
 */
export function nameFault(name: string): NameFault | null {
  if (normalizeName(name) === '') return 'empty';
  if (normalizeName(name) !== name) return 'not_normalized';
  if (name.length > LONGEST_NAME) return 'too_long';
  if (/\p{N}/u.test(name)) return 'digit';
  if (!/^(?:\p{Script=Latin}\p{M}*)+(?:(?:['-]|\.? )(?:\p{Script=Latin}\p{M}*)+)*\.?$/u.test(name)) return 'character';
  return name.includes(' ') ? null : 'one_word';
}

/** "NGUYỄN THỊ H'MAI" and "nguyễn thị h'mai" as "Nguyễn Thị H'Mai". */
export function titleCase(name: string): string {
  return normalizeName(name)
    .toLowerCase()
    .replace(/(^|[ '-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** Given name, the last word: Vietnamese lists are sorted by it first. */
export function givenName(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
