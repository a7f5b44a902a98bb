/**
 * Codes printed on reports: eight characters of Crockford's base 32 (no I, L, O, U) in two groups, and a check character,
 * as in "7K3M-9QXT-H". The check character is a weighted sum over the field of 32 elements with a different weight at each
 * place: any one wrong character and any two exchanged ones are noticed before the database is asked.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** @param random at least five unguessable bytes. */
export function formatPrintCode(random: Uint8Array): string {
  if (random.length < 5) throw new RangeError('a print code needs five random bytes');
  let bits = 0n;
  for (const byte of random.slice(0, 5)) bits = (bits << 8n) | BigInt(byte);
  const digits = Array.from({ length }, (_, place) => Number((bits >> BigInt(5 * place)) & 31n));
  return compose(digits);
}

/** The code as it is stored, however it was typed; undefined where it cannot be one. */
export function readPrintCode(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s.–-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const digits = [...plain].map((character) => alphabet.indexOf(character));
  if (digits.length !== length + 1 || digits.includes(-1)) return undefined;
  return digits[length] === checkDigit(digits.slice(0, length)) ? compose(digits.slice(0, length)) : undefined;
}

function compose(digits: number[]): string {
  const text = [...digits, checkDigit(digits)].map((digit) => alphabet[digit]).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

function checkDigit(digits: number[]): number {
  let weight = 1;
  let sum = 0;
  for (const digit of digits) {
    weight = multiply(weight, 2);
    sum ^= multiply(weight, digit);
  }
  return sum;
}

/** In GF(32) with x^5 + x^2 + 1. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) {
    if (b & (1 << bit)) product ^= a << bit;
  }
  for (let bit = 9; bit >= 5; bit -= 1) {
    if (product & (1 << bit)) product ^= 0b100101 << (bit - 5);
  }
  return product;
}
