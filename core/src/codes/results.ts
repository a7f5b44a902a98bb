import type { CodeEntry, CodeList } from './code-list.ts';

interface EducationResultEntry extends CodeEntry {
  /** Whether the programme of the grade is completed. */
  readonly passed: boolean;
}

/** Primary schools. */
export const educationResult = {
  slug: 'education_result',
  official: null,
  name: { vi: 'Đánh giá kết quả giáo dục', en: 'Education result of the year' },
  source: 'TT 27/2020/TT-BGDĐT, Điều 9 khoản 2 (bốn mức); QĐ 4998/QĐ-BGDĐT, KQHTC1',
  entries: [
    { code: '01', vi: 'Hoàn thành xuất sắc', en: 'Completed with excellence', passed: true },
    { code: '02', vi: 'Hoàn thành tốt', en: 'Completed well', passed: true },
    { code: '03', vi: 'Hoàn thành', en: 'Completed', passed: true },
    { code: '04', vi: 'Chưa hoàn thành', en: 'Not completed', passed: false },
  ],
} as const satisfies CodeList<EducationResultEntry>;

interface ResultLevelEntry extends CodeEntry {
  /** Enough for promotion. */
  readonly passed: boolean;
}

/** Lower and upper secondary, continuing education: learning and conduct alike. */
export const resultLevel = {
  slug: 'result_level',
  official: null,
  name: { vi: 'Mức kết quả học tập, rèn luyện', en: 'Level of learning or conduct' },
  source:
    'TT 22/2021/TT-BGDĐT, Điều 8 (rèn luyện), Điều 9 (học tập); giáo dục thường xuyên: TT 43/2021/TT-BGDĐT; QĐ 4998/QĐ-BGDĐT, KQHTC2',
  entries: [
    { code: '01', vi: 'Tốt', en: 'Good', passed: true },
    { code: '02', vi: 'Khá', en: 'Fair', passed: true },
    { code: '03', vi: 'Đạt', en: 'Passed', passed: true },
    { code: '04', vi: 'Chưa đạt', en: 'Not passed', passed: false },
  ],
} as const satisfies CodeList<ResultLevelEntry>;

interface YearResultEntry extends CodeEntry {
  /** What becomes of the pupil: `again` is not decided before the assessment or the training of the summer. */
  readonly outcome: 'promoted' | 'again' | 'repeats' | 'completed';
  /** Last year of schooling of the level that is completed. */
  readonly year?: 5 | 9 | 12;
}

export const yearResult = {
  slug: 'year_result',
  official: null,
  name: { vi: 'Kết quả cuối năm', en: 'Result of the year' },
  source:
    'TT 27/2020/TT-BGDĐT, Điều 11; TT 22/2021/TT-BGDĐT, Điều 12-14; Luật Giáo dục 43/2019/QH14, Điều 34; QĐ 4998/QĐ-BGDĐT, KQHTC1, KQHTC2 (IS_LEN_LOP, IS_REN_LUYEN_LAI, IS_HOAN_THANH_CHUONG_TRINH_TIEU_HOC, IS_TOT_NGHIEP)',
  entries: [
    { code: '01', vi: 'Được lên lớp', en: 'Promoted', outcome: 'promoted' },
    {
      code: '02',
      vi: 'Kiểm tra, đánh giá lại hoặc rèn luyện trong hè',
      en: 'Assessed again or trained over the summer',
      outcome: 'again',
    },
    { code: '03', vi: 'Không được lên lớp', en: 'Repeats the grade', outcome: 'repeats' },
    {
      code: '04',
      vi: 'Hoàn thành chương trình tiểu học',
      en: 'Completed primary education',
      outcome: 'completed',
      year: 5,
    },
    {
      code: '05',
      vi: 'Hoàn thành chương trình (tốt nghiệp) trung học cơ sở',
      en: 'Completed lower secondary education',
      outcome: 'completed',
      year: 9,
    },
    {
      code: '06',
      vi: 'Hoàn thành chương trình trung học phổ thông',
      en: 'Completed upper secondary education',
      outcome: 'completed',
      year: 12,
    },
    {
      code: '07',
      vi: 'Tốt nghiệp trung học phổ thông',
      en: 'Graduated from upper secondary education',
      outcome: 'completed',
      year: 12,
    },
    // Whoever did not sit the exam, or has no result yet, has code 06: candidates are those of 07 and 08.
    {
      code: '08',
      vi: 'Hoàn thành chương trình trung học phổ thông, dự thi chưa tốt nghiệp',
      en: 'Completed upper secondary education, sat the exam and did not graduate',
      outcome: 'completed',
      year: 12,
    },
  ],
} as const satisfies CodeList<YearResultEntry>;
