import type { Band, LevelDescription } from './level.ts';

const gradeOf = (year: number): Band => ({
  grade: String(year),
  age: 5 + year,
  label: String(year),
  name: `Lớp ${year}`,
  classes: 1.04 - (year - 10) * 0.03,
  fullness: 1,
  isEntry: year === 10,
  repeating: year === 10 ? 0.006 : 0.003,
  // One of the subjects that a class chooses: curriculum of 2018 (TT 32/2018/TT-BGDĐT).
  informatics: 0.55,
});

export const upperSecondary: LevelDescription = {
  code: '04',
  bands: [10, 11, 12].map(gradeOf),
  sizes: {
    '03': { classes: [18, 34], perClass: [39, 45] },
    '02': { classes: [15, 30], perClass: [38, 45] },
    '01': { classes: [15, 30], perClass: [38, 45] },
    '04': { classes: [12, 27], perClass: [35, 45] },
  },
  privateSize: { classes: [6, 15], perClass: [25, 42] },
  combines: false,
  hasSatellites: false,
  oneSession: { usual: 0.85, mountain: 0.92, satellite: 0.92 },
  sessions: { two: [['05', 1]], one: ['02', '03', '04'] },
  lunch: { '03': 0.05, '02': 0.02, '01': 0.02, '04': 0.02 },
  eats: [0.4, 0.3],
  learning: {
    languages: [
      ['01', 94],
      ['05', 3],
      ['10', 1],
      ['03', 1],
      ['02', 1],
    ],
    trade: 0.3,
  },
  // Mathematics, literature, English, physics, chemistry, biology, history, geography, informatics, Chinese, French.
  specialisations: ['09', '01', '04', '10', '11', '12', '02', '03', '13', '06', '05'],
  late: 0.04,
  yearsLate: [
    [1, 8],
    [2, 2],
    [3, 0.5],
  ],
  entrantsWithoutCode: false,
  positions: { head: '01', deputy: '02' },
  deputiesFrom: { mountain: [10, 19], elsewhere: [18, 28] },
  // 2.25 teachers a class.
  staff: { perClass: [2.05, 2.22], beside: [3, 6], least: 10 },
  // Accountant, clerk, medical, library, laboratory, academic affairs, IT, equipment.
  support: ['15', '16', '11', '09', '13', '34', '32', '10'],
  specialists: [],
  teaching: [
    { subjects: ['20'], share: 14 },
    { subjects: ['22'], share: 15 },
    { subjects: ['07'], share: 13 },
    { subjects: ['23'], share: 9 },
    { subjects: ['17'], share: 8 },
    { subjects: ['21'], share: 6 },
    { subjects: ['18'], share: 8 },
    { subjects: ['06'], share: 6 },
    { subjects: ['16'], share: 5 },
    { subjects: ['10'], share: 5 },
    { subjects: ['24'], share: 4 },
    { subjects: ['08'], share: 7 },
    { subjects: ['25'], share: 3 },
  ],
  hasYouthLeader: false,
  women: { managers: 0.35, teachers: 0.68 },
  training: {
    managers: [
      ['16', 4],
      ['02', 6],
    ],
    younger: [
      ['16', 73],
      ['13', 3],
      ['02', 24],
    ],
    older: [
      ['16', 82],
      ['13', 2],
      ['02', 15],
      ['01', 1],
    ],
  },
  classroomsPerClass: 0.9,
  rooms: [
    { kind: 'library', small: 1, large: 1 },
    { kind: 'equipment', small: 0.9, large: 1 },
    { kind: 'informatics', small: 1, large: 1, several: { from: 15, rooms: 2 } },
    { kind: 'foreign_language', small: 0.7, large: 0.95 },
    { kind: 'physics', small: 0.9, large: 1 },
    { kind: 'chemistry', small: 0.9, large: 1 },
    { kind: 'biology', small: 0.7, large: 1 },
    { kind: 'technology', small: 0.3, large: 0.7 },
    { kind: 'social_science', small: 0.1, large: 0.3 },
    { kind: 'multipurpose', small: 0.2, large: 0.4 },
    // Of defence education.
    { kind: 'other_support', small: 0.2, large: 0.6 },
    { kind: 'sports_hall', small: 0.3, large: 0.7 },
    { kind: 'inclusive_support', small: 0.01, large: 0.05 },
    { kind: 'tradition', small: 0.9, large: 1 },
    { kind: 'medical', small: 0.9, large: 1 },
  ],
  schoolKind: '07',
};
