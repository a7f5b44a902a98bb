import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listPeriods, previewFormVersion, publishFormVersion } from '@khuevan/core/contract/periods.ts';
import { readReport } from '@khuevan/core/contract/reports.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api, ProblemError } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { periodsText } from '../../text/periods.ts';
import { useReading, useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { isReason } from '../../ui/reason.ts';
import { ReasonField } from '../../ui/reason-field.tsx';
import type { Period } from './period-choice.tsx';

interface FormVersionDialogProps {
  period: Period;
  formCode: string;
  version: string;
  onClose: () => void;
}

/** Lets a running period go on with a version of a form that asks for more: what changes, whom it concerns, until when and why. */
export function FormVersionDialog({ period, formCode, version, onClose }: FormVersionDialogProps) {
  const t = useText(periodsText).newVersion;
  const general = useText(generalText);
  const calendar = useText(periodsText).calendar;
  const { me } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const params = { unitId: period.ownerId, periodId: period.id, formCode, version };
  const preview = useRead(previewFormVersion, { params });
  const dueOn = parseDate(day);
  const isDay = dueOn !== null && dueOn >= me.today;
  const publish = async () => {
    try {
      const body = { periodVersion: period.version, dueOn: dueOn!, reason: reason.trim() };
      const told = await api(publishFormVersion, { params, body });
      notify(t.published(formCode, version, told.asked));
    } catch (error) {
      notifyProblem(error);
      if (error instanceof ProblemError && error.code === 'stale_record') {
        await refresh(listPeriods);
        onClose();
      }
      throw error;
    }
    await refresh(listPeriods, readReport);
  };
  return (
    <Confirm
      title={t.title(formCode, version)}
      confirm={t.publish}
      cancel={general.cancel}
      isDisabled={!preview.data || !isDay || !isReason(reason)}
      onConfirm={publish}
      onClose={onClose}
    >
      <div className="kv-form">
        <Loaded query={preview}>{(found) => <WhatChanges preview={found} />}</Loaded>
        <Labelled label={t.dueOn} hint={t.dueHint} error={day.length >= 8 && !isDay ? t.dueWrong : null} required>
          {(control) => <DayField {...control} text={day} onText={setDay} calendarLabel={calendar} />}
        </Labelled>
        <ReasonField value={reason} onChange={setReason} />
      </div>
    </Confirm>
  );
}

function WhatChanges({ preview }: { preview: ResponseOf<typeof previewFormVersion> }) {
  const t = useText(periodsText).newVersion;
  const read = useReading();
  const { number } = useFormat();
  return (
    <>
      <p>{t.adds(number(preview.rows.length), number(preview.cells), preview.fromVersion)}</p>
      <ul className="kv-period__rows">
        {preview.rows.map(({ code, label }) => (
          <li key={code}>
            <strong>{code}</strong> {read(label)}
          </li>
        ))}
      </ul>
      <p>
        {preview.asked > 0 && t.asked(number(preview.asked))}{' '}
        {preview.restarted > 0 && t.restarted(number(preview.restarted))} {t.totals}
      </p>
    </>
  );
}
