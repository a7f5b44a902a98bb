import { useState } from 'react';
import { reopenReport } from '@khuevan/core/contract/reviews.ts';
import { addDays } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { formatDate } from '../../ui/format.ts';
import { useKeptText } from '../../ui/kept-text.ts';
import { type Report, useReportAction } from '../reports/index.ts';
import { isReason } from '../../ui/reason.ts';
import { ReasonField } from '../../ui/reason-field.tsx';
import { proposedDue } from './return-items.ts';
import { readUntil, UntilField } from './until-field.tsx';

/** Takes an approved report out of the totals, to the end of a day and with a reason that stays with it. */
export function ReopenDialog({
  report,
  onReopened,
  onClose,
}: {
  report: Report;
  onReopened: (report: Report) => void;
  onClose: () => void;
}) {
  const t = useText(reviewsText);
  const general = useText(generalText);
  const { me } = useSession();
  const act = useReportAction();
  const [reason, setReason, forget] = useKeptText(`${me.account.id}.${report.id}.reopen`);
  const [day, setDay] = useState(() => formatDate(proposedDue(me.today, addDays, report.resendBy)));
  const until = readUntil(day, me.today);
  const reopen = async () => {
    const reopened = await act(() =>
      api(reopenReport, {
        params: { unitId: report.unitId, reportId: report.id },
        body: { until: until!, reason: reason.trim() },
      }),
    );
    if (!reopened) throw new Error('not reopened');
    forget();
    onReopened(reopened);
  };
  return (
    <Confirm
      title={t.reopenTitle}
      confirm={t.reopenOk}
      cancel={general.cancel}
      danger
      isDisabled={until === null || !isReason(reason)}
      onConfirm={reopen}
      onClose={onClose}
    >
      <div className="kv-form">
        <p>{t.reopenText(report.unitName)}</p>
        <UntilField text={day} today={me.today} onText={setDay} />
        <ReasonField value={reason} onChange={setReason} />
      </div>
    </Confirm>
  );
}
