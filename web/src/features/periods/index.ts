export { daysOfKinds } from './deadline-draft.ts';
export { type Period, type PeriodChoice, WithPeriod } from './period-choice.tsx';
