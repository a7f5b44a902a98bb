import './collections.css';
import { Copy, FileDown, PencilLine, Printer } from 'lucide-react';
import { Button } from 'antd';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { createCollection, exportCollection, printCollection } from '@khuevan/core/contract/collections.ts';
import { useAddressQuery } from '../../address-query.ts';
import { addressOf, api, download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { useText } from '../../text/words.ts';
import { formatDate } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type Collection, useAct, useCollection, useCollectionChanged } from './collection-data.ts';
import { stateTone } from './looks.ts';
import { OwnerTools } from './owner-tools.tsx';
import { JoinedList, SumTable } from './result-views.tsx';
import { UnitsView } from './units-view.tsx';

/** Who has answered, and what came of it. */
export function Component() {
  const { unit } = useSession();
  const { collectionId = '' } = useParams();
  const collection = useCollection(collectionId);
  return (
    <Loaded query={collection}>
      {(found) =>
        unit.kind === 'school' ? (
          <Navigate to={paths.collectionAnswer(unit.id, found.id)} replace />
        ) : found.state === 'draft' ? (
          <Navigate to={paths.collectionBuilder(unit.id, found.id)} replace />
        ) : (
          <Result collection={found} />
        )
      }
    </Loaded>
  );
}

function Result({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const [query, changeQuery] = useAddressQuery();
  const view = query.get('view') === 'sums' ? 'sums' : 'units';
  return (
    <div className="kv-stack">
      <PageHeader
        title={collection.title}
        beside={<Tag tone={stateTone[collection.state]}>{t.states[collection.state]}</Tag>}
        sub={[t.asked(collection.ownerName), collection.dueOn && t.due(formatDate(collection.dueOn))]
          .filter(Boolean)
          .join(' · ')}
        actions={<Actions collection={collection} />}
      />
      <OwnerTools collection={collection} />
      <div className="kv-collections__tabs" role="group" aria-label={collection.title}>
        {(['units', 'sums'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view === each}
            onClick={() => changeQuery((rest) => rest.set('view', each))}
          >
            {t.tabs[each]}
          </button>
        ))}
      </div>
      {view === 'units' ? (
        <UnitsView collection={collection} />
      ) : collection.definition.shape === 'grid' ? (
        <SumTable collection={collection} />
      ) : (
        <JoinedList collection={collection} />
      )}
    </div>
  );
}

function Actions({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const { unit, may } = useSession();
  const navigate = useNavigate();
  const notifyProblem = useNotifyProblem();
  const act = useAct();
  const changed = useCollectionChanged();
  const params = { unitId: unit.id, collectionId: collection.id };
  const mayBuild = may('collections.write');
  const copy = async () => {
    const body = { title: t.copyTitle(collection.title).slice(0, 300), copyOf: collection.id };
    const made = await act(() => api(createCollection, { params: { unitId: unit.id }, body }));
    if (!made) return;
    await navigate(paths.collectionBuilder(unit.id, made.id));
    await changed(made);
  };
  return (
    <>
      <a
        className="kv-button-link kv-button-link--plain"
        href={addressOf(printCollection, { params })}
        target="_blank"
        rel="noreferrer"
      >
        <Printer size={15} aria-hidden /> {t.print}
      </a>
      <Button
        icon={<FileDown size={15} aria-hidden />}
        onClick={() => void download(exportCollection, { params }).catch(notifyProblem)}
      >
        {t.excel}
      </Button>
      {mayBuild && (
        <Button icon={<Copy size={15} aria-hidden />} onClick={() => void copy()}>
          {t.copy}
        </Button>
      )}
      {mayBuild && collection.ownerId === unit.id && collection.state === 'open' && !collection.hasAnswers && (
        <Link className="kv-button-link kv-button-link--plain" to={paths.collectionBuilder(unit.id, collection.id)}>
          <PencilLine size={15} aria-hidden /> {t.edit}
        </Link>
      )}
    </>
  );
}
