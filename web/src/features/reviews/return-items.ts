import { isReason } from '../../ui/reason.ts';

/** One thing that the unit has to answer, as it is written in the dialog. */
export interface ReturnItem {
  key: string;
  cell: string | null;
  text: string;
}

interface WrittenRemark {
  id: string;
  cell: string | null;
  text: string;
  isWorkItem: boolean;
  resolvedAt: string | null;
  submissionNo: number | null;
}

/** The remarks on a submission that nobody has settled, as items of its return. */
export function itemsFrom(remarks: readonly WrittenRemark[], submissionNo: number): ReturnItem[] {
  return remarks
    .filter((remark) => !remark.isWorkItem && remark.resolvedAt === null && remark.submissionNo === submissionNo)
    .map((remark) => ({ key: remark.id, cell: remark.cell, text: remark.text }));
}

interface SentReason {
  findingKey: string;
  message?: { vi: string; en: string } | undefined;
  decision: { kind: 'accepted' | 'refused'; note: string | null } | null;
}

/** Refused reasons, each as an item of the return: what is asked, and of which warning. */
export function itemsOfRefusals(
  explanations: readonly SentReason[],
  isCell: (cell: string) => boolean,
  say: (note: string, message: string) => string,
): ReturnItem[] {
  return explanations.flatMap(({ findingKey, message, decision }) => {
    if (decision?.kind !== 'refused') return [];
    const place = findingKey.slice(findingKey.indexOf(':') + 1);
    const text = say(decision.note ?? '', message?.vi ?? findingKey);
    return [{ key: findingKey, cell: isCell(place) ? place : null, text }];
  });
}

export interface ReturnFaults {
  reason: boolean;
  due: 'wrong' | 'past' | null;
  items: ReadonlySet<string>;
}

/** What the server would refuse. `due` is an ISO day or null where it cannot be read. */
export function returnFaults(
  draft: { reason: string; due: string | null; items: readonly ReturnItem[] },
  today: string,
): ReturnFaults | null {
  const faults = {
    reason: !isReason(draft.reason),
    due: draft.due === null ? ('wrong' as const) : draft.due < today ? ('past' as const) : null,
    items: new Set(draft.items.filter((item) => !isReason(item.text)).map((item) => item.key)),
  };
  return faults.reason || faults.due || faults.items.size > 0 ? faults : null;
}

/** The day that the period gives for sending again, where it has not passed; else half a week. */
export function proposedDue(
  today: string,
  addDays: (day: string, days: number) => string,
  resendBy: string | null,
): string {
  return resendBy !== null && resendBy >= today ? resendBy : addDays(today, 3);
}
