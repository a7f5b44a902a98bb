import { useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { codeName } from '@khuevan/core/codes/index.ts';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { checkReport, readReport } from '@khuevan/core/contract/reports.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { newId } from '../../new-id.ts';
import { collections, paths } from '../../paths.ts';
import { ProblemView } from '../../problem-text.tsx';
import { keyOf, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { Busy } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { ConflictDialog, newRow, type SheetRow, stateOf, useSheet, valueIn } from '../records/index.ts';
import type { Report } from './report-data.ts';
import { useStepTitle } from './step-titles.ts';
import { stepAfter } from './steps.ts';
import {
  beginLine,
  lineCodeOf,
  sumFaults,
  type TypedKind,
  typedFields,
  type TypedLine,
  typedLines,
} from './typed-rows.ts';
import { TypedTable } from './typed-table.tsx';

type Sheet = ReturnType<typeof useSheet>;
const wholeSheet = { search: '', filters: {}, sort: null, withFindings: false, presentOn: null };

/** "4 Phòng học", "5 Ngân sách": the records of these kinds, typed here as a short table. They are the same ones as in their sheets. */
export function TypedStep({
  report,
  form,
  kind: name,
  mayPrepare,
}: {
  report: Report;
  form: FormDefinition;
  kind: TypedKind;
  mayPrepare: boolean;
}) {
  const t = useText(reportsText);
  const general = useText(generalText);
  const language = useLanguage();
  const { may } = useSession();
  const kind = recordKinds[name] as Parameters<typeof useSheet>[0] & { name: TypedKind };
  const sheet = useSheet(kind, wholeSheet, null);
  const lines = useLines(sheet, name, form.level);
  const mayWrite = mayPrepare && may('records.write');
  useKeepReportFresh(sheet, name);
  const { state } = sheet;
  return (
    <section className="kv-panel kv-stack">
      <header>
        <h2 className="kv-section-title">{name === 'room' ? t.roomsTitle : t.budgetTitle}</h2>
        <p className="kv-muted">
          {name === 'room' ? t.roomsHelp(codeName('level', form.level, language).toLowerCase()) : t.budgetHelp}
        </p>
      </header>
      {state.error !== null && <ProblemView error={state.error} onRetry={sheet.reload} />}
      {!state.isComplete && state.error === null && <Busy>{general.loading}</Busy>}
      {state.isComplete && (
        <>
          <TypedTable
            kind={kind}
            lines={lines.all}
            rowOf={lines.rowOf}
            mayWrite={mayWrite}
            onType={lines.type}
            onEnter={lines.enter}
          />
          {name === 'budget' && <SumFaults lines={lines.all} rowOf={lines.rowOf} />}
          <Troubles sheet={sheet} kind={kind} />
          {mayWrite ? (
            <Onward report={report} form={form} kind={name} sheet={sheet} lines={lines} />
          ) : may('records.write') ? null : (
            <p className="kv-muted">{t.notYours}</p>
          )}
        </>
      )}
    </section>
  );
}

/** The records of the table's lines, and what typing in a line does to them. */
function useLines({ store, state }: Sheet, name: TypedKind, level: string) {
  const all = useMemo(() => typedLines(name, level), [name, level]);
  const rows = useMemo(() => {
    const own = state.rows.filter((row) => name !== 'room' || valueIn(row, 'level') === level);
    const keys = ['preschoolPart', 'roomKind', 'line'];
    const codeOf = (row: SheetRow) => lineCodeOf(name, Object.fromEntries(keys.map((key) => [key, valueIn(row, key)])));
    return new Map(own.toReversed().map((row) => [codeOf(row), row]));
  }, [state.rows, name, level]);
  const begin = (code: string): SheetRow => {
    const row = newRow(
      newId(),
      beginLine(
        name,
        all.find((line) => line.code === code)!,
      ),
    );
    store.add([row]);
    return row;
  };
  return {
    all,
    rowOf: (code: string) => rows.get(code),
    missing: all.filter(({ code }) => !rows.has(code)),
    begin,
    enter: (code: string) => store.enter(rows.get(code)?.id ?? null),
    type: (code: string, amount: string, text: string) => {
      const row = rows.get(code) ?? begin(code);
      store.enter(row.id);
      store.change([{ id: row.id, key: amount, text }]);
    },
  };
}

/** What was typed changes what the report finds: it is asked for again soon after the numbers are stored, and when the step is left. */
function useKeepReportFresh({ state }: Sheet, name: TypedKind) {
  const client = useQueryClient();
  const savedAt = state.saved.state === 'saved' ? state.saved.at : 0;
  useEffect(() => {
    if (savedAt === 0) return;
    const run = () =>
      [readReport, checkReport, recordEndpoints[name].list].forEach(
        (endpoint) => void client.invalidateQueries({ queryKey: keyOf(endpoint) }),
      );
    const timer = setTimeout(run, 1500);
    return () => {
      clearTimeout(timer);
      run();
    };
  }, [client, savedAt, name]);
}

function SumFaults({ lines, rowOf }: { lines: readonly TypedLine[]; rowOf: (code: string) => SheetRow | undefined }) {
  const t = useText(reportsText);
  const read = useReading();
  const { number } = useFormat();
  const valueAt = (code: string, amount: string) => {
    const row = rowOf(code);
    return row && valueIn(row, amount);
  };
  const faults = sumFaults(lines, valueAt);
  if (faults.length === 0) return null;
  const labelOf = (amount: string) => read(recordKinds.budget.fields.find((field) => field.key === amount)!.label);
  return (
    <ul className="kv-note kv-note--warn" role="status">
      {faults.map(({ line, split, amount, sum, total }) => (
        <li key={`${line.vi} ${split} ${amount}`}>
          {t.sumFails(`${read(line)}, ${t.splits[split]}, ${labelOf(amount)}`, number(sum), number(total))}
        </li>
      ))}
    </ul>
  );
}

/** Lines that somebody else changed meanwhile, and lines that the server does not take. */
function Troubles({ sheet: { store, state }, kind }: { sheet: Sheet; kind: Parameters<typeof useSheet>[0] }) {
  const t = useText(reportsText);
  const read = useReading();
  const language = useLanguage();
  const [comparing, setComparing] = useState<string | null>(null);
  const field = kind.fields.find((each) => each.key === typedFields[kind.name as TypedKind].line)!;
  const nameOf = (row: SheetRow) => formatValue(field, valueIn(row, field.key), language);
  const troubled = state.rows.filter((row) => stateOf(row) === 'conflict' || row.refusal);
  const compared = state.rows.find((row) => row.id === comparing && row.conflict);
  return (
    <>
      {troubled.map((row) => (
        <div key={row.id} className="kv-note kv-note--bad" role="alert">
          {row.conflict ? (
            <>
              {t.conflictTitle(nameOf(row))}{' '}
              <Button size="small" onClick={() => setComparing(row.id)}>
                {t.conflictCompare}
              </Button>
            </>
          ) : (
            `${nameOf(row)}: ${row.refusal ? read(row.refusal.text) : ''}`
          )}
        </div>
      ))}
      {compared && (
        <ConflictDialog
          kind={kind}
          row={compared}
          onSettle={(mine) => {
            store.settle(compared.id, mine);
            setComparing(null);
          }}
          onClose={() => setComparing(null)}
        />
      )}
    </>
  );
}

function Onward({
  report,
  form,
  kind,
  sheet,
  lines,
}: {
  report: Report;
  form: FormDefinition;
  kind: TypedKind;
  sheet: Sheet;
  lines: ReturnType<typeof useLines>;
}) {
  const t = useText(reportsText);
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [isLeaving, setLeaving] = useState(false);
  const titleOf = useStepTitle(form, true);
  const next = stepAfter(kind === 'room' ? 'rooms' : 'budget', form, true);
  const missing = kind === 'budget' ? lines.missing : [];
  const goOn = async () => {
    setLeaving(true);
    for (const { code } of missing) lines.begin(code);
    await sheet.store.leave();
    await refresh(readReport, checkReport, recordEndpoints[kind].list);
    setLeaving(false);
    await navigate(paths.report(report.unitId, report.id, { step: next }));
  };
  return (
    <>
      <p className="kv-muted">
        {t.typedKept} {missing.length > 0 && t.willBeZero(missing.length)}
      </p>
      <div className="kv-row">
        <Button type="primary" size="large" loading={isLeaving} onClick={() => void goOn()}>
          {t.goTo(titleOf(next))} <ArrowRight size={16} aria-hidden />
        </Button>
        <Link to={paths.records(report.unitId, collections[kind], { year: report.schoolYear })}>{t.openSheet}</Link>
      </div>
    </>
  );
}
