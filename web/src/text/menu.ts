import { words } from './words.ts';

/** Sections and entries of the side menu, with the names people know from the system they had. */
export const menuText = words(
  {
    sections: { work: 'Việc cần làm', records: 'Hồ sơ', reports: 'Báo cáo', follow: 'Theo dõi', tools: 'Công cụ', manage: 'Quản lý' },
    entries: {
      home: 'Việc cần làm',
      profile: 'Hồ sơ trường',
      sites: 'Điểm trường',
      classes: 'Lớp học',
      students: 'Học sinh',
      staff: 'Đội ngũ',
      rooms: 'Phòng học',
      'budget-lines': 'Ngân sách',
      reports: 'Báo cáo',
      board: 'Tiến độ báo cáo',
      reviews: 'Duyệt báo cáo',
      aggregate: 'Tổng hợp',
      periods: 'Kỳ báo cáo',
      imports: 'Nhập từ Excel',
      units: 'Đơn vị trực thuộc',
      accounts: 'Tài khoản, ủy quyền',
      audit: 'Nhật ký',
    },
  },
  {
    sections: { work: 'Work to do', records: 'Records', reports: 'Reports', follow: 'Follow up', tools: 'Tools', manage: 'Manage' },
    entries: {
      home: 'Work to do',
      profile: 'School profile',
      sites: 'Sites',
      classes: 'Classes',
      students: 'Students',
      staff: 'Staff',
      rooms: 'Rooms',
      'budget-lines': 'Budget',
      reports: 'Reports',
      board: 'Progress of reports',
      reviews: 'Review reports',
      aggregate: 'Totals',
      periods: 'Periods',
      imports: 'Import from Excel',
      units: 'Units below',
      accounts: 'Accounts, delegations',
      audit: 'Audit log',
    },
  },
);
