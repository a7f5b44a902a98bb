import { Button } from 'antd';
import { acceptLateReason, listProgressUnits } from '@khuevan/core/contract/progress.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { notify } from '../../ui/notices.ts';

interface AcceptReasonProps {
  unitId: string;
  /** Named for those who do not see the button's surroundings. */
  unitName: string;
  periodId: string;
  formCode: string;
  reason: string;
}

/** The unit above takes the reason: the days of lateness then count half. */
export function AcceptReason({ unitId, unitName, periodId, formCode, reason }: AcceptReasonProps) {
  const t = useText(progressText);
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const accept = async () => {
    try {
      await api(acceptLateReason, { params: { unitId }, body: { periodId, formCode, reason } });
      notify(t.acceptedReason(unitName));
    } catch (error) {
      notifyProblem(error);
    }
    await refresh(listProgressUnits);
  };
  return (
    <Button size="small" title={t.acceptHint} onClick={() => void accept()}>
      {t.acceptReason}
      <span className="kv-hidden">
        : {unitName}, {formCode}
      </span>
    </Button>
  );
}
