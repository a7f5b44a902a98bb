import './progress.css';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listLateReasons, stateLateReason } from '@khuevan/core/contract/progress.ts';
import { formatDate as dayText, parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { formatDate, formatTime } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { Tag } from '../../ui/tag.tsx';

type Stated = ResponseOf<typeof stateLateReason>;

interface LateReasonProps {
  unitId: string;
  periodId: string;
  formCode: string;
  /** Named for those who do not see the button's surroundings. */
  name: string;
  /** The unit itself may say why. */
  mayState: boolean;
}

/** Why a form is late, as the unit has said it; the unit itself says or changes it here. */
export function LateReason({ unitId, periodId, formCode, name, mayState }: LateReasonProps) {
  const t = useText(progressText);
  const { data } = useRead(listLateReasons, { params: { unitId }, query: {} });
  const [isOpen, setOpen] = useState(false);
  const stated = data?.reasons.find((each) => each.periodId === periodId && each.formCode === formCode);
  if (!stated && !mayState) return null;
  return (
    <div className="kv-late-reason">
      {stated && (
        <span>
          {t.reasonStated(stated.reason)}
          {stated.expectedOn && ` (${t.expected(formatDate(stated.expectedOn))})`}{' '}
          <span className="kv-muted">{t.reasonBy(stated.accountName, formatTime(stated.statedAt))}</span>{' '}
          {stated.acceptedByName && <Tag tone="good">{t.reasonAccepted}</Tag>}
        </span>
      )}
      {mayState && data && (
        <Button size="small" onClick={() => setOpen(true)}>
          {stated ? t.changeReason : t.stateReason}
          <span className="kv-hidden">: {name}</span>
        </Button>
      )}
      {isOpen && <ReasonDialog place={{ unitId, periodId, formCode }} stated={stated} onClose={() => setOpen(false)} />}
    </div>
  );
}

const shortest = 3;

interface ReasonDialogProps {
  place: Pick<LateReasonProps, 'unitId' | 'periodId' | 'formCode'>;
  stated: Stated | undefined;
  onClose: () => void;
}

function ReasonDialog({ place, stated, onClose }: ReasonDialogProps) {
  const t = useText(progressText);
  const general = useText(generalText);
  const { me } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [reason, setReason] = useState(stated?.reason ?? '');
  const [day, setDay] = useState(stated?.expectedOn ? dayText(stated.expectedOn) : '');
  const [isTouched, setTouched] = useState(false);
  const expectedOn = parseDate(day);
  const isDay = day.trim() === '' || (expectedOn !== null && expectedOn >= me.today);
  const isReason = reason.trim().length >= shortest;
  const save = async () => {
    const { unitId, ...rest } = place;
    try {
      await api(stateLateReason, { params: { unitId }, body: { ...rest, reason: reason.trim(), expectedOn } });
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
    notify(t.reasonSaved);
    await refresh(listLateReasons);
  };
  return (
    <Confirm
      title={t.reasonDialog}
      confirm={general.save}
      cancel={general.cancel}
      isDisabled={!isReason || !isDay}
      onConfirm={save}
      onClose={onClose}
    >
      <div className="kv-form">
        <p className="kv-muted">{t.reasonHelp}</p>
        <Labelled label={general.reason} error={isTouched && !isReason ? t.reasonShort : null} required>
          {(control) => (
            <Input.TextArea
              {...control}
              value={reason}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onBlur={() => setTouched(true)}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.expectedField} hint={t.expectedHint} error={isDay ? null : t.expectedWrong}>
          {(control) => (
            <Input {...control} inputMode="numeric" value={day} onChange={(event) => setDay(event.target.value)} />
          )}
        </Labelled>
      </div>
    </Confirm>
  );
}
