import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { checkReport } from '@khuevan/core/contract/reports.ts';
import type { Finding, RuleFace } from '@khuevan/core/findings.ts';
import { findStrayCells } from '@khuevan/core/forms/cells.ts';
import { checkFaces, runChecks } from '@khuevan/core/forms/checks.ts';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { openingFormsOf, runOpeningChecks } from '@khuevan/core/forms/opening-checks.ts';
import { runYearChecks } from '@khuevan/core/forms/year-checks.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import { findingKey, missingParts, notCompiled, reportRules, unansweredItem } from '@khuevan/core/reports/findings.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { codesOfForm, codesOfSlug, formOf } from '#features/forms';
import type { Tx } from '#platform/database.ts';
import { selectUnapproved } from './aggregate.queries.ts';
import { findRecordFindings } from './figures.actions.ts';
import { selectOpening, selectPreviousYear } from './report-detail.queries.ts';
import { selectExplanations, selectUnansweredItems, type ReportRow } from './report.queries.ts';
import { digestSet } from './submission-hash.ts';

/**
 * Everything that stands against sending a report with these cells. Without a digest of the records, only what the report itself
 * says: whoever may not see records is not told what is wrong with them.
 */
export async function findFaults(
  tx: Tx,
  report: ReportRow,
  cells: Cells,
  digest: string | undefined,
): Promise<Finding[]> {
  const form = formOf(report);
  const unanswered = await selectUnansweredItems(tx, report.unit_id, report.id);
  return [
    ...(report.compiled_at === null ? [{ rule: notCompiled.id, severity: notCompiled.severity }] : []),
    ...unanswered.map((item) => ({
      rule: unansweredItem.id,
      severity: unansweredItem.severity,
      recordId: item.id,
      cell: item.cell ?? undefined,
      value: item.text,
    })),
    ...findCellFaults(form, cells),
    ...runYearChecks(form, cells, await selectPreviousYear(tx, report, codesOfForm(report.form_code))),
    ...(await findOpeningFaults(tx, report, cells)),
    ...(report.unit_kind !== 'school' ? await findMissingParts(tx, report) : []),
    ...(digest !== undefined ? await findRecordFindings(tx, report, digest) : []),
  ];
}

async function findOpeningFaults(tx: Tx, report: ReportRow, cells: Cells): Promise<Finding[]> {
  const form = formOf(report);
  const opening: Record<string, Cells | undefined> = {};
  for (const slug of openingFormsOf(form)) opening[slug] = await selectOpening(tx, report, codesOfSlug(slug));
  return runOpeningChecks(form, cells, opening);
}

const cellFaults = new WeakMap<Cells, { form: FormDefinition; findings: Finding[] }>();

/** What the form says of its own figures; found once for the same cells, which are checked and then sent. */
function findCellFaults(form: FormDefinition, cells: Cells): Finding[] {
  let found = cellFaults.get(cells);
  if (found?.form !== form) {
    found = { form, findings: [...findStrayCells(form, cells), ...runChecks(form, cells)] };
    cellFaults.set(cells, found);
  }
  return found.findings;
}

async function findMissingParts(tx: Tx, report: ReportRow): Promise<Finding[]> {
  const missing = await selectUnapproved(tx, report.unit_id, report.period_id, report.form_code);
  if (missing.length === 0) return [];
  const named = missing.slice(0, 10).map((unit) => unit.name);
  const names = [...named, ...(missing.length > named.length ? ['…'] : [])].join(', ');
  const set = digestSet(missing.map((unit) => unit.id)).slice(0, 12);
  return [{ rule: missingParts.id, severity: missingParts.severity, params: { count: missing.length, names, set } }];
}

function facesOf(report: ReportRow): (finding: Finding) => RuleFace {
  const faces: RuleFace[] = [...checkFaces(formOf(report)), ...reportRules];
  return (finding) => ruleFace(finding.rule, faces);
}

/** What a reason answers, for everybody who reads the submission: of records the rule alone, never whose record it is. */
const subjectOfReason = (face: RuleFace, finding: Finding): Text =>
  finding.kind === undefined ? face.message(finding) : face.title;

export interface Judgement {
  errors: Finding[];
  warnings: Finding[];
  /** Keys of warnings without a stated reason. */
  unexplained: string[];
  /** Reason by key, of the warnings that are there now. */
  reasons: Map<string, { reason: string; accountName: string; message: Text }>;
}

export async function judgeReport(
  tx: Tx,
  report: ReportRow,
  cells: Cells,
  digest: string | undefined,
): Promise<Judgement> {
  const findings = await findFaults(tx, report, cells, digest);
  const stated = new Map(
    (await selectExplanations(tx, report.unit_id, report.id)).map((row) => [row.finding_key, row]),
  );
  const faceOf = facesOf(report);
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  const reasons: Judgement['reasons'] = new Map();
  const unexplained = new Set<string>();
  for (const finding of warnings) {
    const key = findingKey(finding);
    const said = stated.get(key);
    if (!said) unexplained.add(key);
    else if (!reasons.has(key))
      reasons.set(key, {
        reason: said.reason,
        accountName: said.account_name,
        message: subjectOfReason(faceOf(finding), finding),
      });
  }
  return {
    errors: findings.filter((finding) => finding.severity === 'error'),
    warnings,
    unexplained: [...unexplained],
    reasons,
  };
}

const shownAtOnce = 500;

/** Errors first; counts are of all, the list is bounded. */
export function describeJudgement(report: ReportRow, judgement: Judgement): ResponseOf<typeof checkReport> {
  const faceOf = facesOf(report);
  const shown = [...judgement.errors, ...judgement.warnings].slice(0, shownAtOnce);
  return {
    errors: judgement.errors.length,
    warnings: judgement.warnings.length,
    unexplained: judgement.unexplained.length,
    findings: shown.map((finding) => {
      const key = findingKey(finding);
      return {
        ...finding,
        message: faceOf(finding).message(finding),
        key,
        explanation: judgement.reasons.get(key)?.reason ?? null,
      };
    }),
  };
}
