import * as contract from '@khuevan/core/contract/reports.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { openReportCell } from './cell-records.actions.ts';
import {
  checkFigures,
  compareVersions,
  compileFigures,
  listMissing,
  listReportsOf,
  readOneSubmission,
  readWholeReport,
  startNewReport,
  stateReason,
} from './report.actions.ts';
import { sendReport } from './submission.actions.ts';
import { writeMissingFile } from './missing-file.ts';
import { serveTasks } from './tasks.routes.ts';

export function serveReports(parts: ServerParts): void {
  serve(parts, contract.listReports, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => ({ reports: await listReportsOf(tx, params.unitId, query.periodId) })),
  );
  serve(parts, contract.startReport, ({ params, body, write }) =>
    write(params.unitId, 'report.started', (writing) => startNewReport(writing, params.unitId, body)),
  );
  serve(parts, contract.readReport, ({ params, read }) =>
    read(params.unitId, (reading) => readWholeReport(reading, params.unitId, params.reportId)),
  );
  serve(parts, contract.compileReport, ({ params, write }) =>
    write(params.unitId, 'report.compiled', (writing) => compileFigures(writing, params.unitId, params.reportId)),
  );
  serve(parts, contract.downloadMissing, async ({ params, read }) => {
    const found = await read(params.unitId, ({ tx }) => listMissing(tx, params.unitId, params.reportId));
    return writeMissingFile(found.report, found.missing);
  });
  serve(parts, contract.checkReport, ({ params, read }) =>
    read(params.unitId, (reading) => checkFigures(reading, params.unitId, params.reportId)),
  );
  serve(parts, contract.explainFinding, ({ params, body, write }) =>
    write(params.unitId, 'report.explained', async (writing) => {
      await stateReason(writing, params.unitId, params.reportId, params.findingKey, body);
      return {};
    }),
  );
  serve(parts, contract.submitReport, ({ params, body, write }) =>
    write(params.unitId, 'report.submitted', (writing) =>
      sendReport(writing, params.unitId, params.reportId, body.version),
    ),
  );
  serve(parts, contract.readSubmission, ({ params, read }) =>
    read(params.unitId, ({ tx }) => readOneSubmission(tx, params.unitId, params.reportId, params.no)),
  );
  serve(parts, contract.compareSubmissions, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => compareVersions(tx, params.unitId, params.reportId, query.from, query.to)),
  );
  serve(parts, contract.openCell, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => openReportCell(tx, params, query)),
  );
  serveTasks(parts);
}
