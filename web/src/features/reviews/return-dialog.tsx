import { Plus, X } from 'lucide-react';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { returnReport } from '@khuevan/core/contract/reviews.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { addDays, parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { newId } from '../../new-id.ts';
import { useSession } from '../../session.tsx';
import { checksText } from '../../text/checks.ts';
import { generalText } from '../../text/general.ts';
import { periodsText } from '../../text/periods.ts';
import { reportsText } from '../../text/reports.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { DayField } from '../../ui/day-field.tsx';
import { formatDate } from '../../ui/format.ts';
import { useKeptText } from '../../ui/kept-text.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { headingOf, labelOf, placeOf, type Report, type Submission, useReportAction } from '../reports/index.ts';
import { itemsFrom, itemsOfRefusals, proposedDue, returnFaults, type ReturnItem } from './return-items.ts';

interface ReturnDialogProps {
  report: Report;
  form: FormDefinition;
  explanations: Submission['explanations'];
  onReturned: (report: Report) => void;
  onClose: () => void;
}

/** Why it goes back, until when, and the work items made of the remarks, each of which the unit must answer. */
export function ReturnDialog({ report, form, explanations, onReturned, onClose }: ReturnDialogProps) {
  const t = useText(reviewsText);
  const checks = useText(checksText);
  const general = useText(generalText);
  const periods = useText(periodsText);
  const { me } = useSession();
  const act = useReportAction();
  const [reason, setReason, forgetReason] = useKeptText(`${me.account.id}.${report.id}.return`);
  const [due, setDue] = useState(() => formatDate(proposedDue(me.today, addDays, report.resendBy)));
  const [items, setItems] = useState<ReturnItem[]>(() => [
    ...itemsOfRefusals(explanations, (cell) => placeOf(form, cell) !== undefined, checks.itemOfRefusal),
    ...itemsFrom(report.remarks, report.lastSubmissionNo),
  ]);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const dueOn = parseDate(due);
  const faults = returnFaults({ reason, due: dueOn, items }, me.today);
  const shown = isTried ? faults : null;
  const send = async () => {
    setTried(true);
    if (faults || !dueOn) return;
    setBusy(true);
    const body = {
      submissionNo: report.lastSubmissionNo,
      reason: reason.trim(),
      dueOn,
      items: items.map(({ cell, text }) => ({ cell, text: text.trim() })),
    };
    const returned = await act(() =>
      api(returnReport, { params: { unitId: report.unitId, reportId: report.id }, body }),
    );
    setBusy(false);
    if (!returned) return;
    forgetReason();
    onReturned(returned);
  };
  return (
    <Modal
      open
      width={720}
      title={t.returnTitle}
      okText={t.returnOk}
      cancelText={general.cancel}
      okButtonProps={{ danger: true, loading: isBusy }}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <div className="kv-form">
        <Labelled
          label={t.returnReason}
          hint={t.returnReasonHint}
          error={shown?.reason ? general.reasonShort : null}
          required
        >
          {(control) => (
            <Input.TextArea
              {...control}
              value={reason}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled
          label={t.returnDue}
          error={shown?.due === 'wrong' ? periods.dayWrong : shown?.due === 'past' ? t.returnDuePast : null}
          required
        >
          {(control) => <DayField {...control} text={due} calendarLabel={periods.calendar} onText={setDue} />}
        </Labelled>
        <Items form={form} items={items} faulty={shown?.items} onChange={setItems} />
      </div>
    </Modal>
  );
}

interface ItemsProps {
  form: FormDefinition;
  items: ReturnItem[];
  faulty: ReadonlySet<string> | undefined;
  onChange: (items: ReturnItem[]) => void;
}

function Items({ form, items, faulty, onChange }: ItemsProps) {
  const t = useText(reviewsText);
  const reports = useText(reportsText);
  const language = useLanguage();
  const nameOf = (cell: string | null) => {
    const place = cell ? placeOf(form, cell) : undefined;
    return place
      ? `${reports.rowCode} ${place.row.code} · ${headingOf(place.column, language)}: ${labelOf(place.row, language)}`
      : reports.wholeForm;
  };
  return (
    <fieldset className="kv-return-items">
      <legend className="kv-field__label">{t.returnItems}</legend>
      <p className="kv-field__hint">{t.returnItemsHelp}</p>
      {items.map((item, index) => (
        <div key={item.key} className="kv-return-item">
          <Labelled
            label={`${t.returnItem(index + 1)}. ${nameOf(item.cell)}`}
            error={faulty?.has(item.key) ? t.itemShort : null}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                value={item.text}
                maxLength={2000}
                autoSize={{ minRows: 1, maxRows: 6 }}
                onChange={(event) =>
                  onChange(items.map((each) => (each.key === item.key ? { ...each, text: event.target.value } : each)))
                }
              />
            )}
          </Labelled>
          <Button
            icon={<X size={16} aria-hidden />}
            aria-label={t.returnRemove(index + 1)}
            onClick={() => onChange(items.filter((each) => each.key !== item.key))}
          />
        </div>
      ))}
      <Button
        icon={<Plus size={15} aria-hidden />}
        onClick={() => onChange([...items, { key: newId(), cell: null, text: '' }])}
      >
        {t.returnAdd}
      </Button>
    </fieldset>
  );
}
