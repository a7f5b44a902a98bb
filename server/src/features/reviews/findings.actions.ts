import { applySettings } from '@khuevan/core/checks/settings.ts';
import type { FindingStage } from '@khuevan/core/checks/stages.ts';
import type { listFindings } from '@khuevan/core/contract/checks.ts';
import type { QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { Finding, RuleFace } from '@khuevan/core/findings.ts';
import { checkFaces } from '@khuevan/core/forms/checks.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { findingKey, reportRules } from '@khuevan/core/reports/findings.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import { selectLikeUnitRatios, selectSettingsInForce } from '#features/checks';
import { findForm } from '#features/forms';
import { decisionsBy, findDraftFaults, type ReasonDecision } from '#features/reports';
import type { Tx } from '#platform/database.ts';
import { type FormOfPeriodRow, selectFormOfPeriod } from './board.queries.ts';
import { type ReportBelow, selectDecisionsBelow, selectReportsBelow } from './findings.queries.ts';
import { describeRatio } from './like-units.actions.ts';

export type UnitFinding = ResponseOf<typeof listFindings>['findings'][number];
/** Its sentence is made when it is shown: a page is a small part of all. */
type Gathered = Omit<UnitFinding, 'message'> & { say: () => Text };
type Asked = Pick<QueryOf<typeof listFindings>, 'periodId' | 'formCode' | 'rule' | 'stage' | 'search'>;

export interface FindingsBelow {
  form: FormOfPeriodRow;
  listed: ResponseOf<typeof listFindings>;
}

/** @param page null: all of them, for a file */
export async function listFindingsBelow(
  tx: Tx,
  unitId: string,
  asked: Asked,
  page: { page: number; pageSize: number } | null,
): Promise<FindingsBelow> {
  const place = await selectFormOfPeriod(tx, unitId, asked.periodId, asked.formCode);
  if (!place) throw new ProblemError('not_found');
  const all = await gatherFindings(tx, unitId, asked, place);
  const found = searchUnits(all, searchKey(asked.search ?? ''));
  const chosen = found.filter(
    ({ rule, stage }) =>
      (asked.rule === undefined || rule === asked.rule) && (asked.stage === undefined || stage === asked.stage),
  );
  const from = page ? (page.page - 1) * page.pageSize : 0;
  return {
    form: place,
    listed: {
      total: chosen.length,
      findings: (page ? chosen.slice(from, from + page.pageSize) : chosen).map(({ say, ...each }) => ({
        ...each,
        message: say(),
      })),
      stages: countBy(found, ({ stage }) => stage),
      rules: [...Map.groupBy(found, ({ rule }) => rule)].map(([rule, group]) => ({
        rule,
        title: group[0]!.title,
        count: group.length,
        units: new Set(group.map((each) => each.unitId)).size,
      })),
    },
  };
}

function searchUnits(all: Gathered[], key: string): Gathered[] {
  if (key === '') return all;
  const names = new Map(all.map(({ unitId, unitName, unitCode }) => [unitId, `${unitName} ${unitCode}`]));
  const fitting = new Set([...names].filter(([, name]) => searchKey(name).includes(key)).map(([unitId]) => unitId));
  return all.filter(({ unitId }) => fitting.has(unitId));
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

/** Of each unit: what its draft breaks, what it explained, and where it is unlike others. */
async function gatherFindings(tx: Tx, unitId: string, asked: Asked, place: FormOfPeriodRow): Promise<Gathered[]> {
  const { periodId, formCode } = asked;
  const isMinistry = place.unit_kind === 'ministry';
  const reports = await selectReportsBelow(tx, unitId, periodId, formCode, { officesOnly: isMinistry });
  const decisions = Map.groupBy(await selectDecisionsBelow(tx, periodId, formCode), (row) => row.report_id);
  const forms = new Map<string, FormDefinition>();
  for (const version of new Set([place.form_version, ...reports.map((each) => each.form_version)])) {
    const printed = findForm(formCode, version);
    const settings = await selectSettingsInForce(tx, {
      unitId,
      slug: printed.slug,
      level: place.level,
      asOf: place.as_of,
    });
    forms.set(version, applySettings(printed, settings));
  }
  const faults = new Map<string, Finding[]>();
  for (const [version, group] of Map.groupBy(reports, (each) => each.form_version)) {
    const drafts = group.flatMap(({ unit_id, kind, draft }) =>
      draft ? [{ unitId: unit_id, isSchool: kind === 'school', cells: draft }] : [],
    );
    const period = { periodId, schoolYear: place.school_year, periodKind: place.period_kind, asOf: place.as_of };
    for (const [each, found] of await findDraftFaults(tx, forms.get(version)!, period, drafts)) faults.set(each, found);
  }
  const faces = new Map([...forms].map(([version, form]) => [version, facesIn(form)]));
  const unlike = isMinistry ? new Map<string, Told[]>() : await findUnlike(tx, unitId, asked, forms);
  return reports.flatMap((report) => {
    const faceOf = faces.get(report.form_version)!;
    const decisionOn = decisionsBy(decisions.get(report.report_id) ?? []);
    const own = [
      ...(report.draft ? tellDraft(report, faceOf, faults.get(report.unit_id) ?? [], decisionOn) : []),
      ...(report.draft ? [] : tellSent(report, faceOf, decisionOn)),
    ];
    // What the unit was asked before it sent is not told again.
    const keys = new Set(own.map(({ key }) => key));
    const told = [...own, ...(unlike.get(report.unit_id) ?? []).filter(({ key }) => !keys.has(key))];
    return told.map((each) => ({ ...faceOfReport(report), ...each }));
  });
}

type Told = Omit<Gathered, keyof ReturnType<typeof faceOfReport>>;
type DecisionOn = (findingKey: string, reason: string) => ReasonDecision | null;

const faceOfReport = (report: ReportBelow) => ({
  unitId: report.unit_id,
  unitCode: report.code,
  unitName: report.name,
  unitKind: report.kind,
  parentName: report.parent_name,
  reportId: report.report_id,
  state: report.state,
  submissionNo: report.last_submission_no || null,
});

type FaceOf = (rule: string) => RuleFace;

/** Faces by rule, made once for many findings. A check that has been switched off since is known from the form as printed. */
function facesIn(form: FormDefinition): FaceOf {
  const printed = checkFaces(findForm(form.code, form.version));
  const known = new Map([...printed, ...checkFaces(form), ...reportRules].map((face) => [face.id, face]));
  return (rule) => known.get(rule) ?? ruleFace(rule);
}

/** A draft's findings, each once for what its reason is attached to. */
function tellDraft(report: ReportBelow, faceOf: FaceOf, faults: readonly Finding[], decisionOn: DecisionOn): Told[] {
  const said = new Map(report.reasons.map((each) => [each.findingKey, each]));
  const once = new Map(faults.map((finding) => [findingKey(finding), finding]));
  return [...once].map(([key, finding]) => {
    const face = faceOf(finding.rule);
    const reason = finding.severity === 'warning' ? said.get(key) : undefined;
    const decision = reason ? decisionOn(key, reason.reason) : null;
    const stage: FindingStage =
      finding.severity === 'error' ? 'error' : reason === undefined ? 'unexplained' : (decision?.kind ?? 'waiting');
    return {
      key,
      rule: finding.rule,
      title: face.title,
      say: () => face.message(finding),
      cell: finding.cell ?? null,
      stage,
      reason: reason?.reason ?? null,
      reasonByName: reason?.accountName ?? null,
      decision,
    };
  });
}

/** The warnings that a submission carries; approving it takes the reasons that nobody refused. */
function tellSent(report: ReportBelow, faceOf: FaceOf, decisionOn: DecisionOn): Told[] {
  return report.reasons.map(({ findingKey: key, reason, accountName, message }) => {
    const [rule = '', cell] = key.split(':');
    const { title } = faceOf(rule);
    const decision = decisionOn(key, reason) ?? byApproval(report);
    return {
      key,
      rule,
      title,
      say: () => message ?? title,
      cell: cell !== undefined && /^[^.]+\.[^.]+$/.test(cell) ? cell : null,
      stage: decision?.kind ?? 'waiting',
      reason,
      reasonByName: accountName,
      decision,
    };
  });
}

function byApproval(report: ReportBelow): ReasonDecision | null {
  if (report.approved_by_name === null || report.approved_at === null) return null;
  return {
    kind: 'accepted',
    note: null,
    decidedByName: report.approved_by_name,
    decidedAt: report.approved_at.toISOString(),
    submissionNo: report.last_submission_no,
  };
}

async function findUnlike(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: Asked,
  forms: ReadonlyMap<string, FormDefinition>,
): Promise<Map<string, Told[]>> {
  const form = [...forms.values()][0]!;
  const rows = await selectLikeUnitRatios(tx, unitId, periodId, formCode, form);
  const told = new Map<string, Told[]>();
  for (const row of rows) {
    const ratio = form.ratios?.find(({ id }) => id === row.ratio);
    const compared = ratio && describeRatio(form, ratio, row);
    if (!compared?.message) continue;
    const { rule, cell, name, message } = compared;
    const finding: Told = {
      key: `${rule}:${cell}`,
      rule,
      title: name,
      say: () => message,
      cell,
      stage: 'unlike',
      reason: null,
      reasonByName: null,
      decision: null,
    };
    told.set(row.unit_id, [...(told.get(row.unit_id) ?? []), finding]);
  }
  return told;
}
