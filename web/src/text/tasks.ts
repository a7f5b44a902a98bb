import { words } from './words.ts';

export const tasksText = words(
  {
    today: (day: string) => `Hôm nay ${day}.`,
    nextDeadline: (days: number, what: string) =>
      days > 0
        ? `Còn ${days} ngày đến hạn ${what}.`
        : days === 0
          ? `Hôm nay là hạn ${what}.`
          : `Đã quá hạn ${what} ${-days} ngày.`,
    deadlineOf: (period: string) => `nộp ${period.toLocaleLowerCase('vi')}`,
    list: 'Việc phải làm, việc gấp ở trên',
    nothingTitle: 'Không có việc nào đang chờ',
    nothing:
      'Hồ sơ không có lỗi và không có báo cáo nào đến hạn. Khi có biến động về học sinh, đội ngũ, cập nhật ngay trong 3 đến 5 ngày.',
    nothingOffice: 'Không có báo cáo nào chờ duyệt và không có báo cáo nào đến hạn.',
    dueOn: (day: string) => `hạn ${day}`,
    since: (time: string) => `từ ${time}`,
    reminded: (time: string) => `được nhắc lúc ${time}`,
    titles: {
      'report-returned': (period: string, count: number) =>
        `${period} bị trả về${count > 0 ? `: ${count} điểm cần sửa` : ''}`,
      'report-due': (period: string, form: string) => `Lập và gửi ${period}, biểu ${form}`,
      'report-blocked': (period: string, count: number) =>
        `${period}: còn ${count} thông tin thiếu, chưa lấy được dữ liệu`,
      'report-to-review': (period: string, count: number) => `${count} báo cáo chờ duyệt: ${period}`,
      'records-with-errors': (kind: string, count: number) => `${count} ${kind} có lỗi phải sửa`,
      'records-without-pin': (kind: string, count: number) => `${count} ${kind} chưa có số định danh cá nhân`,
      'period-to-open': 'Chưa mở kỳ báo cáo đầu năm học này',
      'import-ready': (file: string, count: number) => `Tệp ${file} đã đọc xong: ${count} dòng sẵn sàng ghi`,
      'collection-due': (title: string) => `Báo cáo đột xuất: ${title}`,
      'collection-returned': (title: string) => `Báo cáo đột xuất bị trả về: ${title}`,
    },
    notes: {
      'report-returned': 'Sửa từng điểm, trả lời ý kiến rồi gửi lại.',
      'report-due': 'Lấy dữ liệu từ hồ sơ, bổ sung phòng học và ngân sách, kiểm tra rồi gửi.',
      'report-blocked': 'Mở danh sách còn thiếu, mỗi dòng dẫn đến đúng ô phải bổ sung.',
      'report-to-review': 'Xem từng báo cáo, duyệt hoặc trả về kèm việc phải làm.',
      'records-with-errors': 'Lỗi chặn gửi báo cáo. Mỗi ô lỗi có lý do, căn cứ và cách sửa.',
      'records-without-pin': 'Không chặn báo cáo, nhưng phải nêu lý do khi gửi.',
      'period-to-open': 'Mở kỳ, định ngày chốt số liệu và hạn nộp để các đơn vị bắt đầu.',
      'import-ready': 'Xem trước những gì sẽ thêm, sửa rồi ghi vào hồ sơ.',
      'collection-due': 'Trả lời trên màn hình hoặc bằng Excel rồi gửi.',
      'collection-returned': 'Sửa theo lý do trả về rồi gửi lại.',
    },
    actions: {
      'report-returned': 'Sửa và gửi lại',
      'report-due': 'Làm báo cáo',
      'report-blocked': 'Xem phần thiếu',
      'report-to-review': 'Duyệt',
      'records-with-errors': 'Mở danh sách',
      'records-without-pin': 'Mở danh sách',
      'period-to-open': 'Mở kỳ báo cáo',
      'import-ready': 'Xem và ghi',
      'collection-due': 'Trả lời',
      'collection-returned': 'Sửa và gửi lại',
    },
    kinds: {
      profile: 'hồ sơ trường',
      site: 'điểm trường',
      class: 'lớp',
      student: 'học sinh',
      staff: 'cán bộ, giáo viên',
      room: 'dòng phòng học',
      budget: 'khoản ngân sách',
    },
    figures: 'Nhà trường trong một phút',
    students: 'Học sinh',
    classes: 'Lớp',
    perClass: 'Học sinh / lớp',
    staff: 'Cán bộ, giáo viên, nhân viên',
    atStandard: 'Giáo viên đạt chuẩn trở lên',
    withPin: 'Học sinh có số định danh',
    partOf: (part: string, whole: string) => `${part}/${whole}`,
  },
  {
    today: (day: string) => `Today is ${day}.`,
    nextDeadline: (days: number, what: string) =>
      days > 0
        ? `${days} days until the deadline of ${what}.`
        : days === 0
          ? `Today is the deadline of ${what}.`
          : `The deadline of ${what} was ${-days} days ago.`,
    deadlineOf: (period: string) => period,
    list: 'Work to do, most urgent first',
    nothingTitle: 'Nothing is waiting',
    nothing: 'The records have no errors and no report is due. Enter changes of students and staff within 3 to 5 days.',
    nothingOffice: 'No report waits for review and none is due.',
    dueOn: (day: string) => `due ${day}`,
    since: (time: string) => `since ${time}`,
    reminded: (time: string) => `reminded ${time}`,
    titles: {
      'report-returned': (period: string, count: number) =>
        `${period} was returned${count > 0 ? `: ${count} points to correct` : ''}`,
      'report-due': (period: string, form: string) => `Prepare and send ${period}, form ${form}`,
      'report-blocked': (period: string, count: number) =>
        `${period}: ${count} facts are missing, so the data cannot be fetched`,
      'report-to-review': (period: string, count: number) => `${count} reports to review: ${period}`,
      'records-with-errors': (kind: string, count: number) => `${count} records with errors: ${kind}`,
      'records-without-pin': (kind: string, count: number) =>
        `${count} without a personal identification number: ${kind}`,
      'period-to-open': 'The start-of-year period is not open yet',
      'import-ready': (file: string, count: number) => `File ${file} is read: ${count} rows ready to be written`,
      'collection-due': (title: string) => `Ad-hoc collection: ${title}`,
      'collection-returned': (title: string) => `Ad-hoc collection returned: ${title}`,
    },
    notes: {
      'report-returned': 'Correct each point, answer the remarks, and send again.',
      'report-due': 'Fetch the data from the records, add rooms and budget, check, and send.',
      'report-blocked': 'Open the list; each line leads to the cell to fill in.',
      'report-to-review': 'Look at each report; approve it, or return it with what is to be done.',
      'records-with-errors': 'Errors block the report. Each cell says why, by which law, and how to correct it.',
      'records-without-pin': 'Does not block the report, but a reason must be given.',
      'period-to-open': 'Open it and set its as-of day and deadlines, so that the units can begin.',
      'import-ready': 'See what will be added and changed, then write it.',
      'collection-due': 'Answer on the screen or by Excel, then send.',
      'collection-returned': 'Correct it as the reason says, then send again.',
    },
    actions: {
      'report-returned': 'Correct and send',
      'report-due': 'Prepare the report',
      'report-blocked': 'See what is missing',
      'report-to-review': 'Review',
      'records-with-errors': 'Open the list',
      'records-without-pin': 'Open the list',
      'period-to-open': 'Open the period',
      'import-ready': 'Look and write',
      'collection-due': 'Answer',
      'collection-returned': 'Correct and send',
    },
    kinds: {
      profile: 'school profile',
      site: 'sites',
      class: 'classes',
      student: 'students',
      staff: 'staff',
      room: 'rooms',
      budget: 'budget lines',
    },
    figures: 'The school in a minute',
    students: 'Students',
    classes: 'Classes',
    perClass: 'Students / class',
    staff: 'Staff',
    atStandard: 'Teachers at or above standard',
    withPin: 'Students with a number',
    partOf: (part: string, whole: string) => `${part}/${whole}`,
  },
);
