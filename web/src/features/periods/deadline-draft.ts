import { levelGroup } from '@khuevan/core/codes/levels.ts';
import type { Deadline } from '@khuevan/core/contract/periods.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { newId } from '../../new-id.ts';
import { formatDate } from '../../ui/format.ts';

export type DeadlineKind = Deadline['unitKind'];
export const deadlineKinds: readonly DeadlineKind[] = ['school', 'commune', 'district', 'province'];

export type SchoolGroup = Exclude<Deadline['levelGroup'], '*'>;
export const schoolGroups = levelGroup.entries;

/** Schools of some groups, with a day of their own. */
export interface GroupLine {
  key: string;
  groups: SchoolGroup[];
  day: string;
}

/** What is typed: days as text. */
export interface DeadlineDraft {
  kinds: Record<DeadlineKind, string>;
  lines: GroupLine[];
}

export const newLine = (): GroupLine => ({ key: newId(), groups: [], day: '' });

/** Groups that share a day stand on one line. */
export function draftOf(
  deadlines: ReadonlyArray<Pick<Deadline, 'unitKind' | 'dueOn'> & Partial<Deadline>>,
): DeadlineDraft {
  const draft: DeadlineDraft = { kinds: { school: '', commune: '', district: '', province: '' }, lines: [] };
  for (const { unitKind, levelGroup: group = '*', dueOn } of deadlines) {
    const day = formatDate(dueOn);
    if (group === '*') draft.kinds[unitKind] = day;
    else {
      const line = draft.lines.find((each) => each.day === day);
      if (line) line.groups.push(group);
      else draft.lines.push({ key: newId(), groups: [group], day });
    }
  }
  return draft;
}

/** What is said, where every day can be read. */
export function deadlinesOf({ kinds, lines }: DeadlineDraft): Deadline[] {
  const of = (day: string, unitKind: DeadlineKind, groups: Array<Deadline['levelGroup']>): Deadline[] => {
    const dueOn = parseDate(day);
    return dueOn === null ? [] : groups.map((group) => ({ unitKind, levelGroup: group, dueOn }));
  };
  return [
    ...deadlineKinds.flatMap((kind) => of(kinds[kind], kind, ['*'])),
    ...lines.flatMap(({ day, groups }) => of(day, 'school', groups)),
  ];
}

export type DeadlineFault = 'day' | 'outside' | 'later' | 'groups';

interface Bounds {
  opensOn: string | null;
  closesOn: string | null;
  /** Of the owner of the period: a province sets no later ones. */
  latest?: readonly Deadline[];
}

/** What the server would refuse, by kind of unit or key of a line. */
export function findDeadlineFaults(
  { kinds, lines }: DeadlineDraft,
  { opensOn, closesOn, latest = [] }: Bounds,
): Map<string, DeadlineFault> {
  const faultOf = (text: string, unitKind: DeadlineKind, group: Deadline['levelGroup']): DeadlineFault | null => {
    const day = parseDate(text);
    if (day === null) return 'day';
    if ((opensOn && day < opensOn) || (closesOn && day > closesOn)) return 'outside';
    const before = latestOf(latest, unitKind, group);
    return before !== undefined && day > before ? 'later' : null;
  };
  const faults = new Map<string, DeadlineFault>();
  for (const kind of deadlineKinds) {
    const fault = kinds[kind].trim() === '' ? null : faultOf(kinds[kind], kind, '*');
    if (fault) faults.set(kind, fault);
  }
  for (const { key, groups, day } of lines) {
    const [fault] =
      groups.length === 0 ? ['groups' as const] : groups.flatMap((group) => faultOf(day, 'school', group) ?? []);
    if (fault) faults.set(key, fault);
  }
  return faults;
}

/** By when the owner of the period asks a group: by its own day, else by that of its kind. */
export function latestOf(
  deadlines: readonly Deadline[],
  unitKind: DeadlineKind,
  group: Deadline['levelGroup'],
): string | undefined {
  const of = (wanted: string) =>
    deadlines.find((each) => each.unitKind === unitKind && each.levelGroup === wanted)?.dueOn;
  return of(group) ?? of('*');
}

interface Deadlines {
  deadlines: readonly Deadline[];
  localDeadlines: ReadonlyArray<Deadline & { ownerName: string }>;
}

/** By when units of each kind are asked that are in no group with a day of its own: the earliest of the days set above them. */
export function daysOfKinds({
  deadlines,
  localDeadlines,
}: Deadlines): Array<{ unitKind: DeadlineKind; dueOn: string }> {
  return deadlineKinds.flatMap((unitKind) => {
    const [dueOn] = [...deadlines, ...localDeadlines]
      .flatMap((each) => (each.unitKind === unitKind && each.levelGroup === '*' ? each.dueOn : []))
      .toSorted();
    return dueOn === undefined ? [] : { unitKind, dueOn };
  });
}

export interface DeadlineLine {
  unitKind: DeadlineKind;
  /** None: every unit of the kind that has no day of its own. */
  groups: SchoolGroup[];
  dueOn: string;
  /** Who set it within another's period. */
  ownerName: string | null;
}

/** Deadlines to be read: those of one kind and day on one line. */
export function linesOf(period: Deadlines): DeadlineLine[] {
  const lines: DeadlineLine[] = [];
  const all = [...period.deadlines.map((each) => ({ ...each, ownerName: null })), ...period.localDeadlines];
  for (const { unitKind, levelGroup: group, dueOn, ownerName } of all) {
    if (group === '*') {
      lines.push({ unitKind, groups: [], dueOn, ownerName });
      continue;
    }
    const line = lines.find((each) => each.groups.length > 0 && each.dueOn === dueOn && each.ownerName === ownerName);
    if (line) line.groups.push(group);
    else lines.push({ unitKind, groups: [group], dueOn, ownerName });
  }
  return lines;
}
