import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { changeReminderPlan, readReminderPlan } from '@khuevan/core/contract/reminders.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import type { Period } from '../periods/index.ts';
import { parseDays } from './days.ts';

type Plan = ResponseOf<typeof readReminderPlan>;

/** On which days the period reminds by itself; its owner changes them. */
export function PlanPanel({ period }: { period: Period }) {
  const t = useText(progressText);
  const { unit } = useSession();
  const { data: plan } = useRead(readReminderPlan, { params: { unitId: unit.id, periodId: period.id } });
  const [isOpen, setOpen] = useState(false);
  if (!plan) return null;
  return (
    <section className="kv-panel">
      <h2>{t.planTitle}</h2>
      <p>
        <DaysSaid days={plan.days} />
      </p>
      <p className="kv-muted">{plan.mailIsOn ? t.mailOn : t.mailOff}</p>
      {plan.mayChange && (
        <p className="kv-board__filters kv-panel__actions">
          <Button onClick={() => setOpen(true)}>{t.planChange}</Button>
        </p>
      )}
      {isOpen && <PlanDialog period={period} plan={plan} onClose={() => setOpen(false)} />}
    </section>
  );
}

function DaysSaid({ days }: { days: readonly number[] }) {
  const t = useText(progressText);
  if (days.length === 0) return t.planNone;
  const say = (day: number) => (day < 0 ? t.planBefore(-day) : day === 0 ? t.planOn : t.planAfter(day));
  return t.planText(days.map(say).join(', '));
}

function PlanDialog({ period, plan, onClose }: { period: Period; plan: Plan; onClose: () => void }) {
  const t = useText(progressText);
  const general = useText(generalText);
  const { unit } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [text, setText] = useState(plan.days.join(', '));
  const days = parseDays(text);
  const save = async () => {
    try {
      const params = { unitId: unit.id, periodId: period.id };
      await api(changeReminderPlan, { params, body: { days: days!, version: plan.version } });
      notify(t.planSaved);
    } catch (error) {
      notifyProblem(error);
      throw error;
    } finally {
      await refresh(readReminderPlan);
    }
  };
  return (
    <Confirm
      title={t.planDialog}
      confirm={general.save}
      cancel={general.cancel}
      isDisabled={days === null}
      onConfirm={save}
      onClose={onClose}
    >
      <Labelled label={t.planField} hint={t.planHint} error={days === null ? t.planWrong : null}>
        {(control) => <Input {...control} value={text} onChange={(event) => setText(event.target.value)} />}
      </Labelled>
      <p className="kv-note kv-panel__actions" aria-live="polite" hidden={days === null}>
        <DaysSaid days={days ?? []} />
      </p>
    </Confirm>
  );
}
