import * as checks from '@khuevan/core/contract/checks.ts';
import * as contract from '@khuevan/core/contract/reviews.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { describeAggregate, drawBoard, openCellOfAggregate } from './board.actions.ts';
import { writeBoardFile } from './board-file.ts';
import { listFindingsBelow } from './findings.actions.ts';
import { writeFindingsFile } from './findings-file.ts';
import { compareReport } from './like-units.actions.ts';
import { openForOneUnit } from './late-opening.actions.ts';
import { decideOnReasons } from './reason-decisions.actions.ts';
import { answer, approve, comment, reopen, returnForCorrection } from './review.actions.ts';

export function serveReviews(parts: ServerParts): void {
  serve(parts, contract.approveReport, ({ params, body, write }) =>
    write(params.unitId, 'report.approved', (writing) =>
      approve(writing, params.unitId, params.reportId, body.submissionNo),
    ),
  );
  serve(parts, contract.returnReport, ({ params, body, write }) =>
    write(params.unitId, 'report.returned', (writing) =>
      returnForCorrection(writing, params.unitId, params.reportId, body),
    ),
  );
  serve(parts, contract.reopenReport, ({ params, body, write }) =>
    write(params.unitId, 'report.reopened', (writing) => reopen(writing, params.unitId, params.reportId, body)),
  );
  serve(parts, contract.openLate, ({ params, body, write }) =>
    write(params.unitId, 'report.opened-late', (writing) => openForOneUnit(writing, params.unitId, body)),
  );
  serve(parts, contract.addRemark, ({ params, body, write }) =>
    write(params.unitId, 'remark.added', (writing) => comment(writing, params.unitId, params.reportId, body)),
  );
  serve(parts, contract.answerRemark, ({ params, body, write }) =>
    write(params.unitId, 'remark.answered', (writing) =>
      answer(writing, params.unitId, params.reportId, params.remarkId, body),
    ),
  );
  serve(parts, contract.readBoard, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => {
      const { at, totals, units } = await drawBoard(tx, params.unitId, query);
      return { at, totals, units };
    }),
  );
  serve(parts, contract.exportBoard, async ({ params, query, read }) =>
    writeBoardFile(await read(params.unitId, ({ tx }) => drawBoard(tx, params.unitId, query))),
  );
  serve(parts, contract.readAggregate, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => describeAggregate(tx, params.unitId, query), 'alone'),
  );
  serve(parts, contract.openAggregateCell, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => openCellOfAggregate(tx, params.unitId, params, query)),
  );
  serve(parts, checks.decideReasons, ({ params, body, write }) =>
    write(params.unitId, 'report.reasons-decided', (writing) =>
      decideOnReasons(writing, params.unitId, params.reportId, body),
    ),
  );
  serve(parts, checks.compareLikeUnits, ({ params, read }) =>
    read(params.unitId, ({ tx }) => compareReport(tx, params.unitId, params.reportId)),
  );
  serve(parts, checks.listFindings, ({ params, query, read }) =>
    read(params.unitId, async ({ tx }) => (await listFindingsBelow(tx, params.unitId, query, query)).listed),
  );
  serve(parts, checks.exportFindings, async ({ params, query, read }) =>
    writeFindingsFile(await read(params.unitId, ({ tx }) => listFindingsBelow(tx, params.unitId, query, null))),
  );
}
