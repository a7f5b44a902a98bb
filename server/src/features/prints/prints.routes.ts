import { exportReport, printReport } from '@khuevan/core/contract/reports.ts';
import { exportAggregate, printAggregate } from '@khuevan/core/contract/reviews.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { asAggregatePrint, printPdf, printXlsx } from './prints.actions.ts';
import { selectAggregateSource, selectPrintSource } from './prints.queries.ts';

export function servePrints(parts: ServerParts): void {
  // Figures are read inside the scope; the drawing happens after the transaction has ended.
  const publicUrl = (request: { protocol: string; host: string }) =>
    parts.config.KHUEVAN_PUBLIC_URL ?? `${request.protocol}://${request.host}`;
  serve(parts, printReport, async ({ params, query, request, read }) =>
    printPdf(
      await read(params.unitId, ({ tx }) => selectPrintSource(tx, params.unitId, params.reportId, query.no)),
      publicUrl(request),
    ),
  );
  serve(parts, exportReport, async ({ params, query, request, read }) =>
    printXlsx(
      await read(params.unitId, ({ tx }) => selectPrintSource(tx, params.unitId, params.reportId, query.no)),
      publicUrl(request),
    ),
  );
  serve(parts, printAggregate, async ({ params, query, request, read }) => {
    const source = await read(
      params.unitId,
      ({ tx }) => selectAggregateSource(tx, params.unitId, query.periodId, query.formCode),
      'alone',
    );
    return printPdf(source && asAggregatePrint(source), publicUrl(request));
  });
  serve(parts, exportAggregate, async ({ params, query, request, read }) => {
    const source = await read(
      params.unitId,
      ({ tx }) => selectAggregateSource(tx, params.unitId, query.periodId, query.formCode),
      'alone',
    );
    return printXlsx(source && asAggregatePrint(source), publicUrl(request));
  });
}
