import { z } from 'zod';
import type { Text } from '../records/field.ts';
import { formatDate } from '../vietnam/dates.ts';

/**
 * What the program tells units about their reports, on the screen and by e-mail: numbers, names of forms and units, days. Nothing
 * of a pupil or of staff goes into a notice, because letters leave the system.
 */
const deadline = z.object({
  periodName: z.string(),
  dueOn: z.iso.date(),
  /** On the day the notice was written; negative after the deadline. */
  daysLeft: z.number().int(),
  forms: z.array(z.string()),
});

const nudge = z.object({
  periodName: z.string(),
  forms: z.array(z.string()),
  dueOn: z.iso.date().nullable(),
  fromUnit: z.string(),
  fromName: z.string(),
  text: z.string(),
});

export const digest = z.object({
  day: z.iso.date(),
  due: z.number(),
  nextDueOn: z.iso.date().nullable(),
  late: z.number(),
  returned: z.number(),
  supplement: z.number(),
  waiting: z.number(),
  toReview: z.number(),
  /** How many days the oldest of them has waited. */
  reviewDays: z.number().nullable(),
  belowOwing: z.number(),
  belowLate: z.number(),
});
export type Digest = z.output<typeof digest>;

export const noticeContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deadline'), content: deadline }),
  z.object({ kind: z.literal('nudge'), content: nudge }),
  z.object({ kind: z.literal('digest'), content: digest }),
]);
export type NoticeContent = z.output<typeof noticeContent>;

/** Days from the deadline on which units that have not sent are reminded, where a period says nothing else. Negative is before. */
export const usualReminderDays: readonly number[] = [-7, -3, -1, 1, 3, 7];

export interface SaidNotice {
  title: Text;
  /** Line by line. */
  body: Text[];
}

export function sayNotice(notice: NoticeContent): SaidNotice {
  switch (notice.kind) {
    case 'deadline':
      return sayDeadline(notice.content);
    case 'nudge':
      return sayNudge(notice.content);
    case 'digest':
      return { title: sayDigestTitle(notice.content), body: sayDigest(notice.content) };
  }
}

function sayDeadline({ periodName, dueOn, daysLeft, forms }: z.output<typeof deadline>): SaidNotice {
  const list = forms.join(', ');
  const day = formatDate(dueOn);
  const title =
    daysLeft > 0
      ? { vi: `Còn ${daysLeft} ngày đến hạn: ${periodName}`, en: `${daysLeft} days to the deadline: ${periodName}` }
      : daysLeft === 0
        ? { vi: `Hôm nay hết hạn: ${periodName}`, en: `The deadline is today: ${periodName}` }
        : { vi: `Đã quá hạn ${-daysLeft} ngày: ${periodName}`, en: `${-daysLeft} days late: ${periodName}` };
  const first = {
    vi: `Đơn vị chưa gửi biểu ${list}. Hạn là hết ngày ${day}.`,
    en: `The unit has not sent form ${list}. The deadline is the end of ${day}.`,
  };
  const after = {
    vi: 'Nếu chưa gửi được, đơn vị nêu lý do chậm và ngày dự kiến gửi ở mục Báo cáo.',
    en: 'If it cannot be sent yet, state the reason and the day it will be sent, under Reports.',
  };
  return { title, body: daysLeft < 0 ? [first, after] : [first] };
}

function sayNudge({ periodName, forms, dueOn, fromUnit, fromName, text }: z.output<typeof nudge>): SaidNotice {
  const list = forms.join(', ');
  const due = dueOn && formatDate(dueOn);
  return {
    title: { vi: `${fromUnit} nhắc gửi báo cáo: ${periodName}`, en: `${fromUnit} asks for the report: ${periodName}` },
    body: [
      { vi: text, en: text },
      {
        vi: `Biểu chưa gửi: ${list}${due ? `; hạn ${due}` : ''}. Người nhắc: ${fromName}.`,
        en: `Not sent: form ${list}${due ? `; due ${due}` : ''}. Asked by ${fromName}.`,
      },
    ],
  };
}

const sayDigestTitle = ({ day }: Digest): Text => ({
  vi: `Tóm tắt cho thủ trưởng, ngày ${formatDate(day)}`,
  en: `Summary for the head of the unit, ${formatDate(day)}`,
});

/** Only what there is: a line for each number that is not nothing. */
export function sayDigest(figures: Digest): Text[] {
  const { due, nextDueOn, late, returned, supplement, waiting, toReview, reviewDays, belowOwing, belowLate } = figures;
  const next = nextDueOn ? formatDate(nextDueOn) : '';
  const lines: Array<[count: number, text: Text]> = [
    [late, { vi: `${late} biểu đã quá hạn chưa gửi`, en: `${late} forms are past their deadline and not sent` }],
    [returned, { vi: `${returned} biểu bị trả về`, en: `${returned} forms were returned` }],
    [
      supplement,
      {
        vi: `${supplement} biểu cần bổ sung ô mới của biểu`,
        en: `${supplement} forms need the cells that were added to them`,
      },
    ],
    [due, { vi: `${due} biểu phải gửi, hạn gần nhất ${next}`, en: `${due} forms are due, the next on ${next}` }],
    [
      waiting,
      { vi: `${waiting} biểu đã gửi, đang chờ cấp trên duyệt`, en: `${waiting} forms are sent and wait for review` },
    ],
    [
      toReview,
      {
        vi: `${toReview} biểu chờ đơn vị mình duyệt, lâu nhất ${reviewDays ?? 0} ngày`,
        en: `${toReview} forms wait for review here, the longest for ${reviewDays ?? 0} days`,
      },
    ],
    [
      belowOwing,
      {
        vi: `${belowOwing} biểu của các trường trực thuộc chưa gửi, trong đó ${belowLate} đã quá hạn`,
        en: `${belowOwing} forms of schools below are not sent, ${belowLate} of them late`,
      },
    ],
  ];
  return lines.filter(([count]) => count > 0).map(([, text]) => text);
}
