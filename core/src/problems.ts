import type { Text } from './records/field.ts';

type Params = Record<string, string | number>;
interface Problem {
  status: number;
  /** Shown to the person: what happened and the way out. */
  message: (params: Params) => Text;
}

const fixed = (status: number, vi: string, en: string): Problem => ({ status, message: () => ({ vi, en }) });

/**
 * Every error the API can answer, as RFC 9457 problem documents. Bad data is not here: it is a Finding.
 * docs/api.md lists the same codes; a test compares both.
 */
export const problems = {
  invalid_request: {
    status: 400,
    message: (p: Params) => ({
      vi: `Yêu cầu chưa đúng ở mục “${p.path}”: ${p.reason}. Sửa mục này rồi gửi lại.`,
      en: `The request is wrong at “${p.path}”: ${p.reason}. Correct it and send again.`,
    }),
  },
  not_signed_in: fixed(
    401,
    'Phiên làm việc đã hết hoặc chưa đăng nhập. Đăng nhập lại; nội dung đang nhập vẫn được giữ.',
    'The session has ended or you are not signed in. Sign in again; what you typed is kept.',
  ),
  wrong_credentials: fixed(401, 'Tên đăng nhập hoặc mật khẩu không đúng.', 'The user name or password is wrong.'),
  wrong_code: fixed(
    401,
    'Mã xác thực không đúng hoặc đã dùng. Chờ mã mới trên điện thoại rồi nhập lại.',
    'The verification code is wrong or used. Wait for a new one and try again.',
  ),
  link_expired: fixed(
    410,
    'Liên kết không đúng, đã quá hạn hoặc tài khoản đã ghi địa chỉ khác. Vào “Tài khoản của tôi”, mục “Thư nhắc việc” để gửi lại thư xác nhận.',
    'The link is wrong, too old, or the account has another address by now. Ask for another letter under “My account”.',
  ),
  too_many_letters: fixed(
    429,
    'Đã yêu cầu quá nhiều thư xác nhận. Chờ một ngày rồi thử lại.',
    'Too many letters of confirmation were asked for. Wait a day and try again.',
  ),
  account_locked: {
    status: 423,
    message: (p: Params) => ({
      vi: `Tài khoản tạm khóa vì nhập sai nhiều lần. Thử lại sau ${p.minutes} phút hoặc nhờ đơn vị quản lý mở khóa.`,
      en: `The account is locked after several wrong attempts. Try again in ${p.minutes} minutes or ask the managing unit.`,
    }),
  },
  forbidden: fixed(
    403,
    'Tài khoản này không có quyền làm việc đó. Nhờ thủ trưởng đơn vị hoặc đơn vị quản lý thực hiện.',
    'This account may not do that. Ask the head of the unit or the managing unit.',
  ),
  two_step_needed: fixed(
    403,
    'Vai trò của bạn bắt buộc xác thực hai bước. Mở “Tài khoản của tôi”, bật xác thực hai bước rồi làm tiếp.',
    'Your role requires two-step verification. Open “My account”, switch two-step verification on, then go on.',
  ),
  csrf: fixed(403, 'Trang đã cũ. Tải lại trang rồi làm lại.', 'The page is out of date. Reload it and try again.'),
  not_found: fixed(
    404,
    'Không tìm thấy, hoặc ngoài phạm vi của tài khoản này.',
    'Not found, or outside the reach of this account.',
  ),
  stale_record: fixed(
    409,
    'Người khác vừa sửa bản ghi này. Xem hai bản cạnh nhau rồi chọn giữ bản nào.',
    'Somebody else has just changed this record. Compare both versions and choose.',
  ),
  duplicate: {
    status: 409,
    message: (p: Params) => ({
      vi: `${p.what}${p.value ? ` “${p.value}”` : ''} đã có. Mở bản ghi đã có để sửa, hoặc dùng giá trị khác.`,
      en: `${p.what}${p.value ? ` “${p.value}”` : ''} exists already. Open the existing record, or use another value.`,
    }),
  },
  in_use: {
    status: 409,
    message: (p: Params) => ({
      vi: `Không xóa được vì còn ${p.what} đang dùng. Chuyển hoặc xóa các bản ghi đó trước.`,
      en: `Cannot be deleted: ${p.what} still use it. Move or delete those first.`,
    }),
  },
  unknown_reference: {
    status: 422,
    message: (p: Params) => ({
      vi: `${p.what} “${p.value}” không có trong trường. Chọn giá trị trong danh sách hoặc thêm trước.`,
      en: `${p.what} “${p.value}” does not exist in the school. Choose one from the list or add it first.`,
    }),
  },
  invalid_record: fixed(
    422,
    'Dữ liệu còn lỗi. Xem từng lỗi ở ô tương ứng rồi sửa.',
    'The data has errors. See each at its cell and correct it.',
  ),
  wrong_state: {
    status: 409,
    message: (p: Params) => ({
      vi: `Báo cáo đang ở trạng thái “${p.state}” nên không làm được việc này. Tải lại trang để xem trạng thái mới nhất.`,
      en: `The report is “${p.state}”, so this cannot be done. Reload to see its newest state.`,
    }),
  },
  report_blocked: fixed(
    422,
    'Báo cáo còn lỗi hoặc cảnh báo chưa nêu lý do. Sửa lỗi, nêu lý do cho từng cảnh báo rồi gửi lại.',
    'The report has errors or warnings without a reason. Correct the errors, state the reasons, and send again.',
  ),
  records_changed: fixed(
    409,
    'Hồ sơ đã thay đổi sau khi lấy dữ liệu. Lấy dữ liệu lại để báo cáo khớp với hồ sơ.',
    'Records have changed since the data was fetched. Fetch again so that the report matches.',
  ),
  check_setting_refused: {
    status: 422,
    message: (p: Params) => ({ vi: String(p.vi), en: String(p.en) }),
  },
  reasons_refused: {
    status: 409,
    message: (p: Params) => ({
      vi: `Có ${p.count} lý do không được chấp nhận. Trả báo cáo về để đơn vị sửa, hoặc chấp nhận các lý do đó rồi duyệt.`,
      en: `${p.count} reasons were refused. Return the report to be corrected, or accept them and then approve.`,
    }),
  },
  reason_required: fixed(422, 'Phải nêu lý do.', 'A reason is required.'),
  period_closed: fixed(
    409,
    'Kỳ báo cáo chưa mở hoặc đã đóng. Liên hệ đơn vị quản lý để được mở lại.',
    'The period is not open. Ask the managing unit to open it.',
  ),
  collection_closed: fixed(
    409,
    'Báo cáo đột xuất này chưa phát hành hoặc đã đóng nên không nhận câu trả lời. Nội dung đã nhập vẫn còn; liên hệ đơn vị yêu cầu để được gia hạn.',
    'This collection is not open, so it takes no answers. What was typed is kept; ask its owner to extend the deadline.',
  ),
  collection_settled: fixed(
    409,
    'Đã có đơn vị gửi câu trả lời, hoặc thay đổi này làm hỏng số đã nhập: biểu đã phát hành chỉ được thêm dòng, cột hoặc sửa lời trước câu trả lời đầu tiên. Chép thành báo cáo mới để sửa.',
    'Units have sent answers, or the change would spoil what was typed: a published form only takes additions and wording before the first answer. Copy it and change the copy.',
  ),
  collection_faulty: {
    status: 422,
    message: (p: Params) => ({
      vi: `Chưa phát hành được: ${p.faultVi}`,
      en: `Cannot be published yet: ${p.faultEn}`,
    }),
  },
  answer_faulty: {
    status: 422,
    message: (p: Params) => ({
      vi: `Câu trả lời còn ${p.count} chỗ phải sửa. Sửa từng ô được đánh dấu rồi gửi lại.`,
      en: `The answer has ${p.count} faults. Correct each marked cell and send again.`,
    }),
  },
  file_refused: {
    status: 422,
    message: (p: Params) => ({ vi: String(p.reasonVi), en: String(p.reasonEn) }),
  },
  file_too_large: {
    status: 413,
    message: (p: Params) => ({
      vi: `Tệp lớn hơn ${p.limitMb} MB. Chia tệp thành nhiều phần rồi tải lên từng phần.`,
      en: `The file is larger than ${p.limitMb} MB. Split it and upload the parts.`,
    }),
  },
  import_not_ready: {
    status: 409,
    message: (p: Params) => ({
      vi: `Lần nhập này ${p.stateVi} nên không làm được việc này. Tải lại trang để xem trạng thái mới nhất.`,
      en: `This import ${p.stateEn}, so that cannot be done. Reload to see its newest state.`,
    }),
  },
  import_has_errors: {
    status: 422,
    message: (p: Params) => ({
      vi: `Tệp còn ${p.rows} dòng lỗi nên chưa ghi dòng nào. Sửa các dòng lỗi rồi tải lên lại, hoặc chọn chỉ ghi các dòng đúng.`,
      en: `${p.rows} rows are wrong, so nothing was stored. Correct them and upload the file again, or store the good rows only.`,
    }),
  },
  too_many_requests: {
    status: 429,
    message: (p: Params) => ({
      vi: `Thao tác quá nhanh. Chờ ${p.seconds} giây rồi thử lại.`,
      en: `Too many requests. Wait ${p.seconds} seconds and try again.`,
    }),
  },
  busy: {
    status: 503,
    message: (p: Params) => ({
      vi: `Hệ thống đang rất đông. Nội dung đã nhập vẫn được giữ; tự thử lại sau ${p.seconds} giây.`,
      en: `The system is very busy. What you typed is kept; trying again in ${p.seconds} seconds.`,
    }),
  },
  internal: fixed(
    500,
    'Có lỗi ở máy chủ. Nội dung đã nhập vẫn được giữ. Thử lại; nếu còn lỗi, báo mã yêu cầu cho quản trị.',
    'The server failed. What you typed is kept. Try again; if it persists, report the request id.',
  ),
} satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problems;

/** Thrown by actions; the HTTP layer answers it as application/problem+json. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly params: Params;
  /** Extra members of the problem document, e.g. `current` or `findings`. */
  readonly extra: Record<string, unknown>;

  constructor(code: ProblemCode, params: Params = {}, extra: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.params = params;
    this.extra = extra;
  }

  get status(): number {
    return problems[this.code].status;
  }

  get text(): Text {
    return problems[this.code].message(this.params);
  }
}
