// What cannot be, or can hardly be, among the indicators of one unit and year.
import type { Text } from '../records/field.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { type Breakdown, type IndicatorDefinition, isPopulation } from './definition.ts';
import type { Figure } from './figure.ts';

export interface ValuedIndicator {
  indicator: IndicatorDefinition;
  figures: readonly Figure[];
}

export interface IndicatorFinding {
  rule: 'above_hundred' | 'above_limit' | 'fewer_reports';
  slug: string;
  breakdown: Breakdown;
  message: Text;
}

export function findDoubtfulValues(valued: readonly ValuedIndicator[]): IndicatorFinding[] {
  const bySlug = new Map(valued.map((each) => [each.indicator.slug, each]));
  return valued.flatMap((each) => [...findAboveHundred(each), ...findAboveLimit(each, bySlug)]);
}

function findAboveHundred({ indicator, figures }: ValuedIndicator): IndicatorFinding[] {
  if (!indicator.isShare) return [];
  return figures.flatMap(({ breakdown, value }): IndicatorFinding[] => {
    if (value === null || value <= 100) return [];
    const shown = formatNumber(value);
    const { vi, en } = indicator.name;
    const message = {
      vi: `${vi} là ${shown}%: một phần không thể lớn hơn toàn bộ. Đối chiếu số dân cùng năm, cùng địa bàn với số học sinh.`,
      en: `${en} is ${shown}%: a part cannot be more than the whole. Compare the population of the same year and place with the pupils.`,
    };
    return [{ rule: 'above_hundred', slug: indicator.slug, breakdown, message }];
  });
}

function findAboveLimit(
  { indicator, figures }: ValuedIndicator,
  bySlug: ReadonlyMap<string, ValuedIndicator>,
): IndicatorFinding[] {
  const limit = indicator.atMost === undefined ? undefined : bySlug.get(indicator.atMost);
  if (!limit) return [];
  return figures.flatMap(({ breakdown, value }): IndicatorFinding[] => {
    const most = limit.figures.find((each) => each.breakdown === breakdown)?.value ?? null;
    if (value === null || most === null || value <= most) return [];
    const [now, than] = [formatNumber(value), formatNumber(most)];
    const message = {
      vi: `${indicator.name.vi} (${now}) không thể cao hơn ${limit.indicator.name.vi.toLocaleLowerCase('vi')} (${than}). Kiểm tra các dòng của biểu.`,
      en: `${indicator.name.en} (${now}) cannot exceed ${limit.indicator.name.en.toLocaleLowerCase('en')} (${than}). Check the rows of the form.`,
    };
    return [{ rule: 'above_limit', slug: indicator.slug, breakdown, message }];
  });
}

/** Pupils of some schools against the people of the whole place say nothing yet. */
export function findFewerReports(
  indicator: IndicatorDefinition,
  figure: Figure,
  { parts, schools }: { parts: number; schools: number },
): IndicatorFinding[] {
  const isAgainstPeople = indicator.denominator?.some(isPopulation) ?? false;
  if (!isAgainstPeople || figure.value === null || parts >= schools) return [];
  const message = {
    vi: `${indicator.name.vi} mới tính từ ${parts} trên ${schools} trường đã duyệt, so với dân số của cả địa bàn: còn thấp hơn thực tế.`,
    en: `${indicator.name.en} is made of ${parts} of ${schools} schools approved so far, against the people of the whole place: it is too low yet.`,
  };
  return [{ rule: 'fewer_reports', slug: indicator.slug, breakdown: figure.breakdown, message }];
}
