import { ArrowRight, CircleAlert, CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import { Button } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { checksText } from '../../text/checks.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import type { CheckedFinding } from './cell-marks.ts';
import { type FindingGroup, groupFindings } from './check-groups.ts';
import { useCompile } from './compile.ts';
import { fixAddress } from './missing.ts';
import { MissingList } from './missing-list.tsx';
import { ReasonBox } from './reason-box.tsx';
import { type Checks, type Report, useChecks, useReportChanged } from './report-data.ts';

interface CheckStepProps {
  report: Report;
  mayPrepare: boolean;
}

/** "Kiểm tra": errors with the way to their fix, warnings each with a place for the reason. Changed records are fetched again first. */
export function CheckStep({ report, mayPrepare }: CheckStepProps) {
  const t = useText(reportsText);
  const { compile, isRunning, blocked } = useCompile(report);
  const isCompiled = report.compiledAt !== null;
  const checks = useChecks(report, isCompiled);
  const wantsCompile = mayPrepare && isCompiled && report.outdated && !blocked;
  const asked = useRef<string | null>(null);
  useEffect(() => {
    // Once for each state of the report: a refusal must not be asked for again and again.
    const key = `${report.id} ${report.version}`;
    if (!wantsCompile || asked.current === key) return;
    asked.current = key;
    void compile();
  }, [wantsCompile, report.id, report.version, compile]);
  return (
    <section className="kv-panel kv-stack">
      <header className="kv-row kv-row--apart">
        <h2 className="kv-section-title">{t.checkTitle}</h2>
        {mayPrepare && isCompiled && (
          <Button
            size="small"
            icon={<RefreshCw size={14} aria-hidden />}
            loading={isRunning}
            onClick={() => void compile()}
          >
            {report.unitKind === 'school' ? t.compileAgain : t.compileOfficeAgain}
          </Button>
        )}
      </header>
      {!isCompiled && (
        <p className="kv-note kv-note--warn">
          {t.notCompiledYet} <Link to={paths.report(report.unitId, report.id, { step: 'data' })}>{t.compile}</Link>
        </p>
      )}
      {isRunning && (
        <p className="kv-note" role="status">
          {t.recompiling}
        </p>
      )}
      {blocked && <MissingList report={report} blocked={blocked} />}
      {isCompiled && !isRunning && !blocked && (
        <Loaded query={checks} busy={t.checking}>
          {(found) => <Findings report={report} checks={found} mayPrepare={mayPrepare} />}
        </Loaded>
      )}
    </section>
  );
}

function Findings({ report, checks, mayPrepare }: CheckStepProps & { checks: Checks }) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const { errors, warnings } = useMemo(() => groupFindings(checks.findings), [checks.findings]);
  const isClean = checks.errors === 0 && checks.unexplained === 0;
  return (
    <>
      {checks.findings.length < checks.errors + checks.warnings && (
        <p className="kv-muted">{t.firstFindings(number(checks.findings.length))}</p>
      )}
      {errors.length > 0 && (
        <section className="kv-findings">
          <h3>
            <CircleAlert size={17} aria-hidden className="kv-bad" /> {t.errorsTitle(number(checks.errors))}
          </h3>
          <p className="kv-muted">{t.errorsHelp}</p>
          {errors.map((group) => (
            <Group key={group.key} group={group} report={report} />
          ))}
        </section>
      )}
      {warnings.length > 0 && (
        <section className="kv-findings">
          <h3>
            <TriangleAlert size={17} aria-hidden className="kv-warn" /> {t.warningsTitle(number(checks.warnings))}
            {checks.unexplained > 0 && <span className="kv-muted"> · {t.unexplained(number(checks.unexplained))}</span>}
          </h3>
          <p className="kv-muted">{t.warningsHelp}</p>
          {warnings.map((group) => (
            <Group key={group.key} group={group} report={report}>
              {mayPrepare ? (
                <Reason report={report} group={group} />
              ) : (
                group.explanation && <p>{t.explained(group.explanation)}</p>
              )}
            </Group>
          ))}
        </section>
      )}
      {isClean && (
        <p className="kv-note kv-note--good" role="status">
          <CircleCheck size={17} aria-hidden /> {checks.warnings > 0 ? t.cleanWithWarnings : t.clean}
        </p>
      )}
      {mayPrepare && (
        <div className="kv-row">
          <Link
            className={isClean ? 'kv-button-link' : 'kv-button-link kv-button-link--plain'}
            to={paths.report(report.unitId, report.id, { step: 'send' })}
          >
            {t.goTo(t.steps.send)} <ArrowRight size={16} aria-hidden />
          </Link>
          <Link to={paths.report(report.unitId, report.id, { step: 'form' })}>{t.views.form}</Link>
        </div>
      )}
    </>
  );
}

function Reason({ report, group }: { report: Report; group: FindingGroup }) {
  const read = useReading();
  const changed = useReportChanged();
  const first = group.findings[0]!;
  return (
    <ReasonBox
      report={report}
      findingKey={group.key}
      reason={group.explanation}
      about={first.message ? read(first.message) : first.rule}
      onSaved={() => void changed()}
    />
  );
}

const shownAtFirst = 5;

function Group({ group, report, children }: { group: FindingGroup; report: Report; children?: ReactNode }) {
  const t = useText(reportsText);
  const checks = useText(checksText);
  const read = useReading();
  const { number } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [only] = group.findings.length === 1 ? group.findings : [];
  const first = group.findings[0]!;
  const title = first.title ?? { vi: first.rule, en: first.rule };
  // The same sentence for each record is said once, and each record is a link of its name.
  const isOneSentence =
    first.message !== undefined &&
    group.findings.every((finding) => finding.message?.vi === first.message!.vi && finding.subject);
  const shown = isOpen ? group.findings : group.findings.slice(0, isOneSentence ? 3 * shownAtFirst : shownAtFirst);
  return (
    <article className={`kv-finding kv-finding--${group.severity}`}>
      {only ? (
        <p>
          {only.subject && <strong>{only.subject}: </strong>}
          {only.message ? read(only.message) : read(title)} <Fix finding={only} report={report} />
        </p>
      ) : (
        <>
          <p>
            <strong>{read(title)}</strong> <span className="kv-muted">({t.cases(number(group.findings.length))})</span>
          </p>
          {isOneSentence && <p>{read(first.message!)}</p>}
          <ul className={isOneSentence ? 'kv-finding__names' : undefined}>
            {shown.map((finding, index) => (
              <li key={`${finding.recordId} ${finding.cell} ${index}`}>
                {isOneSentence ? (
                  <Fix finding={finding} report={report} label={finding.subject} />
                ) : (
                  <>
                    {finding.subject && <strong>{finding.subject}: </strong>}
                    {finding.message && read(finding.message)} <Fix finding={finding} report={report} />
                  </>
                )}
              </li>
            ))}
            {group.findings.length > shown.length && (
              <li>
                <button type="button" className="kv-link" onClick={() => setOpen(true)}>
                  {t.showMore(number(group.findings.length - shown.length))}
                </button>
              </li>
            )}
          </ul>
        </>
      )}
      {first.source && <p className="kv-finding__source">{t.ruleSource(first.source)}</p>}
      {first.refusal && (
        <p className="kv-note kv-note--warn">
          {checks.refusedReason(first.refusal.decidedByName, first.refusal.note ?? '')}
        </p>
      )}
      {children}
    </article>
  );
}

/** The way to where it is put right: the step in which it is typed, the work item, the record, or the cell of the form. */
function Fix({ finding, report, label }: { finding: CheckedFinding; report: Report; label?: string | undefined }) {
  const t = useText(reportsText);
  const { unitId, id } = report;
  if (finding.rule === 'report.unanswered-item')
    return <Link to={paths.report(unitId, id, { step: 'work' })}>{label ?? t.openItem}</Link>;
  if (finding.kind === 'room' || finding.kind === 'budget') {
    const step = finding.kind === 'room' ? 'rooms' : 'budget';
    return <Link to={paths.report(unitId, id, { step })}>{label ?? t.steps[step]}</Link>;
  }
  const address = fixAddress(unitId, report.schoolYear, finding);
  if (address) return <Link to={address}>{label ?? t.openRecord}</Link>;
  return finding.cell ? (
    <Link to={paths.report(unitId, id, { step: 'form', cell: finding.cell })}>{label ?? t.openCell(finding.cell)}</Link>
  ) : null;
}
