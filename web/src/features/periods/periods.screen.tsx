import './periods.css';
import { CalendarPlus, CalendarRange } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { periodsText } from '../../text/periods.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDate, formatSchoolYear } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import type { Period } from './period-choice.tsx';
import { PeriodDialog } from './period-dialog.tsx';

/** Periods of the school year; who may opens and changes them here. */
export function Component() {
  const t = useText(periodsText);
  const { unit, schoolYear, may, isOwnUnit } = useSession();
  const [shown, setShown] = useState<Period | 'new' | null>(null);
  const query = useRead(listPeriods, { params: { unitId: unit.id }, query: { schoolYear } });
  const mayOpen = may('periods.write') && isOwnUnit;
  const openButton = mayOpen && (
    <Button type="primary" icon={<CalendarPlus size={16} aria-hidden />} onClick={() => setShown('new')}>
      {t.open}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} sub={t.sub} actions={openButton} />
      <Loaded query={query}>
        {({ periods }) =>
          periods.length === 0 ? (
            <div className="kv-panel">
              <EmptyState icon={CalendarRange} title={t.none} actions={openButton}>
                {t.noneHelp(formatSchoolYear(schoolYear))}
              </EmptyState>
            </div>
          ) : (
            <ul className="kv-period-list">
              {periods.map((period) => (
                <PeriodLine
                  key={period.id}
                  period={period}
                  onChange={mayOpen && period.ownerId === unit.id ? () => setShown(period) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {shown && <PeriodDialog period={shown === 'new' ? null : shown} onClose={() => setShown(null)} />}
    </>
  );
}

const tones: Record<Period['state'], Tone> = { planned: 'info', open: 'good', closed: 'plain' };

function PeriodLine({ period, onChange }: { period: Period; onChange: (() => void) | undefined }) {
  const t = useText(periodsText);
  const read = useReading();
  const { unit } = useSession();
  return (
    <li className="kv-panel kv-period">
      <div className="kv-period__head">
        <h2>{period.name}</h2>
        <Tag tone={tones[period.state]}>{t.states[period.state]}</Tag>
        <span className="kv-muted">{t.owner(period.ownerName)}</span>
      </div>
      <ul className="kv-period__forms">
        {period.forms.map((form) => (
          <li key={form.code}>
            <strong>{form.code}</strong> {read(form.name)}
          </li>
        ))}
      </ul>
      <dl className="kv-period__days">
        <div>
          <dt>{t.asOf}</dt>
          <dd>{formatDate(period.asOf)}</dd>
        </div>
        <div>
          <dt>{t.opensOn}</dt>
          <dd>
            {formatDate(period.opensOn)} {t.until(formatDate(period.closesOn))}
          </dd>
        </div>
        {period.deadlines.map((each) => (
          <div key={each.unitKind}>
            <dt>{t.deadlineOf[each.unitKind]}</dt>
            <dd>{formatDate(each.dueOn)}</dd>
          </div>
        ))}
      </dl>
      <div className="kv-row">
        {period.forms[0] && (
          <Link to={paths.board(unit.id, { period: period.id, form: period.forms[0].code })}>{t.board}</Link>
        )}
        {onChange && <Button onClick={onChange}>{t.change}</Button>}
      </div>
    </li>
  );
}
