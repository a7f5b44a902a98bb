export { type Period, type PeriodChoice, WithPeriod } from './period-choice.tsx';
