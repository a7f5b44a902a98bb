import type { Band, LevelDescription } from './level.ts';

/** `classes` beside the others: few centres teach lower secondary grades, to those who left school early. */
const gradeOf = (grade: string, year: number, classes: number): Band => ({
  grade,
  age: 5 + year,
  label: String(year),
  name: `Lớp ${year}`,
  classes,
  fullness: classes < 0.5 ? 0.5 : 1,
  isEntry: year === 6 || year === 10,
  repeating: 0.01,
  informatics: year >= 10 ? 0.3 : 1,
});

export const continuingEducation: LevelDescription = {
  code: '05',
  bands: [
    gradeOf('22', 8, 0.05),
    gradeOf('23', 9, 0.1),
    gradeOf('13', 10, 1.08),
    gradeOf('14', 11, 1),
    gradeOf('15', 12, 0.95),
  ],
  sizes: {
    '03': { classes: [10, 20], perClass: [34, 44] },
    '02': { classes: [8, 18], perClass: [32, 44] },
    '01': { classes: [8, 18], perClass: [32, 44] },
    '04': { classes: [6, 15], perClass: [28, 42] },
  },
  privateSize: { classes: [3, 8], perClass: [20, 40] },
  combines: false,
  hasSatellites: false,
  oneSession: { usual: 1, mountain: 1, satellite: 1 },
  sessions: { two: [['05', 1]], one: ['01', '02'] },
  lunch: { '03': 0, '02': 0, '01': 0, '04': 0 },
  eats: [0, 0],
  learning: { languages: [['01', 1]], trade: 0.4 },
  // No age goes with a grade here; most come straight from lower secondary school all the same.
  late: 0.09,
  yearsLate: [
    [1, 10],
    [2, 6],
    [3, 3],
    [5, 2],
    [9, 1],
    [14, 1],
  ],
  entrantsWithoutCode: false,
  positions: { head: '05', deputy: '06' },
  deputiesFrom: { mountain: [10], elsewhere: [10] },
  staff: { perClass: [1.35, 1.6], beside: [4, 6], least: 8 },
  // Accountant, clerk, cashier, library, equipment.
  support: ['15', '16', '25', '09', '10'],
  specialists: [],
  // Seven subjects of general education, and trades.
  teaching: [
    { subjects: ['20'], share: 18 },
    { subjects: ['22'], share: 18 },
    { subjects: ['18'], share: 13 },
    { subjects: ['06'], share: 10 },
    { subjects: ['23'], share: 7 },
    { subjects: ['17'], share: 6 },
    { subjects: ['21'], share: 6 },
    { subjects: ['16'], share: 6 },
    { subjects: ['10'], share: 5 },
    { subjects: ['07'], share: 3 },
    { subjects: ['29'], share: 4 },
    { subjects: ['31'], share: 4 },
  ],
  hasYouthLeader: false,
  women: { managers: 0.35, teachers: 0.62 },
  training: {
    managers: [
      ['16', 6],
      ['02', 4],
    ],
    younger: [
      ['16', 80],
      ['13', 8],
      ['02', 12],
    ],
    older: [
      ['16', 85],
      ['13', 7],
      ['02', 8],
    ],
  },
  // Taught in turns, also in the evening.
  classroomsPerClass: 0.7,
  rooms: [
    { kind: 'library', small: 0.6, large: 0.9 },
    { kind: 'equipment', small: 0.4, large: 0.8 },
    { kind: 'informatics', small: 0.8, large: 1 },
    { kind: 'foreign_language', small: 0.2, large: 0.5 },
    // Workshops.
    { kind: 'other_support', small: 0.6, large: 0.9, several: { from: 10, rooms: 3 } },
    { kind: 'medical', small: 0.3, large: 0.6 },
  ],
  schoolKind: '15',
};
