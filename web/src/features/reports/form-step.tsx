import { useMemo } from 'react';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { unansweredItem } from '@khuevan/core/reports/findings.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { CellFindings } from './cell-findings.tsx';
import { type CellMarks, markCells } from './cell-marks.ts';
import type { CellPlace } from './form-lines.ts';
import { FormView } from './form-view.tsx';
import { PartsBehind } from './parts-behind.tsx';
import { ReasonBox } from './reason-box.tsx';
import { RecordsBehind } from './records-behind.tsx';
import { RemarkThread } from './remark-thread.tsx';
import { type Checks, type Report, useReportChanged, useSubmission } from './report-data.ts';
import { isWorking } from './steps.ts';

interface FormStepProps {
  report: Report;
  form: FormDefinition;
  checks: Checks | undefined;
  linkedCell: string | null;
  mayPrepare: boolean;
  mayAnswer: boolean;
}

const nothing: CellMarks = { errors: [], warnings: [], remarks: [] };

/** The form of a report as its own unit works on it. */
export function FormStep({ report, form, checks, linkedCell, mayPrepare, mayAnswer }: FormStepProps) {
  const t = useText(reportsText);
  const sent = useSubmission(report, isWorking(report.state) ? report.lastSubmissionNo : 0);
  // An item that is not answered stands at its cell as the remark it is.
  const findings = useMemo(
    () =>
      isWorking(report.state) ? checks?.findings.filter((finding) => finding.rule !== unansweredItem.id) : undefined,
    [report.state, checks],
  );
  const marks = useMemo(
    () =>
      markCells({
        ...(findings && { findings }),
        remarks: report.remarks,
        cells: report.cells,
        before: sent.data?.cells ?? null,
        asked: report.supplement?.cells,
      }),
    [findings, report.remarks, report.cells, report.supplement, sent.data],
  );
  if (Object.keys(report.cells).length === 0)
    return (
      <section className="kv-panel">
        <p className="kv-muted">{t.noFigures}</p>
      </section>
    );
  return (
    <FormView
      form={form}
      cells={report.cells}
      asOf={report.asOf}
      marks={marks}
      previousYear={report.previousYear}
      linkedCell={linkedCell}
      renderCell={(place, go) => (
        <OwnCell
          report={report}
          form={form}
          place={place}
          marks={marks.get(place.key) ?? nothing}
          go={go}
          mayPrepare={mayPrepare}
          mayAnswer={mayAnswer}
        />
      )}
    />
  );
}

interface OwnCellProps {
  report: Report;
  form: FormDefinition;
  place: CellPlace;
  marks: CellMarks;
  go: (cell: string) => void;
  mayPrepare: boolean;
  mayAnswer: boolean;
}

function OwnCell({ report, form, place, marks, go, mayPrepare, mayAnswer }: OwnCellProps) {
  const t = useText(reportsText);
  const read = useReading();
  const changed = useReportChanged();
  const value = report.cells[place.key];
  return (
    <>
      <CellFindings
        form={form}
        findings={[...marks.errors, ...marks.warnings]}
        go={go}
        {...(mayPrepare && {
          renderReason: (finding) => (
            <ReasonBox
              key={finding.key}
              report={report}
              findingKey={finding.key}
              reason={finding.explanation}
              about={finding.message ? read(finding.message) : finding.rule}
              onSaved={() => void changed()}
            />
          ),
        })}
      />
      {marks.remarks.length > 0 && (
        <section className="kv-inspect__part">
          <h3>{t.remarks}</h3>
          {marks.remarks.map((remark) => (
            <RemarkThread
              key={remark.id}
              report={report}
              remark={remark}
              mayAnswer={mayAnswer}
              {...(marks.change && { change: { before: marks.change.before, after: value ?? null } })}
            />
          ))}
        </section>
      )}
      {report.unitKind === 'school' ? (
        <RecordsBehind
          report={report}
          place={place}
          value={value}
          no={isWorking(report.state) ? undefined : report.lastSubmissionNo || undefined}
        />
      ) : (
        <PartsBehind unitId={report.unitId} periodId={report.periodId} formCode={report.formCode} place={place} />
      )}
    </>
  );
}
