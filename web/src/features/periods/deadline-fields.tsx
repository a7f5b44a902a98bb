import { Plus, X } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import type { Deadline } from '@khuevan/core/contract/periods.ts';
import { periodsText } from '../../text/periods.ts';
import { useReading, useText } from '../../text/words.ts';
import { DayField } from '../../ui/day-field.tsx';
import { formatDate } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import {
  type DeadlineDraft,
  type DeadlineFault,
  type DeadlineKind,
  type GroupLine,
  latestOf,
  newLine,
  type SchoolGroup,
  schoolGroups,
} from './deadline-draft.ts';

interface DeadlineFieldsProps {
  tiers: readonly DeadlineKind[];
  draft: DeadlineDraft;
  onChange: (draft: DeadlineDraft) => void;
  faults: ReadonlyMap<string, string>;
  /** Whose days may only be made earlier, where the period is another unit's. */
  owner?: { name: string; deadlines: readonly Deadline[] };
}

/** A day for each kind of unit, and for groups of schools that have another. */
export function DeadlineFields({ tiers, draft, onChange, faults, owner }: DeadlineFieldsProps) {
  const t = useText(periodsText);
  const sentence = (place: string) => {
    const fault = faults.get(place) as DeadlineFault | undefined;
    return (
      fault &&
      { day: t.dayWrong, outside: t.deadlineOutside, later: t.deadlineLater(owner?.name ?? ''), groups: t.groupsNone }[
        fault
      ]
    );
  };
  const hintOf = (tier: DeadlineKind) => {
    const day = owner && latestOf(owner.deadlines, tier, '*');
    return owner && (day ? t.deadlineOfOwner(owner.name, formatDate(day)) : t.deadlineNoneOfOwner(owner.name));
  };
  const changeLine = (line: GroupLine) =>
    onChange({ ...draft, lines: draft.lines.map((each) => (each.key === line.key ? line : each)) });
  return (
    <>
      <div className="kv-period-form__days">
        {tiers.map((tier) => (
          <Labelled key={tier} label={t.deadlineOf[tier]} hint={hintOf(tier)} error={sentence(tier)}>
            {(control) => (
              <DayField
                {...control}
                text={draft.kinds[tier]}
                calendarLabel={t.calendar}
                onText={(text) => onChange({ ...draft, kinds: { ...draft.kinds, [tier]: text } })}
              />
            )}
          </Labelled>
        ))}
      </div>
      {draft.lines.map((line, index) => (
        <GroupFields
          key={line.key}
          number={index + 1}
          line={line}
          taken={draft.lines.filter((each) => each.key !== line.key).flatMap(({ groups }) => groups)}
          error={sentence(line.key)}
          onChange={changeLine}
          onRemove={() => onChange({ ...draft, lines: draft.lines.filter((each) => each.key !== line.key) })}
        />
      ))}
      <div>
        <Button
          icon={<Plus size={15} aria-hidden />}
          onClick={() => onChange({ ...draft, lines: [...draft.lines, newLine()] })}
        >
          {t.groupAdd}
        </Button>
      </div>
    </>
  );
}

interface GroupFieldsProps {
  number: number;
  line: GroupLine;
  /** Groups of the other lines: a group has one day. */
  taken: readonly SchoolGroup[];
  error: string | undefined;
  onChange: (line: GroupLine) => void;
  onRemove: () => void;
}

function GroupFields({ number, line, taken, error, onChange, onRemove }: GroupFieldsProps) {
  const t = useText(periodsText);
  const read = useReading();
  const [isNew] = useState(line.groups.length === 0);
  const chosen = schoolGroups.filter(({ code }) => line.groups.includes(code));
  return (
    <fieldset className="kv-deadline-line">
      <legend className="kv-field__label">{t.groupLine(number)}</legend>
      <div className="kv-deadline-line__day">
        <Labelled label={t.groupDay} error={error}>
          {(control) => (
            <DayField
              {...control}
              text={line.day}
              calendarLabel={t.calendar}
              onText={(day) => onChange({ ...line, day })}
            />
          )}
        </Labelled>
        <Button icon={<X size={16} aria-hidden />} aria-label={t.groupRemove(number)} onClick={onRemove} />
      </div>
      <details className="kv-deadline-line__groups" open={isNew}>
        <summary>{chosen.length === 0 ? t.groupsChoose : chosen.map((group) => read(group)).join(', ')}</summary>
        <div className="kv-deadline-line__choices">
          {schoolGroups.map((group) => (
            <label key={group.code} className="kv-toggle">
              <input
                type="checkbox"
                checked={line.groups.includes(group.code)}
                disabled={taken.includes(group.code)}
                onChange={(event) =>
                  onChange({
                    ...line,
                    groups: event.target.checked
                      ? [...line.groups, group.code]
                      : line.groups.filter((code) => code !== group.code),
                  })
                }
              />{' '}
              {read(group)}
            </label>
          ))}
        </div>
      </details>
    </fieldset>
  );
}
