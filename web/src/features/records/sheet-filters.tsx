import { Filter, X } from 'lucide-react';
import { Checkbox, Popover } from 'antd';
import { useState } from 'react';
import type { Field } from '@khuevan/core/records/field.ts';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Picker } from '../../ui/picker.tsx';
import type { References } from './choices.ts';
import type { FieldFilter } from './sheet-query.ts';
import { useChoices } from './use-choices.ts';

interface SheetFiltersProps {
  fields: Field[];
  filters: Record<string, FieldFilter>;
  references: References;
  onFilter: (key: string, filter: FieldFilter | undefined) => void;
}

const filterable = new Set(['code', 'codes', 'boolean', 'reference']);
const empty = '';

/** One chip for each field that is filtered, and a menu of the fields that can be. */
export function SheetFilters({ fields, filters, references, onFilter }: SheetFiltersProps) {
  const t = useText(recordsText);
  const language = useLanguage();
  const [openKey, setOpenKey] = useState<string | null>(null);
  const offered = fields.filter((field) => filterable.has(field.type));
  if (offered.length === 0) return null;
  // A link may filter by a field that the menu does not offer, such as numbers that are missing.
  const shown = fields.filter((field) => field.key in filters || field.key === openKey);
  return (
    <>
      {shown.map((field) => (
        <FilterChip
          key={field.key}
          field={field}
          filter={filters[field.key]}
          references={references}
          isOpen={openKey === field.key}
          onOpen={(isOpen) => setOpenKey(isOpen ? field.key : null)}
          onChange={(filter) => onFilter(field.key, filter)}
        />
      ))}
      <Picker
        label={t.filter}
        shown={
          <>
            <Filter size={14} aria-hidden /> {t.filter}
          </>
        }
        items={offered
          .filter((field) => !shown.includes(field))
          .map((field) => ({ key: field.key, label: field.label[language] }))}
        onPick={(key) => setTimeout(() => setOpenKey(key), 0)}
      />
    </>
  );
}

interface FilterChipProps {
  field: Field;
  filter: FieldFilter | undefined;
  references: References;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (filter: FieldFilter | undefined) => void;
}

function valuesOf(filter: FieldFilter | undefined): string[] {
  if (filter === undefined) return [];
  if (filter === null) return [empty];
  return typeof filter === 'boolean' ? [String(filter)] : filter;
}

function filterOf(field: Field, values: string[]): FieldFilter | undefined {
  if (values.length === 0) return undefined;
  if (values[0] === empty) return null;
  return field.type === 'boolean' ? values[0] === 'true' : values;
}

function FilterChip({ field, filter, references, isOpen, onOpen, onChange }: FilterChipProps) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const language = useLanguage();
  const label = field.label[language];
  const choices = (useChoices(references)(field, filter) ?? []).map((choice) => ({
    label: choice.label,
    value: field.type === 'boolean' ? String(choice.value) : choice.code,
  }));
  const options = [...choices, { label: t.filterEmpty, value: empty }];
  // A tick shows at once; the address, which decides, follows.
  const [ticked, setTicked] = useState({ filter, values: valuesOf(filter) });
  if (ticked.filter !== filter) setTicked({ filter, values: valuesOf(filter) });
  const chosen = ticked.values;
  const names = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  const choose = (values: string[]) => {
    const last = values.at(-1);
    // Yes, no and empty exclude each other; codes add up, and empty among them stands for "none".
    const next =
      field.type === 'boolean' || last === empty ? values.slice(-1) : values.filter((value) => value !== empty);
    setTicked({ filter, values: next });
    onChange(filterOf(field, next));
  };
  return (
    <span className="kv-row">
      <Popover
        trigger="click"
        open={isOpen}
        onOpenChange={onOpen}
        placement="bottomLeft"
        content={
          <fieldset className="kv-filter-list">
            <legend className="kv-hidden">{t.filterBy(label)}</legend>
            <Checkbox.Group value={chosen} options={options} onChange={(values) => choose(values)} />
          </fieldset>
        }
      >
        <button type="button" className={`kv-chip ${names.length > 0 ? 'kv-chip--on' : ''}`} aria-expanded={isOpen}>
          {label}
          {names.length > 0 ? `: ${names.length > 2 ? `${names[0]}, +${names.length - 1}` : names.join(', ')}` : ''}
        </button>
      </Popover>
      {filter !== undefined && (
        <button
          type="button"
          className="kv-chip kv-chip--icon"
          aria-label={t.removeFilter(label)}
          title={general.clear}
          onClick={() => onChange(undefined)}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
