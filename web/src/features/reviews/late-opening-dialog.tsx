import { useState } from 'react';
import { openLate, readBoard } from '@khuevan/core/contract/reviews.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { notify } from '../../ui/notices.ts';
import type { BoardUnit } from './board.ts';
import { isReason } from '../../ui/reason.ts';
import { ReasonField } from '../../ui/reason-field.tsx';
import { readUntil, UntilField } from './until-field.tsx';

/** After the period has closed: lets one unit work on to the end of a day, with the reason that stays with its report. */
export function LateOpeningDialog({
  unit,
  periodId,
  formCode,
  onClose,
}: {
  unit: BoardUnit;
  periodId: string;
  formCode: string;
  onClose: () => void;
}) {
  const t = useText(reviewsText);
  const general = useText(generalText);
  const { me } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const until = readUntil(day, me.today);
  const open = async () => {
    try {
      await api(openLate, {
        params: { unitId: unit.unitId },
        body: { periodId, formCode, until: until!, reason: reason.trim() },
      });
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
    notify(t.lateOpened(unit.unitName, day));
    onClose();
    await refresh(readBoard);
  };
  return (
    <Confirm
      title={t.lateOpenTitle}
      confirm={t.lateOpen}
      cancel={general.cancel}
      isDisabled={until === null || !isReason(reason)}
      onConfirm={open}
      onClose={onClose}
    >
      <div className="kv-form">
        <p>{t.lateOpenText(unit.unitName)}</p>
        <UntilField text={day} today={me.today} onText={setDay} />
        <ReasonField value={reason} onChange={setReason} />
      </div>
    </Confirm>
  );
}
