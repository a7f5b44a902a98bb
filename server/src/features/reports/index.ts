export { findDraftFaults } from './draft-faults.actions.ts';
export { describeReport, findReport, takeReport } from './report.actions.ts';
export { decisionsBy, type ReasonDecision } from './reason-decisions.ts';
export { describeRemark, describeReportRow, type WholeReport } from './report-face.ts';
export { insertEvent, insertReport, moveReport, selectRemark, type ReportRow } from './report.queries.ts';
export { actsFor, requireActingFor, requireEvent } from './report.rules.ts';
export { serveReports } from './report.routes.ts';
export { addedSince } from './supplement.ts';
