import { ArrowRight, Check, RefreshCw } from 'lucide-react';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { paths } from '../../paths.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { formatDate, formatTime, useFormat } from '../../ui/format.ts';
import { useCompile } from './compile.ts';
import { headlineOf } from './form-lines.ts';
import { MissingList } from './missing-list.tsx';
import type { Report } from './report-data.ts';
import { useStepTitle } from './step-titles.ts';
import { stepAfter } from './steps.ts';

interface DataStepProps {
  report: Report;
  form: FormDefinition;
  mayPrepare: boolean;
}

/** "Lấy dữ liệu": a school counts its records, an office adds up what it approved. */
export function DataStep({ report, form, mayPrepare }: DataStepProps) {
  const t = useText(reportsText);
  const { compile, isRunning, blocked } = useCompile(report);
  const isSchool = report.unitKind === 'school';
  const isCompiled = report.compiledAt !== null;
  const isDone = isCompiled && !report.outdated && !blocked;
  const next = stepAfter('data', form, isSchool);
  const titleOf = useStepTitle(form, isSchool);
  const countsRecords = form.sections.some(({ part }) => part <= 3);
  const help = countsRecords ? t.dataHelp(formatDate(report.asOf)) : t.dataHelpTyped;
  const words = isSchool
    ? { first: t.compile, again: t.compileAgain }
    : { first: t.compileOffice, again: t.compileOfficeAgain };
  return (
    <section className="kv-panel kv-stack">
      <header>
        <h2 className="kv-section-title">{isSchool ? t.dataTitle : t.officeDataTitle}</h2>
        <p className="kv-muted">{isSchool ? help : t.officeDataHelp}</p>
      </header>
      {isCompiled && report.outdated && !blocked && (
        <p className="kv-note kv-note--warn" role="status">
          {isSchool ? t.outdated : t.officeOutdated}
        </p>
      )}
      <Parts report={report} form={form} />
      {report.compiledAt && <p className="kv-muted">{t.compiledAt(formatTime(report.compiledAt))}</p>}
      {blocked && <MissingList report={report} blocked={blocked} />}
      {mayPrepare && (
        <div className="kv-row">
          {isDone && (
            <Link className="kv-button-link" to={paths.report(report.unitId, report.id, { step: next })}>
              {t.goTo(titleOf(next))} <ArrowRight size={16} aria-hidden />
            </Link>
          )}
          <Button
            size={isDone ? 'middle' : 'large'}
            type={isDone ? 'default' : 'primary'}
            loading={isRunning}
            icon={<RefreshCw size={16} aria-hidden />}
            onClick={() => void compile()}
          >
            {isRunning ? t.compiling : words[blocked || isCompiled ? 'again' : 'first']}
          </Button>
        </div>
      )}
    </section>
  );
}

function Parts({ report, form }: { report: Report; form: FormDefinition }) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const figure = (measure: 'class' | 'student' | 'staff') => headlineOf(form, report.cells, measure);
  const parts = [
    { part: 1, measure: 'class' as const, say: t.partNumbers.classes },
    { part: 2, measure: 'student' as const, say: t.partNumbers.students },
    { part: 3, measure: 'staff' as const, say: t.partNumbers.staff },
  ]
    .filter(({ measure }) => form.sections.some(({ rows }) => rows.some((row) => row.measure === measure)))
    .map(({ measure, ...part }) => ({ ...part, value: figure(measure) }));
  if (parts.length === 0) return null;
  return (
    <ol className="kv-parts">
      {parts.map(({ part, value, say }) => (
        <li key={part} className={value === undefined ? undefined : 'kv-parts__done'}>
          <strong>
            {value === undefined ? `${part}.` : <Check size={16} aria-hidden />} {t.parts[part]}
          </strong>
          <span>{value === undefined ? t.partNumbers.none : say(number(value))}</span>
        </li>
      ))}
    </ol>
  );
}
