import { BellRing, CalendarPlus, Lock } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { closeCollection, extendCollection, remindUnits } from '@khuevan/core/contract/collections.ts';
import { addDays, parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { formatDate, useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { type Collection, useAct, useCollectionChanged } from './collection-data.ts';

/** What the unit that asked may do while the answers come in. */
export function OwnerTools({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const { unit, may } = useSession();
  const act = useAct();
  const changed = useCollectionChanged();
  const [asking, setAsking] = useState<'extend' | 'close' | null>(null);
  if (!may('collections.write') || collection.ownerId !== unit.id) return null;
  const params = { unitId: unit.id, collectionId: collection.id };
  const remind = async () => {
    const done = await act(() => api(remindUnits, { params }));
    if (!done) return;
    notify(t.remindDone(number(done.reminded)));
    await changed(collection);
  };
  const isOpen = collection.state === 'open';
  return (
    <div className="kv-row">
      {isOpen && (
        <Button icon={<BellRing size={15} aria-hidden />} onClick={() => void remind()}>
          {t.remind}
        </Button>
      )}
      <Button icon={<CalendarPlus size={15} aria-hidden />} onClick={() => setAsking('extend')}>
        {isOpen ? t.extend : t.reopen}
      </Button>
      {isOpen && (
        <Button icon={<Lock size={15} aria-hidden />} onClick={() => setAsking('close')}>
          {t.close}
        </Button>
      )}
      {asking === 'extend' && <ExtendDialog collection={collection} onClose={() => setAsking(null)} />}
      {asking === 'close' && <CloseDialog collection={collection} onClose={() => setAsking(null)} />}
    </div>
  );
}

interface DialogProps {
  collection: Collection;
  onClose: () => void;
}

const moreDays = 7;

function ExtendDialog({ collection, onClose }: DialogProps) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { me, unit } = useSession();
  const changed = useCollectionChanged();
  const notifyProblem = useNotifyProblem();
  const from = collection.dueOn !== null && collection.dueOn > me.today ? collection.dueOn : me.today;
  const [due, setDue] = useState(() => formatDate(addDays(from, moreDays)));
  const dueOn = parseDate(due);
  const isSound = dueOn !== null && dueOn >= from;
  const extend = async () => {
    if (dueOn === null) return;
    try {
      const params = { unitId: unit.id, collectionId: collection.id };
      const extended = await api(extendCollection, { params, body: { version: collection.version, dueOn } });
      notify(t.extended(formatDate(dueOn)));
      await changed(extended);
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
  };
  return (
    <Confirm
      title={collection.state === 'open' ? t.extend : t.reopen}
      confirm={general.save}
      cancel={general.cancel}
      isDisabled={!isSound}
      onConfirm={extend}
      onClose={onClose}
    >
      <Labelled label={t.extendTitle} error={isSound ? null : t.dueWrong}>
        {(control) => <DayField {...control} text={due} calendarLabel={t.calendar} onText={setDue} />}
      </Labelled>
    </Confirm>
  );
}

function CloseDialog({ collection, onClose }: DialogProps) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { unit } = useSession();
  const changed = useCollectionChanged();
  const notifyProblem = useNotifyProblem();
  const close = async () => {
    try {
      const params = { unitId: unit.id, collectionId: collection.id };
      const closed = await api(closeCollection, { params, body: { version: collection.version } });
      notify(t.closed);
      await changed(closed);
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
  };
  return (
    <Confirm title={t.closeTitle} confirm={t.close} cancel={general.cancel} danger onConfirm={close} onClose={onClose}>
      <p>{t.closeNote}</p>
    </Confirm>
  );
}
