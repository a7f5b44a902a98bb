import type { FormDefinition, Ratio } from '../forms/definition.ts';
import type { Text } from '../records/field.ts';
import { formatNumber, roundHalfUp } from '../vietnam/numbers.ts';

/** With fewer like units a median says little. */
export const leastLikeUnits = 8;

/** One ratio of a unit beside those of the units like it. */
export interface Comparison {
  value: number;
  median: number;
  /** Median of the distances from the median. */
  spread: number;
  units: number;
}

// For normally distributed figures 1.4826 times this median is the standard deviation; half of the units may be wrong without
// moving either.
const ROBUST = 1.4826;

/** What is usual: as far from the median as the check allows. */
export function usualRange({ median, spread }: Comparison, { share, times }: Pick<Ratio, 'share' | 'times'>) {
  const distance = Math.max(times * ROBUST * spread, share * Math.abs(median));
  return { low: Math.max(0, median - distance), high: median + distance };
}

export function isOutlier(compared: Comparison, ratio: Pick<Ratio, 'share' | 'times'>): boolean {
  const { low, high } = usualRange(compared, ratio);
  // A hair's breadth for binary fractions.
  return compared.value < low - 1e-9 || compared.value > high + 1e-9;
}

const decimals = 2;

/** As it is shown: a share as percent. */
export function formatRatio({ percent = false }: Pick<Ratio, 'percent'>, value: number): string {
  return percent ? `${formatNumber(roundHalfUp(value * 100, 1))}%` : formatNumber(roundHalfUp(value, decimals));
}

/** @param likeness words of what the units have in common */
export function describeOutlier(form: FormDefinition, ratio: Ratio, compared: Comparison, likeness: Text): Text {
  const show = (value: number) => formatRatio(ratio, value);
  const { low, high } = usualRange(compared, ratio);
  const isHigh = compared.value > high;
  const cells = [ratio.over, ratio.under].map((each) => each.join(' + ')).join(' / ');
  return {
    vi: `${ratio.name.vi} (ô ${cells}): ${show(compared.value)}, ${isHigh ? 'cao' : 'thấp'} hơn hẳn ${formatNumber(compared.units)} đơn vị cùng loại (${likeness.vi}) gửi biểu ${form.code}: trung vị ${show(compared.median)}, thường từ ${show(low)} đến ${show(high)}.`,
    en: `${ratio.name.en} (cells ${cells}): ${show(compared.value)}, far ${isHigh ? 'above' : 'below'} ${formatNumber(compared.units)} like units (${likeness.en}) that sent form ${form.code}: median ${show(compared.median)}, usually from ${show(low)} to ${show(high)}.`,
  };
}
