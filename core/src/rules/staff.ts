import type { CodeEntry } from '../codes/code-list.ts';
import { codeName } from '../codes/index.ts';
import { staffPosition, staffStatus } from '../codes/staff.ts';
import { ageInSchoolYear, formatDate } from '../vietnam/dates.ts';
import { duplicateRules } from './duplicates.ts';
import { otherLevelRule } from './other-level.ts';
import { identityRules, leftBeforeEntered } from './person.ts';
import { preschoolStaffRules } from './preschool.ts';
import { codesOf, isEmpty, kept, type RecordRule, type RecordValues, type SetRule, textOf } from './rule.ts';
import { schoolYear } from './school-year.ts';
import { trainingStandardOn } from './training-standard.ts';

const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT, GVC1';
const POSITIONS = `${TECHNICAL_RULES}; danh mục loại cán bộ (DM_LOAI_CAN_BO)`;
const LABOUR =
  'Luật Viên chức 58/2010/QH12, Điều 22 (từ 01/7/2026: Luật Viên chức 129/2025/QH15, Điều 19); Bộ luật Lao động 45/2019/QH14, Điều 169';
const CHARTER = 'Điều lệ trường tiểu học (TT 28/2020/TT-BGDĐT), Điều 11';

const MANAGER = '01';
const SUPPORT = '02';
const TEACHER = '03';
/** Independent groups and classes of children have an owner and no head: TT 49/2021/TT-BGDĐT. */
const withoutHead: ReadonlySet<string> = new Set(['04', '05', '19']);
const HEADS: readonly string[] = ['01', '05'];
const YOUNGEST = 18;
const USUAL_OLDEST = 65;
const OLDEST = 80;

type Position = CodeEntry & { group: string; levels: readonly string[] };
const positions = new Map<string, Position>(
  (staffPosition.entries as readonly Position[]).map((entry) => [entry.code, entry]),
);
const working: ReadonlySet<string> = new Set(
  staffStatus.entries.filter((entry) => entry.working).map((entry) => entry.code),
);
/** Transferred, reassigned, retired, seconded elsewhere: gone on a day. Who waits for retirement may still be there. */
const gone: ReadonlySet<string> = new Set(['02', '03', '05', '06']);

const name = (list: string, code: unknown, language: 'vi' | 'en') => codeName(list, String(code), language);

/** Whether a position may be held in the group at the level; groups other than the three of a school are not judged. */
function fits(record: RecordValues, group: string, isRequired: boolean): boolean {
  if (record.staffGroup !== group) return true;
  const code = textOf(record.position);
  if (code === '') return !isRequired || record.position === undefined;
  const position = positions.get(code);
  return (
    position !== undefined &&
    position.group === group &&
    (!record.level || position.levels.includes(textOf(record.level)))
  );
}

function positionRule(
  id: string,
  group: string,
  isRequired: boolean,
  title: RecordRule['title'],
  need: RecordRule['title'],
): RecordRule {
  return {
    id,
    kind: 'staff',
    field: 'position',
    severity: 'error',
    source: POSITIONS,
    title,
    message: ({ value }) => ({
      vi: `${value ? `“${name('staff_position', value, 'vi')}” không phải vị trí của nhóm này ở cấp dạy đã ghi` : 'Chưa chọn vị trí việc làm'}. ${need.vi}`,
      en: `${value ? `“${name('staff_position', value, 'en')}” is not a position of this group at the level` : 'No position is chosen'}. ${need.en}`,
    }),
    check: (record) =>
      fits(record, group, isRequired) ? kept : [{ field: 'position', value: textOf(record.position) || undefined }],
  };
}

const work: RecordRule[] = [
  positionRule(
    'staff_manager_position',
    MANAGER,
    true,
    { vi: 'Cán bộ quản lý không phải hiệu trưởng hay phó hiệu trưởng', en: 'Manager who is neither head nor deputy' },
    {
      vi: 'Chọn hiệu trưởng hoặc phó hiệu trưởng (giám đốc, phó giám đốc ở trung tâm), hoặc sửa nhóm cán bộ.',
      en: 'Choose head or deputy head (director or deputy in a centre), or correct the staff group.',
    },
  ),
  positionRule(
    'staff_support_position',
    SUPPORT,
    true,
    { vi: 'Nhân viên chưa có vị trí hợp lệ của cấp học', en: 'Support staff without a valid position of the level' },
    {
      vi: 'Báo cáo đếm nhân viên theo vị trí: chọn vị trí nhân viên của cấp học, hoặc sửa nhóm cán bộ.',
      en: 'Support staff are reported by position: choose one of the level, or correct the staff group.',
    },
  ),
  positionRule(
    'staff_teacher_position',
    TEACHER,
    false,
    { vi: 'Giáo viên giữ vị trí của nhóm khác', en: 'Teacher with a position of another group' },
    {
      vi: 'Giáo viên chỉ có thể là tổ trưởng, tổ phó chuyên môn hoặc để trống. Sửa vị trí hoặc nhóm cán bộ.',
      en: 'A teacher can be a subject team leader or deputy, or have none. Correct the position or the staff group.',
    },
  ),
  {
    id: 'staff_subjects_missing',
    kind: 'staff',
    field: 'subjects',
    severity: 'error',
    source: `${TECHNICAL_RULES}; danh mục môn dạy (DM_MON_DAY_GV)`,
    title: { vi: 'Giáo viên chưa có môn dạy', en: 'Teacher without a subject' },
    message: () => ({
      vi: 'Giáo viên phải có ít nhất một môn dạy. Giáo viên chủ nhiệm tiểu học chọn “Tiểu học (dạy nhiều môn)”.',
      en: 'A teacher teaches at least one subject. A primary class teacher chooses “Primary class teacher”.',
    }),
    check: ({ staffGroup, subjects }) => (staffGroup === TEACHER && isEmpty(subjects) ? [{ field: 'subjects' }] : kept),
  },
  {
    id: 'staff_standard_differs',
    kind: 'staff',
    field: 'declaredStandard',
    severity: 'warning',
    source:
      'Luật Giáo dục 43/2019/QH14, Điều 72 (đến 31/12/2025); Luật Nhà giáo 73/2025/QH15, Điều 28 (từ 01/01/2026); NĐ 93/2026/NĐ-CP, Điều 20',
    title: { vi: 'Chuẩn đào tạo khai khác chuẩn theo luật', en: 'Declared training standard differs from the law' },
    message: ({ params: p = {} }) => ({
      vi: `Khai “${name('training_standard', p.declared, 'vi')}” nhưng trình độ “${name('training_level', p.training, 'vi')}” là “${name('training_standard', p.computed, 'vi')}” theo ${p.law}. Sửa chuẩn hoặc trình độ; nếu có chứng chỉ nghiệp vụ sư phạm, chọn trình độ có chứng chỉ.`,
      en: `Declared “${name('training_standard', p.declared, 'en')}”, but “${name('training_level', p.training, 'en')}” is “${name('training_standard', p.computed, 'en')}” by ${p.law}. Correct the standard or the training; with a pedagogical certificate choose the training that says so.`,
    }),
    check: ({ staffGroup, declaredStandard, level, training, subjects }, { asOf }) => {
      if (staffGroup !== TEACHER || !declaredStandard) return kept;
      const found = trainingStandardOn(asOf, textOf(level), textOf(training), codesOf(subjects));
      if (!found || found.standard === declaredStandard) return kept;
      const params = {
        declared: textOf(declaredStandard),
        training: textOf(training),
        computed: found.standard,
        law: found.source,
      };
      return [{ field: 'declaredStandard', value: textOf(declaredStandard), params }];
    },
  },
  {
    id: 'staff_level',
    kind: 'staff',
    field: 'level',
    severity: 'error',
    source: `${TECHNICAL_RULES}; danh mục cấp học (DM_CAP_HOC)`,
    title: { vi: 'Cấp dạy không phải cấp học của trường', en: 'Level the school does not teach' },
    message: ({ value }) => ({
      vi: `Trường không có cấp ${name('level', value, 'vi')}. Sửa cấp dạy.`,
      en: `The school does not teach the level ${name('level', value, 'en')}. Correct the level.`,
    }),
    check: ({ level }, { levels }) =>
      !level || levels.includes(textOf(level)) ? kept : [{ field: 'level', value: textOf(level) }],
  },
  {
    id: 'staff_youth_leader_group',
    kind: 'staff',
    field: 'youthLeader',
    severity: 'error',
    source: 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 109; TT 27/2017/TT-BGDĐT (giáo viên làm Tổng phụ trách Đội)',
    title: { vi: 'Tổng phụ trách Đội không phải giáo viên', en: 'Youth leader who is no teacher' },
    message: () => ({
      vi: 'Tổng phụ trách Đội là giáo viên. Sửa nhóm cán bộ thành giáo viên hoặc bỏ dấu này.',
      en: 'The youth organisation leader is a teacher. Change the staff group to teacher or clear the mark.',
    }),
    check: ({ youthLeader, staffGroup }) =>
      youthLeader === true && staffGroup && staffGroup !== TEACHER ? [{ field: 'youthLeader' }] : kept,
  },
];

const times: RecordRule[] = [
  {
    id: 'staff_age_impossible',
    kind: 'staff',
    field: 'birthDate',
    severity: 'error',
    source: LABOUR,
    title: { vi: 'Tuổi cán bộ không thể có', en: 'Impossible age of a staff member' },
    message: ({ params: p = {} }) => ({
      vi: `Tính theo năm, cán bộ ${p.age} tuổi. Sửa ngày sinh.`,
      en: `By calendar year the person is ${p.age}. Correct the date of birth.`,
    }),
    check: ({ birthDate }, { schoolYear: year }) => {
      if (!birthDate) return kept;
      const age = ageInSchoolYear(textOf(birthDate), year);
      return age < YOUNGEST || age > OLDEST
        ? [{ field: 'birthDate', value: textOf(birthDate), params: { age } }]
        : kept;
    },
  },
  {
    id: 'staff_age_high',
    kind: 'staff',
    field: 'birthDate',
    severity: 'warning',
    source: `${LABOUR}; NĐ 135/2020/NĐ-CP, Điều 4`,
    title: { vi: 'Cán bộ quá 65 tuổi', en: 'Staff member over 65' },
    message: ({ params: p = {} }) => ({
      vi: `Cán bộ ${p.age} tuổi, quá tuổi nghỉ hưu. Kiểm tra năm sinh và trạng thái; nếu đang làm theo hợp đồng, nêu lý do khi gửi.`,
      en: `The person is ${p.age}, past retirement. Check the year of birth and the status; if working under a contract, say so when sending.`,
    }),
    check: ({ birthDate }, { schoolYear: year }) => {
      if (!birthDate) return kept;
      const age = ageInSchoolYear(textOf(birthDate), year);
      return age > USUAL_OLDEST && age <= OLDEST
        ? [{ field: 'birthDate', value: textOf(birthDate), params: { age } }]
        : kept;
    },
  },
  leftBeforeEntered('staff', TECHNICAL_RULES),
  {
    id: 'staff_leave_incomplete',
    kind: 'staff',
    field: 'leftOn',
    severity: 'error',
    source: `${TECHNICAL_RULES}; danh mục trạng thái cán bộ (DM_TRANG_THAI_CAN_BO)`,
    title: { vi: 'Trạng thái và ngày rời của cán bộ không khớp', en: 'Status and day of leaving do not fit' },
    message: ({ field, params: p = {} }) =>
      field === 'leftOn'
        ? {
            vi: `Trạng thái “${name('staff_status', p.status, 'vi')}” cần ngày rời. Nhập ngày rời hoặc sửa trạng thái.`,
            en: `Status “${name('staff_status', p.status, 'en')}” needs a day of leaving. Enter it or correct the status.`,
          }
        : {
            vi: `Có ngày rời nhưng trạng thái vẫn là “${name('staff_status', p.status, 'vi')}”. Sửa trạng thái hoặc xóa ngày rời.`,
            en: `There is a day of leaving, but the status is still “${name('staff_status', p.status, 'en')}”. Correct the status or clear the day.`,
          },
    check: ({ status, leftOn }) => {
      const code = textOf(status);
      if (gone.has(code) && isEmpty(leftOn)) return [{ field: 'leftOn', params: { status: code } }];
      return working.has(code) && leftOn ? [{ field: 'status', value: code, params: { status: code } }] : kept;
    },
  },
  {
    id: 'staff_date_outside_year',
    kind: 'staff',
    field: 'enteredOn',
    severity: 'error',
    source: TECHNICAL_RULES,
    title: {
      vi: 'Ngày nhận việc hoặc ngày rời không thuộc năm học',
      en: 'Entered after or left before the school year',
    },
    message: ({ field, params: p = {} }) =>
      field === 'enteredOn'
        ? {
            vi: `Ngày nhận việc ${p.day} sau khi năm học kết thúc (${p.limit}). Sửa ngày, hoặc ghi cán bộ vào năm học sau.`,
            en: `Entered on ${p.day}, after the end of the school year (${p.limit}). Correct the day, or record the person in the next year.`,
          }
        : {
            vi: `Ngày rời ${p.day} trước khi năm học bắt đầu (${p.limit}). Sửa ngày, hoặc bỏ cán bộ khỏi năm học này.`,
            en: `Left on ${p.day}, before the school year began (${p.limit}). Correct the day, or remove the person from this year.`,
          },
    check: ({ enteredOn, leftOn }, { schoolYear: year }) => {
      const { whole } = schoolYear(year);
      const entered = textOf(enteredOn);
      const left = textOf(leftOn);
      if (entered > whole.to)
        return [
          { field: 'enteredOn', value: entered, params: { day: formatDate(entered), limit: formatDate(whole.to) } },
        ];
      if (left !== '' && left < whole.from)
        return [{ field: 'leftOn', value: left, params: { day: formatDate(left), limit: formatDate(whole.from) } }];
      return kept;
    },
  },
];

export const staffRules: RecordRule[] = [
  ...identityRules('staff'),
  ...work,
  ...times,
  ...preschoolStaffRules,
  otherLevelRule('staff', 'QĐ 4998/QĐ-BGDĐT, GVMN1 (trường dữ liệu của từng cấp học)'),
];

function isPresent({ enteredOn, leftOn, status }: RecordValues, day: string): boolean {
  return working.has(textOf(status)) && textOf(enteredOn) <= day && (!leftOn || textOf(leftOn) > day);
}

export const staffSetRules: SetRule[] = [
  ...duplicateRules('staff'),
  {
    id: 'staff_one_head',
    kind: 'staff',
    severity: 'warning',
    source: `${CHARTER}; TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 80`,
    title: { vi: 'Trường không có hoặc có hơn một hiệu trưởng', en: 'School without a head, or with more than one' },
    message: ({ params: p = {} }) => ({
      vi: `Ngày ${p.day} trường có ${p.count} hiệu trưởng đang làm việc, phải có đúng một. Kiểm tra vị trí, trạng thái và ngày nhận việc; nếu đang khuyết hiệu trưởng, nêu lý do khi gửi.`,
      en: `On ${p.day} the school has ${p.count} heads at work; there must be exactly one. Check position, status and dates; if the post is vacant, say so when sending.`,
    }),
    check: (records, { asOf, levelGroup }) => {
      if (withoutHead.has(levelGroup ?? '')) return kept;
      const heads = records.flatMap((record, index) =>
        record.staffGroup === MANAGER && HEADS.includes(textOf(record.position)) && isPresent(record, asOf)
          ? [index]
          : [],
      );
      const params = { count: heads.length, day: formatDate(asOf) };
      if (heads.length === 1) return kept;
      return heads.length === 0
        ? [{ index: -1, field: 'position', params }]
        : heads.slice(1).map((index) => ({ index, field: 'position', params }));
    },
  },
];
