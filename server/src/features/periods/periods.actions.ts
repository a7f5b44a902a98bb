import { ProblemError } from '@khuevan/core/problems.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { type FormDefinition, isFilledAt } from '@khuevan/core/forms/definition.ts';
import { isAskedIn, isInForce } from '@khuevan/core/forms/versions.ts';
import { periodStateOn } from '@khuevan/core/reports/deadlines.ts';
import { formatDate } from '@khuevan/core/vietnam/dates.ts';
import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { changePeriod, Deadline, openPeriod, setLocalDeadlines } from '@khuevan/core/contract/periods.ts';
import { codesOfForm, findForm } from '#features/forms';
import { today } from '#platform/clock.ts';
import type { Tx, Writing } from '#platform/database.ts';
import {
  type AskedTime,
  hasReports,
  insertPeriod,
  replaceDeadlines,
  selectUnit,
  selectPeriod,
  selectSamePeriod,
  selectPeriodsFor,
  takeOverForms,
  updatePeriod,
  type PeriodDates,
  type PeriodRow,
} from './periods.queries.ts';

export type PeriodFace = ResponseOf<typeof changePeriod>;

export function describePeriod(row: PeriodRow): PeriodFace {
  return {
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    name: row.name,
    schoolYear: row.school_year,
    kind: row.kind,
    asOf: row.as_of,
    countsFrom: row.counts_from,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    reviewFrom: row.review_from,
    reviewUntil: row.review_until,
    resendBy: row.resend_by,
    state: periodStateOn(today(), row.opens_on, row.closes_on),
    forms: row.forms.map(({ code, version, level, replacedBy }) => {
      const { slug, name } = findForm(code, version);
      return { code, slug, version, name, level, replacedBy };
    }),
    deadlines: row.deadlines,
    localDeadlines: row.local_deadlines,
    version: row.version,
  };
}

/** Periods that apply to a unit; a school sees the forms of its levels only. */
export async function listPeriodsOf(
  tx: Tx,
  unitId: string,
  levels: readonly string[] | null,
  schoolYear?: number,
): Promise<PeriodFace[]> {
  const rows = await selectPeriodsFor(tx, unitId, schoolYear);
  return rows.map((row) =>
    describePeriod(
      levels === null ? row : { ...row, forms: row.forms.filter((form) => isFilledAt(form.level, levels)) },
    ),
  );
}

/** @throws ProblemError not_found */
export async function readPeriod(tx: Tx, unitId: string, periodId: string): Promise<PeriodRow> {
  const row = await selectPeriod(tx, unitId, periodId);
  if (!row) throw new ProblemError('not_found');
  return row;
}

export async function openNewPeriod(
  writing: Writing,
  ownerId: string,
  body: BodyOf<typeof openPeriod>,
): Promise<ResponseOf<typeof openPeriod>> {
  const { tx, audit } = writing;
  const owner = await selectUnit(tx, ownerId);
  if (!owner) throw new ProblemError('not_found');
  if (owner.kind !== 'ministry' && owner.kind !== 'province') throw new ProblemError('forbidden');
  const { reviewFrom = null, reviewUntil = null, resendBy = null } = body;
  const period = { ...body, ownerId, reviewFrom, reviewUntil, resendBy };
  requireSoundDates(period);
  const forms = body.forms.map(({ code, version }) => {
    const form = findForm(code, version);
    if (!isInForce(form, body.asOf)) {
      throw new ProblemError('invalid_request', {
        path: 'body.forms',
        reason: `biểu ${form.code} không còn (chưa) hiệu lực vào ngày chốt số liệu`,
      });
    }
    if (!isAskedIn(form, body.kind)) {
      throw new ProblemError('invalid_request', {
        path: 'body.forms',
        reason: `biểu ${form.code} thuộc kỳ ${form.period === 'end' ? 'cuối năm' : 'đầu năm'}, không phải kỳ này`,
      });
    }
    return { code: form.code, version: form.version, level: form.level, cells: filledPlaces(form) };
  });
  const codes = forms.flatMap((form) => codesOfForm(form.code));
  await requireNotAsked(tx, { ...body, ownerId }, codes);
  const countsFrom =
    body.kind !== 'end' ? null : (body.countsFrom ?? (await findOpeningDay(tx, ownerId, body.schoolYear)));
  const id = await insertPeriod(tx, { ...period, countsFrom }, forms, body.deadlines);
  const takenOver = await takeOverForms(tx, id, codes);
  audit.subjectKind = 'period';
  audit.subjectId = id;
  audit.detail = { ...body, takenOver };
  return { ...describePeriod(await readPeriod(tx, ownerId, id)), takenOver };
}

/** The as-of day of the start-of-year statistics that a unit or one above it has opened; null where nobody has. */
async function findOpeningDay(tx: Tx, unitId: string, schoolYear: number): Promise<string | null> {
  const periods = await selectPeriodsFor(tx, unitId, schoolYear);
  return periods.find(({ kind }) => kind === 'start')?.as_of ?? null;
}

/** @throws ProblemError duplicate where the unit or one above asks for one of the forms already, for the same time */
async function requireNotAsked(tx: Tx, time: AskedTime, codes: string[], periodId?: string): Promise<void> {
  const same = await selectSamePeriod(tx, time, codes, periodId);
  if (same) throw new ProblemError('duplicate', { what: `Biểu ${same.form_code} trong kỳ`, value: same.name });
}

export async function changeDates(
  writing: Writing,
  ownerId: string,
  periodId: string,
  body: BodyOf<typeof changePeriod>,
): Promise<PeriodFace> {
  const { tx, audit } = writing;
  const before = await readPeriod(tx, ownerId, periodId);
  if (before.owner_id !== ownerId) throw new ProblemError('not_found');
  const next = {
    name: body.name ?? before.name,
    asOf: body.asOf ?? before.as_of,
    countsFrom: before.kind !== 'end' ? null : (body.countsFrom ?? before.counts_from),
    opensOn: body.opensOn ?? before.opens_on,
    closesOn: body.closesOn ?? before.closes_on,
    reviewFrom: body.reviewFrom === undefined ? before.review_from : body.reviewFrom,
    reviewUntil: body.reviewUntil === undefined ? before.review_until : body.reviewUntil,
    resendBy: body.resendBy === undefined ? before.resend_by : body.resendBy,
    deadlines: body.deadlines ?? before.deadlines,
  };
  requireSoundDates(next);
  const codes = before.forms.flatMap((form) => codesOfForm(form.code));
  const isCountedOtherwise = next.countsFrom !== null && next.countsFrom !== before.counts_from;
  if ((next.asOf !== before.as_of || isCountedOtherwise) && (await hasReports(tx, periodId)))
    throw new ProblemError('invalid_request', {
      path: `body.${isCountedOtherwise ? 'countsFrom' : 'asOf'}`,
      reason: 'đã có đơn vị lập báo cáo theo ngày chốt cũ',
    });
  if (next.asOf !== before.as_of) {
    const time = { ownerId, schoolYear: before.school_year, kind: before.kind, asOf: next.asOf };
    await requireNotAsked(tx, time, codes, periodId);
  }
  if (!(await updatePeriod(tx, periodId, body.version, next))) {
    throw new ProblemError('stale_record', {}, { current: describePeriod(await readPeriod(tx, ownerId, periodId)) });
  }
  if (body.deadlines) await replaceDeadlines(tx, periodId, ownerId, body.deadlines);
  const takenOver = next.asOf === before.as_of ? [] : await takeOverForms(tx, periodId, codes);
  audit.subjectKind = 'period';
  audit.subjectId = periodId;
  audit.detail = { ...body, takenOver };
  return describePeriod(await readPeriod(tx, ownerId, periodId));
}

/** Keys of the cells that may be filled, in the order of print: every total of the period keeps to it. */
const filledPlaces = (form: FormDefinition): string[] =>
  placesOf(form)
    .filter((place) => !place.empty)
    .map((place) => place.key);

interface Dates extends Omit<PeriodDates, 'name' | 'countsFrom'> {
  countsFrom?: string | null | undefined;
  deadlines: Deadline[];
}

const fault = (path: string, reason: string) => new ProblemError('invalid_request', { path: `body.${path}`, reason });

/** @throws ProblemError invalid_request */
function requireSoundDates(dates: Dates): void {
  const { asOf, countsFrom, opensOn, closesOn, reviewFrom, reviewUntil, resendBy } = dates;
  if (countsFrom && countsFrom > asOf) throw fault('countsFrom', 'biến động tính từ sau ngày chốt số liệu');
  if (opensOn > closesOn) throw fault('closesOn', 'ngày đóng trước ngày mở');
  const inOrder = [opensOn, reviewFrom, reviewUntil, resendBy, closesOn].filter((day) => day !== null);
  if (inOrder.some((day, at) => at > 0 && day < inOrder[at - 1]!))
    throw fault('reviewUntil', 'các ngày phải theo thứ tự: mở kỳ, bắt đầu duyệt, duyệt xong, gửi lại, đóng kỳ');
  requireSoundDeadlines(dates);
}

function requireSoundDeadlines({
  opensOn,
  closesOn,
  deadlines,
}: Pick<Dates, 'opensOn' | 'closesOn' | 'deadlines'>): void {
  if (new Set(deadlines.map(placeOf)).size !== deadlines.length) throw fault('deadlines', 'một loại đơn vị có hai hạn');
  if (deadlines.some((each) => each.levelGroup !== '*' && each.unitKind !== 'school'))
    throw fault('deadlines', 'nhóm cấp học chỉ có ở trường');
  if (deadlines.some((each) => each.dueOn < opensOn || each.dueOn > closesOn))
    throw fault('deadlines', 'hạn nằm ngoài thời gian mở kỳ');
}

const placeOf = ({ unitKind, levelGroup }: Deadline): string => `${unitKind} ${levelGroup}`;

/** A province sets its own days in a period of the ministry: for units below it, and none later than the ministry's. */
export async function changeLocalDeadlines(
  { tx, audit }: Writing,
  unitId: string,
  periodId: string,
  { deadlines }: BodyOf<typeof setLocalDeadlines>,
): Promise<PeriodFace> {
  const period = await readPeriod(tx, unitId, periodId);
  const unit = await selectUnit(tx, unitId);
  if (unit?.kind !== 'province' || period.owner_id === unitId) throw new ProblemError('forbidden');
  requireSoundDeadlines({ opensOn: period.opens_on, closesOn: period.closes_on, deadlines });
  const days = new Map(period.deadlines.map((each) => [placeOf(each), each.dueOn]));
  for (const each of deadlines) {
    if (each.unitKind === 'province') throw fault('deadlines', 'hạn của Sở do nơi mở kỳ đặt');
    const latest = days.get(placeOf(each)) ?? days.get(placeOf({ ...each, levelGroup: '*' }));
    if (latest !== undefined && each.dueOn > latest)
      throw fault('deadlines', `muộn hơn hạn của ${period.owner_name}, ${formatDate(latest)}`);
  }
  await replaceDeadlines(tx, periodId, unitId, deadlines);
  audit.subjectKind = 'period';
  audit.subjectId = periodId;
  audit.detail = { deadlines };
  return describePeriod(await readPeriod(tx, unitId, periodId));
}
