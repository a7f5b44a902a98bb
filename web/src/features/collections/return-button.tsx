import { Undo2 } from 'lucide-react';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { returnAnswer } from '@khuevan/core/contract/collection-answers.ts';
import { addDays, parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { formatDate } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { type Answer, useCollectionChanged } from './collection-data.ts';

const daysToCorrect = 3;

/** Sends an answer back to its unit, with the reason and a new day. */
export function ReturnButton({ collectionId, answer }: { collectionId: string; answer: Answer }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { me } = useSession();
  const changed = useCollectionChanged();
  const notifyProblem = useNotifyProblem();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [due, setDue] = useState(() => formatDate(addDays(me.today, daysToCorrect)));
  const dueOn = parseDate(due);
  const isSound = reason.trim().length >= 3 && dueOn !== null && dueOn >= me.today;
  const send = async () => {
    try {
      const params = { unitId: answer.unitId, collectionId };
      await api(returnAnswer, { params, body: { sentNo: answer.sentNo, reason: reason.trim(), dueOn } });
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
    notify(t.returned);
    await changed();
  };
  return (
    <>
      <Button danger icon={<Undo2 size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {t.returnIt}
      </Button>
      {isOpen && (
        <Confirm
          title={t.returnTitle(answer.unitName)}
          confirm={t.returnIt}
          cancel={general.cancel}
          danger
          isDisabled={!isSound}
          onConfirm={send}
          onClose={() => setOpen(false)}
        >
          <div className="kv-form">
            <Labelled label={t.returnReason} hint={t.reasonShort} required>
              {({ status: _, ...control }) => (
                <Input.TextArea
                  {...control}
                  rows={3}
                  value={reason}
                  maxLength={2000}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Labelled>
            <Labelled label={t.returnDue} error={dueOn === null || dueOn < me.today ? t.dueWrong : null}>
              {(control) => <DayField {...control} text={due} calendarLabel={t.calendar} onText={setDue} />}
            </Labelled>
          </div>
        </Confirm>
      )}
    </>
  );
}
