// Every error becomes a problem document. Constraint violations are named here, one line each; one that is not is a bug.
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import { ProblemError } from '@khuevan/core/problems.ts';

type FromConstraint = (error: pg.DatabaseError) => ProblemError;
const duplicate =
  (what: string): FromConstraint =>
  (error) =>
    new ProblemError('duplicate', { what, value: valueIn(error) });
const inUse =
  (what: string): FromConstraint =>
  () =>
    new ProblemError('in_use', { what });

const byConstraint: Record<string, FromConstraint> = {
  site_code_once: duplicate('Mã điểm trường'),
  class_code_once: duplicate('Mã lớp'),
  class_site: referenceOr('Điểm trường', 'lớp học'),
  student_code_once: duplicate('Mã học sinh'),
  student_pin_once: duplicate('Số định danh'),
  enrolment_spell_once: duplicate('Lần học bắt đầu ngày này của học sinh'),
  enrolment_one_open_spell: duplicate('Lần học chưa kết thúc của học sinh'),
  enrolment_class: referenceOr('Lớp', 'học sinh'),
  enrolment_opening_class: referenceOr('Lớp đầu năm', 'học sinh'),
  staff_member_code_once: duplicate('Mã cán bộ'),
  staff_member_pin_once: duplicate('Số định danh'),
  assignment_once: duplicate('Cán bộ trong năm học này'),
  room_kind_once: duplicate('Loại phòng'),
  budget_line_once: duplicate('Khoản chi'),
  account_username_once: duplicate('Tên đăng nhập'),
  pin_registry_pk: () =>
    new ProblemError('duplicate', { what: 'Số định danh', value: 'đang học hoặc làm việc ở trường khác' }),
  report_once: duplicate('Báo cáo của kỳ này'),
  submission_no_once: () => new ProblemError('wrong_state', { state: 'đã gửi' }),
  decision_kind_once: () => new ProblemError('wrong_state', { state: 'đã có quyết định' }),
  period_form_once: duplicate('Kỳ báo cáo của biểu'),
  school_profile_year_once: () => new ProblemError('stale_record'),
  // Rules refuse these first; here they stand against two writers at once.
  enrolment_leaves_after_entering: () => new ProblemError('invalid_record'),
  enrolment_leaving_is_whole: () => new ProblemError('invalid_record'),
  assignment_leaves_after_entering: () => new ProblemError('invalid_record'),
  ...Object.fromEntries(
    [
      'school_profile',
      'site',
      'class',
      'student',
      'enrolment',
      'staff_member',
      'assignment',
      'room',
      'budget_line',
    ].map((table) => [`${table}_pk`, duplicate('Bản ghi')]),
  ),
};

function referenceOr(what: string, users: string): FromConstraint {
  return (error) =>
    error.detail?.includes('is still referenced')
      ? inUse(users)(error)
      : new ProblemError('unknown_reference', { what, value: valueIn(error) });
}

/** The last value of "Key (a, b)=(1, 2)"; keys of people are hashes, which say nothing. */
function valueIn(error: pg.DatabaseError): string {
  const inside = /=\((.*)\)/.exec(error.detail ?? '')?.[1] ?? '';
  const last = inside.split(', ').at(-1) ?? '';
  return last.startsWith('\\x') ? '••••' : last;
}

export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof pg.DatabaseError && error.constraint) {
    // A distributed database appends _<digits> to the names of constraints on its parts.
    const known = byConstraint[error.constraint] ?? byConstraint[error.constraint.replace(/_\d+$/, '')];
    if (known) return known(error);
  }
  const status = (error as { statusCode?: unknown }).statusCode;
  if (status === 413) return new ProblemError('file_too_large', { limitMb: 60 });
  if (status === 429) return new ProblemError('too_many_requests', { seconds: 30 });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ProblemError('invalid_request', { path: 'body', reason: (error as Error).message });
  return new ProblemError('internal');
}

export function sendProblem(reply: FastifyReply, problem: ProblemError, requestId: string): FastifyReply {
  if ('seconds' in problem.params) void reply.header('retry-after', String(problem.params.seconds));
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .send({
      type: `/docs/api#${problem.code}`,
      title: problem.text.vi,
      status: problem.status,
      code: problem.code,
      text: problem.text,
      requestId,
      ...problem.extra,
    });
}
