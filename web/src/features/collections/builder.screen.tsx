import './collections.css';
import { useState } from 'react';
import { Button, Input } from 'antd';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { definition as definitionShape, findDefinitionFaults } from '@khuevan/core/collections/definition.ts';
import { emptyContent } from '@khuevan/core/collections/content.ts';
import { changeCollection, deleteCollection } from '@khuevan/core/contract/collections.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { formatDate } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { AnswerTable } from './answer-table.tsx';
import { AudiencePanel } from './audience-panel.tsx';
import { beginBuilding, endBuilding } from './builder-form.ts';
import { FormPanel } from './builder-lines.tsx';
import { type Building, type Built, useBuilding } from './building.ts';
import { type Collection, useAct, useCollection, useCollectionChanged } from './collection-data.ts';
import { stateTone } from './looks.ts';
import { PublishPanel } from './publish-panel.tsx';

/** A small form is built: what is asked, in which cells, of whom, until when. */
export function Component() {
  const t = useText(collectionsText);
  const { unit, may } = useSession();
  const { collectionId = '' } = useParams();
  const collection = useCollection(collectionId);
  return (
    <Loaded query={collection}>
      {(found) => {
        if (found.ownerId !== unit.id || !may('collections.write') || found.state === 'closed')
          return <Navigate to={paths.collection(unit.id, found.id)} replace />;
        if (found.hasAnswers)
          return (
            <div className="kv-stack">
              <PageHeader title={found.title} />
              <div className="kv-note kv-note--warn">{t.settled}</div>
              <Link to={paths.collection(unit.id, found.id)}>{t.result}</Link>
            </div>
          );
        return <Builder key={`${found.id} ${found.state}`} collection={found} />;
      }}
    </Loaded>
  );
}

const builtOf = (collection: Collection): Built => ({
  title: collection.title,
  purpose: collection.purpose,
  due: collection.dueOn ? formatDate(collection.dueOn) : '',
  form: beginBuilding(collection.definition),
  audience: collection.audience,
});

function Builder({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const { me } = useSession();
  const [built, setBuilt] = useState(() => builtOf(collection));
  const building = useBuilding(collection);
  const isDraft = collection.state === 'draft';
  const change = (values: Partial<Built>) => {
    const next = { ...built, ...values };
    setBuilt(next);
    if (isDraft) building.type(next);
  };
  // Of a published form what stands there stays; new lines are free.
  const fixed = new Set(
    isDraft ? [] : [...collection.definition.columns, ...collection.definition.rows].map((each) => each.key),
  );
  const dueOn = parseDate(built.due);
  const isDueWrong = built.due !== '' && (dueOn === null || dueOn < me.today);
  return (
    <div className="kv-stack kv-builder">
      <PageHeader
        title={built.title || t.title}
        beside={<Tag tone={stateTone[collection.state]}>{t.states[collection.state]}</Tag>}
        sub={isDraft ? t.sub : t.openNote}
        actions={isDraft && <Discard collection={collection} building={building} />}
      />
      <Trouble building={building} />
      <section className="kv-panel" aria-labelledby="builder-about">
        <h2 id="builder-about">{t.about}</h2>
        <div className="kv-form">
          <Labelled label={t.createTitle} error={built.title.trim().length < 3 ? t.nameShort : null} required>
            {(control) => (
              <Input
                {...control}
                value={built.title}
                maxLength={300}
                onChange={(event) => change({ title: event.target.value })}
              />
            )}
          </Labelled>
          <Labelled label={t.purpose} hint={t.purposeHint}>
            {({ status: _, ...control }) => (
              <Input.TextArea
                {...control}
                rows={3}
                value={built.purpose}
                maxLength={5000}
                onChange={(event) => change({ purpose: event.target.value })}
              />
            )}
          </Labelled>
          {isDraft && (
            <Labelled label={t.dueOn} hint={t.dueHint} error={isDueWrong ? t.dueWrong : null} required>
              {(control) => (
                <DayField {...control} text={built.due} calendarLabel={t.calendar} onText={(due) => change({ due })} />
              )}
            </Labelled>
          )}
        </div>
      </section>
      <FormPanel form={built.form} fixed={fixed} isDraft={isDraft} onChange={(form) => change({ form })} />
      <section className="kv-panel kv-stack" aria-labelledby="builder-preview">
        <h2 id="builder-preview">{t.preview}</h2>
        <p className="kv-muted">{t.previewHint}</p>
        <AnswerTable
          form={endBuilding(built.form)}
          content={built.form.shape === 'list' ? { cells: {}, rows: [{}, {}] } : emptyContent}
          isReadOnly
          isTried={false}
        />
      </section>
      {isDraft ? (
        <>
          <AudiencePanel
            audience={built.audience}
            areas={collection.areas}
            onChange={(audience) => change({ audience })}
          />
          <PublishPanel collection={collection} built={built} building={building} />
        </>
      ) : (
        <SaveChanges collection={collection} built={built} />
      )}
    </div>
  );
}

function Trouble({ building }: { building: Building }) {
  const t = useText(collectionsText);
  if (building.isStale)
    return (
      <div className="kv-note kv-note--bad" role="alert">
        {t.staleForm}
      </div>
    );
  if (building.state === 'held') return <div className="kv-note kv-note--warn">{t.held}</div>;
  return building.refusal ? <ProblemView error={building.refusal} /> : null;
}

function Discard({ collection, building }: { collection: Collection; building: Building }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { unit } = useSession();
  const navigate = useNavigate();
  const act = useAct();
  const changed = useCollectionChanged();
  const [isAsking, setAsking] = useState(false);
  const discard = async () => {
    building.stop();
    const params = { unitId: unit.id, collectionId: collection.id };
    if (!(await act(() => api(deleteCollection, { params })))) return;
    await navigate(paths.collections(unit.id));
    await changed();
  };
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {t.discard}
      </Button>
      {isAsking && (
        <Confirm
          title={t.discard}
          confirm={general.remove}
          cancel={general.cancel}
          danger
          onConfirm={discard}
          onClose={() => setAsking(false)}
        >
          <p>{t.discardNote}</p>
        </Confirm>
      )}
    </>
  );
}

function SaveChanges({ collection, built }: { collection: Collection; built: Built }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { unit } = useSession();
  const navigate = useNavigate();
  const act = useAct();
  const changed = useCollectionChanged();
  const form = endBuilding(built.form);
  const isSound =
    built.title.trim().length >= 3 &&
    definitionShape.safeParse(form).success &&
    findDefinitionFaults(form).length === 0;
  const save = async () => {
    const params = { unitId: unit.id, collectionId: collection.id };
    const body = { version: collection.version, title: built.title.trim(), purpose: built.purpose, definition: form };
    const saved = await act(() => api(changeCollection, { params, body }));
    if (!saved) return;
    notify(t.changed);
    await changed(saved);
    await navigate(paths.collection(unit.id, collection.id));
  };
  return (
    <div className="kv-row">
      <Button type="primary" size="large" disabled={!isSound} onClick={() => void save()}>
        {general.save}
      </Button>
      <Link to={paths.collection(unit.id, collection.id)}>{general.back}</Link>
    </div>
  );
}
