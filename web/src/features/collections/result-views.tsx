import { Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { formatCell } from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CollectionColumn,
  type CollectionRow,
  isNumeric,
  placeOf,
  rowsOf,
} from '@khuevan/core/collections/definition.ts';
import { withRowSums } from '@khuevan/core/collections/sums.ts';
import { listJoinedRows, openSum, readSums } from '@khuevan/core/contract/collections.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Pager } from '../../ui/pager.tsx';
import { Table } from '../../ui/table.tsx';
import type { Collection } from './collection-data.ts';

type Sums = ResponseOf<typeof readSums>;
interface Opened {
  row: CollectionRow;
  column: CollectionColumn;
}

const pageSize = 50;

function useSums(collection: Collection) {
  const { unit } = useSession();
  return useRead(readSums, { params: { unitId: unit.id, collectionId: collection.id } }, { refetchInterval: 60_000 });
}

/** What a cell of the result says: a sum, how many said what, how many answered. */
function useShownSum(): (row: CollectionRow, column: CollectionColumn, sums: Sums) => string {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { number } = useFormat();
  return (row, column, sums) => {
    const place = placeOf(row, column);
    const key = cellKeyOf(row.key, column.key);
    if (place.kind === 'closed') return '';
    if (place.kind === 'sum' || isNumeric(place.type)) return number(sums.cells[key]);
    const nameOf = (choice: string) =>
      place.type === 'boolean' ? (choice === 'true' ? general.yes : general.no) : choice;
    const tallies = sums.tallies[key];
    if (tallies) return tallies.map(({ choice, count }) => `${nameOf(choice)}: ${number(count)}`).join('; ');
    const filled = sums.filled[key];
    return filled === undefined ? '' : t.filled(number(filled));
  };
}

/** The grid added up; each figure opens to the answers behind it. */
export function SumTable({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const query = useSums(collection);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { rows, columns } = collection.definition;
  return (
    <Loaded query={query}>
      {(sums) =>
        sums.answers === 0 ? (
          <div className="kv-panel">
            <EmptyState title={t.noSums} />
          </div>
        ) : (
          <section className="kv-panel kv-stack" aria-label={t.tabs.sums}>
            <p className="kv-muted">{t.sumsOf(number(sums.answers))}</p>
            <div className="kv-scroll">
              <table className="kv-answer">
                <thead>
                  <tr>
                    <th scope="col">{t.label}</th>
                    {columns.map((column) => (
                      <th key={column.key} scope="col" className="kv-num">
                        {column.label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.key} className={row.sumOf ? 'kv-answer__sum' : undefined}>
                      <th scope="row" data-indent={row.indent}>
                        {row.label}
                      </th>
                      {columns.map((column) => (
                        <td key={column.key} data-label={column.label} className="kv-num">
                          <SumButton row={row} column={column} sums={sums} onOpen={setOpened} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {opened && <PartsDialog collection={collection} opened={opened} onClose={() => setOpened(null)} />}
          </section>
        )
      }
    </Loaded>
  );
}

interface SumButtonProps extends Opened {
  sums: Sums;
  onOpen: (opened: Opened) => void;
}

function SumButton({ row, column, sums, onOpen }: SumButtonProps) {
  const t = useText(collectionsText);
  const shown = useShownSum()(row, column, sums);
  if (shown === '') return null;
  return (
    <button type="button" className="kv-link" onClick={() => onOpen({ row, column })}>
      {shown}
      <span className="kv-hidden"> {t.openSum(row.label || column.label, column.label)}</span>
    </button>
  );
}

interface PartsDialogProps {
  collection: Collection;
  opened: Opened;
  onClose: () => void;
}

function PartsDialog({ collection, opened: { row, column }, onClose }: PartsDialogProps) {
  const t = useText(collectionsText);
  const { unit } = useSession();
  const [page, setPage] = useState(1);
  const place = placeOf(row, column);
  const type = place.kind === 'input' ? place.type : 'sum';
  const query = useRead(openSum, {
    params: { unitId: unit.id, collectionId: collection.id, row: row.key, column: column.key },
    query: { page, pageSize },
  });
  return (
    <Modal
      open
      width={640}
      title={t.behind(row.label || collection.title, column.label)}
      footer={null}
      onCancel={onClose}
    >
      <Loaded query={query}>
        {({ total, parts }) => (
          <div className="kv-stack">
            <Table
              rows={parts}
              keyOf={(part) => part.unitId}
              columns={[
                {
                  key: 'unit',
                  label: t.unit,
                  renderCell: (part) => (
                    <Link to={paths.collectionAnswer(part.unitId, collection.id)}>{part.name}</Link>
                  ),
                },
                { key: 'value', label: t.value, isNumber: true, renderCell: (part) => formatCell(type, part.value) },
              ]}
            />
            <Pager page={page} pageSize={pageSize} total={total} onPage={setPage} />
          </div>
        )}
      </Loaded>
    </Modal>
  );
}

/** The rows of all answers after the name of their unit, with the sums of their columns over them. */
export function JoinedList({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const { unit } = useSession();
  const shown = useShownSum();
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<Opened | null>(null);
  const form = collection.definition;
  const [only] = rowsOf(form);
  const sums = useSums(collection);
  const rows = useRead(
    listJoinedRows,
    { params: { unitId: unit.id, collectionId: collection.id }, query: { page, pageSize } },
    { placeholderData: (old) => old },
  );
  return (
    <Loaded query={sums}>
      {(added) =>
        added.rows === 0 ? (
          <div className="kv-panel">
            <EmptyState title={t.noSums} />
          </div>
        ) : (
          <section className="kv-panel kv-stack" aria-label={t.tabs.sums}>
            <p className="kv-muted">{t.joined(number(added.rows), number(added.answers))}</p>
            <dl className="kv-facts">
              {form.columns
                .filter((column) => shown(only!, column, added) !== '' && (column.sumOf || column.type !== 'text'))
                .map((column) => (
                  <div key={column.key}>
                    <dt>{column.label}</dt>
                    <dd>
                      <SumButton row={only!} column={column} sums={added} onOpen={setOpened} />
                    </dd>
                  </div>
                ))}
            </dl>
            <Loaded query={rows}>
              {({ rows: found }) => (
                <Table
                  rows={found}
                  keyOf={(row) => `${row.unitId} ${row.no}`}
                  columns={[
                    {
                      key: 'unit',
                      label: t.unit,
                      renderCell: (row) => (
                        <Link to={paths.collectionAnswer(row.unitId, collection.id)}>{row.name}</Link>
                      ),
                    },
                    ...form.columns.map((column) => ({
                      key: column.key,
                      label: column.label,
                      isNumber: column.sumOf !== undefined || isNumeric(column.type),
                      renderCell: (row: (typeof found)[number]) =>
                        formatCell(column.type, withRowSums(form, row.cells)[column.key]),
                    })),
                  ]}
                />
              )}
            </Loaded>
            <Pager page={page} pageSize={pageSize} total={added.rows} onPage={setPage} />
            {opened && <PartsDialog collection={collection} opened={opened} onClose={() => setOpened(null)} />}
          </section>
        )
      }
    </Loaded>
  );
}
