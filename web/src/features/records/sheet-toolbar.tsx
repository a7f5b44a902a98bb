import { Redo2, TriangleAlert, Undo2 } from 'lucide-react';
import { Button, Checkbox, Input, Popover } from 'antd';
import { useState } from 'react';
import type { Field } from '@khuevan/core/records/field.ts';
import { formatDate, parseDate, startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { Picker } from '../../ui/picker.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import type { References } from './choices.ts';
import { SheetFilters } from './sheet-filters.tsx';
import type { FieldFilter, QueryChange, SheetQuery } from './sheet-query.ts';

interface SheetToolbarProps {
  fields: Field[];
  shownKeys: string[];
  query: SheetQuery;
  references: References;
  canUndo: boolean;
  canRedo: boolean;
  mayWrite: boolean;
  isNarrow: boolean;
  onQuery: (change: QueryChange) => void;
  onFilter: (key: string, filter: FieldFilter | undefined) => void;
  onColumns: (keys: string[] | null) => void;
  onUndo: () => void;
  onRedo: () => void;
}

export function SheetToolbar({
  fields,
  shownKeys,
  query,
  references,
  canUndo,
  canRedo,
  mayWrite,
  isNarrow,
  onQuery,
  onFilter,
  onColumns,
  onUndo,
  onRedo,
}: SheetToolbarProps) {
  const t = useText(recordsText);
  const hasSpells = fields.some((field) => field.key === 'enteredOn');
  const isSearchable = fields.some((field) => field.type === 'name' || field.type === 'text');
  return (
    <div className="kv-sheet-tools" role="toolbar" aria-label={t.filter}>
      {isSearchable && (
        <SearchInput
          value={query.search}
          label={t.searchLabel}
          hint={t.searchHint}
          onSearch={(search) => onQuery({ search })}
        />
      )}
      <SheetFilters fields={fields} filters={query.filters} references={references} onFilter={onFilter} />
      <button
        type="button"
        className="kv-chip"
        aria-pressed={query.withFindings}
        onClick={() => onQuery({ withFindings: !query.withFindings })}
      >
        <TriangleAlert size={14} aria-hidden /> {t.withFindings}
      </button>
      {hasSpells && <PresentOn day={query.presentOn} onDay={(presentOn) => onQuery({ presentOn })} />}
      {!isNarrow && <ColumnChooser fields={fields} shownKeys={shownKeys} onColumns={onColumns} />}
      {mayWrite && !isNarrow && (
        <>
          <Button icon={<Undo2 size={16} />} aria-label={t.undo} title={t.undo} disabled={!canUndo} onClick={onUndo} />
          <Button icon={<Redo2 size={16} />} aria-label={t.redo} title={t.redo} disabled={!canRedo} onClick={onRedo} />
        </>
      )}
    </div>
  );
}

/** Students and staff come and go: the sheet may show those who were there on one day. */
function PresentOn({ day, onDay }: { day: string | null; onDay: (day: string | null) => void }) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const { me, schoolYear } = useSession();
  const [isAsking, setAsking] = useState(false);
  const [text, setText] = useState('');
  const start = startOfYearAsOf(schoolYear);
  const parsed = parseDate(text);
  const items = [
    { key: 'any', label: t.presentAny },
    { key: me.today, label: t.presentToday },
    { key: start, label: t.presentStart(formatDate(start)) },
    { key: 'other', label: t.presentOther },
  ];
  return (
    <Popover
      open={isAsking}
      onOpenChange={(isOpen) => !isOpen && setAsking(false)}
      trigger="click"
      placement="bottomLeft"
      content={
        <form
          className="kv-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!parsed) return;
            onDay(parsed);
            setAsking(false);
          }}
        >
          <Labelled label={t.presentOn} hint={t.dayHint} error={text.length >= 8 && !parsed ? t.dayWrong : null}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                placeholder="30/09/2024"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Labelled>
          <Button type="primary" htmlType="submit" disabled={!parsed}>
            {general.confirm}
          </Button>
        </form>
      }
    >
      <span>
        <Picker
          label={t.presentOn}
          shown={day ? `${t.presentOn} ${formatDate(day)}` : t.presentAny}
          items={items}
          selected={[day ?? 'any']}
          className={day ? 'kv-chip--on' : ''}
          onPick={(key) => (key === 'other' ? setTimeout(() => setAsking(true), 0) : onDay(key === 'any' ? null : key))}
        />
      </span>
    </Popover>
  );
}

function ColumnChooser({
  fields,
  shownKeys,
  onColumns,
}: {
  fields: Field[];
  shownKeys: string[];
  onColumns: (keys: string[] | null) => void;
}) {
  const t = useText(recordsText);
  const language = useLanguage();
  const [lead, ...others] = fields;
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <div className="kv-stack">
          <div className="kv-row">
            <Button size="small" onClick={() => onColumns(null)}>
              {t.columnsDefault}
            </Button>
            <Button size="small" onClick={() => onColumns(fields.map((field) => field.key))}>
              {t.columnsAll}
            </Button>
          </div>
          <fieldset className="kv-filter-list">
            <legend className="kv-hidden">{t.columns}</legend>
            <Checkbox.Group
              value={shownKeys}
              options={others.map((field) => ({ label: field.label[language], value: field.key }))}
              onChange={(keys) => onColumns([lead!.key, ...keys])}
            />
          </fieldset>
        </div>
      }
    >
      <button type="button" className="kv-chip">
        {t.columns}
      </button>
    </Popover>
  );
}
