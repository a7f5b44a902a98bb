import '../reports/reports.css';
import './review.css';
import { useEffect, useMemo } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { transitions } from '@khuevan/core/reports/states.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { reportsText } from '../../text/reports.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { formatDate, formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag, Tag } from '../../ui/tag.tsx';
import {
  CellFindings,
  type CellMarks,
  type CellPlace,
  Differences,
  FormView,
  History,
  markCells,
  placeOf,
  PartsBehind,
  RecordsBehind,
  RemarkThread,
  type Report,
  type Submission,
  SupplementNote,
  useForm,
  useReport,
  useSubmission,
  WorkList,
} from '../reports/index.ts';
import { LateReason } from '../progress/index.ts';
import { around } from './board.ts';
import { FormsOfUnit } from './forms-of-unit.tsx';
import { Decide } from './decide.tsx';
import { Explanations } from './explanations.tsx';
import { LikeUnits } from './like-units.tsx';
import { RemarkBox } from './remark-box.tsx';
import { useQueue } from './review-data.ts';
import { SettingsAtSending } from './settings-at-sending.tsx';

const views = ['form', 'differences', 'warnings', 'remarks', 'history'] as const;
type View = (typeof views)[number];

export function Component() {
  const { reportUnitId = '', reportId = '' } = useParams();
  const report = useReport(reportUnitId, reportId);
  const form = useForm(report.data?.formSlug, report.data?.formVersion);
  return (
    <Loaded query={report}>
      {(found) => (
        <Loaded query={form}>{(definition) => <Review key={found.id} report={found} form={definition} />}</Loaded>
      )}
    </Loaded>
  );
}

/** A report as a unit above sees it: what was sent, what changed, what was explained, and the decision. */
function Review({ report, form }: { report: Report; form: FormDefinition }) {
  const t = useText(reviewsText);
  const reports = useText(reportsText);
  const { unit } = useSession();
  const [search] = useSearchParams();
  const last = report.lastSubmissionNo;
  const submission = useSubmission(report, last);
  const { queue } = useQueue(unit.id, report.periodId, report.formCode);
  const { index, previous, next } = around(queue, report.id, null);
  const addressOf = (each: { unitId: string; id: string | null }) => paths.review(unit.id, each.unitId, each.id!);
  useNeighbourKeys(previous ? addressOf(previous) : null, next ? addressOf(next) : null);
  const view = views.find((each) => each === search.get('view')) ?? 'form';
  const sent = report.submissions.find((each) => each.no === last);
  const cellAddress = (cell: string) => paths.review(unit.id, report.unitId, report.id, { view: 'form', cell });
  return (
    <div className="kv-stack">
      <PageHeader
        title={report.unitName}
        beside={<StateTag state={report.state} />}
        sub={
          <>
            {report.periodName} · {reports.formCode(report.formCode)}
            {sent && ` · ${reports.submissionNo(sent.no, formatTime(sent.sentAt))}`}
            {report.dueOn && ` · ${reports.dueOn(formatDate(report.dueOn))}`}
          </>
        }
        actions={
          <Decide
            report={report}
            form={form}
            explanations={submission.data?.explanations ?? []}
            position={{ index, count: queue.length, previous, next }}
            addressOf={addressOf}
          />
        }
      />
      <FormsOfUnit report={report} addressOf={addressOf} />
      <SupplementNote report={report} form={form} cellAddress={cellAddress} />
      <LateReason
        unitId={report.unitId}
        periodId={report.periodId}
        formCode={report.formCode}
        name={report.unitName}
        mayState={false}
      />
      <ViewTabs report={report} submission={submission.data} current={view} />
      {last === 0 && (
        <p className="kv-note">{Object.keys(report.cells).length === 0 ? t.nothingToShow : t.draftShown}</p>
      )}
      {last === 0 ? (
        view === 'history' ? (
          <History report={report} />
        ) : (
          <ReviewForm report={report} form={form} cells={report.cells} submission={undefined} />
        )
      ) : (
        <Loaded query={submission}>
          {(found) => <Shown view={view} report={report} form={form} submission={found} />}
        </Loaded>
      )}
    </div>
  );
}

/** J and K, as in a mail program, where nothing is being typed. */
function useNeighbourKeys(previous: string | null, next: string | null) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.closest('input, textarea, select, [contenteditable], [role=dialog], dialog')
      )
        return;
      const to = event.key === 'j' ? next : event.key === 'k' ? previous : null;
      if (to) void navigate(to);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate, previous, next]);
}

function useOwnAddress(report: Report) {
  const { unit } = useSession();
  return (link: { view?: View; cell?: string }) => paths.review(unit.id, report.unitId, report.id, link);
}

function ViewTabs({
  report,
  submission,
  current,
}: {
  report: Report;
  submission: Submission | undefined;
  current: View;
}) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const address = useOwnAddress(report);
  const counts: Partial<Record<View, number>> = {
    warnings: submission?.explanations.length ?? 0,
    remarks: report.remarks.filter((remark) => remark.resolvedAt === null).length,
  };
  return (
    <nav className="kv-views" aria-label={t.viewsLabel}>
      {views.map((view) => (
        <Link key={view} to={address({ view })} aria-current={view === current ? 'page' : undefined}>
          {t.views[view]}
          {counts[view] ? <span className="kv-menu__count">{number(counts[view])}</span> : null}
        </Link>
      ))}
    </nav>
  );
}

function Shown({
  view,
  report,
  form,
  submission,
}: {
  view: View;
  report: Report;
  form: FormDefinition;
  submission: Submission;
}) {
  const { may, unit } = useSession();
  const address = useOwnAddress(report);
  const cellAddress = (cell: string) => address({ view: 'form', cell });
  switch (view) {
    case 'form':
      return <ReviewForm report={report} form={form} cells={submission.cells} submission={submission} />;
    case 'differences':
      return <Differences report={report} form={form} cellAddress={cellAddress} withDraft={false} />;
    case 'warnings':
      return (
        <>
          <Explanations
            report={report}
            submission={submission}
            form={form}
            mayDecide={report.state === 'submitted' && report.reviewerId === unit.id && may('reviews.write')}
            cellAddress={cellAddress}
          />
          <SettingsAtSending submission={submission} form={form} />
          {report.unitKind === 'school' && may('reviews.write') && (
            <LikeUnits report={report} mayAsk={mayRemark(report)} cellAddress={cellAddress} />
          )}
        </>
      );
    case 'remarks':
      return (
        <>
          <WorkList
            report={{ ...report, cells: submission.cells }}
            form={form}
            mayAnswer={false}
            cellAddress={cellAddress}
          />
          {may('reviews.write') && mayRemark(report) && (
            <section className="kv-panel">
              <RemarkBox report={report} cell={null} />
            </section>
          )}
        </>
      );
    case 'history':
      return <History report={report} />;
  }
}

function mayRemark(report: Report): boolean {
  return (transitions.remark.from as readonly string[]).includes(report.state);
}

const nothing: CellMarks = { errors: [], warnings: [], remarks: [] };

interface ReviewFormProps {
  report: Report;
  form: FormDefinition;
  cells: Report['cells'];
  submission: Submission | undefined;
}

function ReviewForm({ report, form, cells, submission }: ReviewFormProps) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const [search] = useSearchParams();
  const before = useSubmission(report, report.lastSubmissionNo - 1);
  const marks = useMemo(() => {
    // The reasons that came with the submission stand at their cells, as the warnings they answer.
    const findings = (submission?.explanations ?? []).flatMap((each) => {
      const [rule = '', cell = ''] = each.findingKey.split(':');
      if (!placeOf(form, cell)) return [];
      return {
        rule,
        cell,
        severity: 'warning' as const,
        key: each.findingKey,
        explanation: each.reason,
        ...(each.message && { message: each.message }),
      };
    });
    return markCells({
      findings,
      remarks: report.remarks,
      cells,
      before: before.data?.cells ?? null,
      asked: report.supplement?.cells,
    });
  }, [form, submission, report.remarks, report.supplement, cells, before.data]);
  if (Object.keys(cells).length === 0) return null;
  const changed = [...marks.values()].filter((each) => each.change).length;
  return (
    <>
      {report.lastSubmissionNo > 1 && before.data && (
        <p>
          <Tag tone="plain">{t.changedCells(number(changed))}</Tag>
        </p>
      )}
      <FormView
        form={form}
        cells={cells}
        asOf={report.asOf}
        marks={marks}
        previousYear={report.previousYear}
        linkedCell={search.get('cell')}
        renderCell={(place, go) => (
          <ReviewedCell
            report={report}
            form={form}
            place={place}
            value={cells[place.key]}
            no={submission?.no}
            marks={marks.get(place.key) ?? nothing}
            go={go}
          />
        )}
      />
    </>
  );
}

function ReviewedCell({
  report,
  form,
  place,
  value,
  no,
  marks,
  go,
}: {
  report: Report;
  form: FormDefinition;
  place: CellPlace;
  value: number | undefined;
  no: number | undefined;
  marks: CellMarks;
  go: (cell: string) => void;
}) {
  const reports = useText(reportsText);
  const { may } = useSession();
  return (
    <>
      <CellFindings form={form} findings={marks.warnings} go={go} />
      <section className="kv-inspect__part">
        <h3>{reports.remarks}</h3>
        {marks.remarks.map((remark) => (
          <RemarkThread key={remark.id} report={report} remark={remark} mayAnswer={false} />
        ))}
        {may('reviews.write') && mayRemark(report) && <RemarkBox key={place.key} report={report} cell={place.key} />}
      </section>
      {report.unitKind === 'school' ? (
        <RecordsBehind report={report} place={place} value={value} no={no} />
      ) : (
        <PartsBehind unitId={report.unitId} periodId={report.periodId} formCode={report.formCode} place={place} />
      )}
    </>
  );
}
