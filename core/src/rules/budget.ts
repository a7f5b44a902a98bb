import type { CodeEntry } from '../codes/code-list.ts';
import { codeName } from '../codes/index.ts';
import { budgetLine } from '../codes/schools.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { fieldOf, recordKinds } from '../records/kinds.ts';
import { clashes } from './clashes.ts';
import { type RecordValues, type SetRule, type SetSpot, textOf } from './rule.ts';

const SHEET = 'TT 24/2018/TT-BGDĐT, biểu chi ngân sách nhà nước cho giáo dục, mục II';

type Line = CodeEntry & { block: string; split: 'total' | 'source' | 'use' };
const lines: readonly Line[] = budgetLine.entries;
/** Few schools spend on the other blocks: they are 0 where they are not entered. */
const NEEDED = lines.filter(({ block }) => block === 'education');
const blocks = [...Map.groupBy(lines, ({ block }) => block).values()];

const AMOUNTS = ['settled', 'planned', 'estimated'] as const;

/** In hundredths of a million đồng: sums of decimals would drift. */
const hundredths = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

type ByLine = ReadonlyMap<string, { record: RecordValues; index: number }>;

function sumSpots(block: readonly Line[], split: 'source' | 'use', byLine: ByLine): SetSpot[] {
  const line = block.find((each) => each.split === 'total')!.code;
  const total = byLine.get(line);
  const parts = block.filter((each) => each.split === split).map(({ code }) => byLine.get(code));
  // A missing line is the finding of another rule; in the blocks that may be left out it is 0.
  if (block[0]!.block === 'education' && (!total || parts.includes(undefined))) return [];
  const place = total ?? parts.find((part) => part !== undefined);
  if (!place) return [];
  return AMOUNTS.flatMap((amount): SetSpot[] => {
    const sum = parts.reduce((so, part) => so + hundredths(part?.record[amount]), 0);
    const stated = hundredths(total?.record[amount]);
    if (sum === stated) return [];
    const params = { amount, line, sum: sum / 100, total: stated / 100 };
    return [{ index: place.index, field: amount, value: String(stated / 100), params }];
  });
}

function sumRule(split: 'source' | 'use', title: SetRule['title'], parts: SetRule['title']): SetRule {
  return {
    id: `budget_${split}_sum`,
    kind: 'budget',
    severity: 'error',
    source: SHEET,
    title,
    message: ({ params: p = {} }) => ({
      vi: `${fieldOf(recordKinds.budget, String(p.amount)).label.vi}: các ${parts.vi} cộng lại là ${formatNumber(Number(p.sum))} nhưng “${codeName('budget_line', String(p.line), 'vi')}” ghi ${formatNumber(Number(p.total))} (triệu đồng). Sửa dòng sai để hai số bằng nhau.`,
      en: `${fieldOf(recordKinds.budget, String(p.amount)).label.en}: the ${parts.en} add up to ${formatNumber(Number(p.sum))}, but “${codeName('budget_line', String(p.line), 'en')}” is ${formatNumber(Number(p.total))} (million đồng). Correct the wrong line so that both agree.`,
    }),
    check: (records) => {
      const byLine = new Map(records.map((record, index) => [textOf(record.line), { record, index }]));
      return blocks.flatMap((block) => sumSpots(block, split, byLine));
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
      return NEEDED.filter(({ code }) => !given.has(code)).map(({ code }) => ({
        index: -1,
        field: 'line',
        value: code,
        params: { line: code },
      }));
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
