import './reports.css';
import { FileDown, Lock, Printer } from 'lucide-react';
import { Button } from 'antd';
import { useEffect } from 'react';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { exportReport } from '@khuevan/core/contract/reports.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatDate, formatDayOf, formatTime, useFormat } from '../../ui/format.ts';
import { Busy } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag } from '../../ui/tag.tsx';
import { isOpen } from './cell-marks.ts';
import { CheckStep } from './check-step.tsx';
import { DataStep } from './data-step.tsx';
import { Differences } from './differences.tsx';
import { headlineOf } from './form-lines.ts';
import { FormStep } from './form-step.tsx';
import { History } from './history.tsx';
import { type Checks, type Report, useChecks, useForm, useReport } from './report-data.ts';
import { SendStep } from './send-step.tsx';
import { type StepFace, StepStrip } from './step-strip.tsx';
import { useStepTitle } from './step-titles.ts';
import { isWorking, type ReportView, stepsOf, stepState, viewFor, type WizardFacts } from './steps.ts';
import { SupplementNote } from './supplement-note.tsx';
import { typedLines } from './typed-rows.ts';
import { TypedStep } from './typed-step.tsx';
import { WorkList } from './work-list.tsx';

export function Component() {
  const { unitId = '', reportId = '' } = useParams();
  const report = useReport(unitId, reportId);
  const form = useForm(report.data?.formSlug, report.data?.formVersion);
  return (
    <Loaded query={report}>
      {(found) => <Loaded query={form}>{(definition) => <ReportScreen report={found} form={definition} />}</Loaded>}
    </Loaded>
  );
}

function ReportScreen({ report, form }: { report: Report; form: FormDefinition }) {
  const t = useText(reportsText);
  const general = useText(generalText);
  const read = useReading();
  const { isOwnUnit, may, schoolYear, chooseSchoolYear } = useSession();
  const [search] = useSearchParams();
  useEffect(() => {
    // The records shown beside the report are those of its year.
    if (schoolYear !== report.schoolYear) chooseSchoolYear(report.schoolYear);
  }, [schoolYear, report.schoolYear, chooseSchoolYear]);
  const steps = stepsOf(form, report.unitKind === 'school');
  const mayPrepare = may('reports.prepare') && isWorking(report.state);
  const mayAnswer = may('reports.prepare') && (isWorking(report.state) || report.state === 'submitted');
  const checks = useChecks(report, isOwnUnit && isWorking(report.state) && report.compiledAt !== null);
  const { facts, isKnown } = useFacts(report, form, checks);
  const given = search.get('step');
  const view = viewFor(given, steps, facts, isOwnUnit);
  const holder = isOwnUnit && report.holderId === report.unitId ? t.holderOwn : report.holderName;
  const faces = useStepFaces(report, form, steps, facts);
  if (given !== view) {
    // The place where the work goes on is found once and then stays, however the steps change under it.
    if (!isKnown) return <Busy>{general.loading}</Busy>;
    return (
      <Navigate
        replace
        to={paths.report(report.unitId, report.id, { step: view, cell: search.get('cell') ?? undefined })}
      />
    );
  }
  return (
    <div className="kv-stack">
      <PageHeader
        title={report.periodName}
        beside={<StateTag state={report.state} />}
        sub={
          <>
            {t.formCode(report.formCode)}: {read(form.name)} · {t.asOf(formatDate(report.asOf))}
            {report.dueOn && ` · ${t.dueOn(formatDate(report.dueOn))}`}
            {report.dueOn &&
              report.daysLeft !== null &&
              isWorking(report.state) &&
              ` (${general.days(report.daysLeft).toLowerCase()})`}
            {' · '}
            {report.stateSince ? t.heldSince(holder, formatTime(report.stateSince)) : t.holds(holder)}
          </>
        }
        actions={<Actions report={report} />}
      />
      {isOwnUnit && (
        <StepStrip
          unitId={report.unitId}
          reportId={report.id}
          steps={faces}
          current={view}
          isCompact={!steps.some((step) => step === view)}
        />
      )}
      {!isOwnUnit && (
        <p className="kv-note">
          <Lock size={15} aria-hidden /> {t.readOnly}
        </p>
      )}
      {isOwnUnit && (report.state === 'submitted' || report.state === 'approved') && view !== 'send' && (
        <p className="kv-note">
          <Lock size={15} aria-hidden /> {t.locked[report.state]}
        </p>
      )}
      <SupplementNote
        report={report}
        form={form}
        cellAddress={(cell) => paths.report(report.unitId, report.id, { step: 'form', cell })}
      />
      <Views report={report} current={view} openItems={facts.openItems} />
      <Shown
        view={view}
        report={report}
        form={form}
        checks={checks.data}
        mayPrepare={mayPrepare}
        mayAnswer={mayAnswer}
      />
    </div>
  );
}

interface ShownProps {
  view: ReportView;
  report: Report;
  form: FormDefinition;
  checks: Checks | undefined;
  mayPrepare: boolean;
  mayAnswer: boolean;
}

function Shown({ view, report, form, checks, mayPrepare, mayAnswer }: ShownProps) {
  const [search] = useSearchParams();
  const { isOwnUnit } = useSession();
  const cellAddress = (cell: string) => paths.report(report.unitId, report.id, { step: 'form', cell });
  switch (view) {
    case 'data':
      return <DataStep report={report} form={form} mayPrepare={mayPrepare} />;
    case 'rooms':
      return <TypedStep key="room" report={report} form={form} kind="room" mayPrepare={mayPrepare} />;
    case 'budget':
      return <TypedStep key="budget" report={report} form={form} kind="budget" mayPrepare={mayPrepare} />;
    case 'check':
      return <CheckStep report={report} mayPrepare={mayPrepare} />;
    case 'send':
      return <SendStep report={report} form={form} checks={checks} />;
    case 'form':
      return (
        <FormStep
          report={report}
          form={form}
          checks={checks}
          linkedCell={search.get('cell')}
          mayPrepare={mayPrepare}
          mayAnswer={mayAnswer}
        />
      );
    case 'work':
      return <WorkList report={report} form={form} mayAnswer={mayAnswer} cellAddress={cellAddress} />;
    case 'differences':
      return <Differences report={report} form={form} cellAddress={cellAddress} withDraft={isOwnUnit} />;
    case 'history':
      return <History report={report} />;
  }
}

function Actions({ report }: { report: Report }) {
  const t = useText(reportsText);
  const notifyProblem = useNotifyProblem();
  if (report.compiledAt === null) return null;
  const isDraft = isWorking(report.state);
  const no = isDraft ? undefined : report.lastSubmissionNo;
  const params = { unitId: report.unitId, reportId: report.id };
  return (
    <>
      <Link
        className="kv-button-link kv-button-link--plain"
        to={paths.print(report.unitId, report.id, no ? { no } : {})}
      >
        <Printer size={15} aria-hidden /> {t.print}
      </Link>
      <Button
        icon={<FileDown size={15} aria-hidden />}
        onClick={() => void download(exportReport, { params, query: { no } }).catch(notifyProblem)}
      >
        {t.excel}
      </Button>
    </>
  );
}

function Views({ report, current, openItems }: { report: Report; current: ReportView; openItems: number }) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const views = (['form', 'work', 'differences', 'history'] as const).filter(
    (view) => view !== 'work' || report.remarks.length > 0 || current === 'work',
  );
  return (
    <nav className="kv-views" aria-label={t.viewsLabel}>
      {views.map((view) => (
        <Link
          key={view}
          to={paths.report(report.unitId, report.id, { step: view })}
          aria-current={view === current ? 'page' : undefined}
        >
          {t.views[view]}
          {view === 'work' && openItems > 0 && <span className="kv-menu__count">{number(openItems)}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** What the steps are judged by. Rooms and budget lines count as they are on record, not as they were when the data was fetched. */
function useFacts(
  report: Report,
  form: FormDefinition,
  checks: ReturnType<typeof useChecks>,
): { facts: WizardFacts; isKnown: boolean } {
  const { may } = useSession();
  const isSchool = report.unitKind === 'school' && may('reports.prepare') && may('records.read');
  const input = { params: { schoolId: report.unitId }, query: { schoolYear: report.schoolYear, pageSize: 100 } };
  const rooms = useRead(recordEndpoints.room.list, input, { enabled: isSchool });
  const budget = useRead(recordEndpoints.budget.list, input, { enabled: isSchool });
  const roomsIn = (values: Record<string, unknown>) =>
    ['solid', 'semiSolid', 'temporary'].reduce((sum, key) => sum + Number(values[key] ?? 0), 0);
  const needed = typedLines('budget', form.level).filter(({ isOptional }) => !isOptional);
  const wanted = new Set(needed.map(({ code }) => code));
  const facts = {
    state: report.state,
    isCompiled: report.compiledAt !== null,
    isOutdated: report.outdated,
    rooms: rooms.data ? rooms.data.records.reduce((sum, record) => sum + roomsIn(record.values), 0) : null,
    budgetLines: budget.data
      ? budget.data.records.filter(({ values }) => wanted.has(String(values.line))).length
      : null,
    budgetLinesWanted: wanted.size,
    errors: checks.data?.errors ?? null,
    unexplained: checks.data?.unexplained ?? null,
    openItems: report.remarks.filter(isOpen).length,
  };
  return { facts, isKnown: ![rooms, budget, checks].some((query) => query.isLoading) };
}

function useStepFaces(
  report: Report,
  form: FormDefinition,
  steps: ReturnType<typeof stepsOf>,
  facts: WizardFacts,
): StepFace[] {
  const t = useText(reportsText);
  const { number } = useFormat();
  const isCounted = (measure: 'class' | 'student' | 'staff') => headlineOf(form, report.cells, measure) !== undefined;
  const figure = (measure: 'class' | 'student' | 'staff') => number(headlineOf(form, report.cells, measure) ?? 0);
  const titleOf = useStepTitle(form, report.unitKind === 'school');
  const last = report.submissions.find((each) => each.no === report.lastSubmissionNo);
  const words = t.facts;
  const noteOf: Record<(typeof steps)[number], () => string> = {
    data: () => {
      if (!facts.isCompiled) return words.notYet;
      if (facts.isOutdated && isWorking(facts.state)) return words.outdated;
      const counts = (['class', 'student', 'staff'] as const)
        .filter(isCounted)
        .map((measure) => words.counts[measure](figure(measure)));
      return counts.join(' · ') || words.fetched;
    },
    rooms: () => (facts.rooms ? words.rooms(number(facts.rooms)) : words.noRooms),
    budget: () => {
      const amount = headlineOf(form, report.cells, 'budget', 'planned');
      const isThere = (facts.budgetLines ?? 0) >= facts.budgetLinesWanted;
      return isThere && amount !== undefined
        ? words.money(number(amount))
        : words.noMoney(facts.budgetLines ?? 0, facts.budgetLinesWanted);
    },
    check: () => {
      if (!isWorking(facts.state)) return words.clean;
      if (facts.errors === null) return words.notChecked;
      return facts.errors + (facts.unexplained ?? 0) === 0
        ? words.clean
        : words.faults(facts.errors, facts.unexplained ?? 0);
    },
    send: () =>
      last && !isWorking(facts.state)
        ? words.sentOn(formatDayOf(last.sentAt))
        : report.dueOn
          ? t.dueOn(formatDate(report.dueOn))
          : '',
  };
  return steps.map((step) => ({ step, state: stepState(step, facts), title: titleOf(step), note: noteOf[step]() }));
}
