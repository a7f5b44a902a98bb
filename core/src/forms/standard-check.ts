import type { Finding, RuleFace } from '../findings.ts';
import { codeName } from '../codes/index.ts';
import { lowestDegreeOn } from '../rules/training-standard.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import type { Cells, FormDefinition, StandardCheck } from './definition.ts';

const ruleOf = (form: FormDefinition, check: StandardCheck) => `${form.slug}.${check.id}`;

/**
 * Teachers whose row is below the standard of the law in force on the as-of day. Who may teach special subjects with a lower degree
 * is not told apart by the form: nobody is called below whom the law may accept.
 */
export function runStandardCheck(form: FormDefinition, cells: Cells, asOf: string): Finding[] {
  const check = form.standardCheck;
  const law = lowestDegreeOn(asOf, form.level);
  if (!check || !law) return [];
  const below = ([1, 2, 3] as const).flatMap((degree) => (degree < law.lowest ? check.degrees[degree] : []));
  const places = [...below, ...check.without].map((cell) => ({ cell, value: cells[cell] ?? 0 }));
  const count = places.reduce((sum, { value }) => sum + value, 0);
  const total = cells[check.total] ?? 0;
  if (count <= Math.max(check.least, total * check.share)) return [];
  const most = places.reduce((first, each) => (each.value > first.value ? each : first));
  const filled = places.filter(({ value }) => value > 0).map(({ cell }) => cell);
  return [
    {
      rule: ruleOf(form, check),
      severity: 'warning',
      cell: most.cell,
      value: String(count),
      params: { count, total, reached: total - count, cells: filled.join(', '), law: law.source },
    },
  ];
}

export function standardCheckFaces(form: FormDefinition): RuleFace[] {
  const check = form.standardCheck;
  if (!check) return [];
  const level = (language: 'vi' | 'en') => codeName('level', form.level, language);
  return [
    {
      id: ruleOf(form, check),
      severity: 'warning',
      source: check.source,
      title: check.text,
      message: ({ params = {} }) => {
        const [count, total, reached] = [params.count, params.total, params.reached].map((each) =>
          formatNumber(Number(each)),
        );
        return {
          vi: `${check.text.vi} ${count} trong ${total} giáo viên (ô ${params.cells}) dưới chuẩn cấp ${level('vi')} theo ${params.law}; ${reached} đạt chuẩn hoặc trên chuẩn. Kiểm tra trình độ và chứng chỉ ở hồ sơ đội ngũ; nếu đúng, nêu lý do.`,
          en: `${check.text.en} ${count} of ${total} teachers (cells ${params.cells}) are below the standard of ${level('en')} by ${params.law}; ${reached} are at it or above. Check training and certificates in the staff records; if right, give the reason.`,
        };
      },
    },
  ];
}
