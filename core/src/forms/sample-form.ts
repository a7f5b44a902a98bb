import type { FormDefinition, Row } from './definition.ts';

const same = (text: string): { vi: string; en: string } => ({ vi: text, en: text });
const row = (code: string, more: Partial<Row> = {}): Row => ({
  code,
  label: same(`row ${code}`),
  unit: same('pupils'),
  indent: 0,
  ...more,
});

/** A form small enough to be read at once: what the tests of this folder check is worked out from it by hand. */
export const sampleForm: FormDefinition = {
  code: 'S-01',
  slug: 's-01',
  version: '1',
  name: same('Sample'),
  source: 'written for tests',
  level: '02',
  official: false,
  notice: { vi: 'Biểu mẫu thử.', en: 'A form for tests.' },
  valid: { from: '2020-01-01', to: null },
  columnSets: [
    {
      id: 'sexes',
      columns: [
        { code: '1', headings: [same('All')], filter: {} },
        { code: '2', headings: [same('All'), same('Female')], filter: { sex: ['02'] } },
      ],
    },
    {
      id: 'money',
      columns: [{ code: '1', headings: [same('Planned')], filter: {}, amount: 'planned' }],
    },
  ],
  sections: [
    {
      id: 'A',
      number: 'I',
      title: same('Pupils'),
      columnSet: 'sexes',
      part: 2,
      filter: { grade: ['01', '02'] },
      rows: [
        row('1', { measure: 'student' }),
        row('2', { measure: 'student', filter: { grade: ['01'] } }),
        row('3', { measure: 'student', filter: [{ grade: ['02'] }, { repeating: true }], empty: ['2'] }),
        row('4', { measure: 'student', filter: { disability: '*' }, optional: true }),
      ],
    },
    {
      id: 'B',
      number: 'II',
      title: same('Money'),
      columnSet: 'money',
      part: 5,
      rows: [row('B1', { measure: 'budget', filter: { line: ['total'] } })],
    },
  ],
  checks: [
    {
      id: 'by-grade',
      severity: 'error',
      source: 'structure',
      text: same('All equal the grades.'),
      left: ['1'],
      op: '=',
      right: ['2', '3'],
      by: 'rows',
      columns: ['1'],
    },
    {
      id: 'females',
      severity: 'error',
      source: 'structure',
      text: same('Females are pupils.'),
      left: ['2'],
      op: '<=',
      right: ['1'],
      by: 'columns',
      section: 'A',
    },
    {
      id: 'size',
      severity: 'warning',
      source: 'habit',
      text: same('Too many.'),
      left: ['1.1'],
      op: '<=',
      right: [{ of: '2.1', times: 3 }],
      by: 'cells',
      tolerance: 2,
    },
    {
      id: 'enough',
      severity: 'warning',
      source: 'habit',
      text: same('Too few.'),
      left: ['2', '4'],
      op: '>=',
      right: [{ of: '1', times: 0.5 }],
      by: 'rows',
    },
  ],
};
