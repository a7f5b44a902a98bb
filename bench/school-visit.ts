// What a school's clerk does on the last day, as the web does it: opens the report and the list of pupils, saves some, fetches
// the figures, checks, states the reasons asked for, sends.
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../server/src/platform/ids.ts';
import { form } from '../server/src/testing/reports.ts';
import { schoolYear, type BenchSchool } from './province.ts';
import { requireSuccess, type Answer, type Visitor } from './visitor.ts';

/** Reading and thinking between two steps, with an hour squeezed into two minutes. */
const thinking = { leastMs: 300, mostMs: 2000 };
const pupilsSaved = 3;

export interface Visit {
  visitor: Visitor;
  headers: Record<string, string>;
  school: BenchSchool;
  periodId: string;
  /** What is typed in the pupils' records, to be found there afterwards. */
  phone: string;
  inHaste?: boolean;
  /** Every answer, as soon as it is here. */
  note(step: string, answer: Answer): void;
}

interface RecordAnswer {
  id: string;
  version: string;
}
interface Checks {
  errors: number;
  findings: Array<{ severity: string; key: string; explanation: string | null }>;
}

/** @throws Error at the first answer that is not a success. Answers the records saved. */
export async function visitOnce(visit: Visit): Promise<string[]> {
  const { school, periodId, phone } = visit;
  const reports = `/units/${school.id}/reports`;
  const pupils = `/schools/${school.id}/students`;

  const { id } = await ask<{ id: string }>(visit, 'open', 'POST', reports, { periodId, formCode: form.code });
  const list = `${pupils}?schoolYear=${schoolYear}&pageSize=50&sort=fullName`;
  const { records } = await ask<{ records: RecordAnswer[] }>(visit, 'list', 'GET', list);
  const changes = records.slice(0, pupilsSaved).map((record) => ({
    id: record.id,
    version: record.version,
    values: { guardianPhone: phone },
  }));
  const save = `${pupils}/changes?schoolYear=${schoolYear}`;
  const { results } = await ask<{ results: Array<{ state: string }> }>(visit, 'save', 'POST', save, { changes });
  if (results.some((result) => result.state !== 'saved')) throw new Error(`${school.code}: not all was saved`);

  const compile = `${reports}/${id}/compilations`;
  const { report } = await ask<{ report: { version: number } | null }>(visit, 'compile', 'POST', compile, {});
  if (!report) throw new Error(`${school.code}: the report is blocked`);
  const checks = await ask<Checks>(visit, 'check', 'GET', `${reports}/${id}/checks`);
  if (checks.errors > 0) throw new Error(`${school.code}: the report has errors`);
  const open = checks.findings.filter((each) => each.severity === 'warning' && each.explanation === null);
  for (const key of new Set(open.map((each) => each.key))) {
    const explanation = `${reports}/${id}/explanations/${encodeURIComponent(key)}`;
    await ask(visit, 'explain', 'PUT', explanation, { reason: 'Đã rà soát với hồ sơ giấy, đúng thực tế.' });
  }
  await ask(visit, 'send', 'POST', `${reports}/${id}/submissions`, { version: report.version });
  return changes.map((change) => change.id);
}

async function ask<T>(visit: Visit, step: string, method: string, path: string, body?: unknown): Promise<T> {
  if (!visit.inHaste) await pause(thinking.leastMs + Math.random() * (thinking.mostMs - thinking.leastMs));
  const headers = method === 'POST' ? { ...visit.headers, 'idempotency-key': newId() } : visit.headers;
  const answer = await visit.visitor.ask(path, { method, headers, body });
  visit.note(step, answer);
  requireSuccess(answer, `${visit.school.code}: ${step}`);
  return answer.json<T>();
}
