import { z } from 'zod';
import { breakdownNames, indicatorGroups, indicatorUnits, schemes } from '../indicators/definition.ts';
import { endpoint, id, inUnit, isoDate, isoTime, schoolYear, text, xlsx } from './shapes.ts';

const tag = 'indicators';
const breakdown = z.enum(breakdownNames);
const ages = z.object({ from: z.number(), to: z.number() });

const missing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('form'), form: z.string(), schoolYear: z.number() }),
  z.object({ kind: z.literal('cell'), form: z.string(), schoolYear: z.number(), cell: z.string() }),
  z.object({ kind: z.literal('population'), year: z.number(), ages }),
  z.object({ kind: z.literal('nobody') }),
]);

/** A rate never stands alone: its numerator and denominator beside it, and what is missing where there is none. */
const figure = z.object({
  breakdown,
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable(),
  missing: z.array(missing),
});

const indicator = z.object({
  slug: z.string(),
  version: z.string(),
  moetCode: z.string().nullable(),
  schemes: z.array(z.enum(schemes)),
  level: z.string(),
  group: z.enum(indicatorGroups),
  name: text,
  definition: text,
  formula: text,
  unit: z.enum(indicatorUnits),
  decimals: z.number(),
  source: z.string(),
  valid: z.object({ from: isoDate, to: isoDate.nullable() }),
  reach: z.enum(['every', 'office']),
});

const finding = z.object({
  rule: z.enum(['above_hundred', 'above_limit', 'fewer_reports']),
  slug: z.string(),
  breakdown,
  message: text,
});

/** Approved reports that a value is made of, and schools that owe them. */
const counted = z.object({ parts: z.number(), schools: z.number() });

const ofYear = z.object({ schoolYear });
const ofIndicator = inUnit.extend({ slug: z.string().max(80) });

export const listIndicators = endpoint({
  method: 'GET',
  path: '/units/{unitId}/indicators',
  tag,
  access: 'reports.read',
  summary: { vi: 'Các chỉ tiêu của một đơn vị trong một năm học', en: 'Indicators of a unit in a school year' },
  params: inUnit,
  query: ofYear,
  response: z.object({
    schoolYear: z.number(),
    indicators: z.array(indicator.extend({ figure })).max(500),
    /** What of the level is counted, for each level that has a report. */
    counted: z.record(z.string(), counted),
    findings: z.array(finding).max(500),
  }),
});

export const readIndicator = endpoint({
  method: 'GET',
  path: '/units/{unitId}/indicators/{slug}',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'Một chỉ tiêu: giá trị, tử số, mẫu số, chia theo giới và dân tộc, theo năm',
    en: 'One indicator: value, numerator, denominator, by sex and ethnicity, by year',
  },
  params: ofIndicator,
  query: ofYear.extend({ years: z.coerce.number().int().min(1).max(10).default(5) }),
  response: z.object({
    indicator,
    figures: z.array(figure),
    counted,
    /** Oldest first; the last is the year asked for. */
    series: z.array(z.object({ schoolYear: z.number(), version: z.string().nullable(), figures: z.array(figure) })),
    /** The cells of the undivided value, to be opened. */
    cells: z.array(
      z.object({
        side: z.enum(['numerator', 'denominator']),
        formCode: z.string(),
        formName: text,
        periodId: id,
        schoolYear: z.number(),
        cell: z.string(),
        label: text,
        /** −1: taken away from the sum. */
        sign: z.union([z.literal(1), z.literal(-1)]),
        amount: z.number().nullable(),
      }),
    ),
    population: z
      .object({
        year: z.number(),
        ages,
        people: z.number(),
        source: z.string(),
        documentNo: z.string(),
        fileName: z.string(),
        importedBy: z.string(),
        importedAt: isoTime,
      })
      .nullable(),
    findings: z.array(finding),
  }),
});

const compared = ofYear.extend({
  breakdown: breakdown.default('all'),
  /** Units directly below where no tier is asked for. */
  tier: z.enum(['province', 'district', 'commune', 'school']).optional(),
});

export const compareUnits = endpoint({
  method: 'GET',
  path: '/units/{unitId}/indicators/{slug}/units',
  tag,
  access: 'reports.read',
  summary: { vi: 'So sánh một chỉ tiêu giữa các đơn vị', en: 'One indicator compared between units' },
  params: ofIndicator,
  query: compared,
  response: z.object({
    tiers: z.array(z.enum(['province', 'district', 'commune', 'school'])),
    units: z
      .array(
        counted.extend({
          unitId: id,
          unitName: z.string(),
          unitKind: z.string(),
          parentName: z.string(),
          ...figure.omit({ breakdown: true }).shape,
        }),
      )
      .max(5000),
  }),
});

export const exportComparison = endpoint({
  method: 'GET',
  path: '/units/{unitId}/indicators/{slug}/export',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'So sánh giữa các đơn vị ra Excel', en: 'The comparison of units as Excel' },
  params: ofIndicator,
  query: compared,
});

export const exportLibrary = endpoint({
  method: 'GET',
  path: '/units/{unitId}/indicator-library',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: {
    vi: 'Mọi chỉ tiêu của mọi đơn vị trong phạm vi, một năm học, ra Excel',
    en: 'Every indicator of every unit within reach, one school year, as Excel',
  },
  params: inUnit,
  query: ofYear,
});
