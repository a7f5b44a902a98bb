import type { RecordKind } from './field.ts';

/**
 * Pupil: the person, and the spell of attendance in one school year. Feeds rows 37-77 of form 02-TH-ĐN.
 * A pupil who leaves and comes back has a second spell.
 */
export const student: RecordKind = {
  name: 'student',
  collection: 'students',
  label: { vi: 'Học sinh', en: 'Student' },
  table: 'enrolment',
  person: { table: 'student', key: 'studentId' },
  view: 'student_record',
  naturalKeys: [['code', 'enteredOn'], ['pin', 'enteredOn'], ['fullName', 'birthDate', 'sex', 'enteredOn']],
  order: ['fullName'],
  search: ['fullName', 'code', 'ministryCode'],
  source: 'QĐ 4998/QĐ-BGDĐT, HSC1; mô tả dữ liệu đầu năm 26/10/2020',
  fields: [
    { key: 'code', label: { vi: 'Mã học sinh', en: 'Student code' }, type: 'text', max: 20, person: true, main: true, width: 130, guidance: { vi: 'Để trống khi thêm mới: hệ thống tự cấp.', en: 'Leave empty for a new student: the system issues it.' } },
    { key: 'fullName', label: { vi: 'Họ và tên', en: 'Full name' }, type: 'name', max: 100, required: true, person: true, main: true, width: 200 },
    { key: 'birthDate', label: { vi: 'Ngày sinh', en: 'Date of birth' }, type: 'date', required: true, person: true, main: true, width: 110 },
    { key: 'sex', label: { vi: 'Giới tính', en: 'Sex' }, type: 'code', list: 'sex', required: true, person: true, main: true, width: 90 },
    { key: 'ethnicity', label: { vi: 'Dân tộc', en: 'Ethnicity' }, type: 'code', list: 'ethnicity', required: true, person: true, sensitive: true, main: true, width: 110 },
    { key: 'pin', label: { vi: 'Số định danh cá nhân', en: 'Personal identification number' }, type: 'pin', person: true, sensitive: true, main: true, width: 150, source: 'NĐ 137/2015/NĐ-CP, Điều 13' },
    { key: 'ministryCode', label: { vi: 'Mã định danh Bộ GDĐT', en: 'Ministry code' }, type: 'text', max: 10, person: true, width: 150, source: 'TT 42/2021/TT-BGDĐT, Điều 10' },
    { key: 'classCode', label: { vi: 'Lớp', en: 'Class' }, type: 'reference', to: 'class', required: true, main: true, width: 90, guidance: { vi: 'Lớp hiện nay.', en: 'The class now.' } },
    { key: 'openingClassCode', label: { vi: 'Lớp đầu năm', en: 'Class at opening' }, type: 'reference', to: 'class', width: 110, guidance: { vi: 'Để trống nếu không chuyển lớp.', en: 'Leave empty when the class has not changed.' } },
    { key: 'grade', label: { vi: 'Khối', en: 'Grade' }, type: 'code', list: 'grade', required: true, main: true, width: 80 },
    { key: 'entryStatus', label: { vi: 'Trạng thái vào', en: 'Entry status' }, type: 'code', list: 'student_entry_status', required: true, main: true, width: 150, source: 'QĐ 4998/QĐ-BGDĐT, danh mục trạng thái học sinh' },
    { key: 'enteredOn', label: { vi: 'Ngày vào', en: 'Entered on' }, type: 'date', required: true, main: true, width: 110 },
    { key: 'leaveStatus', label: { vi: 'Trạng thái rời', en: 'Leave status' }, type: 'code', list: 'student_leave_status', main: true, width: 150, source: 'QĐ 4998/QĐ-BGDĐT, danh mục trạng thái học sinh' },
    { key: 'leftOn', label: { vi: 'Ngày rời', en: 'Left on' }, type: 'date', main: true, width: 110 },
    { key: 'leaveReason', label: { vi: 'Lý do thôi học', en: 'Reason of withdrawal' }, type: 'code', list: 'withdrawal_reason', width: 160 },
    { key: 'destination', label: { vi: 'Nơi chuyển đi', en: 'Destination' }, type: 'code', list: 'transfer_destination', width: 130 },
    { key: 'newEntrant', label: { vi: 'Mới tuyển đầu cấp', en: 'New entrant of the level' }, type: 'boolean', required: true, width: 130 },
    { key: 'repeating', label: { vi: 'Lưu ban năm trước', en: 'Repeating' }, type: 'boolean', required: true, width: 130 },
    { key: 'twoSessions', label: { vi: 'Học 2 buổi/ngày', en: 'Two sessions a day' }, type: 'boolean', required: true, width: 120 },
    { key: 'boarding', label: { vi: 'Học bán trú', en: 'Boarding' }, type: 'code', list: 'boarding', width: 140 },
    { key: 'informatics', label: { vi: 'Học tin học', en: 'Learns informatics' }, type: 'boolean', required: true, width: 110 },
    { key: 'disability', label: { vi: 'Loại khuyết tật', en: 'Disability' }, type: 'code', list: 'disability', sensitive: true, width: 140 },
    { key: 'policyGroup', label: { vi: 'Diện chính sách', en: 'Policy group' }, type: 'code', list: 'policy_group', sensitive: true, width: 180 },
    { key: 'costSupport', label: { vi: 'Hỗ trợ chi phí học tập', en: 'Study-cost support' }, type: 'boolean', required: true, sensitive: true, width: 150 },
    { key: 'smallMinoritySupport', label: { vi: 'Hỗ trợ học tập DTTS rất ít người', en: 'Support for very small ethnic groups' }, type: 'boolean', required: true, sensitive: true, width: 180, source: 'NĐ 57/2017/NĐ-CP' },
    { key: 'mealSupport', label: { vi: 'Hỗ trợ tiền ăn, nhà ở, gạo', en: 'Support for meals, housing, rice' }, type: 'boolean', required: true, sensitive: true, width: 170 },
    { key: 'guardianName', label: { vi: 'Cha, mẹ hoặc người giám hộ', en: 'Parent or guardian' }, type: 'name', max: 100, person: true, width: 190 },
    { key: 'guardianPhone', label: { vi: 'Điện thoại liên hệ', en: 'Contact telephone' }, type: 'text', max: 20, person: true, width: 130 },
  ],
};
