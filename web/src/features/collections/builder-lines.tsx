import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { Button, Input } from 'antd';
import { type ClipboardEvent, useState } from 'react';
import {
  type CellType,
  cellTypes,
  cellTypeWords,
  type CollectionColumn,
  type CollectionRow,
  limits,
} from '@khuevan/core/collections/definition.ts';
import { collectionsText } from '../../text/collections.ts';
import { useReading, useText } from '../../text/words.ts';
import { readBlock } from '../records/index.ts';
import {
  addLines,
  type Axis,
  type BuiltForm,
  changeLine,
  changeShape,
  choicesIn,
  type Line,
  moveLine,
  removeLine,
  summable,
  toggleSum,
} from './builder-form.ts';

interface FormPanelProps {
  form: BuiltForm;
  /** Keys that are published: their type stays and they cannot be removed. */
  fixed: ReadonlySet<string>;
  isDraft: boolean;
  onChange: (form: BuiltForm) => void;
}

/** Rows and columns with their types, sums and choices. */
export function FormPanel({ form, fixed, isDraft, onChange }: FormPanelProps) {
  const t = useText(collectionsText);
  return (
    <section className="kv-panel kv-stack" aria-labelledby="builder-form">
      <h2 id="builder-form">{t.form}</h2>
      {isDraft && (
        <fieldset>
          <legend className="kv-field__label">{t.shape}</legend>
          <div className="kv-builder__choices">
            {(['grid', 'list'] as const).map((shape) => (
              <label key={shape} className="kv-toggle">
                <input
                  type="radio"
                  name="shape"
                  checked={form.shape === shape}
                  onChange={() => onChange(changeShape(form, shape, t.newRow(1)))}
                />{' '}
                {t[shape]}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Lines axis="columns" form={form} fixed={fixed} onChange={onChange} />
      {form.shape === 'grid' && <Lines axis="rows" form={form} fixed={fixed} onChange={onChange} />}
      <label className="kv-toggle">
        <input
          type="checkbox"
          checked={form.attachments}
          disabled={!isDraft && form.attachments}
          onChange={(event) => onChange({ ...form, attachments: event.target.checked })}
        />{' '}
        {t.attachments}
      </label>
    </section>
  );
}

interface LinesProps {
  axis: Axis;
  form: BuiltForm;
  fixed: ReadonlySet<string>;
  onChange: (form: BuiltForm) => void;
}

function Lines({ axis, form, fixed, onChange }: LinesProps) {
  const t = useText(collectionsText);
  const lines: readonly Line[] = form[axis];
  const isColumns = axis === 'columns';
  const most = isColumns ? limits.columns : limits.rows;
  const add = () =>
    onChange(addLines(form, axis, [isColumns ? t.newColumn(lines.length + 1) : t.newRow(lines.length + 1)]));
  const onPaste = (event: ClipboardEvent<HTMLElement>, line: Line) => {
    const names = readBlock(event.clipboardData.getData('text/plain'))
      .map((cells) => cells[0]!.trim().slice(0, limits.label))
      .filter(Boolean);
    if (names.length < 2) return;
    event.preventDefault();
    onChange(addLines(changeLine(form, axis, line.key, { label: names[0]! }), axis, names.slice(1), line.key));
  };
  return (
    <div>
      <h3>{isColumns ? t.columns : t.rows}</h3>
      {!isColumns && <p className="kv-field__hint">{t.pasteRows}</p>}
      <ul className="kv-builder">
        {lines.map((line, index) => (
          <li key={line.key} className="kv-builder__line">
            <LineFields
              axis={axis}
              line={line}
              no={index + 1}
              lines={lines}
              isFixed={fixed.has(line.key)}
              onPaste={(event) => onPaste(event, line)}
              onChange={(change) => onChange(changeLine(form, axis, line.key, change))}
            />
            <div className="kv-row">
              <IconButton
                label={t.up(line.label)}
                isOff={index === 0}
                onClick={() => onChange(moveLine(form, axis, line.key, -1))}
              >
                <ArrowUp size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={t.down(line.label)}
                isOff={index === lines.length - 1}
                onClick={() => onChange(moveLine(form, axis, line.key, 1))}
              >
                <ArrowDown size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={t.removeOf(line.label)}
                isOff={fixed.has(line.key)}
                onClick={() => onChange(removeLine(form, axis, line.key))}
              >
                <X size={16} aria-hidden />
              </IconButton>
            </div>
          </li>
        ))}
      </ul>
      {lines.length < most && (
        <Button icon={<Plus size={15} aria-hidden />} onClick={add}>
          {isColumns ? t.addColumn : t.addRow}
        </Button>
      )}
    </div>
  );
}

interface IconButtonProps {
  label: string;
  isOff: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function IconButton({ label, isOff, onClick, children }: IconButtonProps) {
  return (
    <button type="button" className="kv-icon-button" aria-label={label} disabled={isOff} onClick={onClick}>
      {children}
    </button>
  );
}

interface LineFieldsProps {
  axis: Axis;
  line: Line;
  no: number;
  lines: readonly Line[];
  isFixed: boolean;
  onPaste: (event: ClipboardEvent<HTMLElement>) => void;
  onChange: (change: Partial<CollectionColumn & CollectionRow>) => void;
}

function LineFields({ axis, line, no, lines, isFixed, onPaste, onChange }: LineFieldsProps) {
  const t = useText(collectionsText);
  const read = useReading();
  const isColumn = axis === 'columns';
  const name = line.label || (isColumn ? t.newColumn(no) : t.newRow(no));
  const chooseType = (type: CellType | undefined) =>
    onChange({ type, ...(type !== 'choice' && { choices: undefined }) });
  return (
    <div className="kv-builder__fields">
      <Input
        value={line.label}
        maxLength={limits.label}
        aria-label={isColumn ? t.columnName(no) : t.rowName(no)}
        status={line.label.trim() === '' ? 'error' : ''}
        style={
          'indent' in line ? { marginLeft: line.indent * 16, width: `calc(100% - ${line.indent * 16}px)` } : undefined
        }
        onChange={(event) => onChange({ label: event.target.value })}
        onPaste={onPaste}
      />
      <select
        className="kv-select"
        aria-label={t.typeOf(name)}
        value={line.type ?? ''}
        disabled={isFixed || line.sumOf !== undefined}
        onChange={(event) => chooseType(cellTypes.find((each) => each === event.target.value))}
      >
        {!isColumn && <option value="">{t.asColumn}</option>}
        {cellTypes.map((type) => (
          <option key={type} value={type}>
            {read(cellTypeWords[type])}
          </option>
        ))}
      </select>
      <div className="kv-row">
        {isColumn && 'required' in line && !line.sumOf && (
          <label className="kv-toggle">
            <input
              type="checkbox"
              aria-label={t.requiredOf(name)}
              checked={line.required}
              onChange={(event) => onChange({ required: event.target.checked })}
            />{' '}
            {t.required}
          </label>
        )}
        {'indent' in line && (
          <select
            className="kv-select kv-builder__indent"
            aria-label={t.indentOf(name)}
            value={line.indent}
            onChange={(event) => onChange({ indent: Number(event.target.value) })}
          >
            {[0, 1, 2, 3].map((each) => (
              <option key={each} value={each}>
                {t.indent} {each}
              </option>
            ))}
          </select>
        )}
        <SumChoice line={line} name={name} lines={lines} isFixed={isFixed} onChange={onChange} />
      </div>
      {line.type === 'choice' && (
        <div className="kv-builder__wide">
          <ChoicesInput line={line} name={name} onChange={(choices) => onChange({ choices })} />
        </div>
      )}
    </div>
  );
}

/** Kept as it is typed: a semicolon at the end is the beginning of the next choice. */
function ChoicesInput({ line, name, onChange }: { line: Line; name: string; onChange: (choices: string[]) => void }) {
  const t = useText(collectionsText);
  const [text, setText] = useState(() => (line.choices ?? []).join('; '));
  return (
    <Input.TextArea
      autoSize
      aria-label={t.choicesOf(name)}
      placeholder={t.choicesHint}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(choicesIn(event.target.value).slice(0, limits.choices));
      }}
    />
  );
}

interface SumChoiceProps {
  line: Line;
  name: string;
  lines: readonly Line[];
  isFixed: boolean;
  onChange: (change: { sumOf: string[] | undefined }) => void;
}

/** The boxes are drawn when they are asked for: of two hundred rows each may add up the others. */
function SumChoice({ line, name, lines, isFixed, onChange }: SumChoiceProps) {
  const t = useText(collectionsText);
  const [isOpen, setOpen] = useState(false);
  const parts = summable(lines, line.key);
  if (
    parts.length === 0 ||
    (isFixed && !line.sumOf) ||
    (line.type !== undefined && !['integer', 'decimal'].includes(line.type))
  )
    return null;
  const names = (line.sumOf ?? []).map((key) => lines.find((each) => each.key === key)?.label ?? key);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="kv-hidden">{name} </span>
        {t.sum}: {names.length > 0 ? names.join(' + ') : t.noSum}
      </summary>
      {isOpen && (
        <div className="kv-builder__choices">
          {parts.map((part) => (
            <label key={part.key} className="kv-toggle">
              <input
                type="checkbox"
                checked={line.sumOf?.includes(part.key) ?? false}
                disabled={isFixed && (line.sumOf?.includes(part.key) ?? false)}
                onChange={() => onChange({ sumOf: toggleSum(line, part.key) })}
              />{' '}
              {part.label}
            </label>
          ))}
        </div>
      )}
    </details>
  );
}
