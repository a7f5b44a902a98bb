import { Button, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { changePeriod, listForms, listPeriods, openPeriod } from '@khuevan/core/contract/periods.ts';
import { isAskedIn, isInForce, newestVersions } from '@khuevan/core/forms/versions.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api, ProblemError } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { ProblemView } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { periodsText } from '../../text/periods.ts';
import { useReading, useText } from '../../text/words.ts';
import { DayField } from '../../ui/day-field.tsx';
import { formatDate, formatSchoolYear } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import type { Period } from './period-choice.tsx';
import {
  deadlineKinds,
  defaultDays,
  type DeadlineKind,
  findFaults,
  type PeriodFault,
  type PeriodKind,
} from './period-defaults.ts';

/** What is typed; days as text, forms as slugs: which version it is, the as-of day decides. */
interface Draft {
  name: string;
  kind: PeriodKind;
  forms: string[];
  asOf: string;
  /** Of the end of a year; empty is the day of the start-of-year statistics. */
  countsFrom: string;
  opensOn: string;
  closesOn: string;
  deadlines: Record<DeadlineKind, string>;
}

const noFaults: ReturnType<typeof findFaults> = new Map();
const noDeadlines: Record<DeadlineKind, string> = { school: '', commune: '', district: '', province: '' };

/** Opens a period, or changes the days of one. */
export function PeriodDialog({ period, onClose }: { period: Period | null; onClose: () => void }) {
  const t = useText(periodsText);
  const forms = useRead(listForms, {}, { enabled: period === null, staleTime: 60_000 });
  const known = period ? { ...forms, data: { forms: [] } } : forms;
  return (
    <Modal open width={720} title={period ? t.changeTitle(period.name) : t.openTitle} footer={null} onCancel={onClose}>
      <Loaded query={known}>{(found) => <PeriodForm period={period} forms={found.forms} onClose={onClose} />}</Loaded>
    </Modal>
  );
}

/** Districts ended on 1 July 2025 (Luật 72/2025/QH15); communes manage primary schools since. */
function tiersBelow(owner: string, schoolYear: number): DeadlineKind[] {
  const middle: DeadlineKind = schoolYear < 2025 ? 'district' : 'commune';
  return owner === 'ministry' ? ['school', middle, 'province'] : ['school', middle];
}

type Form = ResponseOf<typeof listForms>['forms'][number];

function useDraft(period: Period | null, forms: Form[]): [Draft, (change: Partial<Draft>) => void] {
  const t = useText(periodsText);
  const { me, schoolYear, unit } = useSession();
  const tiers = tiersBelow(unit.kind, schoolYear);
  const proposed = (kind: PeriodKind): Omit<Draft, 'forms'> => {
    const days = defaultDays(kind, schoolYear, me.today, tiers);
    return {
      kind,
      name: t.defaultName[kind](formatSchoolYear(schoolYear)),
      asOf: formatDate(days.asOf),
      countsFrom: '',
      opensOn: formatDate(days.opensOn),
      closesOn: formatDate(days.closesOn),
      deadlines: {
        ...noDeadlines,
        ...Object.fromEntries(Object.entries(days.deadlines).map(([tier, day]) => [tier, formatDate(day)])),
      },
    };
  };
  const [draft, setDraft] = useState<Draft>(() =>
    period
      ? {
          name: period.name,
          kind: period.kind,
          forms: period.forms.map((form) => form.slug),
          asOf: formatDate(period.asOf),
          countsFrom: formatDate(period.countsFrom),
          opensOn: formatDate(period.opensOn),
          closesOn: formatDate(period.closesOn),
          deadlines: {
            ...noDeadlines,
            ...Object.fromEntries(period.deadlines.map((each) => [each.unitKind, formatDate(each.dueOn)])),
          },
        }
      : { ...proposed('start'), forms: forms.map((form) => form.slug) },
  );
  // Another kind of period has other days and another name.
  const change = (next: Partial<Draft>) =>
    setDraft((old) => ({ ...old, ...(next.kind && next.kind !== old.kind ? proposed(next.kind) : {}), ...next }));
  return [draft, change];
}

const isUnread = ({ kind, countsFrom }: Draft): boolean =>
  kind === 'end' && countsFrom.trim() !== '' && parseDate(countsFrom) === null;

function daysOf(draft: Draft) {
  const deadlines = Object.fromEntries(
    deadlineKinds
      .filter((tier) => draft.deadlines[tier].trim() !== '')
      .map((tier) => [tier, parseDate(draft.deadlines[tier])]),
  );
  return {
    asOf: parseDate(draft.asOf),
    opensOn: parseDate(draft.opensOn),
    closesOn: parseDate(draft.closesOn),
    deadlines,
  };
}

function PeriodForm({ period, forms, onClose }: { period: Period | null; forms: Form[]; onClose: () => void }) {
  const t = useText(periodsText);
  const general = useText(generalText);
  const { unit, schoolYear } = useSession();
  const refresh = useRefresh();
  const [problem, setProblem] = useState<unknown>(null);
  const [draft, change] = useDraft(period, forms);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const asOf = parseDate(draft.asOf);
  const offered = newestVersions(
    forms.filter((form) => isAskedIn(form, draft.kind) && (asOf === null || isInForce(form, asOf))),
  );
  const chosen = offered.filter((form) => draft.forms.includes(form.slug));
  const countsFrom = draft.kind === 'end' ? (parseDate(draft.countsFrom) ?? undefined) : undefined;
  const faults = findFaults({ name: draft.name, forms: (period ?? { forms: chosen }).forms.length, ...daysOf(draft) });
  const save = async () => {
    setTried(true);
    if (faults.size > 0 || isUnread(draft)) return;
    setProblem(null);
    setBusy(true);
    const days = daysOf(draft) as {
      asOf: string;
      opensOn: string;
      closesOn: string;
      deadlines: Record<DeadlineKind, string>;
    };
    const body = {
      ...days,
      countsFrom,
      name: draft.name.trim(),
      deadlines: Object.entries(days.deadlines).map(([unitKind, dueOn]) => ({
        unitKind: unitKind as DeadlineKind,
        dueOn,
      })),
    };
    try {
      if (period)
        await api(changePeriod, {
          params: { unitId: unit.id, periodId: period.id },
          body: { ...body, version: period.version },
        });
      else {
        const asked = chosen.map(({ code, version }) => ({ code, version }));
        const { takenOver } = await api(openPeriod, {
          params: { unitId: unit.id },
          body: { ...body, schoolYear, kind: draft.kind, forms: asked },
        });
        const owners = [...new Set(takenOver.map((each) => each.ownerName))];
        if (owners.length > 0) notify(t.takenOver(owners.join(', ')));
      }
      notify(period ? t.changed : t.opened(body.name));
      onClose();
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'stale_record') {
        notify(t.stale, { tone: 'bad' });
        onClose();
      } else setProblem(error);
    } finally {
      setBusy(false);
      await refresh(listPeriods, listTasks);
    }
  };
  return (
    <form
      className="kv-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Fields period={period} forms={offered} draft={draft} change={change} faults={isTried ? faults : noFaults} />
      {problem !== null && <ProblemView error={problem} />}
      <div className="kv-row kv-period-form__end">
        <Button onClick={onClose}>{general.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {period ? general.save : t.open}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  period: Period | null;
  forms: Form[];
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  faults: ReturnType<typeof findFaults>;
}

function Fields({ period, forms, draft, change, faults }: FieldsProps) {
  const t = useText(periodsText);
  const read = useReading();
  const { unit, schoolYear } = useSession();
  const below = tiersBelow(unit.kind, schoolYear);
  const tiers = deadlineKinds.filter((tier) => below.includes(tier) || draft.deadlines[tier] !== '');
  const sentences = {
    short: t.nameShort,
    none: t.formsNone,
    day: t.dayWrong,
    order: t.closesBeforeOpens,
    outside: t.deadlineOutside,
  };
  const faultOf = (key: PeriodFault) => {
    const fault = faults.get(key);
    return fault && sentences[fault];
  };
  const day = (key: 'asOf' | 'opensOn' | 'closesOn', label: string, hint?: ReactNode) => (
    <Labelled label={label} hint={hint} error={faultOf(key)} required>
      {(control) => (
        <DayField
          {...control}
          text={draft[key]}
          calendarLabel={t.calendar}
          onText={(text) => change({ [key]: text })}
        />
      )}
    </Labelled>
  );
  return (
    <>
      {!period && (
        <>
          <Labelled label={t.kind}>
            {(control) => (
              <select
                id={control.id}
                className="kv-select"
                value={draft.kind}
                onChange={(event) => change({ kind: event.target.value as PeriodKind })}
              >
                {(['start', 'middle', 'end'] as const).map((kind) => (
                  <option key={kind} value={kind}>
                    {t.kinds[kind]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <fieldset className="kv-period-form__forms">
            <legend className="kv-field__label">{t.forms}</legend>
            {forms.length === 0 && <p className="kv-field__hint">{t.formsNotInForce}</p>}
            {forms.map((form) => (
              <label key={form.slug} className="kv-toggle">
                <input
                  type="checkbox"
                  checked={draft.forms.includes(form.slug)}
                  onChange={(event) =>
                    change({
                      forms: event.target.checked
                        ? [...draft.forms, form.slug]
                        : draft.forms.filter((slug) => slug !== form.slug),
                    })
                  }
                />{' '}
                <span>
                  {form.code} {read(form.name)}
                  {!form.official && <span className="kv-muted"> ({t.formUnofficial})</span>}
                </span>
              </label>
            ))}
            {faultOf('forms') && (
              <div className="kv-field__error" role="alert">
                {t.formsNone}
              </div>
            )}
          </fieldset>
        </>
      )}
      <Labelled label={t.name} error={faultOf('name')} required>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={200}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Labelled>
      <div className="kv-period-form__days">
        {day('asOf', t.asOf, t.asOfHint)}
        {draft.kind === 'end' && <CountsFrom draft={draft} change={change} />}
        {day('opensOn', t.opensOn)}
        {day('closesOn', t.closesOn, t.closesHint)}
      </div>
      <h3 className="kv-field__label kv-period-form__title">{t.deadlines}</h3>
      <p className="kv-field__hint">{t.deadlineHint}</p>
      <div className="kv-period-form__days">
        {tiers.map((tier) => (
          <Labelled key={tier} label={t.deadlineOf[tier]} error={faultOf(tier)}>
            {(control) => (
              <DayField
                {...control}
                text={draft.deadlines[tier]}
                calendarLabel={t.calendar}
                onText={(text) => change({ deadlines: { ...draft.deadlines, [tier]: text } })}
              />
            )}
          </Labelled>
        ))}
      </div>
      {faultOf('deadlines') && (
        <div className="kv-field__error" role="alert">
          {t.deadlineNone}
        </div>
      )}
    </>
  );
}

function CountsFrom({ draft, change }: Pick<FieldsProps, 'draft' | 'change'>) {
  const t = useText(periodsText);
  return (
    <Labelled label={t.countsFrom} hint={t.countsFromHint} error={isUnread(draft) ? t.dayWrong : null}>
      {(control) => (
        <DayField
          {...control}
          text={draft.countsFrom}
          calendarLabel={t.calendar}
          onText={(text) => change({ countsFrom: text })}
        />
      )}
    </Labelled>
  );
}
