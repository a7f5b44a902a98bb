import type { Field, RecordKind, Text } from './field.ts';

const flag = (key: string, vi: string, en: string, more: Partial<Field> = {}): Field => ({
  key,
  label: { vi, en },
  type: 'boolean',
  required: true,
  source: 'QĐ 4998/QĐ-BGDĐT, TRC1',
  ...more,
});

const guidance = (vi: string, en: string): { guidance: Text } => ({ guidance: { vi, en } });

/** School profile of one school year. Flags feed rows 8-25 of form 02-TH-ĐN. */
export const profile: RecordKind = {
  name: 'profile',
  collection: 'profile',
  label: { vi: 'Hồ sơ trường', en: 'School profile' },
  table: 'school_profile',
  view: 'school_profile',
  naturalKeys: [],
  order: [],
  search: [],
  source: 'QĐ 4998/QĐ-BGDĐT ngày 31/12/2021, TRC1; TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN',
  fields: [
    {
      key: 'ownership',
      label: { vi: 'Loại hình', en: 'Ownership' },
      type: 'code',
      list: 'ownership',
      required: true,
      main: true,
    },
    {
      key: 'schoolKind',
      label: { vi: 'Loại trường', en: 'Kind of school' },
      type: 'code',
      list: 'school_kind',
      required: true,
      main: true,
    },
    { key: 'region', label: { vi: 'Vùng', en: 'Region' }, type: 'code', list: 'region', required: true, main: true },
    {
      key: 'difficultAreas',
      label: { vi: 'Vùng khó khăn', en: 'Difficult areas' },
      type: 'codes',
      list: 'difficult_area',
    },
    { key: 'communeCode', label: { vi: 'Mã xã, phường', en: 'Commune code' }, type: 'text', max: 5 },
    { key: 'address', label: { vi: 'Địa chỉ', en: 'Address' }, type: 'text', max: 200 },
    { key: 'phone', label: { vi: 'Điện thoại', en: 'Telephone' }, type: 'text', max: 20 },
    { key: 'email', label: { vi: 'Thư điện tử', en: 'E-mail' }, type: 'text', max: 100 },
    {
      key: 'headName',
      label: { vi: 'Hiệu trưởng', en: 'Head of school' },
      type: 'name',
      required: true,
      max: 100,
      main: true,
    },
    { key: 'headPhone', label: { vi: 'Điện thoại hiệu trưởng', en: "Head's telephone" }, type: 'text', max: 20 },
    { key: 'foundedOn', label: { vi: 'Ngày thành lập', en: 'Founded on' }, type: 'date' },
    {
      key: 'nationalStandard',
      label: { vi: 'Đạt chuẩn quốc gia', en: 'National standard' },
      type: 'code',
      list: 'national_standard',
      readOnly: true,
      ...guidance(
        'Phòng hoặc Sở GDĐT cập nhật theo quyết định công nhận mới nhất; trường không tự sửa.',
        'Set by the managing office from the newest recognition decision; schools cannot change it.',
      ),
    },
    flag('twoSessions', 'Dạy học 2 buổi/ngày', 'Two sessions a day'),
    flag('computers', 'Sử dụng máy tính cho dạy học', 'Computers used for teaching'),
    flag('internet', 'Khai thác Internet cho dạy học', 'Internet used for teaching'),
    flag('onlineTeaching', 'Trường có tổ chức học trực tuyến', 'Online teaching', {
      source: 'Hướng dẫn báo cáo đầu năm 2022-2023 của Sở GDĐT Hải Phòng, mục 4.1',
      ...guidance(
        'Có hệ thống dạy học trực tuyến hỗ trợ hoặc thay thế dạy học trực tiếp.',
        'Has an online teaching system that supports or replaces teaching in class.',
      ),
    }),
    flag('electricity', 'Có điện (điện lưới)', 'Grid electricity'),
    flag('cleanWater', 'Có nguồn nước sạch', 'Clean water'),
    flag('drinkingWater', 'Có nước uống', 'Drinking water'),
    flag('toilets', 'Có công trình vệ sinh', 'Toilets'),
    flag('handWashing', 'Có chương trình giáo dục vệ sinh đôi tay', 'Hand-washing programme'),
    flag(
      'lifeSkills',
      'Có chương trình giáo dục cơ bản về giới tính, phòng chống bạo lực, xâm hại; kiến thức về HIV',
      'Basic education on gender, violence, abuse and HIV',
    ),
    flag(
      'disabilityAccess',
      'Cơ sở hạ tầng, tài liệu phù hợp với học sinh khuyết tật',
      'Infrastructure and materials fit for disabled learners',
    ),
    flag('counselling', 'Có bộ phận tư vấn học đường', 'School counselling'),
    flag(
      'disasterPlan',
      'Có kế hoạch phòng, chống thiên tai và ứng phó biến đổi khí hậu',
      'Plan for disasters and climate change',
      {
        required: false,
        ...guidance('Được để trống nếu chưa có căn cứ.', 'May stay empty where there is no evidence.'),
      },
    ),
  ],
};
