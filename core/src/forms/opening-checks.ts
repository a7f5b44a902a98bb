import type { Finding, RuleFace } from '../findings.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { sumOfCells } from './cells.ts';
import type { Cells, FormDefinition, OpeningCheck } from './definition.ts';

const ruleOf = (form: FormDefinition, check: OpeningCheck) => `${form.slug}.${check.id}`;

/** The slugs of the start-of-year forms that a form is held against. */
export const openingFormsOf = (form: FormDefinition): string[] => [
  ...new Set((form.openingChecks ?? []).map((check) => check.form)),
];

/**
 * The year began with the pupils of the approved start-of-year report: records changed since then for a day before it show here.
 * @param opening approved figures by the slug of their form; what is not there is not compared
 */
export function runOpeningChecks(
  form: FormDefinition,
  cells: Cells,
  opening: Readonly<Record<string, Cells | undefined>>,
): Finding[] {
  return (form.openingChecks ?? []).flatMap((check): Finding[] => {
    const found = sumOfCells(cells, check.cells);
    const stated = sumOfCells(opening[check.form] ?? {}, check.against);
    if (found === undefined || stated === undefined || found === stated) return [];
    return [
      {
        rule: ruleOf(form, check),
        severity: 'warning',
        cell: check.cells[0]!,
        value: String(found),
        params: { found, stated },
      },
    ];
  });
}

export function openingCheckFaces(form: FormDefinition): RuleFace[] {
  return (form.openingChecks ?? []).map((check) => ({
    id: ruleOf(form, check),
    severity: 'warning' as const,
    source: check.source,
    title: check.text,
    message: ({ params = {} }) => {
      const [found, stated] = [params.found, params.stated].map((value) => formatNumber(Number(value)));
      return {
        vi: `${check.text.vi} Hồ sơ nay cho ${found}, báo cáo đầu năm đã duyệt ghi ${stated}. Kiểm tra hồ sơ đã sửa từ sau báo cáo đầu năm; nếu đúng, nêu lý do.`,
        en: `${check.text.en} The records now give ${found}, the approved start-of-year report says ${stated}. Check the records changed since that report; if right, give the reason.`,
      };
    },
  }));
}
