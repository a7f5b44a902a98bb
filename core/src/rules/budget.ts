import type { CodeEntry } from '../codes/code-list.ts';
import { codeName } from '../codes/index.ts';
import { budgetLine } from '../codes/schools.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { fieldOf, recordKinds } from '../records/kinds.ts';
import { clashes } from './clashes.ts';
import { kept, type RecordValues, type SetRule, type SetSpot, textOf } from './rule.ts';

const SHEET = 'TT 24/2018/TT-BGDĐT, biểu chi ngân sách nhà nước cho giáo dục, mục II';

type Line = CodeEntry & { split: 'total' | 'source' | 'use' };
const lines = budgetLine.entries as readonly Line[];
const codesIn = (split: Line['split']) => lines.filter((line) => line.split === split).map((line) => line.code);
const TOTAL = codesIn('total')[0] as string;

const AMOUNTS = ['settled', 'planned', 'estimated'] as const;

/** In hundredths of a million đồng: sums of decimals would drift. */
const hundredths = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

function sumRule(split: 'source' | 'use', title: SetRule['title'], parts: SetRule['title']): SetRule {
  const codes = codesIn(split);
  return {
    id: `budget_${split}_sum`,
    kind: 'budget',
    severity: 'error',
    source: SHEET,
    title,
    message: ({ params: p = {} }) => ({
      vi: `${fieldOf(recordKinds.budget, String(p.amount)).label.vi}: các ${parts.vi} cộng lại là ${formatNumber(Number(p.sum))} nhưng tổng chi ghi ${formatNumber(Number(p.total))} (triệu đồng). Sửa dòng sai để hai số bằng nhau.`,
      en: `${fieldOf(recordKinds.budget, String(p.amount)).label.en}: the ${parts.en} add up to ${formatNumber(Number(p.sum))}, but the total is ${formatNumber(Number(p.total))} (million đồng). Correct the wrong line so that both agree.`,
    }),
    check: (records) => {
      const byLine = new Map(records.map((record, index) => [textOf(record.line), { record, index }]));
      const total = byLine.get(TOTAL);
      // A missing line is the finding of another rule.
      if (!total || !codes.every((code) => byLine.has(code))) return kept;
      return AMOUNTS.flatMap((amount): SetSpot[] => {
        const sum = codes.reduce(
          (so, code) => so + hundredths((byLine.get(code) as { record: RecordValues }).record[amount]),
          0,
        );
        const stated = hundredths(total.record[amount]);
        return sum === stated
          ? []
          : [
              {
                index: total.index,
                field: amount,
                value: String(stated / 100),
                params: { amount, sum: sum / 100, total: stated / 100 },
              },
            ];
      });
    },
  };
}

export const budgetSetRules: SetRule[] = [
  {
    id: 'budget_line_missing',
    kind: 'budget',
    severity: 'error',
    source: SHEET,
    title: { vi: 'Biểu ngân sách còn thiếu dòng', en: 'Budget line missing' },
    message: ({ params: p = {} }) => ({
      vi: `Chưa có dòng “${codeName('budget_line', String(p.line), 'vi')}”. Thêm dòng này, ghi 0 nếu không có khoản chi.`,
      en: `The line “${codeName('budget_line', String(p.line), 'en')}” is missing. Add it, with 0 if nothing was spent.`,
    }),
    check: (records) => {
      const given = new Set(records.map((record) => textOf(record.line)));
      return lines
        .filter(({ code }) => !given.has(code))
        .map(({ code }) => ({ index: -1, field: 'line', value: code, params: { line: code } }));
    },
  },
  sumRule(
    'source',
    { vi: 'Tổng chi khác tổng các nguồn', en: 'Total differs from the sum of sources' },
    { vi: 'nguồn (ngân sách, phí lệ phí, khác)', en: 'sources (state budget, fees, other)' },
  ),
  sumRule(
    'use',
    { vi: 'Tổng chi khác tổng các nhóm chi', en: 'Total differs from the sum of uses' },
    {
      vi: 'nhóm chi (cá nhân, hàng hóa dịch vụ, hỗ trợ, khác)',
      en: 'uses (persons, goods and services, support, other)',
    },
  ),
  {
    id: 'budget_duplicate',
    kind: 'budget',
    severity: 'error',
    source: SHEET,
    title: { vi: 'Một khoản chi ghi hai dòng', en: 'A budget line entered twice' },
    message: ({ value }) => ({
      vi: `Khoản “${codeName('budget_line', String(value), 'vi')}” đã có một dòng. Giữ một dòng, bỏ dòng kia.`,
      en: `“${codeName('budget_line', String(value), 'en')}” is there already. Keep one line and remove the other.`,
    }),
    check: (records) =>
      clashes(
        records,
        ({ line }) => textOf(line),
        () => true,
        'line',
      ).map((spot) => ({ index: spot.index, field: 'line', value: textOf(records[spot.index]?.line) })),
  },
];
