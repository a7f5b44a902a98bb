import { Button } from 'antd';
import { Link } from 'react-router';
import { nextState } from '@khuevan/core/reports/states.ts';
import { type FormLink, paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { formatDate, formatTime, useFormat } from '../../ui/format.ts';
import { StateTag, Tag } from '../../ui/tag.tsx';
import type { BoardGroup, BoardUnit } from './board.ts';

/** The groups in numbers: the same as the tiles, to be read and printed. */
export function GroupTable({ groups, isSchools, link }: { groups: BoardGroup[]; isSchools: boolean; link: FormLink }) {
  const t = useText(reviewsText);
  const general = useText(generalText);
  const { number } = useFormat();
  const { unit } = useSession();
  const zeroIsQuiet = (value: number) => (
    <td className={value === 0 ? 'kv-num kv-muted' : 'kv-num'}>{number(value)}</td>
  );
  const withSupplement = groups.some((group) => group.counts.supplement > 0);
  const sum = (pick: (group: BoardGroup) => number) => number(groups.reduce((so, group) => so + pick(group), 0));
  return (
    <div className="kv-scroll">
      <table className="kv-table kv-table--dense">
        <thead>
          <tr>
            <th scope="col">{t.unit}</th>
            <th scope="col" className="kv-num">
              {isSchools ? t.schools : t.units}
            </th>
            <th scope="col" className="kv-num">
              {t.approved}
            </th>
            <th scope="col" className="kv-num">
              {t.waiting}
            </th>
            <th scope="col" className="kv-num">
              {t.returned}
            </th>
            {withSupplement && (
              <th scope="col" className="kv-num">
                {t.supplement}
              </th>
            )}
            <th scope="col" className="kv-num">
              {t.notSent}
            </th>
            <th scope="col">{t.worst}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">
                {group.id === unit.id ? (
                  t.directly
                ) : (
                  <Link to={paths.board(group.id, link)}>{t.shortOffice(group.name)}</Link>
                )}
              </th>
              <td className="kv-num">{number(group.counts.all)}</td>
              {zeroIsQuiet(group.counts.approved)}
              {zeroIsQuiet(group.counts.submitted)}
              {zeroIsQuiet(group.counts.returned)}
              {withSupplement && zeroIsQuiet(group.counts.supplement)}
              {zeroIsQuiet(group.counts.notSent)}
              <td>
                {group.worst ? (
                  <span className="kv-bad">{t.worstLate(group.worst.unitName, number(group.worst.daysLate))}</span>
                ) : (
                  <span className="kv-muted">
                    {group.counts.notStarted > 0 ? t.worstStart(number(group.counts.notStarted)) : t.onTime}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{general.total}</th>
            <td className="kv-num">{sum((group) => group.counts.all)}</td>
            <td className="kv-num">{sum((group) => group.counts.approved)}</td>
            <td className="kv-num">{sum((group) => group.counts.submitted)}</td>
            <td className="kv-num">{sum((group) => group.counts.returned)}</td>
            {withSupplement && <td className="kv-num">{sum((group) => group.counts.supplement)}</td>}
            <td className="kv-num">{sum((group) => group.counts.notSent)}</td>
            <td>{''}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Units one by one: who holds the report, since when, how late it is. */
export function UnitTable({
  units,
  label,
  onOpenLate,
}: {
  units: BoardUnit[];
  label: string;
  /** Present where a closed period may be opened for one unit. */
  onOpenLate?: (unit: BoardUnit) => void;
}) {
  const t = useText(reviewsText);
  const hasParents = units.some((unit) => unit.parentId !== units[0]!.parentId);
  const { number } = useFormat();
  const { membership } = useSession();
  return (
    <div className="kv-scroll">
      <table className="kv-table kv-table--dense kv-unit-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.due}</th>
            <th scope="col">{t.holder}</th>
            <th scope="col">{t.since}</th>
            <th scope="col" className="kv-num">
              {t.items}
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.unitId}>
              <th scope="row">
                {unit.id ? (
                  <Link to={paths.review(membership.unitId, unit.unitId, unit.id)}>{unit.unitName}</Link>
                ) : (
                  unit.unitName
                )}
                {hasParents && <div className="kv-muted">{unit.parentName}</div>}
              </th>
              <td>
                <StateTag state={unit.state} />
              </td>
              <td className="kv-nowrap" data-label={t.due}>
                {unit.dueOn && formatDate(unit.dueOn)}{' '}
                {unit.daysLate > 0 && <Tag tone="bad">{t.lateBy(number(unit.daysLate))}</Tag>}
                {onOpenLate && nextState(unit.state === 'not-started' ? 'draft' : unit.state, 'extend') && (
                  <Button size="small" onClick={() => onOpenLate(unit)}>
                    {t.lateOpen}
                    <span className="kv-hidden"> {unit.unitName}</span>
                  </Button>
                )}
              </td>
              <td data-label={t.holder}>{unit.holderName}</td>
              <td className="kv-nowrap" data-label={t.since}>
                {unit.stateSince && formatTime(unit.stateSince)}
              </td>
              <td className="kv-num" data-label={t.items}>
                {unit.openWorkItems > 0 && number(unit.openWorkItems)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
