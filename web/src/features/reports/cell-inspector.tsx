import type { ReactNode } from 'react';
import { type Cells, cellKey, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { describeCell } from './cell-words.ts';
import type { CellMarks } from './cell-marks.ts';
import { type CellPlace, headingOf } from './form-lines.ts';

interface CellInspectorProps {
  form: FormDefinition;
  place: CellPlace;
  value: number | undefined;
  asOf: string;
  marks: CellMarks | undefined;
  previousYear: Cells | null;
  children: ReactNode;
}

/** A figure explains itself: what it counts, by which law, and what it was before. What depends on the reader comes as children. */
export function CellInspector({ form, place, value, asOf, marks, previousYear, children }: CellInspectorProps) {
  const t = useText(reportsText);
  const read = useReading();
  const language = useLanguage();
  const { number } = useFormat();
  const { section, row, column } = place;
  const isEmpty = row.empty?.includes(column.code) ?? false;
  const shown = isEmpty ? '#' : value === undefined ? t.blank : number(value);
  const { counts, conditions } = describeCell(section, row, column, asOf, language);
  // What is wrong comes first, and the meaning waits to be opened.
  const isMarked = marks !== undefined && marks.errors.length + marks.warnings.length + marks.remarks.length > 0;
  const notes = [row.note, section.note].filter(Boolean);
  return (
    <div className="kv-inspect">
      <h2>{t.cellTitle(row.code, headingOf(column, language), shown)}</h2>
      <p className="kv-inspect__label">
        {read(row.label)} <span className="kv-muted">({read(row.unit)})</span>
      </p>
      <dl className="kv-inspect__values">
        {previousYear && (
          <Value label={t.lastYear} before={previousYear[cellKey(row.code, column.code)] ?? null} now={value} />
        )}
        {marks?.change && <Value label={t.lastSubmission} before={marks.change.before} now={value} />}
      </dl>
      <details key={place.key} className="kv-inspect__meaning" open={!isMarked}>
        <summary>{t.meaning}</summary>
        <p>{counts}</p>
        {conditions.length > 0 && (
          <ul>
            {conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        )}
        {notes.map((note) => (
          <p key={note}>
            {t.convention}: {note}
          </p>
        ))}
        <p>{t.legal(form.code, row.code, column.code, form.source)}</p>
      </details>
      {children}
    </div>
  );
}

function Value({ label, before, now }: { label: string; before: number | null; now: number | undefined }) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const change = before === null || now === undefined ? null : now - before;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {before === null ? t.blank : number(before)}
        {change !== null && change !== 0 && (
          <span className="kv-muted"> {t.change(`${change > 0 ? '+' : ''}${number(change)}`)}</span>
        )}
      </dd>
    </div>
  );
}
