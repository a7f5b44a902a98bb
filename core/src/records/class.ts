import type { RecordKind } from './field.ts';

/** Class of one school year. Feeds rows 27-36 of form 02-TH-ĐN. */
export const schoolClass: RecordKind = {
  name: 'class',
  collection: 'classes',
  label: { vi: 'Lớp học', en: 'Class' },
  table: 'class',
  view: 'class',
  naturalKeys: [['code']],
  order: ['grade', 'code'],
  search: ['code', 'name'],
  source: 'QĐ 4998/QĐ-BGDĐT, LOPC1',
  fields: [
    { key: 'code', label: { vi: 'Mã lớp', en: 'Class code' }, type: 'text', max: 10, required: true, main: true, width: 100 },
    { key: 'name', label: { vi: 'Tên lớp', en: 'Class name' }, type: 'text', max: 20, required: true, main: true, width: 110 },
    { key: 'grade', label: { vi: 'Khối', en: 'Grade' }, type: 'code', list: 'grade', required: true, main: true, width: 90 },
    { key: 'siteCode', label: { vi: 'Điểm trường', en: 'Site' }, type: 'reference', to: 'site', main: true, width: 140 },
    { key: 'sessionsPerWeek', label: { vi: 'Số buổi/tuần', en: 'Sessions a week' }, type: 'code', list: 'sessions_per_week', required: true, main: true, width: 120 },
    { key: 'twoSessions', label: { vi: 'Học 2 buổi/ngày', en: 'Two sessions a day' }, type: 'boolean', required: true, main: true, width: 130 },
    { key: 'combined', label: { vi: 'Lớp ghép', en: 'Combined class' }, type: 'boolean', required: true, main: true, width: 100 },
    { key: 'combinedGrades', label: { vi: 'Ghép các khối', en: 'Grades combined' }, type: 'codes', list: 'grade', width: 130 },
    { key: 'boarding', label: { vi: 'Lớp bán trú', en: 'Boarding class' }, type: 'boolean', required: true, main: true, width: 110 },
    { key: 'special', label: { vi: 'Lớp chuyên biệt', en: 'Special class' }, type: 'boolean', required: true, width: 120 },
    { key: 'homeroomTeacher', label: { vi: 'Giáo viên chủ nhiệm', en: 'Homeroom teacher' }, type: 'reference', to: 'staff', width: 160 },
  ],
};
