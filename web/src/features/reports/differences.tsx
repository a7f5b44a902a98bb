import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { compareSubmissions } from '@khuevan/core/contract/reports.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { Loaded } from '../../loaded.tsx';
import { useRead } from '../../query.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { formatDayOf, useFormat } from '../../ui/format.ts';
import { Picker } from '../../ui/picker.tsx';
import type { Difference } from './cell-marks.ts';
import { type CellPlace, headingOf, labelOf, tabsOf } from './form-lines.ts';
import { columnsOf } from '@khuevan/core/forms/definition.ts';
import type { Report } from './report-data.ts';
import { isWorking } from './steps.ts';

interface DifferencesProps {
  report: Report;
  form: FormDefinition;
  cellAddress: (cell: string) => string;
  /** A reviewer compares what was sent and never the draft. */
  withDraft: boolean;
}

/** Two versions of a report side by side, only where they differ, in the order of the form. */
export function Differences({ report, form, cellAddress, withDraft }: DifferencesProps) {
  const t = useText(reportsText);
  const last = report.lastSubmissionNo;
  const draft = withDraft && isWorking(report.state);
  const [pair, setPair] = useState(() => (draft ? { from: last, to: 0 } : { from: last - 1, to: last }));
  const versions = [
    ...(draft ? [{ key: '0', label: t.draft }] : []),
    ...report.submissions.map((each) => ({
      key: String(each.no),
      label: t.submissionNo(each.no, formatDayOf(each.sentAt)),
    })),
  ];
  const nameOf = (no: number) => versions.find((each) => each.key === String(no))?.label ?? '';
  if (last === 0 || versions.length < 2) {
    return (
      <section className="kv-panel">
        <h2 className="kv-section-title">{t.differencesTitle}</h2>
        <p className="kv-muted">{last === 0 ? t.differencesNever : t.differencesOne}</p>
      </section>
    );
  }
  return (
    <section className="kv-panel kv-stack">
      <header className="kv-row">
        <h2 className="kv-section-title">{t.differencesTitle}</h2>
        <span>{t.compareFrom}</span>
        <Picker
          label={t.before}
          shown={nameOf(pair.from)}
          items={versions}
          selected={[String(pair.from)]}
          onPick={(no) => setPair({ ...pair, from: Number(no) })}
        />
        <span>{t.compareTo}</span>
        <Picker
          label={t.after}
          shown={nameOf(pair.to)}
          items={versions}
          selected={[String(pair.to)]}
          onPick={(no) => setPair({ ...pair, to: Number(no) })}
        />
      </header>
      <DifferenceTable report={report} form={form} cellAddress={cellAddress} {...pair} />
    </section>
  );
}

function DifferenceTable({
  report,
  form,
  cellAddress,
  from,
  to,
}: Omit<DifferencesProps, 'withDraft'> & { from: number; to: number }) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const query = useRead(compareSubmissions, {
    params: { unitId: report.unitId, reportId: report.id },
    query: { from, to },
  });
  return (
    <Loaded query={query}>
      {({ differences }) =>
        differences.length === 0 ? (
          <p className="kv-muted">{t.differencesNone}</p>
        ) : (
          <>
            <p className="kv-muted">{t.differencesCount(number(differences.length))}</p>
            <DifferenceRows form={form} differences={differences} cellAddress={cellAddress} />
          </>
        )
      }
    </Loaded>
  );
}

function DifferenceRows({
  form,
  differences,
  cellAddress,
}: {
  form: FormDefinition;
  differences: Difference[];
  cellAddress: (cell: string) => string;
}) {
  const t = useText(reportsText);
  const read = useReading();
  const language = useLanguage();
  const { number } = useFormat();
  const lines = useMemo(() => inFormOrder(form, differences), [form, differences]);
  return (
    <div className="kv-scroll">
      <table className="kv-table">
        <thead>
          <tr>
            <th>{t.rowCode}</th>
            <th>{t.indicator}</th>
            <th>{t.cell}</th>
            <th className="kv-num">{t.before}</th>
            <th className="kv-num">{t.after}</th>
            <th className="kv-num">{t.changeBy}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ place, before, after }) => {
            const change = (after ?? 0) - (before ?? 0);
            return (
              <tr key={place.key}>
                <td>{place.row.code}</td>
                <td>
                  {labelOf(place.row, language)} <span className="kv-muted">{read(place.section.title)}</span>
                </td>
                <td>
                  <Link to={cellAddress(place.key)}>{headingOf(place.column, language)}</Link>
                </td>
                <td className="kv-num">{before === null ? t.blank : number(before)}</td>
                <td className="kv-num">{after === null ? t.blank : number(after)}</td>
                <td className="kv-num">{change > 0 ? `+${number(change)}` : number(change)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function inFormOrder(
  form: FormDefinition,
  differences: Difference[],
): { place: CellPlace; before: number | null; after: number | null }[] {
  const byCell = new Map(differences.map((each) => [each.cell, each]));
  return tabsOf(form).flatMap((tab) =>
    tab.sections.flatMap((section) =>
      section.rows.flatMap((row) =>
        columnsOf(form, section).flatMap((column) => {
          const found = byCell.get(`${row.code}.${column.code}`);
          return found
            ? [{ place: { key: found.cell, tab, section, row, column }, before: found.before, after: found.after }]
            : [];
        }),
      ),
    ),
  );
}
