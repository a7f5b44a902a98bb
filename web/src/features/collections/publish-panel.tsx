import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { findDefinitionFaults } from '@khuevan/core/collections/definition.ts';
import { publishCollection } from '@khuevan/core/contract/collections.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useReading, useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { useAddressees } from './audience-panel.tsx';
import { endBuilding } from './builder-form.ts';
import type { Building, Built } from './building.ts';
import { type Collection, useCollectionChanged } from './collection-data.ts';

interface PublishPanelProps {
  collection: Collection;
  built: Built;
  building: Building;
}

/** What still stands against publishing; then the publishing. */
export function PublishPanel({ collection, built, building }: PublishPanelProps) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const read = useReading();
  const { number } = useFormat();
  const { me, unit } = useSession();
  const navigate = useNavigate();
  const changed = useCollectionChanged();
  const notifyProblem = useNotifyProblem();
  const receivers = useAddressees(built.audience, 1).data?.total;
  const [isAsking, setAsking] = useState(false);
  const dueOn = parseDate(built.due);
  const form = endBuilding(built.form);
  const isNameless = [...form.columns, ...form.rows].some((each) => each.label.trim() === '');
  const faults = [
    ...(built.title.trim().length < 3 || isNameless ? [t.nameShort] : []),
    ...findDefinitionFaults(form).map((each) => read(each.text)),
    ...(dueOn === null || dueOn < me.today ? [built.due === '' ? t.notDated : t.dueWrong] : []),
    ...(receivers === 0 ? [t.receiversNone] : []),
  ];
  const publish = async () => {
    try {
      const version = await building.flush();
      if (version === null) throw building.refusal ?? new Error('unsaved');
      const params = { unitId: unit.id, collectionId: collection.id };
      const published = await api(publishCollection, { params, body: { version } });
      notify(t.published(number(published.asked)));
      await navigate(paths.collection(unit.id, collection.id));
      await changed(published);
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
  };
  return (
    <section className="kv-panel kv-stack" aria-labelledby="builder-publish">
      <h2 id="builder-publish">{t.publishPart}</h2>
      {faults.length === 0 ? (
        <p className="kv-row kv-good">
          <CircleCheck size={16} aria-hidden /> {t.ready}
        </p>
      ) : (
        <div>
          <p className="kv-row kv-warn">
            <TriangleAlert size={16} aria-hidden /> {t.faults}
          </p>
          <ul className="kv-collections__faults">
            {faults.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="kv-muted">{t.publishNote}</p>
      <div className="kv-row">
        <Button
          type="primary"
          size="large"
          disabled={faults.length > 0 || receivers === undefined}
          onClick={() => setAsking(true)}
        >
          {t.publish}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t.publishTitle(number(receivers ?? 0))}
          confirm={t.publish}
          cancel={general.cancel}
          onConfirm={publish}
          onClose={() => setAsking(false)}
        >
          <p>{t.publishNote}</p>
        </Confirm>
      )}
    </section>
  );
}
