import { Button } from 'antd';
import { CalendarRange } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { useAddressQuery } from '../../address-query.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { periodsText } from '../../text/periods.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatSchoolYear } from '../../ui/format.ts';
import { Picker } from '../../ui/picker.tsx';

export type Period = ResponseOf<typeof listPeriods>['periods'][number];

export interface PeriodChoice {
  period: Period;
  form: Period['forms'][number];
  /** Where another choice is made, for the head of a screen. */
  pickers: ReactNode;
}

/** Asks which form of which period a screen is about: as the address says, else the one that is open. */
export function WithPeriod({ children }: { children: (choice: PeriodChoice) => ReactNode }) {
  const { unit, schoolYear } = useSession();
  const query = useRead(listPeriods, { params: { unitId: unit.id }, query: { schoolYear } }, { staleTime: 60_000 });
  return <Loaded query={query}>{({ periods }) => <Chosen periods={periods}>{children}</Chosen>}</Loaded>;
}

function Chosen({ periods, children }: { periods: Period[]; children: (choice: PeriodChoice) => ReactNode }) {
  const t = useText(periodsText);
  const { unit, schoolYear, may, mayFor } = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const period =
    periods.find((each) => each.id === search.get('period')) ??
    periods.find((each) => each.state === 'open') ??
    periods[0];
  const form =
    period?.forms.find((each) => each.code === search.get('form')) ??
    period?.forms.find((each) => mayFor('reviews.write', each.level)) ??
    period?.forms[0];
  if (!period || !form) {
    return (
      <div className="kv-panel">
        <EmptyState
          icon={CalendarRange}
          title={t.noPeriodTitle}
          actions={
            may('periods.write') && <Button onClick={() => void navigate(paths.periods(unit.id))}>{t.title}</Button>
          }
        >
          {t.noPeriod(formatSchoolYear(schoolYear))}
        </EmptyState>
      </div>
    );
  }
  return children({ period, form, pickers: <Pickers periods={periods} period={period} form={form} /> });
}

function Pickers({ periods, period, form }: { periods: Period[] } & Omit<PeriodChoice, 'pickers'>) {
  const t = useText(periodsText);
  const read = useReading();
  const [, changeSearch] = useAddressQuery();
  const choose = (chosen: { period: string; form: string }) =>
    changeSearch((search) => {
      for (const [key, value] of Object.entries(chosen)) search.set(key, value);
    });
  return (
    <>
      <Picker
        className="kv-picker--wide"
        label={t.choosePeriod}
        shown={period.name}
        items={periods.map((each) => ({ key: each.id, label: each.name }))}
        selected={[period.id]}
        onPick={(id) => choose({ period: id, form: form.code })}
      />
      {period.forms.length > 1 && (
        <Picker
          label={t.chooseForm}
          shown={form.code}
          items={period.forms.map((each) => ({ key: each.code, label: `${each.code} ${read(each.name)}` }))}
          selected={[form.code]}
          onPick={(code) => choose({ period: period.id, form: code })}
        />
      )}
    </>
  );
}
