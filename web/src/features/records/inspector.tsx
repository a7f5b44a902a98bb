import { Button } from 'antd';
import type { Finding } from '@khuevan/core/findings.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import type { Field } from '@khuevan/core/records/field.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { SeverityTag } from '../../ui/tag.tsx';
import { CellHistory } from './cell-history.tsx';
import type { ListKind } from './collections.ts';
import { type Fix, fixesFor } from './fixes.ts';
import { cellText } from './grid-rows.ts';
import type { SheetDialog } from './sheet-dialogs.tsx';
import { type CellChange, findingsIn, type SheetRow, type ShownFinding, valuesIn } from './sheet-rows.ts';

interface InspectorProps {
  kind: ListKind;
  row: SheetRow;
  rowIndex: number;
  field: Field;
  selectedRows: number;
  mayWrite: boolean;
  mayReveal: boolean;
  onChange: (changes: CellChange[]) => void;
  onGoTo: (key: string, isEditing: boolean) => void;
  onDialog: (dialog: SheetDialog['kind']) => void;
  onRemove: () => void;
  onFind: (text: string) => void;
}

/** What is to be said about the chosen cell: what is wrong, by which law, and the way out. */
export function Inspector(props: InspectorProps) {
  const { kind, row, rowIndex, field, selectedRows, mayWrite, mayReveal, onDialog, onRemove, onGoTo } = props;
  const t = useText(recordsText);
  const language = useLanguage();
  const read = useReading();
  const findings = findingsIn(row);
  const here = findings.filter((finding) => finding.field === field.key || !finding.field);
  const elsewhere = findings.filter((finding) => finding.field && finding.field !== field.key);
  return (
    <aside className="kv-panel kv-inspector" aria-label={t.inspector}>
      <h2>{t.place(rowIndex + 1, read(field.label))}</h2>
      <div aria-live="polite">{cellText(row, field, language) || <span className="kv-muted">{t.emptyCell}</span>}</div>
      {field.guidance && <p className="kv-muted">{read(field.guidance)}</p>}
      {row.conflict && (
        <Failure
          title={t.conflictTitle}
          action={<Button onClick={() => onDialog('conflict')}>{t.conflictCompare}</Button>}
        >
          {t.conflictHelp}
        </Failure>
      )}
      {row.refusal && <Failure title={t.refusedRow}>{read(row.refusal.text)}</Failure>}
      {here.map((finding, index) => (
        <FindingView key={`${finding.rule}-${index}`} finding={finding} {...props} />
      ))}
      {elsewhere.length > 0 && (
        <p className="kv-inspector__finding">
          <button type="button" className="kv-link" onClick={() => onGoTo(elsewhere[0]!.field!, false)}>
            {t.otherFindings(elsewhere.length)}
          </button>
        </p>
      )}
      <div className="kv-inspector__finding">
        {field.type === 'pin' && mayReveal && row.version !== null && (
          <Button onClick={() => onDialog('pin')}>{t.revealPin}</Button>
        )}
        <Button onClick={() => onDialog('form')}>{t.openForm}</Button>
        {mayWrite && (
          <Button danger onClick={onRemove}>
            {t.removeRows(selectedRows)}
          </Button>
        )}
      </div>
      {row.version !== null && <CellHistory key={`${row.id}-${field.key}`} kind={kind} id={row.id} field={field} />}
    </aside>
  );
}

function FindingView({
  finding,
  row,
  field,
  kind,
  mayWrite,
  onChange,
  onGoTo,
  onFind,
}: InspectorProps & { finding: ShownFinding }) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const read = useReading();
  const face = ruleFace(finding.rule);
  const target = finding.field ?? field.key;
  const apply = (fix: Fix) => onChange(fix.map(({ field: key, value }) => ({ id: row.id, key, value })));
  const { other, otherCode } = finding.params ?? {};
  return (
    <div className="kv-inspector__finding">
      <div>
        <SeverityTag severity={finding.severity}>{read(face.title)}</SeverityTag>
      </div>
      <p>{read(finding.message ?? face.message(finding as Finding))}</p>
      <p className="kv-inspector__law">
        {general.source}: {face.source}. {finding.severity === 'error' ? t.blocks : t.needsReason}
      </p>
      {mayWrite &&
        fixesFor(finding, valuesIn(row)).map((fix, index) => (
          <Button
            key={fix.map((each) => `${each.field}=${String(each.value)}`).join()}
            type={index === 0 ? 'primary' : 'default'}
            onClick={() => apply(fix)}
          >
            <FixLabel kind={kind} fix={fix} />
          </Button>
        ))}
      {mayWrite && <Button onClick={() => onGoTo(target, true)}>{t.editCell}</Button>}
      {(otherCode || other) && (
        <Button onClick={() => onFind(String(otherCode || other))}>{t.findOther(String(other || otherCode))}</Button>
      )}
    </div>
  );
}

function FixLabel({ kind, fix }: { kind: ListKind; fix: Fix }) {
  const t = useText(recordsText);
  const language = useLanguage();
  const [first] = fix;
  const field = kind.fields.find((each) => each.key === first?.field);
  if (!first || !field) return null;
  const label = field.label[language].toLocaleLowerCase(language);
  return <>{first.value === null ? t.fixClear(label) : t.fixSet(label, formatValue(field, first.value, language))}</>;
}

/** In the place of the inspector while no cell is chosen. */
export function InspectorHelp() {
  const t = useText(recordsText);
  return (
    <aside className="kv-panel kv-inspector kv-muted" aria-label={t.inspector}>
      <p>{t.inspectorHelp}</p>
      <p>{t.keys}</p>
    </aside>
  );
}
