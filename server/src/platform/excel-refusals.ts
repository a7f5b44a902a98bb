// Why a file is not read at all: one clear sentence and the way out, in both languages.
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Text } from '@khuevan/core/records/field.ts';

const refusals = {
  not_workbook: {
    vi: 'Tệp này không phải bảng tính Excel (.xlsx). Tải mẫu của hệ thống, nhập dữ liệu rồi tải tệp đó lên.',
    en: 'This file is not an Excel workbook (.xlsx). Download the template, fill it in and upload that file.',
  },
  old_format: {
    vi: 'Tệp dạng Excel cũ (.xls). Mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, rồi tải tệp mới lên.',
    en: 'This is an old Excel file (.xls). Open it in Excel, save it as “Excel Workbook (*.xlsx)” and upload the new file.',
  },
  other_format: {
    vi: 'Tệp không phải dạng .xlsx (có thể là .xlsb, .ods, Word hoặc tệp nén). Mở bằng Excel, lưu thành “Excel Workbook (*.xlsx)” rồi tải lên.',
    en: 'The file is not .xlsx (perhaps .xlsb, .ods, Word or an archive). Open it in Excel, save it as “Excel Workbook (*.xlsx)” and upload it.',
  },
  encrypted: {
    vi: 'Tệp có đặt mật khẩu nên hệ thống không đọc được. Bỏ mật khẩu trong Excel (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi tải lên lại.',
    en: 'The file is protected by a password and cannot be read. Remove the password in Excel (File > Info > Protect Workbook) and upload it again.',
  },
  macros: {
    vi: 'Tệp có macro hoặc đối tượng nhúng nên không được nhận. Chép dữ liệu sang mẫu mới tải từ hệ thống rồi tải lên.',
    en: 'The file holds macros or embedded objects and is not accepted. Copy the data into a fresh template and upload that.',
  },
  links: {
    vi: 'Tệp có liên kết tới tệp khác bên ngoài nên không được nhận. Dán dữ liệu dạng giá trị vào mẫu của hệ thống rồi tải lên.',
    en: 'The file links to other files and is not accepted. Paste the data as values into the template and upload that.',
  },
  damaged: {
    vi: 'Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Mở lại bằng Excel, lưu lại rồi tải lên lần nữa.',
    en: 'The file is damaged or was not uploaded whole. Open it in Excel, save it again and upload it once more.',
  },
  unsafe: {
    vi: 'Tệp có cấu trúc không an toàn (bung nén quá lớn hoặc chứa khai báo lạ) nên không được nhận. Dùng mẫu tải từ hệ thống.',
    en: 'The structure of the file is unsafe (it unpacks to too much, or holds foreign declarations), so it is not accepted. Use the template.',
  },
} satisfies Record<string, Text>;

export type RefusalReason = keyof typeof refusals;

export function refusal(reason: RefusalReason): ProblemError {
  return refused(refusals[reason]);
}

export function refused(text: Text, extra: Record<string, unknown> = {}): ProblemError {
  return new ProblemError('file_refused', { reasonVi: text.vi, reasonEn: text.en }, extra);
}
