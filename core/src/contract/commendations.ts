import { z } from 'zod';
import { commendationRule, criteria } from '../reports/commendation.ts';
import { reportStates } from '../reports/states.ts';
import { endpoint, id, inUnit, isoDate, schoolYear, xlsx } from './shapes.ts';

const tag = 'commendations';
const ofYear = inUnit.extend({ schoolYear });
const parts = z.record(z.enum(criteria), z.number());

const ruleInForce = z.object({
  rule: commendationRule,
  /** Whose rule it is; null: the usual one. */
  ownerId: id.nullable(),
  ownerName: z.string().nullable(),
  mayChange: z.boolean(),
  version: z.number(),
});

export const listCommendations = endpoint({
  method: 'GET',
  path: '/units/{unitId}/commendations/{schoolYear}',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'Điểm đề xuất thi đua của các đơn vị trực thuộc, cao nhất trước',
    en: 'Proposed points for commendation of the units below, highest first',
  },
  params: ofYear,
  response: z.object({
    inForce: ruleInForce,
    units: z
      .array(
        z.object({
          unitId: id,
          unitName: z.string(),
          unitKind: z.string(),
          parentName: z.string(),
          code: z.string(),
          forms: z.number(),
          /** Null: nothing counts yet. */
          score: z.number().nullable(),
          parts: parts.nullable(),
        }),
      )
      .max(5000),
  }),
});

export const exportCommendations = endpoint({
  method: 'GET',
  path: '/units/{unitId}/commendations/{schoolYear}/export',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Điểm đề xuất thi đua ra Excel', en: 'Proposed points as Excel' },
  params: ofYear,
});

export const readCommendation = endpoint({
  method: 'GET',
  path: '/units/{unitId}/commendations/{schoolYear}/own',
  tag,
  access: 'reports.read',
  summary: { vi: 'Điểm đề xuất của một đơn vị, từng điểm vì sao', en: 'Points of one unit, and why each' },
  params: ofYear,
  response: z.object({
    inForce: ruleInForce,
    unitName: z.string(),
    score: z.number().nullable(),
    parts: parts.nullable(),
    forms: z.array(
      z.object({
        periodId: id,
        periodName: z.string(),
        formCode: z.string(),
        reportId: id.nullable(),
        /** By when it is, or was last, to be sent. */
        dueOn: isoDate.nullable(),
        state: z.enum(reportStates),
        /** In their order, each with the day it was due by; none where it was asked for again without a day. */
        sendings: z.array(z.object({ on: isoDate, dueOn: isoDate.nullable() })),
        /** A reason for lateness was accepted. */
        isExcused: z.boolean(),
        deductions: z.array(z.object({ criterion: z.enum(criteria), count: z.number(), points: z.number() })),
      }),
    ),
  }),
});

export const changeCommendationRule = endpoint({
  method: 'PUT',
  path: '/units/{unitId}/commendations/{schoolYear}/rule',
  tag,
  access: 'periods.write',
  summary: { vi: 'Đặt trọng số thi đua của tỉnh', en: 'Set the weights of a province' },
  params: ofYear,
  body: z.object({ rule: commendationRule, version: z.number().int() }),
  response: ruleInForce,
});
