import { type CodeEntry, type CodeList, ministrySource } from './code-list.ts';

/** Levels of education, named short so that the list stays a table. */
const GENERAL = ['02', '03', '04'] as const;
const FROM_02 = ['02', '03', '04', '05'] as const;
const SECONDARY = ['03', '04', '05'] as const;

interface SubjectTaughtEntry extends CodeEntry {
  /** Levels at which the ministry's list has the subject; absent where it does not say: at every level. */
  readonly levels?: readonly string[];
}

export const subjectTaught = {
  slug: 'subject_taught',
  official: 'DM_MON_DAY_GV',
  name: { vi: 'Môn dạy', en: 'Subject taught' },
  source: ministrySource('DM_MON_DAY_GV'),
  entries: [
    { code: '09', vi: 'Tiểu học (dạy nhiều môn)', en: 'Primary class teacher', levels: ['02'] },
    { code: '05', vi: 'Âm nhạc', en: 'Music', levels: ['02', '03'] },
    { code: '19', vi: 'Mỹ thuật', en: 'Fine arts', levels: ['02', '03'] },
    { code: '08', vi: 'Thể dục', en: 'Physical education', levels: GENERAL },
    { code: '10', vi: 'Tin học', en: 'Informatics', levels: FROM_02 },
    { code: '07', vi: 'Tiếng Anh', en: 'English', levels: FROM_02 },
    { code: '11', vi: 'Tiếng Nga', en: 'Russian', levels: GENERAL },
    { code: '12', vi: 'Tiếng Pháp', en: 'French', levels: GENERAL },
    { code: '13', vi: 'Tiếng Trung', en: 'Chinese', levels: GENERAL },
    { code: '34', vi: 'Tiếng Hàn', en: 'Korean' },
    { code: '35', vi: 'Tiếng Nhật', en: 'Japanese' },
    { code: '33', vi: 'Ngoại ngữ khác', en: 'Other foreign language', levels: GENERAL },
    { code: '32', vi: 'Tiếng dân tộc', en: 'Ethnic language', levels: GENERAL },
    { code: '36', vi: 'Môn khác', en: 'Other subject' },
    { code: '01', vi: 'Mẫu giáo', en: 'Kindergarten', levels: ['01'] },
    { code: '02', vi: 'Nhà trẻ', en: 'Nursery', levels: ['01'] },
    { code: '22', vi: 'Toán', en: 'Mathematics', levels: SECONDARY },
    { code: '20', vi: 'Ngữ văn', en: 'Literature', levels: SECONDARY },
    { code: '23', vi: 'Vật lý', en: 'Physics', levels: SECONDARY },
    { code: '17', vi: 'Hóa học', en: 'Chemistry', levels: SECONDARY },
    { code: '21', vi: 'Sinh học', en: 'Biology', levels: SECONDARY },
    { code: '18', vi: 'Lịch sử', en: 'History', levels: SECONDARY },
    { code: '06', vi: 'Địa lý', en: 'Geography', levels: SECONDARY },
    { code: '16', vi: 'Giáo dục công dân', en: 'Civic education', levels: SECONDARY },
    { code: '24', vi: 'Công nghệ', en: 'Technology', levels: SECONDARY },
    { code: '14', vi: 'Công nghệ (công nghiệp)', en: 'Technology (industry)', levels: ['03'] },
    { code: '15', vi: 'Công nghệ (nông nghiệp)', en: 'Technology (agriculture)', levels: ['03'] },
    { code: '25', vi: 'Giáo dục quốc phòng', en: 'Defence education', levels: ['04'] },
    { code: '26', vi: 'Kỹ thuật công nghiệp', en: 'Industrial technique', levels: ['04'] },
    { code: '27', vi: 'Kỹ thuật nông nghiệp', en: 'Agricultural technique', levels: ['04'] },
    { code: '28', vi: 'Nhóm nghề nông lâm', en: 'Trades: agriculture and forestry', levels: ['05'] },
    { code: '29', vi: 'Nhóm nghề tiểu thủ công nghiệp', en: 'Trades: handicraft', levels: ['05'] },
    { code: '30', vi: 'Nhóm nghề dịch vụ', en: 'Trades: services', levels: ['05'] },
    { code: '31', vi: 'Nhóm nghề khác', en: 'Trades: other', levels: ['05'] },
  ],
} as const satisfies CodeList<SubjectTaughtEntry>;

/** What pupils learn; what teachers teach is in the list above. */
export const foreignLanguage = {
  slug: 'foreign_language',
  official: 'DM_NGOAI_NGU',
  name: { vi: 'Ngoại ngữ', en: 'Foreign language' },
  source: ministrySource('DM_NGOAI_NGU'),
  entries: [
    { code: '01', vi: 'Tiếng Anh', en: 'English' },
    { code: '02', vi: 'Tiếng Nga', en: 'Russian' },
    { code: '03', vi: 'Tiếng Pháp', en: 'French' },
    { code: '04', vi: 'Tiếng Đức', en: 'German' },
    { code: '05', vi: 'Tiếng Trung Quốc', en: 'Chinese' },
    { code: '10', vi: 'Tiếng Nhật', en: 'Japanese' },
    { code: '11', vi: 'Tiếng Hàn', en: 'Korean' },
    { code: '12', vi: 'Tiếng Lào', en: 'Lao' },
    { code: '13', vi: 'Tiếng Thái', en: 'Thai' },
    { code: '06', vi: 'Ngoại ngữ khác', en: 'Other foreign language' },
  ],
} as const satisfies CodeList;

/** Of specialised classes in schools for the gifted. */
export const specialisation = {
  slug: 'specialisation',
  official: 'DM_HE_CHUYEN',
  name: { vi: 'Hệ chuyên', en: 'Specialisation' },
  source: ministrySource('DM_HE_CHUYEN', 'TT 05/2023/TT-BGDĐT (trường trung học phổ thông chuyên)'),
  entries: [
    { code: '01', vi: 'Chuyên Ngữ văn', en: 'Literature' },
    { code: '02', vi: 'Chuyên Lịch sử', en: 'History' },
    { code: '03', vi: 'Chuyên Địa lý', en: 'Geography' },
    { code: '04', vi: 'Chuyên Tiếng Anh', en: 'English' },
    { code: '05', vi: 'Chuyên Tiếng Pháp', en: 'French' },
    { code: '06', vi: 'Chuyên Tiếng Trung', en: 'Chinese' },
    { code: '07', vi: 'Chuyên Tiếng Nga', en: 'Russian' },
    { code: '08', vi: 'Chuyên Ngoại ngữ khác', en: 'Other foreign language' },
    { code: '09', vi: 'Chuyên Toán', en: 'Mathematics' },
    { code: '10', vi: 'Chuyên Vật lý', en: 'Physics' },
    { code: '11', vi: 'Chuyên Hóa học', en: 'Chemistry' },
    { code: '12', vi: 'Chuyên Sinh học', en: 'Biology' },
    { code: '13', vi: 'Chuyên Tin học', en: 'Informatics' },
    { code: '14', vi: 'Chuyên khác', en: 'Other' },
  ],
} as const satisfies CodeList;
