import type { Finding, RuleFace } from '../findings.ts';
import { sumOfCells } from '../forms/cells.ts';
import type { Cells, FormDefinition, Ratio } from '../forms/definition.ts';
import type { Text } from '../records/field.ts';
import { formatNumber, roundHalfUp } from '../vietnam/numbers.ts';

/** With fewer like units a median says little. */
export const leastLikeUnits = 8;

export interface Median {
  median: number;
  /** Median of the distances from the median. */
  spread: number;
  units: number;
}

/** One ratio of a unit beside those of the units like it. */
export interface Comparison extends Median {
  value: number;
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

/** The parts that a unit has most of its figures in: of each the first cell. Units with the same text are alike. */
export function partsOf({ likeness = [] }: Pick<FormDefinition, 'likeness'>, cells: Cells): string {
  const most = likeness.flatMap(({ parts }) => {
    const sizes = parts.map((part) => sumOfCells(cells, part.cells) ?? 0);
    return parts[sizes.indexOf(Math.max(...sizes))]?.cells[0] ?? [];
  });
  return most.join(' ');
}

/** What the units have in common. @param parts as told by partsOf */
export function wordsOfLikeness({ likeness = [] }: FormDefinition, parts: string): Text {
  const cells = parts.split(' ');
  const labels = likeness.flatMap(
    (each, index) => each.parts.find((part) => part.cells[0] === cells[index])?.label ?? [],
  );
  return { vi: labels.map(({ vi }) => vi).join(', '), en: labels.map(({ en }) => en).join(', ') };
}

/** Undefined where the cells say nothing of it. */
function valueOf({ over, under, where }: Ratio, cells: Cells): number | undefined {
  const [above, below = 0] = [sumOfCells(cells, over), sumOfCells(cells, under)];
  const isAsked = where === undefined || (cells[where] ?? 0) > 0;
  return isAsked && above !== undefined && below > 0 ? above / below : undefined;
}

/** A draft held against the units like it that have sent. @param medians of these units, by ratio */
export function findOutliers(form: FormDefinition, cells: Cells, medians: ReadonlyMap<string, Median>): Finding[] {
  return (form.ratios ?? []).flatMap((ratio): Finding[] => {
    const [median, value] = [medians.get(ratio.id), valueOf(ratio, cells)];
    if (!median || value === undefined || !isOutlier({ value, ...median }, ratio)) return [];
    const params = { value, median: median.median, spread: median.spread, units: median.units };
    return [
      {
        rule: `${form.slug}.${ratio.id}`,
        severity: 'warning',
        cell: ratio.over[0]!,
        value: formatRatio(ratio, value),
        params: { ...params, parts: partsOf(form, cells) },
      },
    ];
  });
}

export function likeUnitFaces(form: FormDefinition): RuleFace[] {
  return (form.ratios ?? []).map((ratio) => ({
    id: `${form.slug}.${ratio.id}`,
    severity: 'warning' as const,
    source: ratio.source,
    title: ratio.name,
    message: ({ params = {} }) => {
      const [value = 0, median = 0, spread = 0, units = 0] = [
        params.value,
        params.median,
        params.spread,
        params.units,
      ].map(Number);
      const said = describeOutlier(
        form,
        ratio,
        { value, median, spread, units },
        wordsOfLikeness(form, String(params.parts)),
      );
      return {
        vi: `${said.vi} Kiểm tra lại hồ sơ; nếu đúng, nêu lý do.`,
        en: `${said.en} Check the records; if right, give the reason.`,
      };
    },
  }));
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
