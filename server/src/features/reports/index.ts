export { formOf } from './figures.actions.ts';
export { describeReport, findReport, takeReport } from './report.actions.ts';
export { describeRemark, describeReportRow, type WholeReport } from './report-face.ts';
export { insertEvent, moveReport, selectRemarks, type ReportRow } from './report.queries.ts';
export { requireActingFor, requireEvent } from './report.rules.ts';
export { serveReports } from './report.routes.ts';
