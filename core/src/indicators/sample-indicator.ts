import type { IndicatorDefinition } from './definition.ts';

const same = (text: string): { vi: string; en: string } => ({ vi: text, en: text });

/** Of the sample form of core/src/forms: what the tests of this folder check is worked out from it by hand. */
export const sampleIndicator: IndicatorDefinition = {
  slug: 'sample-share',
  version: '1',
  moetCode: null,
  schemes: ['national'],
  level: '02',
  group: 'learning',
  name: same('Share of grade 1'),
  definition: same('written for tests'),
  formula: same('grade 1 ÷ all × 100'),
  unit: 'percent',
  decimals: 2,
  source: 'written for tests',
  valid: { from: '2020-01-01', to: null },
  reach: 'every',
  isShare: true,
  numerator: [{ form: 's-01', rows: ['2'] }],
  denominator: [{ form: 's-01', rows: ['1'] }],
};
