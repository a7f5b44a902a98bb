import type { Band, LevelDescription, Size } from './level.ts';

const NURSERY_GROUP = '16';
const KINDERGARTEN_CLASS = '17';

/** A nursery group goes by months on the day of the count; its children are of one calendar year as well. */
const nursery = (age: 1 | 2, months: string, classes: number, most: number): Band => ({
  grade: NURSERY_GROUP,
  age,
  label: `NT${age}`,
  name: `Nhóm trẻ ${months} tháng `,
  classes,
  fullness: age === 1 ? 0.62 : 0.78,
  most,
  bornUntil: 8,
  ageGroup: age === 1 ? '02' : '03',
  isEntry: false,
  repeating: 0,
  informatics: 0,
});

const kindergarten = (age: 3 | 4 | 5, classes: number, most: number): Band => ({
  grade: KINDERGARTEN_CLASS,
  age,
  label: `${age}T`,
  name: `Mẫu giáo ${age} tuổi `,
  classes,
  fullness: 0.86 + (age - 3) * 0.13,
  most,
  ageGroup: `0${age + 1}`,
  isEntry: false,
  repeating: 0,
  informatics: 0,
});

/** Most children of a group or class: Điều lệ trường mầm non (TT 52/2020/TT-BGDĐT), Điều 15. */
export const preschool: LevelDescription = {
  code: '01',
  bands: [
    nursery(1, '13-24', 0.2, 20),
    nursery(2, '25-36', 0.75, 25),
    kindergarten(3, 1, 25),
    kindergarten(4, 1.04, 30),
    // Nearly every child of five goes: universal preschool education.
    kindergarten(5, 1.08, 35),
  ],
  sizes: {
    '03': { classes: [6, 14], perClass: [20, 30] },
    '02': { classes: [6, 12], perClass: [20, 29] },
    '01': { classes: [6, 12], perClass: [20, 29] },
    '04': { classes: [4, 10], perClass: [15, 27] },
  },
  privateSize: { classes: [3, 7], perClass: [13, 23] },
  combines: false,
  hasSatellites: true,
  oneSession: { usual: 0, mountain: 0, satellite: 0 },
  sessions: {
    two: [
      ['06', 0.9],
      ['05', 0.1],
    ],
    one: ['01'],
  },
  lunch: { '03': 1, '02': 0.98, '01': 0.98, '04': 0.94 },
  eats: [0.99, 0.95],
  healthChecked: 0.992,
  late: 0,
  yearsLate: [[1, 1]],
  entrantsWithoutCode: false,
  positions: { head: '01', deputy: '02' },
  deputiesFrom: { mountain: [9], elsewhere: [9] },
  // 2.2 teachers a kindergarten class, 2.5 a nursery group (TT 19/2023/TT-BGDĐT); few schools have all of them.
  staff: { perClass: [1.75, 2.05], beside: [3, 5], least: 2 },
  // Accountant, cook, medical, clerk.
  support: ['15', '31', '11', '16'],
  specialists: [],
  teaching: [
    { subjects: ['01'], share: 76, grade: KINDERGARTEN_CLASS },
    { subjects: ['02'], share: 24, grade: NURSERY_GROUP },
  ],
  hasYouthLeader: false,
  women: { managers: 0.99, teachers: 0.995 },
  training: {
    managers: [
      ['16', 9],
      ['02', 1],
    ],
    younger: [
      ['16', 60],
      ['17', 33],
      ['18', 6],
      ['02', 1],
    ],
    older: [
      ['16', 62],
      ['17', 20],
      ['18', 18],
    ],
  },
  classroomsPerClass: 1,
  rooms: [
    { kind: 'kitchen', small: 0.9, large: 1, several: { from: 20, rooms: 2 } },
    { kind: 'arts', small: 0.35, large: 0.8 },
    { kind: 'physical_education', small: 0.15, large: 0.5 },
    { kind: 'multipurpose', small: 0.1, large: 0.4 },
    { kind: 'other_support', small: 0.3, large: 0.6 },
    { kind: 'medical', small: 0.55, large: 0.9 },
  ],
  schoolKind: '13',
};

/** Level groups whose institutions take only one of the two. */
const GRADE_OF_GROUP: Readonly<Record<string, string>> = {
  '02': KINDERGARTEN_CLASS,
  '05': KINDERGARTEN_CLASS,
  '03': NURSERY_GROUP,
  '04': NURSERY_GROUP,
};
/** Independent groups and classes, and single nurseries and kindergartens: small all of them. */
const SMALL_GROUPS: readonly string[] = ['02', '03', '04', '05', '19'];
const GROUP_SIZE: Size = { classes: [1, 3], perClass: [7, 14] };

/** Preschool as an institution of the level group has it: all ages, or only nursery or kindergarten. */
export function preschoolOf(levelGroup: string): LevelDescription {
  if (!SMALL_GROUPS.includes(levelGroup)) return preschool;
  const only = GRADE_OF_GROUP[levelGroup];
  return {
    ...preschool,
    bands: preschool.bands.filter(({ grade }) => only === undefined || grade === only),
    sizes: { '01': GROUP_SIZE, '02': GROUP_SIZE, '03': GROUP_SIZE, '04': GROUP_SIZE },
    privateSize: GROUP_SIZE,
    hasSatellites: false,
    staff: { ...preschool.staff, beside: [1, 1] },
    support: [],
  };
}
