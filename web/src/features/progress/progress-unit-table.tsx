import { Link } from 'react-router';
import { daysBetween } from '@khuevan/core/vietnam/dates.ts';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { formatDate, formatTime, useFormat } from '../../ui/format.ts';
import { StateTag, Tag } from '../../ui/tag.tsx';
import { AcceptReason } from './accept-reason.tsx';
import type { ProgressUnit } from './progress-units.tsx';

interface ProgressUnitTableProps {
  units: ProgressUnit[];
  periodId: string;
  /** Present where the reader may remind, and decide on reasons. */
  chosen?: ReadonlySet<string>;
  onPick?: (unitIds: string[], isOn: boolean) => void;
}

/** Units one by one: what is open and with whom, how late, why, when they were reminded. */
export function ProgressUnitTable({ units, periodId, chosen, onPick }: ProgressUnitTableProps) {
  const t = useText(progressText);
  return (
    <div className="kv-scroll">
      <table className="kv-table kv-table--dense kv-unit-table" aria-label={t.unitsTitle}>
        <thead>
          <tr>
            <th scope="col">{t.unit}</th>
            <th scope="col" className="kv-num">
              {t.sent}
            </th>
            <th scope="col">{t.due}</th>
            <th scope="col">{t.open}</th>
            <th scope="col">{t.reason}</th>
            <th scope="col">{t.nudged}</th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <UnitRow
              key={unit.unitId}
              unit={unit}
              periodId={periodId}
              mayDecide={onPick !== undefined}
              isChosen={chosen?.has(unit.unitId) ?? false}
              {...(onPick && unit.sent < unit.asked && { onPick: (isOn: boolean) => onPick([unit.unitId], isOn) })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface UnitRowProps {
  unit: ProgressUnit;
  periodId: string;
  mayDecide: boolean;
  isChosen: boolean;
  onPick?: (isOn: boolean) => void;
}

function UnitRow({ unit, periodId, mayDecide, isChosen, onPick }: UnitRowProps) {
  const t = useText(progressText);
  const { number } = useFormat();
  return (
    <tr>
      <th scope="row">
        {onPick && (
          <input
            type="checkbox"
            className="kv-progress__pick"
            aria-label={t.select(unit.unitName)}
            checked={isChosen}
            onChange={(event) => onPick(event.target.checked)}
          />
        )}
        {unit.unitName}
        <div className="kv-muted">{unit.parentName}</div>
      </th>
      <td className="kv-num" data-label={t.sent}>
        {t.sentOf(number(unit.sent), number(unit.asked))}
      </td>
      <td className="kv-nowrap" data-label={t.due}>
        {unit.dueOn && formatDate(unit.dueOn)}{' '}
        {unit.daysLate > 0 && <Tag tone="bad">{t.lateBy(number(unit.daysLate))}</Tag>}
      </td>
      <td data-label={t.open}>{unit.open.length > 0 && <OpenForms unit={unit} />}</td>
      <td data-label={t.reason}>
        {unit.reasons.map((each) => (
          <div key={each.formCode} className="kv-progress__reason">
            {each.reason}
            {each.expectedOn && <span className="kv-muted"> ({t.expected(formatDate(each.expectedOn))})</span>}{' '}
            {each.isAccepted ? (
              <Tag tone="good">{t.reasonAccepted}</Tag>
            ) : (
              mayDecide && (
                <AcceptReason
                  unitId={unit.unitId}
                  unitName={unit.unitName}
                  periodId={periodId}
                  formCode={each.formCode}
                  reason={each.reason}
                />
              )
            )}
          </div>
        ))}
      </td>
      <td className="kv-nowrap" data-label={t.nudged}>
        {unit.nudgedAt && formatTime(unit.nudgedAt)}
      </td>
    </tr>
  );
}

function OpenForms({ unit }: { unit: ProgressUnit }) {
  const t = useText(progressText);
  const { number } = useFormat();
  const { me, membership } = useSession();
  return (
    <ul className="kv-progress__open">
      {unit.open.map((each) => {
        const says = t.openForm(each.formCode, each.holderName);
        const days = each.since && daysBetween(each.since.slice(0, 10), me.today);
        return (
          <li key={each.formCode}>
            <StateTag state={each.state} />
            {each.reportId ? (
              <Link to={paths.review(membership.unitId, unit.unitId, each.reportId)}>{says}</Link>
            ) : (
              <span>{says}</span>
            )}
            {typeof days === 'number' && days > 0 && <span className="kv-muted">{t.heldDays(number(days))}</span>}
          </li>
        );
      })}
    </ul>
  );
}
