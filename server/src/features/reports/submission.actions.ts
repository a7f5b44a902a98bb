import { ProblemError } from '@khuevan/core/problems.ts';
import { areSame } from '@khuevan/core/forms/cells.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { today } from '#platform/clock.ts';
import type { Tx, Writing } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { describeJudgement, judgeReport, type Judgement } from './checks.actions.ts';
import { confirmFigures, currentDigest, type Figures } from './figures.actions.ts';
import { textOfCells } from './known-figures.ts';
import { describeReport, takeReport } from './report.actions.ts';
import { describeReportRow, type WholeReport } from './report-face.ts';
import { insertEvent, moveReport, resolveRemarks, selectDraftText, type ReportRow } from './report.queries.ts';
import { requireActingFor, requireEvent, requireOpen } from './report.rules.ts';
import { drawPrintCode, hashReport } from './submission-hash.ts';
import { asksForMore } from './supplement.ts';
import { insertSubmission, takePrintCode, type FrozenExplanation } from './submission.queries.ts';

/** Freezes the figures under a number and a hash, and hands the report to its reviewer. */
export async function sendReport(
  writing: Writing,
  unitId: string,
  reportId: string,
  version: number,
): Promise<WholeReport> {
  const { tx, access, audit } = writing;
  const row = await takeReport(tx, unitId, reportId);
  requireActingFor(access.memberships, unitId, 'reports.submit', row.level);
  const state = requireEvent(row.state, 'submit');
  requireOpen(row, today());
  if (row.version !== version)
    throw new ProblemError('stale_record', {}, { current: { ...describeReportRow(row), version: row.version } });
  const digest = await currentDigest(tx, row);
  const figures = await requireUnchanged(tx, row, digest);
  const judgement = await judgeReport(tx, row, figures.cells, digest);
  if (judgement.errors.length > 0 || judgement.unexplained.length > 0) {
    throw new ProblemError('report_blocked', {}, { ...describeJudgement(judgement) });
  }

  const submission = await freeze(tx, row, figures, judgement, access.actor);
  const sent = await moveReport(tx, row, { state, to: 'reviewer', submission });
  await resolveRemarks(tx, unitId, reportId);
  await insertEvent(tx, row, { kind: 'submit', state, accountName: access.actor.name, submissionNo: submission.no });
  audit.subjectKind = 'report';
  audit.subjectId = reportId;
  audit.detail = { ...submission };
  return describeReport(writing, sent, figures);
}

/** What was checked on the screen is what is sent: what the records say is held against it. @throws ProblemError records_changed */
async function requireUnchanged(tx: Tx, row: ReportRow, digest: string): Promise<Figures> {
  const shown = await selectDraftText(tx, row.unit_id, row.id);
  // Never fetched: there is nothing to compare, and the checks say so.
  if (row.compiled_at === null) return { cells: readCells(shown), digest, parts: [] };
  if (row.records_digest !== digest) throw new ProblemError('records_changed');
  const figures = await confirmFigures(tx, row, digest);
  if (figures.digest !== digest || !isText(shown, figures.cells)) throw new ProblemError('records_changed');
  return figures;
}

const readCells = (text: string) => JSON.parse(text) as Cells;
const isText = (text: string, cells: Cells) => text === textOfCells(cells) || areSame(readCells(text), cells);

async function freeze(
  tx: Tx,
  row: ReportRow,
  { cells, digest, parts }: Figures,
  judgement: Judgement,
  sender: { accountId: string; name: string },
): Promise<{ id: string; no: number; hash: string; code: string }> {
  const no = row.last_submission_no + 1;
  const explanations: FrozenExplanation[] = [...judgement.reasons].map(([findingKey, said]) => ({
    findingKey,
    ...said,
  }));
  const hash = hashReport({
    unitId: row.unit_id,
    periodId: row.period_id,
    formCode: row.form_code,
    formVersion: row.form_version,
    asOf: row.as_of,
    no,
    cells,
    parts,
    explanations,
  });
  const id = newId();
  const code = await reserveCode(tx, row.unit_id, id);
  await insertSubmission(tx, row, id, {
    no,
    keptFrom: asksForMore(row) && row.unit_kind === 'school' ? row.last_submission_no : null,
    cells,
    parts,
    explanations,
    checkSettings: judgement.settings.map(({ rule, severity, tolerance, owner_name: ownerName }) => ({
      rule,
      severity,
      tolerance,
      ownerName,
    })),
    recordsDigest: digest,
    hash,
    code,
    sentBy: sender.accountId,
    sentByName: sender.name,
  });
  return { id, no, hash, code };
}

async function reserveCode(tx: Tx, unitId: string, submissionId: string): Promise<string> {
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const code = drawPrintCode();
    if (await takePrintCode(tx, unitId, submissionId, code)) return code;
  }
  throw new Error('no free print code found');
}
