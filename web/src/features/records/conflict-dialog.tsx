import { Button, Modal } from 'antd';
import { useState } from 'react';
import { formatValue } from '@khuevan/core/records/format.ts';
import { subjectOf } from '@khuevan/core/rules/catalogue.ts';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { isSameValue, type SheetRow } from './sheet-rows.ts';

/** Both versions side by side: which value stands is chosen field by field. */
export function ConflictDialog({
  kind,
  row,
  onSettle,
  onClose,
}: {
  kind: RecordKind;
  row: SheetRow;
  onSettle: (mine: ReadonlySet<string>) => void;
  onClose: () => void;
}) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const language = useLanguage();
  const read = useReading();
  const theirs = row.conflict!;
  const fields = kind.fields.filter(
    (field) => field.key in row.edits && !isSameValue(row.edits[field.key], theirs.values[field.key]),
  );
  const [mine, setMine] = useState(() => new Set(fields.map((field) => field.key)));
  const put = (key: string, isMine: boolean) =>
    setMine((old) => {
      const next = new Set(old);
      if (isMine) next.add(key);
      else next.delete(key);
      return next;
    });
  return (
    <Modal
      open
      width={680}
      title={`${t.conflictTitle}: ${subjectOf(kind.name, theirs.values) ?? ''}`}
      okText={t.conflictKeep}
      cancelText={general.close}
      onOk={() => onSettle(mine)}
      onCancel={onClose}
    >
      <p>{t.conflictHelp}</p>
      <div className="kv-row">
        <Button size="small" onClick={() => setMine(new Set(fields.map((field) => field.key)))}>
          {t.conflictAllMine}
        </Button>
        <Button size="small" onClick={() => setMine(new Set())}>
          {t.conflictAllTheirs}
        </Button>
      </div>
      <table className="kv-table kv-conflict">
        <thead>
          <tr>
            <th scope="col">{t.conflictField}</th>
            <th scope="col">{t.conflictMine}</th>
            <th scope="col">{t.conflictTheirs}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.key}>
              <th scope="row">{read(field.label)}</th>
              {[true, false].map((isMine) => (
                <td key={String(isMine)}>
                  <label>
                    <input
                      type="radio"
                      name={field.key}
                      checked={mine.has(field.key) === isMine}
                      onChange={() => put(field.key, isMine)}
                    />
                    {formatValue(field, isMine ? row.edits[field.key] : theirs.values[field.key], language) ||
                      general.none}
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
