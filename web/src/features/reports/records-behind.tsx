import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { openCell } from '@khuevan/core/contract/reports.ts';
import { measures } from '@khuevan/core/forms/measures.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { Loaded } from '../../loaded.tsx';
import { collections, paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { fixAddress } from './missing.ts';
import type { CellPlace } from './form-lines.ts';
import type { Report } from './report-data.ts';

interface RecordsBehindProps {
  report: Pick<Report, 'unitId' | 'id' | 'schoolYear'>;
  place: CellPlace;
  /** The figure on the screen, to say where the records have moved on. */
  value: number | undefined;
  /** The submission whose figure it is: its records are shown as they were when it was sent. */
  no: number | undefined;
}

/** While arrows run over the cells nothing is asked for. */
const restMs = 300;

export function useResting<T>(value: T): boolean {
  const [rested, setRested] = useState<T | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested === value;
}

/** The records that a school's cell counts, each a way to its sheet. */
export function RecordsBehind({ report, place, value, no }: RecordsBehindProps) {
  const t = useText(reportsText);
  const { may } = useSession();
  const isEmpty = place.row.empty?.includes(place.column.code) ?? false;
  if (isEmpty || !place.row.measure) return null;
  return (
    <section className="kv-inspect__part">
      <h3>{t.behind}</h3>
      {may('records.read') ? (
        <RecordList key={place.key} report={report} place={place} value={value} no={no} />
      ) : (
        <p className="kv-muted">{t.behindForbidden}</p>
      )}
    </section>
  );
}

function RecordList({ report, place, value, no }: RecordsBehindProps) {
  const t = useText(reportsText);
  const read = useReading();
  const { number } = useFormat();
  const [pageSize, setPageSize] = useState(8);
  const isResting = useResting(place.key);
  const params = { unitId: report.unitId, reportId: report.id, row: place.row.code, column: place.column.code };
  const query = useRead(
    openCell,
    { params, query: { page: 1, pageSize, no } },
    { enabled: isResting, placeholderData: (old) => old, staleTime: 30_000 },
  );
  const counts = place.row.measure !== 'room' && place.row.measure !== 'budget';
  const kind = recordKinds[measures[place.row.measure!].kind];
  return (
    <Loaded query={query}>
      {({ total, totalNow, records }) => (
        <>
          {total === 0 ? (
            <p className="kv-muted">{t.behindNone}</p>
          ) : (
            <p className="kv-muted">
              {t.behindCount(number(total))}
              {no !== undefined && `. ${t.behindSent}`}
            </p>
          )}
          {counts && value !== undefined && (totalNow ?? total) !== value && (
            <p className="kv-note">
              {no === undefined
                ? t.behindDiffers(number(total), number(value))
                : t.behindSentDiffers(number(totalNow ?? total), number(value))}
            </p>
          )}
          <ul className="kv-records">
            {records.map((record) => (
              <li key={record.id}>
                <Link
                  to={fixAddress(record.schoolId, report.schoolYear, { kind: kind.name, recordId: record.id }) ?? ''}
                >
                  {record.subject}
                </Link>
                <span className="kv-muted">{record.detail}</span>
              </li>
            ))}
          </ul>
          <div className="kv-row">
            {records.length < total && pageSize < 200 && (
              <Button size="small" onClick={() => setPageSize(Math.min(200, pageSize * 5))}>
                {t.behindMore}
              </Button>
            )}
            {kind.name !== 'profile' && (
              <Link
                to={paths.records(report.unitId, collections[kind.name as RecordKindName], { year: report.schoolYear })}
              >
                {t.openSheetOf(read(kind.label).toLowerCase())}
              </Link>
            )}
          </div>
        </>
      )}
    </Loaded>
  );
}
