/** Numbers as Vietnamese people write them: 1.234,5. */

/** Decimal digits of a finite number as a whole number and a power of ten: value = digits / 10^scale. */
function toDecimal(value: number): { digits: bigint; scale: number } {
  const [mantissa = '', exponent = '0'] = value.toString().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Whole-number division, rounded half away from zero. */
function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

function fromScaled(digits: bigint, decimals: number): number {
  return Number(`${digits}e-${decimals}`);
}

/**
 * Rounds half up (away from zero) the decimal number that is shown: 1.005 to 1.01, though its binary value lies below.
 * @throws RangeError for what is not finite.
 */
export function roundHalfUp(value: number, decimals = 0): number {
  if (!Number.isFinite(value)) throw new RangeError('only finite numbers can be rounded');
  const { digits, scale } = toDecimal(value);
  if (scale <= decimals) return value;
  return fromScaled(divideHalfUp(digits, 10n ** BigInt(scale - decimals)), decimals);
}

/**
 * numerator / denominator, rounded half up without passing through binary fractions: 1/32 as percent is 3.13.
 * Null when the denominator is zero. Both are whole numbers; for a percentage multiply the numerator by 100.
 */
export function roundRatio(numerator: number, denominator: number, decimals: number): number | null {
  if (denominator === 0) return null;
  const scale = 10 ** decimals;
  const doubled = 2 * numerator * scale + denominator;
  // In whole numbers that a double holds exactly nothing is lost: a province's indicators are a hundred thousand of these.
  if (Number.isSafeInteger(numerator) && numerator >= 0 && denominator > 0 && Number.isSafeInteger(doubled))
    return (doubled - (doubled % (2 * denominator))) / (2 * denominator) / scale;
  return fromScaled(divideHalfUp(BigInt(numerator) * 10n ** BigInt(decimals), BigInt(denominator)), decimals);
}

/** 1234.5 as "1.234,5". With `decimals` exactly so many, rounded half up; without, as many as the number has. */
export function formatNumber(value: number, decimals?: number): string {
  const rounded = decimals === undefined ? value : roundHalfUp(value, decimals);
  const { digits, scale } = toDecimal(Math.abs(rounded));
  const shown = decimals ?? scale;
  const padded = (digits * 10n ** BigInt(shown - scale)).toString().padStart(shown + 1, '0');
  const whole = padded.slice(0, padded.length - shown).replace(/\B(?=(\d{3})+$)/g, '.');
  const sign = rounded < 0 ? '-' : '';
  return shown === 0 ? sign + whole : `${sign}${whole},${padded.slice(-shown)}`;
}

/**
 * "1.234,5", "1234,5" or "1234". A point may only part groups of three, so "1.5" and "1,234.5" are null rather than guessed.
 */
export function parseNumber(text: string): number | null {
  const match = /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  return Number(`${sign}${whole.replaceAll('.', '')}.${fraction || '0'}`);
}
