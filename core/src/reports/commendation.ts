import { z } from 'zod';
import { daysLate } from './deadlines.ts';
import { holderIn, type ReportState } from './states.ts';

/**
 * Points for how a unit kept the reporting duties of a school year: a proposal for whoever decides on commendation. The Sở count
 * timeliness and completeness of the statistics among the criteria (thi đua về chuyển đổi số); how much each weighs is theirs to say.
 */
const weight = z.number().int().min(0).max(100);
const points = z.number().min(0).max(100);

export const commendationRule = z
  .object({
    weights: z.object({ completeness: weight, timeliness: weight, returns: weight, findings: weight }),
    /** Taken from the 100 points of a form, for each. */
    perLateDay: points,
    perReturn: points,
    perRefusedReason: points,
  })
  .refine(({ weights }) => Object.values(weights).some((each) => each > 0), { path: ['weights'] });
export type CommendationRule = z.output<typeof commendationRule>;

/** Where a province has not set its own. */
export const usualRule: CommendationRule = {
  weights: { completeness: 40, timeliness: 40, returns: 15, findings: 5 },
  perLateDay: 10,
  perReturn: 25,
  perRefusedReason: 10,
};

export const criteria = ['completeness', 'timeliness', 'returns', 'findings'] as const;
export type Criterion = (typeof criteria)[number];

/** What happened to one form that the unit owed. */
export interface Conduct {
  periodId: string;
  formCode: string;
  state: ReportState;
  /** By when it is to be sent now: by the period, or by the day that was set when it was opened for longer or given back. */
  dueOn: string | null;
  /** Each time it was sent, and by when it had been asked for. */
  sendings: ReadonlyArray<{ on: string; dueOn: string | null }>;
  /** How often it was given back for correction. */
  returns: number;
  /** Reasons for warnings that a reviewer refused. An accepted one is honest work and costs nothing, as one nobody has looked at yet. */
  refused: number;
  /** A unit above accepted the reason for the lateness: its days count half. */
  isExcused: boolean;
}

/** Points that one event took away, of the hundred of the whole. */
export interface Deduction {
  criterion: Criterion;
  periodId: string;
  formCode: string;
  /** Days late, times returned, reasons refused; 1 for a form that is not there. */
  count: number;
  points: number;
}

export interface Score {
  /** 0 to 100, in tenths. */
  score: number;
  /** The same of each criterion, before weighing. */
  parts: Record<Criterion, number>;
  deductions: Deduction[];
}

/**
 * A form counts from the day it was sent or its deadline has passed: what is not due yet takes nothing away. Each form brings 100
 * points a criterion; the parts are averages over the forms; the score is their weighted average. How long a reviewer took plays
 * no part. Each sending is held against the day that was set for it, so a form that is given back, or grows, has to come again.
 * Null where nothing counts yet.
 */
export function scoreConduct(rule: CommendationRule, conduct: readonly Conduct[], today: string): Score | null {
  const counted = conduct.filter((each) => each.sendings.length > 0 || daysOwed(each, today) > 0);
  if (counted.length === 0) return null;
  const whole = criteria.reduce((sum, each) => sum + rule.weights[each], 0);
  const lost: Record<Criterion, number> = { completeness: 0, timeliness: 0, returns: 0, findings: 0 };
  const deductions: Deduction[] = [];
  for (const each of counted)
    for (const { criterion, count, taken } of faultsOf(rule, each, today)) {
      lost[criterion] += taken / counted.length;
      const share = (taken / counted.length) * (rule.weights[criterion] / whole);
      deductions.push({ criterion, periodId: each.periodId, formCode: each.formCode, count, points: share });
    }
  const score = 100 - deductions.reduce((sum, each) => sum + each.points, 0);
  const parts = Object.fromEntries(criteria.map((each) => [each, inTenths(100 - lost[each])])) as Score['parts'];
  return { score: inTenths(score), parts, deductions };
}

interface Fault {
  criterion: Criterion;
  count: number;
  /** Of the form's 100 points of the criterion. */
  taken: number;
}

/** Days for which the unit owes the form past its day: not sent, or given back to it and not sent again. */
const daysOwed = ({ state, dueOn }: Conduct, today: string): number =>
  holderIn(state) === 'reviewer' ? 0 : daysLate(today, dueOn, state, null);

function faultsOf(rule: CommendationRule, conduct: Conduct, today: string): Fault[] {
  const { sendings, returns, refused, isExcused } = conduct;
  const at = (criterion: Criterion, count: number, each: number): Fault => ({
    criterion,
    count,
    taken: Math.min(100, count * each),
  });
  const owed = daysOwed(conduct, today);
  const late = sendings.map(({ on, dueOn }) => daysLate(today, dueOn, 'submitted', on));
  // What was never sent is neither in time nor proven right.
  const faults =
    sendings.length === 0
      ? criteria.map((criterion) => at(criterion, 1, 100))
      : [
          at('completeness', owed > 0 ? 1 : 0, 100),
          at(
            'timeliness',
            late.reduce((sum, days) => sum + days, owed),
            rule.perLateDay * (isExcused ? 0.5 : 1),
          ),
          at('returns', returns, rule.perReturn),
          at('findings', refused, rule.perRefusedReason),
        ];
  return faults.filter(({ taken }) => taken > 0);
}

/** Half up; the small addition takes back what binary fractions lose. */
const inTenths = (value: number): number => Math.max(0, Math.floor(value * 10 + 0.5 + 1e-9) / 10);
