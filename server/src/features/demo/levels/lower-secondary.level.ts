import type { Band, LevelDescription } from './level.ts';

const gradeOf = (year: number): Band => ({
  grade: `0${year}`,
  age: 5 + year,
  label: String(year),
  name: `Lớp ${year}`,
  // A school that is too young for four grades has the lower ones; fewer are left in grade 9.
  classes: 1.05 - (year - 6) * 0.03,
  fullness: 1,
  isEntry: year === 6,
  repeating: year === 6 ? 0.009 : 0.006,
  informatics: 1,
});

export const lowerSecondary: LevelDescription = {
  code: '03',
  bands: [6, 7, 8, 9].map(gradeOf),
  sizes: {
    '03': { classes: [8, 17], perClass: [35, 44] },
    '02': { classes: [7, 13], perClass: [32, 42] },
    '01': { classes: [7, 13], perClass: [32, 42] },
    '04': { classes: [4, 11], perClass: [25, 39] },
  },
  privateSize: { classes: [4, 10], perClass: [20, 32] },
  combines: false,
  hasSatellites: false,
  oneSession: { usual: 0.7, mountain: 0.85, satellite: 0.85 },
  sessions: { two: [['05', 1]], one: ['02', '03'] },
  lunch: { '03': 0.12, '02': 0.05, '01': 0.05, '04': 0.04 },
  eats: [0.6, 0.4],
  learning: {
    languages: [
      ['01', 96],
      ['05', 2],
      ['10', 1],
      ['03', 1],
    ],
    trade: 0.15,
  },
  late: 0.036,
  yearsLate: [
    [1, 8],
    [2, 2],
    [3, 0.5],
  ],
  entrantsWithoutCode: false,
  positions: { head: '01', deputy: '02' },
  deputiesFrom: { mountain: [19], elsewhere: [28] },
  // 1.9 teachers a class.
  staff: { perClass: [1.8, 1.92], beside: [3, 5], least: 8 },
  // Accountant, clerk, medical, library, equipment, IT, laboratory.
  support: ['15', '16', '11', '09', '10', '32', '13'],
  specialists: [],
  // By the lessons of the curriculum of 2018; natural science is taught by those of its parts, as are history and geography.
  teaching: [
    { subjects: ['20'], share: 18 },
    { subjects: ['22'], share: 18 },
    { subjects: ['07'], share: 12 },
    { subjects: ['23', '24'], share: 9 },
    { subjects: ['21'], share: 7 },
    { subjects: ['17'], share: 5 },
    { subjects: ['18'], share: 7 },
    { subjects: ['06'], share: 6 },
    { subjects: ['08'], share: 7 },
    { subjects: ['10'], share: 5 },
    { subjects: ['16'], share: 4 },
    { subjects: ['05'], share: 3 },
    { subjects: ['19'], share: 3 },
  ],
  hasYouthLeader: true,
  women: { managers: 0.5, teachers: 0.72 },
  training: {
    managers: [
      ['16', 7],
      ['02', 3],
    ],
    younger: [
      ['16', 88],
      ['13', 3],
      ['17', 3],
      ['02', 6],
    ],
    // A college degree was enough until 2020-06-30.
    older: [
      ['16', 78],
      ['17', 18],
      ['02', 4],
    ],
  },
  // Some teach in shifts.
  classroomsPerClass: 0.92,
  rooms: [
    { kind: 'library', small: 0.97, large: 1 },
    { kind: 'equipment', small: 0.85, large: 0.98 },
    { kind: 'informatics', small: 0.85, large: 1, several: { from: 20, rooms: 2 } },
    { kind: 'foreign_language', small: 0.45, large: 0.9 },
    { kind: 'arts', small: 0.15, large: 0.5 },
    { kind: 'music', small: 0.25, large: 0.7 },
    { kind: 'science', small: 0.8, large: 1, several: { from: 8, rooms: 2 } },
    { kind: 'technology', small: 0.3, large: 0.7 },
    { kind: 'social_science', small: 0.05, large: 0.2 },
    { kind: 'multipurpose', small: 0.1, large: 0.3 },
    { kind: 'other_support', small: 0.1, large: 0.3 },
    { kind: 'sports_hall', small: 0.12, large: 0.5 },
    { kind: 'inclusive_support', small: 0.02, large: 0.1 },
    { kind: 'tradition', small: 0.7, large: 0.95 },
    { kind: 'medical', small: 0.8, large: 0.98 },
  ],
  schoolKind: '07',
};
