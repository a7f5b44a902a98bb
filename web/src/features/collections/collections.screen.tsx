import './collections.css';
import { ArrowRight, ClipboardList, Plus } from 'lucide-react';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { createCollection, listCollections } from '@khuevan/core/contract/collections.ts';
import { api } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDate, useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { AskedList } from './asked-panel.tsx';
import { type Lists, useAct, useCollectionChanged } from './collection-data.ts';
import { stateTone } from './looks.ts';

/** What the unit has built, what it must answer, and what is asked in its area. */
export function Component() {
  const t = useText(collectionsText);
  const { unit, may } = useSession();
  const query = useRead(listCollections, { params: { unitId: unit.id } });
  const [isCreating, setCreating] = useState(false);
  const mayBuild = unit.kind !== 'school' && may('collections.write');
  const create = (
    <Button type="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} sub={t.sub} actions={mayBuild && create} />
      <Loaded query={query}>
        {({ own, toAnswer, below }) => (
          <div className="kv-stack">
            {own.length + toAnswer.length + below.length === 0 && (
              <div className="kv-panel">
                <EmptyState icon={ClipboardList} title={t.noneTitle}>
                  {mayBuild ? t.noneOwn : t.none}
                </EmptyState>
              </div>
            )}
            {toAnswer.length > 0 && (
              <Part title={t.toAnswer}>
                <AskedList asked={toAnswer} />
              </Part>
            )}
            {own.length > 0 && (
              <Part title={t.own}>
                <ul className="kv-collections">
                  {own.map((each) => (
                    <OwnLine key={each.id} collection={each} answered={each.answered} />
                  ))}
                </ul>
              </Part>
            )}
            {below.length > 0 && (
              <Part title={t.below}>
                <ul className="kv-collections">
                  {below.map((each) => (
                    <OwnLine key={each.id} collection={each} answered={null} />
                  ))}
                </ul>
              </Part>
            )}
          </div>
        )}
      </Loaded>
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="kv-stack">
      <h2 className="kv-section-title">{title}</h2>
      {children}
    </section>
  );
}

function OwnLine({ collection, answered }: { collection: Lists['below'][number]; answered: number | null }) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const { unit } = useSession();
  const isDraft = collection.state === 'draft';
  const address = isDraft ? paths.collectionBuilder(unit.id, collection.id) : paths.collection(unit.id, collection.id);
  return (
    <li className="kv-panel kv-collections__line">
      <div>
        <h3>
          <Link to={address}>{collection.title}</Link>
        </h3>
        <p className="kv-muted">
          {answered === null && `${t.askedBy(collection.ownerName)} · `}
          {collection.dueOn ? t.due(formatDate(collection.dueOn)) : t.noDue}
          {answered !== null && !isDraft && ` · ${t.answered(number(answered), number(collection.asked))}`}
        </p>
      </div>
      <div className="kv-row">
        <Tag tone={stateTone[collection.state]}>{t.states[collection.state]}</Tag>
      </div>
      <Link className="kv-button-link kv-button-link--plain" to={address}>
        {isDraft ? t.goOn : t.result} <span className="kv-hidden">: {collection.title}</span>
        <ArrowRight size={16} aria-hidden />
      </Link>
    </li>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { unit } = useSession();
  const navigate = useNavigate();
  const act = useAct();
  const changed = useCollectionChanged();
  const [title, setTitle] = useState('');
  const [isTried, setTried] = useState(false);
  const isShort = title.trim().length < 3;
  const create = async () => {
    setTried(true);
    if (isShort) return;
    const begun = await act(() =>
      api(createCollection, { params: { unitId: unit.id }, body: { title: title.trim() } }),
    );
    if (!begun) return;
    onClose();
    await navigate(paths.collectionBuilder(unit.id, begun.id));
    await changed(begun);
  };
  return (
    <Modal
      open
      title={t.create}
      okText={t.createGo}
      cancelText={general.cancel}
      onOk={() => void create()}
      onCancel={onClose}
    >
      <Labelled label={t.createTitle} hint={t.createHint} error={isTried && isShort ? t.nameShort : null} required>
        {(control) => (
          <Input
            {...control}
            value={title}
            maxLength={300}
            onChange={(event) => setTitle(event.target.value)}
            onPressEnter={() => void create()}
          />
        )}
      </Labelled>
    </Modal>
  );
}
