import type { Finding, RuleFace } from '../findings.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { sumOfCells, toHundredths } from './cells.ts';
import type { Cells, FormDefinition, YearCheck } from './definition.ts';

const ruleOf = (form: FormDefinition, check: YearCheck) => `${form.slug}.${check.id}`;

/**
 * Figures that changed more from last year than such figures do. Where a year has none of the cells there is nothing to compare.
 * @param lastYear of the same form, in whatever version
 */
export function runYearChecks(form: FormDefinition, cells: Cells, lastYear: Cells | null): Finding[] {
  if (!lastYear) return [];
  return (form.yearChecks ?? []).flatMap((check): Finding[] => {
    const [now, before] = [sumOfCells(cells, check.cells), sumOfCells(lastYear, check.cells)];
    if (now === undefined || before === undefined) return [];
    const change = toHundredths(now - before);
    if (Math.abs(change) <= Math.max(check.least, toHundredths(before * check.share))) return [];
    const cell = check.cells[0]!;
    return [
      { rule: ruleOf(form, check), severity: 'warning', cell, value: String(now), params: { now, before, change } },
    ];
  });
}

export function yearCheckFaces(form: FormDefinition): RuleFace[] {
  return (form.yearChecks ?? []).map((check) => ({
    id: ruleOf(form, check),
    severity: 'warning' as const,
    source: check.source,
    title: check.text,
    message: ({ params = {} }) => {
      const [now = 0, before = 0, change = 0] = [params.now, params.before, params.change].map(Number);
      const sign = change > 0 ? '+' : '−';
      const share = before === 0 ? '' : ` (${sign}${formatNumber(Math.round(Math.abs(change / before) * 1000) / 10)}%)`;
      const usual = formatNumber(check.share * 100);
      const [allowedVi, allowedEn] =
        check.share === 0
          ? ['thường không đổi', 'usually no change']
          : [`thường không quá ${usual}%`, `usually no more than ${usual}%`];
      return {
        vi: `${check.text.vi} Năm nay ${formatNumber(now)}, năm trước ${formatNumber(before)}: ${sign}${formatNumber(Math.abs(change))}${share}, ${allowedVi}. Kiểm tra lại hồ sơ; nếu đúng, nêu lý do.`,
        en: `${check.text.en} This year ${formatNumber(now)}, last year ${formatNumber(before)}: ${sign}${formatNumber(Math.abs(change))}${share}, ${allowedEn}. Check the records; if right, give the reason.`,
      };
    },
  }));
}
