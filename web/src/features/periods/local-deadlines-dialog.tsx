import { Button, Modal } from 'antd';
import { useState } from 'react';
import { listPeriods, setLocalDeadlines } from '@khuevan/core/contract/periods.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { api } from '../../api.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { periodsText } from '../../text/periods.ts';
import { useText } from '../../text/words.ts';
import { formatDate } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { deadlinesOf, draftOf, findDeadlineFaults } from './deadline-draft.ts';
import { DeadlineFields } from './deadline-fields.tsx';
import type { Period } from './period-choice.tsx';
import { tiersBelow } from './period-defaults.ts';

/** A province's own days for its units in a period of the ministry: earlier ones, never later. */
export function LocalDeadlinesDialog({ period, onClose }: { period: Period; onClose: () => void }) {
  const t = useText(periodsText);
  const general = useText(generalText);
  const { unit } = useSession();
  const refresh = useRefresh();
  const [draft, setDraft] = useState(() => draftOf(period.localDeadlines.filter((each) => each.ownerId === unit.id)));
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const faults = findDeadlineFaults(draft, { ...period, latest: period.deadlines });
  const save = async () => {
    setTried(true);
    if (faults.size > 0) return;
    setProblem(null);
    setBusy(true);
    try {
      const params = { unitId: unit.id, periodId: period.id };
      await api(setLocalDeadlines, { params, body: { deadlines: deadlinesOf(draft) } });
      notify(t.localSaved);
      onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
      await refresh(listPeriods, listTasks);
    }
  };
  return (
    <Modal open width={720} title={t.localTitle(unit.name)} footer={null} onCancel={onClose}>
      <form
        className="kv-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>{t.localText(period.name, period.ownerName, formatDate(period.opensOn), formatDate(period.closesOn))}</p>
        <DeadlineFields
          tiers={tiersBelow(unit.kind, period.schoolYear)}
          draft={draft}
          onChange={setDraft}
          faults={isTried ? faults : new Map()}
          owner={{ name: period.ownerName, deadlines: period.deadlines }}
        />
        {problem !== null && <ProblemView error={problem} />}
        <div className="kv-row kv-period-form__end">
          <Button onClick={onClose}>{general.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {general.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
