export { describePeriod, readPeriod, type PeriodFace } from './periods.actions.ts';
export { selectDuties, selectPeriodsFor, type DutyRow, type PeriodRow } from './periods.queries.ts';
export { servePeriods } from './periods.routes.ts';
