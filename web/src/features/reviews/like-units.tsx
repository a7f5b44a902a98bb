import { MessageSquarePlus } from 'lucide-react';
import { Button } from 'antd';
import { Link } from 'react-router';
import { compareLikeUnits } from '@khuevan/core/contract/checks.ts';
import { addRemark } from '@khuevan/core/contract/reviews.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { formatRatio } from '@khuevan/core/checks/like-units.ts';
import { api } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { useRead } from '../../query.ts';
import { checksText } from '../../text/checks.ts';
import { useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { Table } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type Report, useReportAction, useReportChanged } from '../reports/index.ts';

type Compared = ResponseOf<typeof compareLikeUnits>['ratios'][number];

const freshMs = 5 * 60_000;

/** The ratios of a report beside those of like units, and the way to ask the unit about one. */
export function LikeUnits({
  report,
  mayAsk,
  cellAddress,
}: {
  report: Report;
  mayAsk: boolean;
  cellAddress: (cell: string) => string;
}) {
  const t = useText(checksText);
  const { number } = useFormat();
  const read = useReading();
  const query = useRead(
    compareLikeUnits,
    { params: { unitId: report.unitId, reportId: report.id } },
    { staleTime: freshMs },
  );
  return (
    <section className="kv-panel kv-stack">
      <h2 className="kv-section-title">{t.likeUnits}</h2>
      <Loaded query={query}>
        {({ ratios: [first, ...others] }) =>
          first ? (
            <>
              <p className="kv-muted">{t.likeUnitsHelp(read(first.likeness), number(first.units))}</p>
              <Ratios report={report} ratios={[first, ...others]} mayAsk={mayAsk} cellAddress={cellAddress} />
            </>
          ) : (
            <p className="kv-muted">{t.likeUnitsNone}</p>
          )
        }
      </Loaded>
    </section>
  );
}

function Ratios({
  report,
  ratios,
  mayAsk,
  cellAddress,
}: {
  report: Report;
  ratios: Compared[];
  mayAsk: boolean;
  cellAddress: (cell: string) => string;
}) {
  const t = useText(checksText);
  const read = useReading();
  const act = useReportAction();
  const changed = useReportChanged();
  const ask = async ({ cell, message }: Compared) => {
    const body = { cell, text: message!.vi };
    const stored = await act(() => api(addRemark, { params: { unitId: report.unitId, reportId: report.id }, body }));
    if (!stored) return;
    notify(t.asked);
    await changed();
  };
  return (
    <Table
      rows={ratios}
      keyOf={(each) => each.rule}
      columns={[
        {
          key: 'name',
          label: t.ratio,
          renderCell: (each) => <Link to={cellAddress(each.cell)}>{read(each.name)}</Link>,
        },
        { key: 'value', label: t.value, isNumber: true, renderCell: (each) => formatRatio(each, each.value) },
        { key: 'median', label: t.median, isNumber: true, renderCell: (each) => formatRatio(each, each.median) },
        {
          key: 'usual',
          label: t.usual,
          isNumber: true,
          renderCell: (each) => t.usualRange(formatRatio(each, each.low), formatRatio(each, each.high)),
        },
        {
          key: 'far',
          label: t.stage,
          renderCell: (each) => (
            <span className="kv-row">
              <Tag tone={each.isOutlier ? 'warn' : 'plain'}>{each.isOutlier ? t.far : t.near}</Tag>
              {mayAsk && each.message && (
                <Button
                  size="small"
                  icon={<MessageSquarePlus size={14} aria-hidden />}
                  aria-label={t.askOf(read(each.name))}
                  onClick={() => void ask(each)}
                >
                  {t.ask}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
