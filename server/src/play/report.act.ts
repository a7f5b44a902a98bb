// Second act: one school's report, from "Lập báo cáo" to approval, with a return in between.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { changeProfile, readProfile, recordEndpoints } from '@khuevan/core/contract/records.ts';
import {
  checkReport,
  compareSubmissions,
  compileReport,
  downloadMissing,
  explainFinding,
  openCell,
  readReport,
  readSubmission,
  startReport,
  submitReport,
} from '@khuevan/core/contract/reports.ts';
import { decideReasons } from '@khuevan/core/contract/checks.ts';
import { answerRemark, approveReport, returnReport } from '@khuevan/core/contract/reviews.ts';
import { RefusedError, type Person } from './api-client.ts';
import { must, type Story } from './step.ts';

export const formCode = '02-TH-ĐN';
export type Report = ResponseOf<typeof readReport>;

export async function findPeriod(person: Person, schoolYear: number, form = formCode): Promise<string> {
  const { periods } = await person.call(listPeriods, { params: { unitId: person.unitId }, query: { schoolYear } });
  const open = periods.find((each) => each.state === 'open' && each.forms.some(({ code }) => code === form));
  if (!open) throw new Error(`no open period for ${form}`);
  return open.id;
}

/** Fetch, explain what draws a warning, send: what every clerk does. */
export async function sendReport(person: Person, periodId: string, form = formCode): Promise<Report> {
  const body = { periodId, formCode: form };
  const report = await person.call(startReport, { params: { unitId: person.unitId }, body });
  return finishReport(person, report.id);
}

export async function finishReport(person: Person, reportId: string): Promise<Report> {
  const params = { unitId: person.unitId, reportId };
  const compiled = await person.call(compileReport, { params });
  if (compiled.blocked) throw new Error(`${person.username} is blocked: ${compiled.missing[0]?.message.vi}`);
  const checks = await person.call(checkReport, { params });
  must(
    checks.errors === 0,
    `${person.username}: ${checks.findings.find((each) => each.severity === 'error')?.message?.vi}`,
  );
  const keys = new Set(
    checks.findings.filter((each) => each.severity === 'warning' && each.explanation === null).map((each) => each.key),
  );
  for (const findingKey of keys)
    await person.call(explainFinding, {
      params: { ...params, findingKey },
      body: { reason: 'Đã rà soát với hồ sơ giấy, số liệu đúng thực tế.' },
    });
  const report = await person.call(readReport, { params });
  return person.call(submitReport, { params, body: { version: report.version } });
}

export interface Played {
  schoolReport: Report;
  firstCode: string;
}

interface Roles {
  clerk: Person;
  reviewer: Person;
  stranger: Person;
}

export async function playReport(story: Story, roles: Roles, schoolYear: number, out: string): Promise<Played> {
  const first = await prepareAndSend(story, roles, schoolYear, out);
  const firstCode = first.submissions.find((each) => each.no === 1)!.code;
  const returned = await returnWithWork(story, roles, first, schoolYear);
  const schoolReport = await answerAndApprove(story, roles, returned, schoolYear);
  return { schoolReport, firstCode };
}

async function prepareAndSend(
  story: Story,
  { clerk, stranger }: Roles,
  schoolYear: number,
  out: string,
): Promise<Report> {
  const periodId = await findPeriod(clerk, schoolYear);
  const report = await story.step(
    '"Lập báo cáo đầu năm"',
    () => clerk.call(startReport, { params: { unitId: clerk.unitId }, body: { periodId, formCode } }),
    (made) => ({ state: made.state }),
  );
  const params = { unitId: clerk.unitId, reportId: report.id };
  const blocked = await story.step(
    '"Lấy dữ liệu" is blocked by what is missing',
    () => clerk.call(compileReport, { params }),
    (answer) => ({ missing: answer.missingTotal }),
  );
  must(
    blocked.blocked && blocked.missing.some((each) => each.field === 'onlineTeaching'),
    'the flag that the school has not stated blocks the report',
  );
  await writeFile(join(out, 'con-thieu.xlsx'), await clerk.file(downloadMissing, { params }));
  await story.step('the clerk states what is missing; unblocked', async () => {
    const profile = await clerk.call(readProfile, { params: { schoolId: clerk.unitId }, query: { schoolYear } });
    const body = { version: profile.version, values: { onlineTeaching: true } };
    await clerk.call(changeProfile, { params: { schoolId: clerk.unitId }, query: { schoolYear }, body });
    must(!(await clerk.call(compileReport, { params })).blocked, 'nothing is missing now');
  });
  await story.step(
    'parts 4 and 5 are typed: rooms and budget',
    () => typeRooms(clerk, schoolYear),
    (count) => ({ rooms: count }),
  );
  const sent = await story.step(
    'check, reasons for warnings, "Gửi"',
    () => finishReport(clerk, report.id),
    (made) => ({ no: made.lastSubmissionNo, hash: made.submissions[0]!.hash, code: made.submissions[0]!.code }),
  );
  await mustBeRefused(stranger.call(readReport, { params }), 404, 'a clerk of another school');
  await mustBeRefused(
    clerk.call(approveReport, { params, body: { submissionNo: 1 } }),
    403,
    'a school that approves itself',
  );
  return sent;
}

async function returnWithWork(
  story: Story,
  { clerk, reviewer }: Roles,
  sent: Report,
  schoolYear: number,
): Promise<Report> {
  const params = { unitId: sent.unitId, reportId: sent.id };
  const cell = '40.1';
  const behind = await reviewer.call(openCell, {
    params: { ...params, row: '40', column: '1' },
    query: { pageSize: 1 },
  });
  must(
    behind.total === sent.cells[cell],
    `cell ${cell} is ${sent.cells[cell]}, and ${behind.total} records stand behind it`,
  );
  const items = [
    { cell, text: 'Rà lại sĩ số lớp 1.' },
    { cell: null, text: 'Kiểm tra lại số phòng học.' },
  ];
  const body = { submissionNo: 1, reason: 'Đề nghị rà lại số học sinh lớp 1.', dueOn: `${schoolYear}-10-14`, items };
  const returned = await story.step(
    'the district opens a cell and returns with a work list',
    () => reviewer.call(returnReport, { params, body }),
    (made) => ({ state: made.state, items: made.remarks.length }),
  );
  const ownView = await clerk.call(readReport, { params });
  await mustBeRefused(
    clerk.call(submitReport, { params, body: { version: ownView.version } }),
    422,
    'sending again with open work items',
  );
  return returned;
}

async function answerAndApprove(
  story: Story,
  { clerk, reviewer }: Roles,
  returned: Report,
  schoolYear: number,
): Promise<Report> {
  const params = { unitId: returned.unitId, reportId: returned.id };
  await story.step('the school answers item by item and corrects a record', async () => {
    for (const { id, version } of returned.remarks.filter((each) => each.isWorkItem))
      await clerk.call(answerRemark, {
        params: { ...params, remarkId: id },
        body: { answer: 'Đã rà soát và sửa hồ sơ.', version },
      });
    await moveOnePupil(clerk, schoolYear);
  });
  const second = await story.step(
    'sent again as submission 2',
    () => finishReport(clerk, returned.id),
    (made) => ({ no: made.lastSubmissionNo }),
  );
  const { differences } = await reviewer.call(compareSubmissions, { params, query: { from: 1, to: 2 } });
  must(
    differences.some((each) => each.cell === '37.1' && each.after === each.before! - 1),
    'the difference between the submissions shows the pupil who had left',
  );
  await acceptReasons(story, reviewer, second);
  return story.step(
    'approved',
    () => reviewer.call(approveReport, { params, body: { submissionNo: second.lastSubmissionNo } }),
    (made) => ({ state: made.state, differences: differences.length }),
  );
}

/** Warnings travel with their reasons; who reviews takes one or asks for a better one. */
async function acceptReasons(
  story: Story,
  reviewer: Person,
  { unitId, id, lastSubmissionNo: no }: Report,
): Promise<void> {
  const params = { unitId, reportId: id };
  const { explanations } = await reviewer.call(readSubmission, { params: { ...params, no } });
  must(explanations.length > 0, 'the report has a warning with its reason');
  const decide = (kind: 'accepted' | 'refused', note: string | null, findingKeys: string[]) =>
    reviewer.call(decideReasons, { params, body: { submissionNo: no, kind, note, findingKeys } });
  await story.step(
    'a reason is refused: no approval; then it is accepted',
    async () => {
      const [first] = explanations;
      await decide('refused', 'Nêu rõ đã đối chiếu với giấy tờ nào.', [first!.findingKey]);
      await mustBeRefused(
        reviewer.call(approveReport, { params, body: { submissionNo: no } }),
        409,
        'an approval in spite of a refused reason',
      );
      return decide(
        'accepted',
        null,
        explanations.map(({ findingKey }) => findingKey),
      );
    },
    ({ decided }) => ({ accepted: decided, reason: explanations[0]!.reason }),
  );
}

async function typeRooms(clerk: Person, schoolYear: number): Promise<number> {
  const params = { schoolId: clerk.unitId };
  const { records } = await clerk.call(recordEndpoints.room.list, { params, query: { schoolYear, pageSize: 200 } });
  const changes = records.map((each) => ({
    id: each.id,
    version: each.version,
    values: {
      ...each.values,
      ...(each.values.roomKind === 'classroom' ? { solid: Number(each.values.solid) + 1 } : {}),
    },
  }));
  const { results } = await clerk.call(recordEndpoints.room.changeMany, {
    params,
    query: { schoolYear },
    body: { changes },
  });
  must(
    results.every((each) => each.state === 'saved'),
    'the rooms are saved',
  );
  return results.length;
}

/** A pupil of grade 1 had in truth moved away on 20 September. */
async function moveOnePupil(clerk: Person, schoolYear: number): Promise<void> {
  const params = { schoolId: clerk.unitId };
  const query = {
    schoolYear,
    filter: JSON.stringify({ grade: ['01'], entryStatus: ['01'], leftOn: null }),
    pageSize: 1,
    presentOn: `${schoolYear}-09-30`,
  };
  const { records } = await clerk.call(recordEndpoints.student.list, { params, query });
  const pupil = records[0]!;
  await clerk.call(recordEndpoints.student.change, {
    params: { ...params, id: pupil.id },
    body: { version: pupil.version, values: { leaveStatus: '04', leftOn: `${schoolYear}-09-20`, destination: '02' } },
  });
}

export async function mustBeRefused(attempt: Promise<unknown>, status: number, what: string): Promise<void> {
  const answer = await attempt.then(
    () => 200,
    (error: unknown) => (error instanceof RefusedError ? error.status : Promise.reject(error as Error)),
  );
  must(answer === status, `${what} was answered ${answer}, not ${status}`);
}
