import { Input } from 'antd';
import { useState } from 'react';
import { listProgressUnits } from '@khuevan/core/contract/progress.ts';
import { remindUnits } from '@khuevan/core/contract/reminders.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import type { Period } from '../periods/index.ts';

const shortest = 10;

interface RemindDialogProps {
  period: Period;
  formCode: string | undefined;
  unitIds: string[];
  onDone: () => void;
  onClose: () => void;
}

/** The officer's own words to the chosen units; whoever has sent everything is passed over by the server. */
export function RemindDialog({ period, formCode, unitIds, onDone, onClose }: RemindDialogProps) {
  const t = useText(progressText);
  const general = useText(generalText);
  const { unit } = useSession();
  const { number } = useFormat();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [text, setText] = useState(t.remindUsual(period.name));
  const isLong = text.trim().length >= shortest;
  const send = async () => {
    try {
      const { reminded, skipped } = await api(remindUnits, {
        params: { unitId: unit.id },
        body: { periodId: period.id, ...(formCode && { formCode }), unitIds, text: text.trim() },
      });
      notify([t.reminded(number(reminded)), skipped > 0 && t.remindSkipped(number(skipped))].filter(Boolean).join(' '));
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
    onDone();
    await refresh(listProgressUnits);
  };
  return (
    <Confirm
      title={t.remindTitle(number(unitIds.length))}
      confirm={t.remindSend}
      cancel={general.cancel}
      isDisabled={!isLong}
      onConfirm={send}
      onClose={onClose}
    >
      <Labelled label={t.remindText} hint={t.remindHint} error={isLong ? null : t.remindShort} required>
        {(control) => (
          <Input.TextArea
            {...control}
            value={text}
            maxLength={1000}
            autoSize={{ minRows: 4, maxRows: 10 }}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
    </Confirm>
  );
}
