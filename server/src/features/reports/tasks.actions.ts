import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listTasks } from '@khuevan/core/contract/units.ts';
import { daysLeft, periodStateOn } from '@khuevan/core/reports/deadlines.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Permission } from '@khuevan/core/permissions.ts';
import { trainingStandardOn } from '@khuevan/core/rules/training-standard.ts';
import { startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import { findCollectionTasks } from '#features/collections';
import { selectDuties, selectPeriodsFor, type DutyRow } from '#features/periods';
import { digestRecords } from '#features/records';
import { schoolYearOf, today } from '#platform/clock.ts';
import type { Access, Reading, Tx } from '#platform/database.ts';
import { findKnownFindings, type Judged } from './known-findings.ts';
import { selectReportsOf, selectUnitFace, type ReportRow } from './report.queries.ts';
import { levelsActedFor } from './report.rules.ts';
import {
  countOpenItems,
  selectReadyImports,
  selectSchoolFigures,
  selectToReview,
  type SchoolFiguresRow,
} from './tasks.queries.ts';

type Tasks = ResponseOf<typeof listTasks>;
type Task = Tasks['tasks'][number];

/** What a unit has to do now, most urgent first, and a school's figures at a glance. */
export async function listTasksOf({ tx, access }: Reading, unitId: string): Promise<Tasks> {
  const unit = await selectUnitFace(tx, unitId);
  if (!unit) throw new ProblemError('not_found');
  const isSchool = unit.kind === 'school';
  const maySee = isSchool && access.may('records.read');
  const figures = maySee ? await readFigures(tx, unitId) : null;
  const prepares = concerning(access, unitId, 'reports.prepare');
  const reports = (await selectReportsOf(tx, unitId, undefined)).filter(prepares);
  const duties = (await selectDuties(tx, unitId, {})).filter(prepares);
  const tasks = [
    ...(await findReportTasks(tx, unitId, reports, duties)),
    ...(isSchool ? [] : await findReviewTasks(tx, unitId, concerning(access, unitId, 'reviews.write'))),
    ...(access.may('periods.write') && (unit.kind === 'province' || unit.kind === 'ministry')
      ? await findPeriodTasks(tx, unitId)
      : []),
    ...(figures
      ? await findRecordTasks(tx, { unitId, levels: unit.levels, ...periodToJudge(duties) }, figures.row)
      : []),
    ...(await findImportTasks(tx, unitId)),
    ...(await findAskedTasks(tx, unitId)),
  ];
  return { tasks: tasks.toSorted(byUrgency), figures: figures?.face ?? null };
}

/** Whoever works for some levels only is told of these; who does not do this work at all looks on, and sees all. */
function concerning(
  { memberships }: Access,
  unitId: string,
  permission: Permission,
): (of: { level: string }) => boolean {
  const levels = levelsActedFor(memberships, unitId, permission);
  return ({ level }) => levels === null || levels.length === 0 || levels.includes(level);
}

const urgency: Record<Task['kind'], number> = {
  'report-returned': 0,
  'collection-returned': 0,
  'report-to-review': 1,
  'report-due': 2,
  'collection-due': 2,
  'report-blocked': 3,
  'period-to-open': 4,
  'import-ready': 5,
  'records-with-errors': 6,
  'records-without-pin': 7,
};
const farAway = 10_000;
const byUrgency = (a: Task, b: Task): number =>
  (a.daysLeft ?? farAway) - (b.daysLeft ?? farAway) || urgency[a.kind] - urgency[b.kind];

function task(unitId: string, kind: Task['kind'], count: number, more: Partial<Task> = {}): Task {
  return {
    kind,
    count,
    unitId,
    dueOn: null,
    daysLeft: null,
    periodId: null,
    reportId: null,
    periodName: null,
    formCode: null,
    note: null,
    since: null,
    importId: null,
    recordKind: null,
    collectionId: null,
    ...more,
  };
}

const due = (dueOn: string | null) => ({ dueOn, daysLeft: daysLeft(today(), dueOn) });

async function findReportTasks(tx: Tx, unitId: string, reports: ReportRow[], duties: DutyRow[]): Promise<Task[]> {
  const items = await countOpenItems(tx, unitId);
  const isBegun = (duty: DutyRow) =>
    reports.some((report) => report.period_id === duty.period_id && report.form_code === duty.form_code);
  const fresh = duties
    .filter((duty) => periodStateOn(today(), duty.opens_on, duty.closes_on) === 'open' && !isBegun(duty))
    .map((duty) =>
      task(unitId, 'report-due', 1, {
        ...due(duty.due_on),
        periodId: duty.period_id,
        periodName: duty.period_name,
        formCode: duty.form_code,
      }),
    );
  return [...fresh, ...reports.flatMap((report) => tasksOfReport(report, items.get(report.id) ?? 0))];
}

function tasksOfReport(report: ReportRow, openItems: number): Task[] {
  const place = {
    ...due(report.due_on),
    periodId: report.period_id,
    periodName: report.period_name,
    formCode: report.form_code,
    reportId: report.id,
    since: report.state_since.toISOString(),
  };
  const isOpen = periodStateOn(today(), report.opens_on, report.closes_on) === 'open' || report.last_submission_no > 0;
  const inHand = report.state === 'draft' || report.state === 'returned' || report.state === 'supplement';
  if (!inHand || !isOpen) return [];
  const first =
    report.state === 'returned'
      ? task(report.unit_id, 'report-returned', openItems, place)
      : task(report.unit_id, 'report-due', 1, place);
  return report.missing_total > 0
    ? [first, task(report.unit_id, 'report-blocked', report.missing_total, place)]
    : [first];
}

async function findReviewTasks(tx: Tx, unitId: string, isMine: (row: { level: string }) => boolean): Promise<Task[]> {
  const rows = (await selectToReview(tx, unitId)).filter(isMine);
  return rows.map((row) =>
    task(unitId, 'report-to-review', row.count, {
      ...due(row.due_on),
      periodId: row.period_id,
      periodName: row.period_name,
      formCode: row.form_code,
      since: row.since.toISOString(),
    }),
  );
}

/** The start-of-year statistics of this school year, where nobody has opened them. */
async function findPeriodTasks(tx: Tx, unitId: string): Promise<Task[]> {
  const year = schoolYearOf(today());
  const periods = await selectPeriodsFor(tx, unitId, year);
  if (periods.some((period) => period.kind === 'start')) return [];
  return [task(unitId, 'period-to-open', 1, { ...due(startOfYearAsOf(year)) })];
}

/** Records are judged as the period that is open asks: what is wrong now is what will block its report. */
function periodToJudge(duties: DutyRow[]): Pick<Judged, 'asOf' | 'period' | 'countsFrom'> {
  const open = duties.find((duty) => periodStateOn(today(), duty.opens_on, duty.closes_on) === 'open');
  return open && open.school_year === schoolYearOf(today())
    ? { asOf: open.as_of, period: open.period_kind, countsFrom: open.counts_from }
    : { asOf: today() };
}

async function findRecordTasks(
  tx: Tx,
  { unitId: schoolId, ...asked }: { unitId: string } & Omit<Judged, 'schoolId' | 'schoolYear'>,
  figures: SchoolFiguresRow,
): Promise<Task[]> {
  const schoolYear = schoolYearOf(today());
  const digest = await digestRecords(tx, schoolId, schoolYear);
  const findings = await findKnownFindings(tx, { schoolId, schoolYear, ...asked }, digest);
  const records = new Map<string, Set<string>>();
  for (const { kind, severity, recordId, rule } of findings) {
    if (severity !== 'error' || kind === undefined) continue;
    records.set(kind, (records.get(kind) ?? new Set()).add(recordId ?? rule));
  }
  const withErrors = [...records].map(([recordKind, found]) =>
    task(schoolId, 'records-with-errors', found.size, { recordKind }),
  );
  const withoutPin = [
    { recordKind: 'student', count: figures.students - figures.students_with_pin },
    { recordKind: 'staff', count: figures.staff - figures.staff_with_pin },
  ].filter(({ count }) => count > 0);
  return [
    ...withErrors,
    ...withoutPin.map(({ recordKind, count }) => task(schoolId, 'records-without-pin', count, { recordKind })),
  ];
}

async function findImportTasks(tx: Tx, unitId: string): Promise<Task[]> {
  const rows = await selectReadyImports(tx, unitId);
  return rows.map((row) =>
    task(unitId, 'import-ready', row.rows_good, {
      importId: row.id,
      recordKind: row.kind,
      note: row.file_name,
      since: row.created_at.toISOString(),
    }),
  );
}

/** What offices above have asked for besides the periods. */
async function findAskedTasks(tx: Tx, unitId: string): Promise<Task[]> {
  const asked = await findCollectionTasks(tx, unitId);
  return asked.map(({ kind, collectionId, title, dueOn, remindedAt, reason }) =>
    task(unitId, kind, 1, {
      ...due(dueOn),
      collectionId,
      periodName: title,
      note: kind === 'collection-returned' ? reason : null,
      since: kind === 'collection-due' ? (remindedAt?.toISOString() ?? null) : null,
    }),
  );
}

/** Code list `staff_group`. */
const teacherGroup = '03';
const belowStandard = '03';

async function readFigures(
  tx: Tx,
  schoolId: string,
): Promise<{ row: SchoolFiguresRow; face: NonNullable<Tasks['figures']> }> {
  const row = await selectSchoolFigures(tx, schoolId, schoolYearOf(today()), today(), teacherGroup);
  const atStandard = row.teachers.filter(({ level, training, subjects }) => {
    const found = trainingStandardOn(today(), level, training, subjects ?? []);
    return found !== null && found.standard !== belowStandard;
  });
  return {
    row,
    face: {
      students: row.students,
      classes: row.classes,
      staff: row.staff,
      teachersAtStandard: atStandard.length,
      teachers: row.teachers.length,
      withPin: row.students_with_pin,
    },
  };
}
