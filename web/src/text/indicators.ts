import type { Breakdown, IndicatorGroup, IndicatorUnit, Scheme } from '@khuevan/core/indicators/definition.ts';
import { words } from './words.ts';

interface IndicatorWords {
  title: string;
  sub: (schoolYear: string) => string;
  levels: string;
  everyLevel: string;
  counted: (parts: string, schools: string) => string;
  exportAll: string;
  exportOne: string;
  population: string;
  noneTitle: (schoolYear: string) => string;
  none: string;
  seeBoard: string;
  groups: Record<IndicatorGroup, string>;
  breakdowns: Record<Breakdown, string>;
  schemes: Record<Scheme, string>;
  units: Record<IndicatorUnit, string>;
  formula: string;
  source: string;
  code: (code: string) => string;
  version: (version: string, from: string) => string;
  numerator: string;
  denominator: string;
  value: string;
  breakdown: string;
  breakdownTitle: string;
  blank: string;
  missingForm: (form: string, schoolYear: string) => string;
  missingCell: (cell: string, form: string) => string;
  missingPopulation: (year: number, from: number, to: number) => string;
  missingPopulationOne: (year: number, age: number) => string;
  nobody: string;
  findings: (count: number) => string;
  series: string;
  seriesNone: string;
  schoolYear: string;
  standard: string;
  madeOf: string;
  madeOfHelp: string;
  openCell: (cell: string) => string;
  side: string;
  cell: string;
  row: string;
  fraction: string;
  peopleOf: (from: number, to: number, year: number) => string;
  peopleSource: (source: string, documentNo: string, who: string, when: string) => string;
  compare: string;
  compareHelp: string;
  tier: string;
  directly: string;
  tiers: Record<'province' | 'district' | 'commune' | 'school', string>;
  unit: string;
  parent: string;
  approved: string;
  order: string;
  byName: string;
  byValue: string;
  compareNone: string;
  ofSchools: (parts: string, schools: string) => string;
  back: string;
  showAll: (count: string) => string;
}

const vi: IndicatorWords = {
  title: 'Chỉ tiêu thống kê',
  sub: (schoolYear) => `Năm học ${schoolYear}. Tính từ báo cáo đã duyệt, mỗi lần mở là số mới nhất.`,
  levels: 'Cấp học',
  everyLevel: 'Mọi cấp: người khuyết tật, ngân sách',
  counted: (parts, schools) => `${parts} trên ${schools} trường đã duyệt`,
  exportAll: 'Tải mọi chỉ tiêu, mọi đơn vị',
  exportOne: 'Tải bảng so sánh',
  population: 'Dân số',
  noneTitle: (schoolYear) => `Chưa có báo cáo nào được duyệt trong năm học ${schoolYear}`,
  none: 'Chỉ tiêu được tính từ báo cáo đã duyệt. Có báo cáo đầu tiên là có số ở đây.',
  seeBoard: 'Xem tiến độ báo cáo',
  groups: {
    size: 'Quy mô',
    access: 'Đi học so với dân số',
    flow: 'Lưu ban, chuyển cấp',
    learning: 'Điều kiện học tập của học sinh',
    staff: 'Giáo viên',
    rooms: 'Trường, phòng học',
    money: 'Kinh phí',
  },
  breakdowns: {
    all: 'Chung',
    female: 'Nữ',
    male: 'Nam',
    minority: 'Dân tộc thiểu số',
    minorityFemale: 'Nữ dân tộc thiểu số',
    public: 'Công lập',
    nonPublic: 'Ngoài công lập',
  },
  schemes: { national: 'Quốc gia', uis: 'UNESCO (UIS)' },
  units: { percent: '%', ratio: '', count: '', million: 'triệu đồng' },
  formula: 'Công thức',
  source: 'Nguồn',
  code: (code) => `Mã ${code}`,
  version: (version, from) => `Bản ${version}, áp dụng từ ${from}`,
  numerator: 'Tử số',
  denominator: 'Mẫu số',
  value: 'Giá trị',
  breakdown: 'Chia theo',
  breakdownTitle: 'Chia theo giới, dân tộc, loại hình',
  blank: 'Chưa có',
  missingForm: (form, schoolYear) => `Chưa có báo cáo biểu ${form} năm học ${schoolYear} được duyệt.`,
  missingCell: (cell, form) => `Ô ${cell} của biểu ${form} còn trống, hoặc trống ở một số trường.`,
  missingPopulation: (year, from, to) => `Chưa có dân số ${from}–${to} tuổi năm ${year} của địa bàn này.`,
  missingPopulationOne: (year, age) => `Chưa có dân số ${age} tuổi năm ${year} của địa bàn này.`,
  nobody: 'Mẫu số bằng 0: không có gì để chia.',
  findings: (count) => `${count} điểm cần xem lại`,
  series: 'Qua các năm',
  seriesNone: 'Chưa đủ số liệu để vẽ: cần ít nhất hai năm có giá trị.',
  schoolYear: 'Năm học',
  standard: 'Bản định nghĩa',
  madeOf: 'Số này từ đâu ra',
  madeOfHelp: 'Mở từng ô để xem các đơn vị, báo cáo và hồ sơ đứng sau.',
  openCell: (cell) => `Ô ${cell}`,
  side: 'Phần',
  cell: 'Ô',
  row: 'Dòng của biểu',
  fraction: 'Tử số / mẫu số',
  peopleOf: (from, to, year) =>
    from === to ? `Dân số ${from} tuổi, năm ${year}` : `Dân số ${from}–${to} tuổi, năm ${year}`,
  peopleSource: (source, documentNo, who, when) => `${source}, ${documentNo}; ${who} nhập lúc ${when}`,
  compare: 'So sánh các đơn vị',
  compareHelp: 'Đơn vị chưa đủ báo cáo có số trường đã duyệt bên cạnh.',
  tier: 'Tầng',
  directly: 'Trực thuộc',
  tiers: { province: 'Tỉnh', district: 'Huyện', commune: 'Xã', school: 'Trường' },
  unit: 'Đơn vị',
  parent: 'Trực thuộc',
  approved: 'Trường đã duyệt',
  order: 'Xếp theo',
  byName: 'Tên',
  byValue: 'Giá trị',
  compareNone: 'Không có đơn vị nào ở dưới có chỉ tiêu này.',
  ofSchools: (parts, schools) => `${parts} / ${schools}`,
  back: 'Mọi chỉ tiêu',
  showAll: (count) => `Hiện cả ${count} đơn vị`,
};

const en: IndicatorWords = {
  title: 'Indicators',
  sub: (schoolYear) => `School year ${schoolYear}. Worked out from approved reports each time the page is opened.`,
  levels: 'Level',
  everyLevel: 'Every level: disabled learners, budget',
  counted: (parts, schools) => `${parts} of ${schools} schools approved`,
  exportAll: 'Download every indicator of every unit',
  exportOne: 'Download the comparison',
  population: 'Population',
  noneTitle: (schoolYear) => `No report of ${schoolYear} is approved yet`,
  none: 'Indicators are worked out from approved reports. With the first of them there will be figures here.',
  seeBoard: 'See the progress of reports',
  groups: {
    size: 'Size',
    access: 'At school, against the population',
    flow: 'Repetition, transition',
    learning: 'Conditions of pupils',
    staff: 'Teachers',
    rooms: 'Schools, classrooms',
    money: 'Money',
  },
  breakdowns: {
    all: 'All',
    female: 'Female',
    male: 'Male',
    minority: 'Ethnic minorities',
    minorityFemale: 'Female, ethnic minorities',
    public: 'Public',
    nonPublic: 'Not public',
  },
  schemes: { national: 'National', uis: 'UNESCO (UIS)' },
  units: { percent: '%', ratio: '', count: '', million: 'million đồng' },
  formula: 'Formula',
  source: 'Source',
  code: (code) => `Code ${code}`,
  version: (version, from) => `Version ${version}, since ${from}`,
  numerator: 'Numerator',
  denominator: 'Denominator',
  value: 'Value',
  breakdown: 'Of',
  breakdownTitle: 'By sex, ethnicity, ownership',
  blank: 'None yet',
  missingForm: (form, schoolYear) => `No report of form ${form} for ${schoolYear} is approved yet.`,
  missingCell: (cell, form) => `Cell ${cell} of form ${form} is blank, or blank at some of the schools.`,
  missingPopulation: (year, from, to) => `There is no population aged ${from}–${to} of ${year} for this place yet.`,
  missingPopulationOne: (year, age) => `There is no population aged ${age} of ${year} for this place yet.`,
  nobody: 'The denominator is 0: there is nothing to divide by.',
  findings: (count) => (count === 1 ? 'One point to look at' : `${count} points to look at`),
  series: 'Over the years',
  seriesNone: 'Not enough to draw: at least two years with a value are needed.',
  schoolYear: 'School year',
  standard: 'Definition',
  madeOf: 'Where this comes from',
  madeOfHelp: 'Open a cell to see the units, reports and records behind it.',
  openCell: (cell) => `Cell ${cell}`,
  side: 'Part',
  cell: 'Cell',
  row: 'Row of the form',
  fraction: 'Numerator / denominator',
  peopleOf: (from, to, year) =>
    from === to ? `Population aged ${from} in ${year}` : `Population aged ${from}–${to} in ${year}`,
  peopleSource: (source, documentNo, who, when) => `${source}, ${documentNo}; imported by ${who}, ${when}`,
  compare: 'Units compared',
  compareHelp: 'Where reports are missing, the number of schools approved stands beside.',
  tier: 'Tier',
  directly: 'Directly below',
  tiers: { province: 'Provinces', district: 'Districts', commune: 'Communes', school: 'Schools' },
  unit: 'Unit',
  parent: 'Below',
  approved: 'Schools approved',
  order: 'Sort by',
  byName: 'Name',
  byValue: 'Value',
  compareNone: 'No unit below has this indicator.',
  ofSchools: (parts, schools) => `${parts} / ${schools}`,
  back: 'All indicators',
  showAll: (count) => `Show all ${count} units`,
};

export const indicatorsText = words(vi, en);
