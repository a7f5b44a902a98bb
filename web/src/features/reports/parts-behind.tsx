import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { openAggregateCell } from '@khuevan/core/contract/reviews.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { reportsText } from '../../text/reports.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import type { CellPlace } from './form-lines.ts';
import { useResting } from './records-behind.tsx';

interface PartsProps {
  unitId: string;
  periodId: string;
  formCode: string;
  place: CellPlace;
}

/** What a total is made of: units below, each opening to its own, down to the form of a school. */
export function PartsBehind(props: PartsProps) {
  const t = useText(reportsText);
  const isResting = useResting(props.place.key);
  if (props.place.row.empty?.includes(props.place.column.code)) return null;
  return (
    <section className="kv-inspect__part">
      <h3>{t.partsBehind}</h3>
      {isResting && <Parts key={props.place.key} {...props} />}
    </section>
  );
}

function Parts({ unitId, periodId, formCode, place }: PartsProps) {
  const { number } = useFormat();
  const { membership } = useSession();
  const params = { unitId, row: place.row.code, column: place.column.code };
  const query = useRead(
    openAggregateCell,
    { params, query: { periodId, formCode, pageSize: 200 } },
    { staleTime: 30_000 },
  );
  return (
    <Loaded query={query}>
      {({ parts }) => (
        <ul className="kv-records">
          {parts.map((part) =>
            part.unitKind === 'school' ? (
              <li key={part.unitId}>
                {part.reportId ? (
                  <Link to={paths.review(membership.unitId, part.unitId, part.reportId, { cell: place.key })}>
                    {part.unitName}
                  </Link>
                ) : (
                  <span className="kv-muted">{part.unitName}</span>
                )}
                <span>{part.submissionNo === null ? '–' : number(part.value)}</span>
              </li>
            ) : (
              <OfficePart key={part.unitId} part={part} periodId={periodId} formCode={formCode} place={place} />
            ),
          )}
        </ul>
      )}
    </Loaded>
  );
}

function OfficePart({
  part,
  ...rest
}: Omit<PartsProps, 'unitId'> & { part: { unitId: string; unitName: string; value: number | null } }) {
  const t = useText(reportsText);
  const reviews = useText(reviewsText);
  const { number } = useFormat();
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <button
        type="button"
        className="kv-link kv-records__open"
        aria-expanded={isOpen}
        aria-label={t.openParts(part.unitName)}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        <span>{reviews.shortOffice(part.unitName)}</span>
      </button>
      <span>{part.value === null ? '–' : number(part.value)}</span>
      {isOpen && <Parts unitId={part.unitId} {...rest} />}
    </li>
  );
}
