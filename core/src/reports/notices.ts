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

/** To whoever holds reports that still wait after the period's days of review. */
const review = z.object({
  periodName: z.string(),
  reviewUntil: z.iso.date(),
  reports: z.number().int(),
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

/** What a unit above has decided on one report. Its words are read in the report itself: they may name persons. */
const decided = z.object({
  periodName: z.string(),
  formCode: z.string(),
  reportId: z.uuid(),
  fromUnit: z.string(),
  /** By when it is to be sent; null where that did not change. */
  dueOn: z.iso.date().nullable(),
});
type Decided = z.output<typeof decided>;

/** The form has got cells while its period runs: reports that were sent have a day for them, others are fetched anew. */
const grown = decided.extend({ version: z.string(), cells: z.number() });

const collection = z.object({
  about: z.enum(['published', 'extended', 'reminder', 'returned', 'deadline']),
  collectionId: z.uuid(),
  title: z.string(),
  fromUnit: z.string(),
  dueOn: z.iso.date(),
  /** On the day the notice was written; negative after the deadline. */
  daysLeft: z.number().int(),
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
  /** Ad-hoc collections that are not answered yet. */
  collections: z.number(),
  nextCollectionDueOn: z.iso.date().nullable(),
  collectionsLate: z.number(),
});
export type Digest = z.output<typeof digest>;

export const noticeContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deadline'), content: deadline }),
  z.object({ kind: z.literal('review'), content: review }),
  z.object({ kind: z.literal('nudge'), content: nudge }),
  z.object({ kind: z.literal('digest'), content: digest }),
  z.object({ kind: z.literal('returned'), content: decided }),
  z.object({ kind: z.literal('reopened'), content: decided }),
  z.object({ kind: z.literal('extended'), content: decided }),
  z.object({ kind: z.literal('refused'), content: decided }),
  z.object({ kind: z.literal('supplement'), content: grown }),
  z.object({ kind: z.literal('collection'), content: collection }),
]);
export type NoticeContent = z.output<typeof noticeContent>;
export const noticeKinds = noticeContent.options.map((option) => option.shape.kind.value);

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
    case 'review':
      return sayReview(notice.content);
    case 'nudge':
      return sayNudge(notice.content);
    case 'digest':
      return { title: sayDigestTitle(notice.content), body: sayDigest(notice.content) };
    case 'supplement':
      return saySupplement(notice.content);
    case 'collection':
      return sayCollection(notice.content);
    default:
      return sayDecided(notice.kind, notice.content);
  }
}

/** How far a day is, at the head of a title. */
const sayDays = (daysLeft: number): Text =>
  daysLeft > 0
    ? { vi: `Còn ${daysLeft} ngày đến hạn`, en: `${daysLeft} days to the deadline` }
    : daysLeft === 0
      ? { vi: 'Hôm nay hết hạn', en: 'The deadline is today' }
      : { vi: `Đã quá hạn ${-daysLeft} ngày`, en: `${-daysLeft} days late` };

function sayDeadline({ periodName, dueOn, daysLeft, forms }: z.output<typeof deadline>): SaidNotice {
  const list = forms.join(', ');
  const day = formatDate(dueOn);
  const days = sayDays(daysLeft);
  const title = { vi: `${days.vi}: ${periodName}`, en: `${days.en}: ${periodName}` };
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

function sayReview({ periodName, reviewUntil, reports, forms }: z.output<typeof review>): SaidNotice {
  const day = formatDate(reviewUntil);
  const list = forms.join(', ');
  return {
    title: { vi: `Quá hạn duyệt: ${periodName}`, en: `Review overdue: ${periodName}` },
    body: [
      {
        vi: `${reports} báo cáo (biểu ${list}) vẫn chờ đơn vị mình duyệt. Thời gian duyệt đến hết ngày ${day}.`,
        en: `${reports} reports (forms ${list}) still wait for review here. The days of review ended on ${day}.`,
      },
    ],
  };
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

type Decision = Exclude<
  NoticeContent['kind'],
  'deadline' | 'review' | 'nudge' | 'digest' | 'supplement' | 'collection'
>;

const decisionWords: Record<Decision, { title: Text; did: Text }> = {
  returned: {
    title: { vi: 'Báo cáo bị trả về', en: 'Report returned' },
    did: {
      vi: 'trả báo cáo về để sửa. Lý do và từng điểm phải sửa ở trong báo cáo.',
      en: 'returned the report for correction. Why, and what to correct, is said in the report.',
    },
  },
  reopened: {
    title: { vi: 'Báo cáo được mở lại', en: 'Report reopened' },
    did: {
      vi: 'mở lại báo cáo đã duyệt. Đơn vị sửa rồi gửi lại; lý do ở trong báo cáo.',
      en: 'reopened the approved report. Correct it and submit it again; the report says why.',
    },
  },
  extended: {
    title: { vi: 'Được mở thêm thời gian', en: 'Opened for longer' },
    did: { vi: 'mở thêm thời gian cho riêng đơn vị.', en: 'gave this unit more time.' },
  },
  refused: {
    title: { vi: 'Lý do chưa được chấp nhận', en: 'A reason was refused' },
    did: {
      vi: 'không chấp nhận lý do nêu cho cảnh báo. Từng lý do và ý kiến ở trong báo cáo.',
      en: 'refused the reason given for a warning. Each reason and what is said of it stand in the report.',
    },
  },
};

const sayForm = ({ formCode, periodName }: Decided): Text => ({
  vi: `biểu ${formCode}, ${periodName}`,
  en: `form ${formCode}, ${periodName}`,
});

/** Of a report that is due by a day, or of no day. */
const sayDue = (dueOn: string | null): Text[] =>
  dueOn === null
    ? []
    : [
        {
          vi: `Gửi trước khi hết ngày ${formatDate(dueOn)}.`,
          en: `Submit it by the end of ${formatDate(dueOn)}.`,
        },
      ];

function sayDecided(kind: Decision, content: Decided): SaidNotice {
  const { title, did } = decisionWords[kind];
  const form = sayForm(content);
  return {
    title: { vi: `${title.vi}: ${form.vi}`, en: `${title.en}: ${form.en}` },
    body: [{ vi: `${content.fromUnit} ${did.vi}`, en: `${content.fromUnit} ${did.en}` }, ...sayDue(content.dueOn)],
  };
}

function saySupplement(content: z.output<typeof grown>): SaidNotice {
  const { version, cells, dueOn, fromUnit } = content;
  const form = sayForm(content);
  return {
    title:
      dueOn === null
        ? { vi: `Biểu có phiên bản mới: ${form.vi}`, en: `The form has a new version: ${form.en}` }
        : { vi: `Cần bổ sung: ${form.vi}`, en: `Supplement needed: ${form.en}` },
    body: [
      {
        vi: `${fromUnit} công bố phiên bản ${version}, thêm ${cells} ô.`,
        en: `${fromUnit} published version ${version}, which adds ${cells} cells.`,
      },
      dueOn === null
        ? { vi: 'Lấy dữ liệu lại theo phiên bản này rồi làm tiếp.', en: 'Fetch the figures again and go on.' }
        : { vi: 'Các ô khác giữ nguyên như đã gửi.', en: 'All other cells stay as they were submitted.' },
      ...sayDue(dueOn),
    ],
  };
}

const collectionWords: Record<z.output<typeof collection>['about'], Text | null> = {
  published: { vi: 'Báo cáo đột xuất mới', en: 'New collection' },
  extended: { vi: 'Báo cáo đột xuất được gia hạn', en: 'Collection extended' },
  reminder: { vi: 'Nhắc trả lời báo cáo đột xuất', en: 'Reminder of a collection' },
  returned: { vi: 'Câu trả lời bị trả về', en: 'Answer returned' },
  deadline: null,
};

function sayCollection({ about, title, fromUnit, dueOn, daysLeft }: z.output<typeof collection>): SaidNotice {
  const head = collectionWords[about] ?? sayDays(daysLeft);
  const asked =
    about === 'returned'
      ? {
          vi: `${fromUnit} trả câu trả lời về; lý do ở trong báo cáo.`,
          en: `${fromUnit} returned the answer; it says why.`,
        }
      : { vi: `${fromUnit} hỏi; đơn vị chưa trả lời.`, en: `Asked by ${fromUnit}, not answered yet.` };
  return { title: { vi: `${head.vi}: ${title}`, en: `${head.en}: ${title}` }, body: [asked, ...sayDue(dueOn)] };
}

const sayDigestTitle = ({ day }: Digest): Text => ({
  vi: `Tóm tắt cho thủ trưởng, ngày ${formatDate(day)}`,
  en: `Summary for the head of the unit, ${formatDate(day)}`,
});

/** Only what there is: a line for each number that is not nothing. */
export function sayDigest(figures: Digest): Text[] {
  const { due, nextDueOn, late, returned, supplement, waiting, toReview, reviewDays, belowOwing, belowLate } = figures;
  const { collections, nextCollectionDueOn, collectionsLate } = figures;
  const next = nextDueOn ? formatDate(nextDueOn) : '';
  const nextAnswer = nextCollectionDueOn ? formatDate(nextCollectionDueOn) : '';
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
    [
      collectionsLate,
      {
        vi: `${collectionsLate} báo cáo đột xuất đã quá hạn chưa trả lời`,
        en: `${collectionsLate} collections are past their deadline and not answered`,
      },
    ],
    [
      collections,
      {
        vi: `${collections} báo cáo đột xuất phải trả lời, hạn gần nhất ${nextAnswer}`,
        en: `${collections} collections are to be answered, the next on ${nextAnswer}`,
      },
    ],
  ];
  return lines.filter(([count]) => count > 0).map(([, text]) => text);
}
