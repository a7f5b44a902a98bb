import './periods.css';
import { CalendarPlus, CalendarRange } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { listForms, listPeriods } from '@khuevan/core/contract/periods.ts';
import { isInForce, newestVersions } from '@khuevan/core/forms/versions.ts';
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
import { FormVersionDialog } from './form-version-dialog.tsx';
import type { Period } from './period-choice.tsx';
import { PeriodDialog } from './period-dialog.tsx';

/** Periods of the school year; who may opens and changes them here. */
export function Component() {
  const t = useText(periodsText);
  const { unit, schoolYear, may, isOwnUnit } = useSession();
  const [shown, setShown] = useState<Period | 'new' | null>(null);
  const query = useRead(listPeriods, { params: { unitId: unit.id }, query: { schoolYear } });
  const [publishing, setPublishing] = useState<{ period: Period; formCode: string; version: string } | null>(null);
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
                  onPublish={(formCode, version) => setPublishing({ period, formCode, version })}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {publishing && <FormVersionDialog {...publishing} onClose={() => setPublishing(null)} />}
      {shown && <PeriodDialog period={shown === 'new' ? null : shown} onClose={() => setShown(null)} />}
    </>
  );
}

const tones: Record<Period['state'], Tone> = { planned: 'info', open: 'good', closed: 'plain' };

interface PeriodLineProps {
  period: Period;
  /** Absent where the period is another unit's. */
  onChange: (() => void) | undefined;
  onPublish: (formCode: string, version: string) => void;
}

function PeriodLine({ period, onChange, onPublish }: PeriodLineProps) {
  const t = useText(periodsText);
  const read = useReading();
  const { unit } = useSession();
  const newer = useNewerVersions(period, onChange !== undefined);
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
            <strong>{form.code}</strong> {read(form.name)}{' '}
            {form.replacedBy && <span className="kv-muted">{t.replacedBy(form.replacedBy)}</span>}
            {!form.replacedBy && newer.has(form.code) && (
              <Button size="small" onClick={() => onPublish(form.code, newer.get(form.code)!)}>
                {t.newVersion.offer(newer.get(form.code)!)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <dl className="kv-period__days">
        <div>
          <dt>{t.asOf}</dt>
          <dd>{formatDate(period.asOf)}</dd>
        </div>
        {period.kind === 'end' && (
          <div>
            <dt>{t.countsFrom}</dt>
            <dd>{formatDate(period.countsFrom)}</dd>
          </div>
        )}
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

/** Of the forms of a period that has not closed: those with a version that came into force after the one it asks for. */
function useNewerVersions(period: Period, isOwn: boolean): Map<string, string> {
  const { data } = useRead(listForms, {}, { staleTime: Infinity, enabled: isOwn && period.state !== 'closed' });
  const inForce = newestVersions((data?.forms ?? []).filter((form) => isInForce(form, period.asOf)));
  const newer = new Map(inForce.map((form) => [form.code, form.version]));
  for (const { code, version } of period.forms) if (newer.get(code) === version) newer.delete(code);
  return newer;
}
