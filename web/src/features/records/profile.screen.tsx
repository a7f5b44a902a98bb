import './sheet.css';
import { Award } from 'lucide-react';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Field } from '@khuevan/core/records/field.ts';
import { fieldOf, fieldsFor, levelsAsked } from '@khuevan/core/records/kinds.ts';
import { profile } from '@khuevan/core/records/profile.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useReading, useText } from '../../text/words.ts';
import { Busy } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { FieldControl } from './field-control.tsx';
import { RecogniseDialog } from './recognise-dialog.tsx';
import type { SheetRow } from './sheet-rows.ts';
import type { SheetStore } from './sheet-store.ts';
import { useProfile } from './use-profile.ts';

const contactKeys = ['headName', 'headPhone', 'phone', 'email', 'address'];

function sectionsFor(levels: readonly string[] | null): { key: 'about' | 'head' | 'flags'; fields: Field[] }[] {
  const fields = fieldsFor(profile, levels);
  return [
    { key: 'about', fields: fields.filter((field) => field.type !== 'boolean' && !contactKeys.includes(field.key)) },
    { key: 'head', fields: contactKeys.map((key) => fieldOf(profile, key)) },
    { key: 'flags', fields: fields.filter((field) => field.type === 'boolean') },
  ];
}

/** The profile of the school in one school year: a form that saves as it is filled in. */
export function Component() {
  const t = useText(recordsText);
  const general = useText(generalText);
  const { may } = useSession();
  const { store, state, reload } = useProfile();
  const [isRecognising, setRecognising] = useState(false);
  const [row] = state.rows;
  return (
    <>
      <PageHeader
        title={t.profileTitle}
        sub={t.profileSub(profile.source)}
        actions={
          may('recognitions.write') && (
            <Button icon={<Award size={16} />} onClick={() => setRecognising(true)}>
              {t.recognise}
            </Button>
          )
        }
      />
      {state.error ? <ProblemView error={state.error} onRetry={reload} /> : !row && <Busy>{general.loading}</Busy>}
      {row && <ProfileForm row={row} store={store} isKept={state.isKept} />}
      {isRecognising && (
        <RecogniseDialog
          onDone={() => {
            setRecognising(false);
            reload();
          }}
          onClose={() => setRecognising(false)}
        />
      )}
    </>
  );
}

function ProfileForm({ row, store, isKept }: { row: SheetRow; store: SheetStore; isKept: boolean }) {
  const t = useText(recordsText);
  const read = useReading();
  const { may, unit } = useSession();
  const [isComparing, setComparing] = useState(false);
  const [search] = useSearchParams();
  const linked = search.get('field');
  const mayWrite = may('records.write');
  useEffect(() => {
    const place = linked && document.querySelector(`[data-field="${CSS.escape(linked)}"]`);
    if (!place) return;
    place.scrollIntoView({ block: 'center' });
    place.querySelector<HTMLElement>('input, select')?.focus();
  }, [linked]);
  return (
    <div className="kv-stack">
      {!mayWrite && <p className="kv-muted">{t.readOnlyNotice}</p>}
      {!isKept && <Failure>{t.notKept}</Failure>}
      {row.refusal && <Failure title={t.refusedRow}>{read(row.refusal.text)}</Failure>}
      {row.conflict && (
        <Failure
          title={t.conflictTitle}
          action={
            <Button size="small" onClick={() => setComparing(true)}>
              {t.conflictCompare}
            </Button>
          }
        >
          {t.conflictHelp}
        </Failure>
      )}
      {sectionsFor(levelsAsked(unit)).map((section) => (
        <section key={section.key} className="kv-panel" aria-labelledby={`profile-${section.key}`}>
          <h2 id={`profile-${section.key}`}>{t.profileSections[section.key]}</h2>
          <div className="kv-record-form">
            {section.fields.map((field) => (
              <div key={field.key} data-field={field.key}>
                <FieldControl
                  row={row}
                  field={field}
                  references={{}}
                  isLocked={!mayWrite || field.readOnly === true}
                  lockedHint={field.readOnly ? t.setByOffice : undefined}
                  onChange={(changes) => store.change(changes)}
                />
              </div>
            ))}
          </div>
        </section>
      ))}
      {isComparing && row.conflict && (
        <ConflictDialog
          kind={profile}
          row={row}
          onSettle={(mine) => {
            store.settle(row.id, mine);
            setComparing(false);
          }}
          onClose={() => setComparing(false)}
        />
      )}
    </div>
  );
}
