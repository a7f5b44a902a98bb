import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { checkReport } from '@khuevan/core/contract/reports.ts';
import type { Finding, RuleFace } from '@khuevan/core/findings.ts';
import { findStrayCells } from '@khuevan/core/forms/cells.ts';
import { applySettings } from '@khuevan/core/checks/settings.ts';
import { checkFaces, runChecks } from '@khuevan/core/forms/checks.ts';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { openingFormsOf, runOpeningChecks } from '@khuevan/core/forms/opening-checks.ts';
import { runPopulationChecks } from '@khuevan/core/forms/population-checks.ts';
import { runStandardCheck } from '@khuevan/core/forms/standard-check.ts';
import { runYearChecks } from '@khuevan/core/forms/year-checks.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import { findingKey, missingParts, notCompiled, reportRules, unansweredItem } from '@khuevan/core/reports/findings.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { findUnlikeSchools, selectSettingsInForce, type SettingInForce } from '#features/checks';
import { codesOfForm, codesOfSlug, formOf } from '#features/forms';
import type { Tx } from '#platform/database.ts';
import { type MissingUnit, selectUnapproved } from './aggregate.queries.ts';
import { findCrossFaults } from './cross-checks.actions.ts';
import { peopleOfOffices } from './draft-faults.actions.ts';
import { findRecordFindings } from './figures.actions.ts';
import { decisionsBy, type ReasonDecision } from './reason-decisions.ts';
import { selectReasonDecisions } from './reason-decisions.queries.ts';
import { selectOpening, selectPreviousYear } from './report-detail.queries.ts';
import { type ExplanationRow, selectExplanations, selectUnansweredItems, type ReportRow } from './report.queries.ts';
import { digestSet } from './submission-hash.ts';

/**
 * Everything that stands against sending a report with these cells. Without a digest of the records, only what the report itself
 * says: whoever may not see records is not told what is wrong with them.
 * @param form with the settings in force
 */
async function findFaults(
  tx: Tx,
  report: ReportRow,
  form: FormDefinition,
  cells: Cells,
  digest: string | undefined,
): Promise<Finding[]> {
  const unanswered = await selectUnansweredItems(tx, report.unit_id, report.id);
  const missing =
    report.unit_kind === 'school' ? [] : await selectUnapproved(tx, report.unit_id, report.period_id, report.form_code);
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
    ...runStandardCheck(form, cells, report.as_of),
    // The total of some schools compares with that of all as little as with that of others.
    ...(missing.some(({ kind }) => kind === 'school') ? [] : await findOtherwise(tx, report, form, cells)),
    ...tellMissingParts(missing),
    ...(await findAgainstPeople(tx, report, form, cells)),
    ...(digest !== undefined ? await findRecordFindings(tx, report, digest) : []),
  ];
}

/** What other reports of the unit, and those of like units, say otherwise. */
async function findOtherwise(tx: Tx, report: ReportRow, form: FormDefinition, cells: Cells): Promise<Finding[]> {
  return [
    ...(await findOwnCrossFaults(tx, report, form, cells)),
    ...runYearChecks(form, cells, await selectPreviousYear(tx, report, codesOfForm(report.form_code))),
    ...(await findOpeningFaults(tx, report, form, cells)),
    ...(await findUnlike(tx, report, form, cells)),
  ];
}

async function findAgainstPeople(tx: Tx, report: ReportRow, form: FormDefinition, cells: Cells): Promise<Finding[]> {
  if (report.unit_kind === 'school') return [];
  const people = await peopleOfOffices(tx, form, report.school_year, [report.unit_id]);
  return runPopulationChecks(form, cells, people.get(report.unit_id));
}

async function findUnlike(tx: Tx, report: ReportRow, form: FormDefinition, cells: Cells): Promise<Finding[]> {
  if (report.unit_kind !== 'school') return [];
  const { unit_id: unitId, period_id: periodId, form_code: formCode } = report;
  return (await findUnlikeSchools(tx, form, { periodId, formCode }, [{ unitId, cells }])).get(unitId) ?? [];
}

async function findOpeningFaults(tx: Tx, report: ReportRow, form: FormDefinition, cells: Cells): Promise<Finding[]> {
  const opening: Record<string, Cells | undefined> = {};
  for (const slug of openingFormsOf(form)) opening[slug] = await selectOpening(tx, report, codesOfSlug(slug));
  return runOpeningChecks(form, cells, opening);
}

async function findOwnCrossFaults(tx: Tx, report: ReportRow, form: FormDefinition, cells: Cells): Promise<Finding[]> {
  const { unit_id: unitId, school_year: schoolYear, period_kind: periodKind } = report;
  const figures = { unitId, isSchool: report.unit_kind === 'school', cells };
  return (await findCrossFaults(tx, form, { schoolYear, periodKind }, [figures])).get(unitId) ?? [];
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

function tellMissingParts(missing: readonly MissingUnit[]): Finding[] {
  if (missing.length === 0) return [];
  const named = missing.slice(0, 10).map((unit) => unit.name);
  const names = [...named, ...(missing.length > named.length ? ['…'] : [])].join(', ');
  const set = digestSet(missing.map((unit) => unit.id)).slice(0, 12);
  return [{ rule: missingParts.id, severity: missingParts.severity, params: { count: missing.length, names, set } }];
}

function facesOf(form: FormDefinition): (finding: Finding) => RuleFace {
  const faces: RuleFace[] = [...checkFaces(form), ...reportRules];
  return (finding) => ruleFace(finding.rule, faces);
}

/** What a reason answers, for everybody who reads the submission: of records the rule alone, never whose record it is. */
const subjectOfReason = (face: RuleFace, finding: Finding): Text =>
  finding.kind === undefined ? face.message(finding) : face.title;

export interface Judgement {
  errors: Finding[];
  warnings: Finding[];
  /** Keys of warnings without a stated reason, or with one that was refused. */
  unexplained: string[];
  /** Reason by key, of the warnings that are there now. */
  reasons: Map<string, { reason: string; accountName: string; message: Text }>;
  /** Refused ones among them. */
  refusals: Map<string, ReasonDecision>;
  /** What units above have set otherwise than the form says. */
  settings: SettingInForce[];
  faceOf: (finding: Finding) => RuleFace;
}

export async function judgeReport(
  tx: Tx,
  report: ReportRow,
  cells: Cells,
  digest: string | undefined,
): Promise<Judgement> {
  const printed = formOf(report);
  const settings = await selectSettingsInForce(tx, {
    unitId: report.unit_id,
    slug: printed.slug,
    level: report.level,
    asOf: report.as_of,
  });
  const form = applySettings(printed, settings);
  const findings = await findFaults(tx, report, form, cells, digest);
  const said = await selectExplanations(tx, report.unit_id, report.id);
  const decisionOn = decisionsBy(await selectReasonDecisions(tx, report.unit_id, report.id));
  const faceOf = facesOf(form);
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  return {
    errors: findings.filter((finding) => finding.severity === 'error'),
    warnings,
    settings,
    faceOf,
    ...matchReasons(warnings, new Map(said.map((row) => [row.finding_key, row])), decisionOn, faceOf),
  };
}

/** Which warning has which reason. */
function matchReasons(
  warnings: readonly Finding[],
  stated: ReadonlyMap<string, ExplanationRow>,
  decisionOn: ReturnType<typeof decisionsBy>,
  faceOf: Judgement['faceOf'],
): Pick<Judgement, 'unexplained' | 'reasons' | 'refusals'> {
  const reasons: Judgement['reasons'] = new Map();
  const refusals: Judgement['refusals'] = new Map();
  const unexplained = new Set<string>();
  for (const finding of warnings) {
    const key = findingKey(finding);
    const said = stated.get(key);
    if (!said) {
      unexplained.add(key);
      continue;
    }
    const decision = decisionOn(key, said.reason);
    if (decision?.kind === 'refused') {
      refusals.set(key, decision);
      unexplained.add(key);
    }
    if (!reasons.has(key))
      reasons.set(key, {
        reason: said.reason,
        accountName: said.account_name,
        message: subjectOfReason(faceOf(finding), finding),
      });
  }
  return { unexplained: [...unexplained], reasons, refusals };
}

const shownAtOnce = 500;

/** Errors first; counts are of all, the list is bounded. */
export function describeJudgement(judgement: Judgement): ResponseOf<typeof checkReport> {
  const shown = [...judgement.errors, ...judgement.warnings].slice(0, shownAtOnce);
  return {
    errors: judgement.errors.length,
    warnings: judgement.warnings.length,
    unexplained: judgement.unexplained.length,
    findings: shown.map((finding) => {
      const key = findingKey(finding);
      const face = judgement.faceOf(finding);
      return {
        ...finding,
        message: face.message(finding),
        title: face.title,
        source: face.source,
        key,
        explanation: judgement.reasons.get(key)?.reason ?? null,
        refusal: judgement.refusals.get(key) ?? null,
      };
    }),
  };
}
