import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { changeDigest, changeReminderPlan, readDigest } from '@khuevan/core/contract/reminders.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { type Digest, sayDigest, usualReminderDays } from '@khuevan/core/reports/notices.ts';
import { today } from '#platform/clock.ts';
import type { Reading, Writing } from '#platform/database.ts';
import { savePlan, saveRhythm, selectDigest, selectPlan, selectRhythm } from './plan.queries.ts';

type Plan = ResponseOf<typeof changeReminderPlan>;

export async function readPlan({ tx, access }: Reading, periodId: string, mailIsOn: boolean): Promise<Plan> {
  const plan = await selectPlan(tx, access.unitId, periodId);
  if (!plan) throw new ProblemError('not_found');
  return {
    days: plan.days ?? [...usualReminderDays],
    isUsual: plan.days === null,
    mayChange: plan.owner_id === access.unitId && access.may('periods.write'),
    version: plan.version,
    mailIsOn,
  };
}

/** By whoever opened the period. */
export async function changePlan(
  writing: Writing,
  periodId: string,
  { days, version }: BodyOf<typeof changeReminderPlan>,
  mailIsOn: boolean,
): Promise<Plan> {
  const { tx, access, audit } = writing;
  const before = await selectPlan(tx, access.unitId, periodId);
  if (!before || before.owner_id !== access.unitId) throw new ProblemError('not_found');
  const sorted = [...new Set(days)].toSorted((a, b) => a - b);
  if (!(await savePlan(tx, { periodId, ownerId: access.unitId, days: sorted, version })))
    throw new ProblemError('stale_record', {}, { current: await readPlan(writing, periodId, mailIsOn) });
  audit.subjectKind = 'period';
  audit.subjectId = periodId;
  audit.detail = { days: sorted };
  return readPlan(writing, periodId, mailIsOn);
}

const nothing = (day: string): Digest => ({
  day,
  due: 0,
  nextDueOn: null,
  late: 0,
  returned: 0,
  supplement: 0,
  waiting: 0,
  toReview: 0,
  reviewDays: null,
  belowOwing: 0,
  belowLate: 0,
  collections: 0,
  nextCollectionDueOn: null,
  collectionsLate: 0,
});

export async function describeDigest({ tx, access }: Reading): Promise<ResponseOf<typeof readDigest>> {
  const day = today();
  const figures = (await selectDigest(tx, access.unitId, day)) ?? nothing(day);
  return { rhythm: await selectRhythm(tx, access.unitId), figures, lines: sayDigest(figures) };
}

export async function changeRhythm(
  { tx, access, audit }: Writing,
  { rhythm }: BodyOf<typeof changeDigest>,
): Promise<ResponseOf<typeof changeDigest>> {
  await saveRhythm(tx, access.unitId, rhythm);
  audit.detail = { rhythm };
  return { rhythm };
}
