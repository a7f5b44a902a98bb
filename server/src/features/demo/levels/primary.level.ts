import type { Band, LevelDescription } from './level.ts';

/** Compulsory from grade 3: curriculum of 2018 (TT 32/2018/TT-BGDĐT). */
const FIRST_GRADE_OF_INFORMATICS = 3;

const gradeOf = (year: number): Band => ({
  grade: `0${year}`,
  age: 5 + year,
  label: String(year),
  name: `Lớp ${year}`,
  classes: 1,
  fullness: 1,
  isEntry: year === 1,
  // Repeating is commonest in grade 1.
  repeating: year === 1 ? 0.016 : 0.005,
  informatics: year >= FIRST_GRADE_OF_INFORMATICS ? 1 : 0,
});

export const primary: LevelDescription = {
  code: '02',
  bands: [1, 2, 3, 4, 5].map(gradeOf),
  privateSize: { classes: [5, 14], perClass: [18, 28] },
  largeInTown: { share: 0.08, classes: [30, 42] },
  combines: true,
  hasSatellites: true,
  // Two sessions a day is the rule since the curriculum of 2018; satellites in the mountains still lack rooms.
  oneSession: { usual: 0, mountain: 0.02, satellite: 0.15 },
  sessions: {
    two: [
      ['06', 0.35],
      ['05', 0.65],
    ],
    one: ['03', '04'],
  },
  lunch: { '03': 0.85, '02': 0.5, '01': 0.4, '04': 0.12 },
  eats: [0.7, 0.45],
  late: 0.032,
  yearsLate: [
    [1, 8],
    [2, 1],
  ],
  entrantsWithoutCode: true,
  positions: { head: '01', deputy: '02' },
  deputiesFrom: { mountain: [19], elsewhere: [28] },
  // 1.2 teachers a class, a head, deputies and two to four others: about 1.4 a class.
  staff: { perClass: [1.16, 1.26], beside: [2, 3], least: 6 },
  // Positions that form 02-TH-ĐN has a line for: accountant, clerk, medical, library, equipment, cashier.
  support: ['15', '16', '11', '09', '10', '25'],
  // English, physical education, music, fine arts, informatics; then class teachers.
  specialists: ['07', '08', '05', '19', '10'],
  teaching: [{ subjects: ['09'], share: 1 }],
  hasYouthLeader: true,
  women: { managers: 0.65, teachers: 0.86 },
  training: {
    managers: [
      ['16', 8],
      ['02', 2],
    ],
    // Since 2020-07-01 primary teachers need a university degree; older ones study until 2030.
    younger: [
      ['16', 84],
      ['13', 3],
      ['17', 7],
      ['18', 1],
      ['02', 5],
    ],
    older: [
      ['16', 62],
      ['17', 20],
      ['18', 12],
      ['02', 2],
      ['09', 2],
      ['10', 2],
    ],
  },
  // Two sessions a day take a room for each class.
  classroomsPerClass: 1,
  rooms: [
    { kind: 'library', small: 0.97, large: 1 },
    { kind: 'equipment', small: 0.75, large: 0.97 },
    { kind: 'informatics', small: 0.7, large: 1, several: { from: 30, rooms: 2 } },
    { kind: 'foreign_language', small: 0.35, large: 0.9 },
    { kind: 'arts', small: 0.2, large: 0.7 },
    { kind: 'music', small: 0.25, large: 0.75 },
    { kind: 'sports_hall', small: 0.08, large: 0.45 },
    { kind: 'inclusive_support', small: 0.03, large: 0.2 },
    { kind: 'tradition', small: 0.6, large: 0.9 },
    { kind: 'medical', small: 0.8, large: 0.98 },
  ],
  schoolKind: '07',
};
