import type { z } from 'zod';
import type { progress as progressShape, tally } from '@khuevan/core/contract/progress.ts';
import { generalText } from '../../text/general.ts';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { Table, type TableColumn } from '../../ui/table.tsx';

type Tally = z.output<typeof tally>;
type Row = Tally & { key: string; name: string };

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Groups in numbers; the bar says the same as the share beside it. */
export function TallyTable({ heading, rows, total }: { heading: string; rows: Row[]; total?: Tally }) {
  const t = useText(progressText);
  const general = useText(generalText);
  const { number, percent } = useFormat();
  const count = (key: string, label: string, pick: (row: Row) => number, look?: string): TableColumn<Row> => ({
    key,
    label,
    isNumber: true,
    renderCell: (row) => <span className={pick(row) === 0 ? 'kv-muted' : look}>{number(pick(row))}</span>,
  });
  const share = (key: string, label: string, pick: (row: Row) => number): TableColumn<Row> => ({
    key,
    label,
    isNumber: true,
    renderCell: (row) => (
      <span className="kv-nowrap">
        {percent(pick(row), row.asked)}
        <span className="kv-share" aria-hidden>
          <span style={{ width: `${shareOf(pick(row), row.asked) * 100}%` }} />
        </span>
      </span>
    ),
  });
  const whole: Row[] = total && rows.length > 1 ? [{ ...total, key: 'total', name: general.total }] : [];
  return (
    <Table
      rows={[...rows, ...whole]}
      keyOf={(row) => row.key}
      columns={[
        {
          key: 'name',
          label: heading,
          renderCell: (row) => (row.key === 'total' ? <strong>{row.name}</strong> : row.name),
        },
        count('asked', t.asked, (row) => row.asked),
        count('approved', t.approved, (row) => row.approved),
        count('submitted', t.submitted, (row) => row.submitted),
        ...(rows.some((row) => row.reviewLate > 0)
          ? [count('reviewLate', t.reviewLate, (row) => row.reviewLate, 'kv-bad')]
          : []),
        count('returned', t.returned, (row) => row.returned, 'kv-bad'),
        ...(rows.some((row) => row.supplement > 0)
          ? [count('supplement', t.supplement, (row) => row.supplement, 'kv-warn')]
          : []),
        count('draft', t.draft, (row) => row.draft),
        count('notStarted', t.notStarted, (row) => row.notStarted),
        count('late', t.late, (row) => row.late, 'kv-bad'),
        share('complete', t.complete, (row) => row.approved + row.submitted),
        share('inTime', t.inTime, (row) => row.inTime),
      ]}
    />
  );
}

type Holder = z.output<typeof progressShape>['holders'][number];

/** Units that still prepare by their kind, offices that review by name. */
export function HolderTable({ holders }: { holders: Holder[] }) {
  const t = useText(progressText);
  const { number } = useFormat();
  return (
    <Table
      rows={holders}
      keyOf={(holder) => holder.unitId ?? holder.unitKind}
      columns={[
        {
          key: 'holder',
          label: t.holder,
          renderCell: (holder) =>
            holder.name === null ? t.preparingOf(t.preparing[holder.unitKind]) : t.reviewing(holder.name),
        },
        { key: 'held', label: t.held, isNumber: true, renderCell: (holder) => number(holder.count) },
        {
          key: 'longest',
          label: t.longest,
          isNumber: true,
          renderCell: (holder) => (holder.longestDays === null ? t.notBegun : t.days(number(holder.longestDays))),
        },
      ]}
    />
  );
}
