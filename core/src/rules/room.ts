import { codeName } from '../codes/index.ts';
import { roomKind } from '../codes/schools.ts';
import { clashes } from './clashes.ts';
import { otherLevelRule } from './other-level.ts';
import { preschoolRoomRules } from './preschool.ts';
import { kept, type RecordRule, type RecordValues, type SetRule, textOf } from './rule.ts';

const FORM = 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, phần V';

/** Own or borrowed: rooms in which classes are taught. */
const classrooms: ReadonlySet<string> = new Set(
  roomKind.entries
    .filter((entry) => entry.block === 'classroom' || entry.block === 'borrowed')
    .map((entry) => entry.code),
);

const levelsOfKind = new Map<string, readonly string[] | undefined>(
  (roomKind.entries as readonly { code: string; levels?: readonly string[] }[]).map(({ code, levels }) => [
    code,
    levels,
  ]),
);

const roomsIn = ({ solid, semiSolid, temporary }: RecordValues): number =>
  Number(solid ?? 0) + Number(semiSolid ?? 0) + Number(temporary ?? 0);

export const roomRules: RecordRule[] = [
  ...preschoolRoomRules,
  otherLevelRule('room', 'TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, phần V'),
  {
    id: 'room_level',
    kind: 'room',
    field: 'level',
    severity: 'error',
    source: `${FORM}; danh mục cấp học (DM_CAP_HOC)`,
    title: { vi: 'Cấp học của phòng không phải cấp học của trường', en: 'Rooms of a level the school does not teach' },
    message: ({ value }) => ({
      vi: `Trường không có cấp ${codeName('level', String(value), 'vi')}. Sửa cấp học của dòng này.`,
      en: `The school does not teach the level ${codeName('level', String(value), 'en')}. Correct the level of this line.`,
    }),
    check: ({ level }, { levels }) =>
      !level || levels.includes(textOf(level)) ? kept : [{ field: 'level', value: textOf(level) }],
  },
  {
    id: 'room_kind_level',
    kind: 'room',
    field: 'roomKind',
    severity: 'error',
    source: `${FORM}; biểu 01-MN-ĐN, phần V`,
    title: { vi: 'Loại phòng không có ở cấp học này', en: 'Kind of room that the level does not have' },
    message: ({ params: p = {} }) => ({
      vi: `Biểu của cấp ${codeName('level', String(p.level), 'vi')} không có dòng “${codeName('room_kind', String(p.kind), 'vi')}”, nên phòng này không được đếm. Chọn loại phòng khác.`,
      en: `The form of the level ${codeName('level', String(p.level), 'en')} has no line “${codeName('room_kind', String(p.kind), 'en')}”, so these rooms are not counted. Choose another kind.`,
    }),
    check: ({ level, roomKind: kind }, { levels }) => {
      const own = levelsOfKind.get(textOf(kind));
      return !levels.includes(textOf(level)) || !own || own.includes(textOf(level))
        ? kept
        : [{ field: 'roomKind', value: textOf(kind), params: { kind: textOf(kind), level: textOf(level) } }];
    },
  },
];

export const roomSetRules: SetRule[] = [
  {
    id: 'room_no_classroom',
    kind: 'room',
    severity: 'error',
    source: `${FORM}, mã 120 và 121`,
    title: { vi: 'Trường không có phòng học nào', en: 'School without any classroom' },
    message: () => ({
      vi: 'Chưa có phòng học nào, kể cả nhờ mượn. Nhập số phòng học theo kiên cố, bán kiên cố, tạm.',
      en: 'No classroom, own or borrowed, is entered. Enter the classrooms by solidity.',
    }),
    check: (records) =>
      records.some((record) => classrooms.has(textOf(record.roomKind)) && roomsIn(record) > 0)
        ? kept
        : [{ index: -1, field: 'solid' }],
  },
  {
    id: 'room_duplicate',
    kind: 'room',
    severity: 'error',
    source: FORM,
    title: { vi: 'Một loại phòng ghi hai dòng', en: 'A kind of room on two lines' },
    message: ({ params: p = {} }) => ({
      vi: `${codeName('room_kind', String(p.kind), 'vi')} của cấp này đã có một dòng. Cộng vào dòng đó rồi bỏ dòng này.`,
      en: `${codeName('room_kind', String(p.kind), 'en')} of this level has a line already. Add the numbers there and remove this line.`,
    }),
    check: (records) =>
      clashes(
        records,
        ({ level, preschoolPart, roomKind: kind }) =>
          level && kind ? `${textOf(level)}|${textOf(preschoolPart)}|${textOf(kind)}` : '',
        () => true,
        'roomKind',
      ).map((spot) => ({
        ...spot,
        params: { kind: textOf(records[spot.index]?.roomKind) },
      })),
  },
];
