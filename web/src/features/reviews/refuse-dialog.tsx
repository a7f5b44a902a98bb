import { Input } from 'antd';
import { useState } from 'react';
import type { Text } from '@khuevan/core/records/field.ts';
import { checksText } from '../../text/checks.ts';
import { generalText } from '../../text/general.ts';
import { useReading, useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { isReason } from '../../ui/reason.ts';

interface RefuseDialogProps {
  about: Text | undefined;
  reason: string;
  onRefuse: (note: string) => Promise<boolean>;
  onClose: () => void;
}

/** Why a reason is not enough: the unit reads it, and it becomes a work item when the report is returned. */
export function RefuseDialog({ about, reason, onRefuse, onClose }: RefuseDialogProps) {
  const t = useText(checksText);
  const general = useText(generalText);
  const read = useReading();
  const [note, setNote] = useState('');
  const [isTouched, setTouched] = useState(false);
  const refuse = async () => {
    if (!(await onRefuse(note.trim()))) throw new Error('not refused');
    onClose();
  };
  return (
    <Confirm
      title={t.refuseTitle}
      confirm={t.refuse}
      cancel={general.cancel}
      danger
      isDisabled={!isReason(note)}
      onConfirm={refuse}
      onClose={onClose}
    >
      <div className="kv-form">
        {about && <p>{read(about)}</p>}
        <p>
          <strong>{reason}</strong>
        </p>
        <p className="kv-muted">{t.refuseText}</p>
        <Labelled label={t.refuseNote} error={isTouched && !isReason(note) ? general.reasonShort : null} required>
          {(control) => (
            <Input.TextArea
              {...control}
              value={note}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onBlur={() => setTouched(true)}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Labelled>
      </div>
    </Confirm>
  );
}
