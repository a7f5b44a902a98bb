import type { Finding, RuleFace } from '../findings.ts';
import type { Text } from '../records/field.ts';

/** What only the reading of a file can find: cells without a value, rows that clash with one another or with what is stored. */

const IDENTIFIERS = 'TT 42/2021/TT-BGDĐT, Điều 10 (mã định danh duy nhất, không đổi)';
const DICTIONARY = 'QĐ 4998/QĐ-BGDĐT, kiểu dữ liệu của từng trường';
const ONE_NUMBER = 'Luật Căn cước 26/2023/QH15, Điều 12 (mỗi công dân một số, không lặp lại ở người khác)';

function face(
  id: string,
  severity: RuleFace['severity'],
  source: string,
  title: Text,
  message: (finding: Finding) => Text,
): RuleFace {
  return { id, severity, source, title, message };
}

export const importFaces: RuleFace[] = [
  face(
    'import_formula_error',
    'error',
    DICTIONARY,
    { vi: 'Ô công thức bị lỗi', en: 'Formula without a value' },
    ({ value }) => ({
      vi: `Ô là công thức đang báo lỗi${value ? ` ${value}` : ' hoặc chưa được tính'}. Sửa công thức, hoặc gõ thẳng giá trị vào ô.`,
      en: `The cell is a formula that ${value ? `shows ${value}` : 'was never calculated'}. Correct it, or type the value itself.`,
    }),
  ),
  face(
    'import_unknown_school',
    'error',
    IDENTIFIERS,
    { vi: 'Mã trường không có trong đơn vị', en: 'School code outside the unit' },
    ({ value }) => ({
      vi: value
        ? `Đơn vị không có trường mã “${value}”. Chép đúng mã trường trong danh sách trường trực thuộc.`
        : 'Chưa ghi mã trường. Chép mã từ danh sách trường trực thuộc.',
      en: value
        ? `The unit has no school with code “${value}”. Copy the code from the list of its schools.`
        : 'The school code is empty. Copy it from the list of schools.',
    }),
  ),
  face(
    'import_duplicate_row',
    'error',
    IDENTIFIERS,
    { vi: 'Dòng lặp lại trong tệp', en: 'Row repeated in the file' },
    ({ params: p = {} }) => ({
      vi: `Dòng này trùng với dòng ${p.row}${p.sheet ? ` (sheet ${p.sheet})` : ''} của tệp. Giữ một dòng; nếu là hai người khác nhau, ghi số định danh hoặc mã của cả hai.`,
      en: `This row repeats row ${p.row}${p.sheet ? ` (sheet ${p.sheet})` : ''} of the file. Keep one; if they are two people, give the number or the code of both.`,
    }),
  ),
  face(
    'import_overlap',
    'error',
    'QĐ 4998/QĐ-BGDĐT, HSC1 (TRUONG_ID, MA_LOP) và GVC1 (TRUONG_ID)',
    { vi: 'Hai dòng của một người chồng thời gian', en: 'Two rows of one person overlap in time' },
    ({ params: p = {} }) => ({
      vi: `Thời gian ở dòng này chồng lên dòng ${p.row}${p.sheet ? ` (sheet ${p.sheet})` : ''} của cùng một người. Ghi ngày rời của lần trước, hoặc bỏ dòng thừa.`,
      en: `The time in this row overlaps row ${p.row}${p.sheet ? ` (sheet ${p.sheet})` : ''} of the same person. Enter the earlier day of leaving, or remove the surplus row.`,
    }),
  ),
  face(
    'import_ambiguous',
    'error',
    IDENTIFIERS,
    { vi: 'Nhiều người cùng họ tên, ngày sinh', en: 'Several people with this name and birth' },
    ({ params: p = {} }) => ({
      vi: `Trường đang có ${p.count} người cùng họ tên, ngày sinh, giới tính này. Ghi mã hoặc số định danh để biết là người nào.`,
      en: `The school has ${p.count} people with this name, birth and sex. Give the code or the number, to tell which one is meant.`,
    }),
  ),
  face(
    'import_code_differs',
    'error',
    IDENTIFIERS,
    { vi: 'Người này đã có mã khác', en: 'The person has another code' },
    ({ value, params: p = {} }) => ({
      vi: `Hệ thống đã cấp mã ${p.code} cho ${p.other}, tệp lại ghi mã ${value}. Ghi đúng mã đã cấp, hoặc để trống ô mã.`,
      en: `${p.other} has the code ${p.code}, but the file says ${value}. Write the code that was issued, or leave the cell empty.`,
    }),
  ),
  face(
    'import_pin_elsewhere',
    'error',
    ONE_NUMBER,
    { vi: 'Số định danh đang dùng ở trường khác', en: 'Number in use at another school' },
    () => ({
      vi: 'Số định danh này là của người đang học hoặc làm việc ở trường khác. Nếu mới chuyển đến, đề nghị trường cũ ghi ngày rời trước; nếu nhập nhầm, sửa lại số.',
      en: 'Somebody at another school has this number. After a transfer, ask the old school to enter the day of leaving first; if it is a slip, correct it.',
    }),
  ),
  face(
    'import_pin_masked',
    'error',
    ONE_NUMBER,
    { vi: 'Số định danh bị che không khớp', en: 'Masked number that fits nobody' },
    () => ({
      vi: 'Ô chứa số đã che (có dấu •) nhưng không phải số đang lưu của người này. Nhập đủ 12 chữ số.',
      en: 'The cell holds a masked number (with •) that is not this person’s. Enter all twelve digits.',
    }),
  ),
  face(
    'import_column_ignored',
    'warning',
    DICTIONARY,
    { vi: 'Cột không có trong mẫu, không được đọc', en: 'Column that the template does not have' },
    ({ value }) => ({
      vi: `Cột “${value}” không có trong mẫu nên không được đọc. Nếu cột này cần nhập, đổi tiêu đề cho đúng mẫu.`,
      en: `The column “${value}” is not in the template and was not read. If it matters, give it the heading of the template.`,
    }),
  ),
];
