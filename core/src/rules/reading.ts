import type { Finding, RuleFace } from '../findings.ts';
import type { Text } from '../records/field.ts';
import { recordKinds } from '../records/kinds.ts';
import { codeList } from '../codes/index.ts';

/** What the reading of loose input (records/parse.ts) and the checks of forms can find. */

const DICTIONARY = 'QĐ 4998/QĐ-BGDĐT, kiểu dữ liệu của từng trường';

const fieldOf = ({ kind, field }: Finding) =>
  kind ? recordKinds[kind].fields.find((each) => each.key === field) : undefined;

function labelOf(finding: Finding): Text {
  return fieldOf(finding)?.label ?? { vi: finding.field ?? '', en: finding.field ?? '' };
}

function face(
  id: string,
  severity: RuleFace['severity'],
  source: string,
  title: Text,
  say: (label: Text, finding: Finding) => Text,
): RuleFace {
  return { id, severity, source, title, message: (finding) => say(labelOf(finding), finding) };
}

export const readingFaces: RuleFace[] = [
  face(
    'required',
    'error',
    'Mô tả dữ liệu đầu năm 26/10/2020, trường bắt buộc; TT 24/2018/TT-BGDĐT, chỉ tiêu của biểu 02-TH-ĐN',
    { vi: 'Thiếu thông tin bắt buộc', en: 'Required value missing' },
    (label) => ({
      vi: `Chưa có ${label.vi}. Đây là thông tin bắt buộc: nhập giá trị.`,
      en: `${label.en} is empty. It is required: enter a value.`,
    }),
  ),
  face('bad_text', 'error', DICTIONARY, { vi: 'Ô không phải chữ đọc được', en: 'Not readable text' }, (label) => ({
    vi: `${label.vi} chứa ký tự điều khiển hoặc không phải chữ (Excel có thể đã đổi thành ngày). Đặt ô là dạng Text rồi gõ lại.`,
    en: `${label.en} holds control characters or is no text (Excel may have turned it into a date). Format the cell as text and type it again.`,
  })),
  face(
    'too_long',
    'error',
    DICTIONARY,
    { vi: 'Dài quá số ký tự cho phép', en: 'Text that is too long' },
    (label, { params: p = {} }) => ({
      vi: `${label.vi} dài ${p.length} ký tự, tối đa ${p.max}. Rút gọn lại.`,
      en: `${label.en} has ${p.length} characters; ${p.max} is the most. Shorten it.`,
    }),
  ),
  face(
    'bad_name',
    'error',
    'QĐ 4998/QĐ-BGDĐT (HO_TEN); Bộ luật Dân sự 91/2015/QH13, Điều 26 khoản 3 (không đặt tên bằng số, ký tự)',
    { vi: 'Họ tên có chữ số hoặc ký tự lạ', en: 'Name with digits or odd characters' },
    (label, { value }) => ({
      vi: `${label.vi} “${value}” có chữ số hoặc ký tự không dùng trong họ tên. Ghi như giấy khai sinh.`,
      en: `${label.en} “${value}” has digits or characters that no name has. Write it as on the birth certificate.`,
    }),
  ),
  face(
    'bad_date',
    'error',
    `${DICTIONARY} (dd/mm/yyyy)`,
    { vi: 'Ngày không đọc được', en: 'Unreadable date' },
    (label, { value }) => ({
      vi: `${label.vi} “${value}” không phải ngày có thật dạng ngày/tháng/năm. Nhập như 05/09/2018.`,
      en: `${label.en} “${value}” is not a real day as day/month/year. Enter it like 05/09/2018.`,
    }),
  ),
  face('bad_number', 'error', DICTIONARY, { vi: 'Số không đọc được', en: 'Unreadable number' }, (label, finding) => ({
    vi: `${label.vi} “${finding.value}” phải là số không âm${fieldOf(finding)?.type === 'integer' ? ', không có phần lẻ' : ', nhiều nhất hai chữ số sau dấu phẩy'}. Nhập lại.`,
    en: `${label.en} “${finding.value}” must be a number from 0${fieldOf(finding)?.type === 'integer' ? ' without decimals' : ' with two decimals at most'}. Enter it again.`,
  })),
  face(
    'too_large',
    'error',
    DICTIONARY,
    { vi: 'Số quá lớn', en: 'Number too large' },
    (label, { value, params: p = {} }) => ({
      vi: `${label.vi} “${value}” vượt mức ${p.most}. Kiểm tra đơn vị tính và số chữ số.`,
      en: `${label.en} “${value}” is over ${p.most}. Check the unit and the digits.`,
    }),
  ),
  face(
    'bad_boolean',
    'error',
    DICTIONARY,
    { vi: 'Ô phải là Có hoặc Không', en: 'Neither yes nor no' },
    (label, { value }) => ({
      vi: `${label.vi} “${value}” không rõ là có hay không. Ghi “x” hoặc “Có” nếu có, “Không” nếu không.`,
      en: `${label.en} “${value}” is neither yes nor no. Write “x” or “Có” for yes, “Không” for no.`,
    }),
  ),
  face(
    'bad_code',
    'error',
    'QĐ 4998/QĐ-BGDĐT, các danh mục dùng chung',
    { vi: 'Giá trị không có trong danh mục', en: 'Value not in the code list' },
    (label, finding) => {
      const list = fieldOf(finding)?.list;
      const name = list ? codeList(list).name : label;
      return {
        vi: `${label.vi} “${finding.params?.part ?? finding.value}” không có trong danh mục ${name.vi}. Chọn trong danh sách thả xuống, hoặc ghi mã hay tên trong danh mục.`,
        en: `${label.en} “${finding.params?.part ?? finding.value}” is not in the list ${name.en}. Choose from the drop-down, or write a code or a name of the list.`,
      };
    },
  ),
  face(
    'bad_pin',
    'error',
    'NĐ 137/2015/NĐ-CP, Điều 13; Luật Căn cước 26/2023/QH15, Điều 12',
    { vi: 'Số định danh không đủ 12 chữ số', en: 'Identification number that is not twelve digits' },
    (label, { params: p = {} }) => ({
      vi: `${label.vi} có ${p.digits} chữ số, phải đúng 12. Kiểm tra số 0 ở đầu (Excel hay bỏ mất) và không dùng số chứng minh nhân dân cũ.`,
      en: `${label.en} has ${p.digits} digits; it must have twelve. Check the leading 0 (Excel often drops it), and do not use the old identity card number.`,
    }),
  ),
  face(
    'read_only',
    'warning',
    'Công văn ngày 30/01/2024 của Sở GDĐT Bắc Giang, mục 2.2',
    { vi: 'Thông tin do cấp trên cập nhật', en: 'Value kept by the managing office' },
    (label) => ({
      vi: `${label.vi} do Phòng hoặc Sở GDĐT cập nhật theo quyết định mới nhất, nên giá trị này không được ghi. Nếu hệ thống đang sai, đề nghị đơn vị quản lý sửa.`,
      en: `${label.en} is kept by the managing office from the newest decision, so this value was not written. If the system is wrong, ask that office to correct it.`,
    }),
  ),
];
