import { Input } from 'antd';
import { Fragment, type KeyboardEvent, useRef, useState } from 'react';
import type { Finding } from '@khuevan/core/findings.ts';
import type { Field, RecordKind } from '@khuevan/core/records/field.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import { Fault, readerOf } from '@khuevan/core/records/readers.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { type SheetRow, toneOf, valueIn } from '../records/index.ts';
import { besides, type TypedKind, typedFields, type TypedLine } from './typed-rows.ts';

interface TypedTableProps {
  kind: RecordKind & { name: TypedKind };
  lines: readonly TypedLine[];
  /** The record of a line, where there is one. */
  rowOf: (code: string) => SheetRow | undefined;
  mayWrite: boolean;
  onType: (code: string, amount: string, text: string) => void;
  onEnter: (code: string) => void;
}

/** Every line listed, with 0 where nothing is on record: the clerk only types numbers. */
export function TypedTable({ kind, lines, rowOf, mayWrite, onType, onEnter }: TypedTableProps) {
  const t = useText(reportsText);
  const read = useReading();
  const { number } = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const amounts = typedFields[kind.name].amounts.map((key) => kind.fields.find((field) => field.key === key)!);
  const headingOf = ({ split, part }: TypedLine) =>
    part ? read(part) : split === 'source' || split === 'use' ? t.splits[split] : null;
  const numberAt = (code: string, field: Field) => {
    const row = rowOf(code);
    return row ? Number(valueIn(row, field.key) ?? 0) : 0;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: number, column: number) => {
    const next = besides(event.key, row, column, lines.length, amounts.length);
    if (!next) return;
    event.preventDefault();
    table.current?.querySelector<HTMLInputElement>(`input[data-place="${next.row}.${next.column}"]`)?.focus();
  };
  return (
    <div className="kv-scroll">
      <table ref={table} className="kv-typed">
        <thead>
          <tr>
            <th scope="col">{kind.name === 'room' ? t.roomKind : t.budgetLine}</th>
            {amounts.map((field) => (
              <th key={field.key} scope="col" className="kv-num">
                {read(field.label)}
              </th>
            ))}
            {kind.name === 'room' && (
              <th scope="col" className="kv-num">
                {t.sum}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Fragment key={line.code}>
              {headingOf(line) && line.group !== lines[index - 1]?.group && (
                <tr className="kv-typed__group">
                  <th colSpan={amounts.length + (kind.name === 'room' ? 2 : 1)} scope="rowgroup">
                    {headingOf(line)}
                  </th>
                </tr>
              )}
              <tr className={line.split === 'total' ? 'kv-typed__total' : undefined}>
                <th scope="row">{read(line.name)}</th>
                {amounts.map((field, column) => (
                  <td key={field.key} data-label={t.shortAmounts[field.key as keyof typeof t.shortAmounts]}>
                    <NumberCell
                      line={line}
                      field={field}
                      row={rowOf(line.code)}
                      place={`${index}.${column}`}
                      isReadOnly={!mayWrite}
                      onType={(text) => onType(line.code, field.key, text)}
                      onEnter={() => onEnter(line.code)}
                      onKeyDown={(event) => onKeyDown(event, index, column)}
                    />
                  </td>
                ))}
                {kind.name === 'room' && (
                  <td className="kv-num kv-typed__sum" data-label={t.sum}>
                    {number(amounts.reduce((sum, field) => sum + numberAt(line.code, field), 0))}
                  </td>
                )}
              </tr>
            </Fragment>
          ))}
        </tbody>
        {kind.name === 'room' && (
          <tfoot>
            <tr>
              <th scope="row">{t.sum}</th>
              {amounts.map((field) => (
                <td key={field.key} className="kv-num">
                  {number(lines.reduce((sum, line) => sum + numberAt(line.code, field), 0))}
                </td>
              ))}
              <td className="kv-num">
                {number(
                  lines.reduce(
                    (sum, line) => sum + amounts.reduce((so, field) => so + numberAt(line.code, field), 0),
                    0,
                  ),
                )}
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

interface NumberCellProps {
  line: TypedLine;
  field: Field;
  row: SheetRow | undefined;
  place: string;
  isReadOnly: boolean;
  onType: (text: string) => void;
  onEnter: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** A number is stored with each keystroke that leaves one; what cannot be read waits for the end of the typing. */
function NumberCell({ line, field, row, place, isReadOnly, onType, onEnter, onKeyDown }: NumberCellProps) {
  const t = useText(reportsText);
  const read = useReading();
  const language = useLanguage();
  const [typing, setTyping] = useState<string | null>(null);
  const stored = row ? (row.unread[field.key]?.text ?? formatValue(field, valueIn(row, field.key), language)) : '0';
  const unread = row?.unread[field.key]?.finding;
  const isBad = row ? toneOf(row, field.key) === 'error' : false;
  const id = `typed-${field.key}-${line.code}`;
  const commit = (text: string) => {
    if (text !== stored) onType(text === '' ? '0' : text);
  };
  return (
    <>
      <Input
        className="kv-typed__input"
        inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={typing ?? stored}
        readOnly={isReadOnly}
        status={isBad ? 'error' : ''}
        data-place={place}
        aria-label={t.cellOf(read(line.name), read(field.label))}
        aria-invalid={isBad || undefined}
        aria-describedby={unread ? id : undefined}
        onFocus={(event) => {
          onEnter();
          setTyping(stored);
          event.target.select();
        }}
        onChange={(event) => {
          setTyping(event.target.value);
          if (event.target.value !== '' && !(readerOf(field)(event.target.value) instanceof Fault))
            commit(event.target.value);
        }}
        onBlur={() => {
          if (typing !== null) commit(typing);
          setTyping(null);
        }}
        onKeyDown={onKeyDown}
      />
      {unread && (
        <div id={id} className="kv-field__error">
          {read(ruleFace(unread.rule).message(unread as Finding))}
        </div>
      )}
    </>
  );
}
