import type { RecordKind } from './field.ts';

/** Budget line of the financial year, in million đồng. Feeds the attached budget sheet. */
export const budget: RecordKind = {
  name: 'budget',
  collection: 'budget-lines',
  label: { vi: 'Ngân sách', en: 'Budget' },
  table: 'budget_line',
  view: 'budget_line',
  naturalKeys: [['line']],
  order: ['line'],
  search: [],
  source: 'TT 24/2018/TT-BGDĐT, biểu chi ngân sách nhà nước',
  fields: [
    {
      key: 'line',
      label: { vi: 'Khoản chi', en: 'Budget line' },
      type: 'code',
      list: 'budget_line',
      required: true,
      main: true,
      width: 320,
    },
    {
      key: 'settled',
      label: { vi: 'Quyết toán năm trước (triệu đồng)', en: 'Settled, previous year (million đồng)' },
      type: 'decimal',
      most: 999_999_999,
      required: true,
      main: true,
      width: 180,
    },
    {
      key: 'planned',
      label: { vi: 'Dự toán (triệu đồng)', en: 'Planned (million đồng)' },
      type: 'decimal',
      most: 999_999_999,
      required: true,
      main: true,
      width: 160,
    },
    {
      key: 'estimated',
      label: { vi: 'Ước thực hiện (triệu đồng)', en: 'Estimated (million đồng)' },
      type: 'decimal',
      most: 999_999_999,
      required: true,
      main: true,
      width: 180,
    },
  ],
};
