// Where the start-of-year forms state what recount-levels.sql counts at their levels.
import type { Cells } from '@khuevan/core/forms/definition.ts';

/** A row of recount-levels.sql. */
export interface LevelCount {
  level: string;
  what: 'school' | 'class' | 'student' | 'staff';
  part: string | null;
  sex: string | null;
  value: number;
}

export interface LevelRows {
  slug: string;
  level: string;
  class: string;
  student: string;
  /** Together: the leader of the Young Pioneers has a row beside the teachers. */
  teachers: readonly string[];
  managers: string;
  /** Grade -> its rows of classes and of learners. */
  grades: Record<string, readonly [classes: string, students: string]>;
}

export const levelRows: readonly LevelRows[] = [
  {
    slug: '01-mn-dn',
    level: '01',
    class: '55',
    student: '83',
    teachers: ['167'],
    managers: '123',
    grades: { '16': ['56', '84'], '17': ['69', '90'] },
  },
  {
    slug: '02-th-dn',
    level: '02',
    class: '27',
    student: '37',
    teachers: ['96', '109'],
    managers: '79',
    grades: { '01': ['28', '40'], '02': ['29', '41'], '03': ['30', '42'], '04': ['31', '43'], '05': ['32', '44'] },
  },
  {
    slug: 'x03-thcs-dn',
    level: '03',
    class: 'X34',
    student: 'X44',
    teachers: ['X113', 'X148'],
    managers: 'X96',
    grades: { '06': ['X35', 'X47'], '07': ['X36', 'X48'], '08': ['X37', 'X49'], '09': ['X38', 'X50'] },
  },
  {
    slug: 'x04-thpt-dn',
    level: '04',
    class: 'X34',
    student: 'X58',
    teachers: ['X124'],
    managers: 'X107',
    grades: { '10': ['X35', 'X61'], '11': ['X36', 'X62'], '12': ['X37', 'X63'] },
  },
  {
    slug: 'x05-gdtx-dn',
    level: '05',
    class: 'X15',
    student: 'X33',
    teachers: ['X90'],
    managers: 'X73',
    grades: { '23': ['X28', 'X48'], '13': ['X30', 'X50'], '14': ['X31', 'X51'], '15': ['X32', 'X52'] },
  },
];

/** The figures of a total that differ from the count: what is stated, and what was counted. */
export function differencesFrom(
  counted: readonly LevelCount[],
  { level, grades, ...rows }: LevelRows,
  cells: Cells,
): string[] {
  const valueOf = (what: LevelCount['what'], part: string | null = null, sex: string | null = null): number =>
    counted.find((row) => row.level === level && row.what === what && row.part === part && row.sex === sex)?.value ?? 0;
  const girls = '02';
  const expected: Array<[cells: string[], value: number]> = [
    [[`${rows.class}.1`], valueOf('class')],
    [[`${rows.student}.1`], valueOf('student')],
    [[`${rows.student}.2`], valueOf('student', null, girls)],
    [[`${rows.managers}.1`], valueOf('staff', '01')],
    [rows.teachers.map((row) => `${row}.1`), valueOf('staff', '03')],
    ...Object.entries(grades).flatMap(([grade, [classes, students]]): Array<[string[], number]> => [
      [[`${classes}.1`], valueOf('class', grade)],
      [[`${students}.1`], valueOf('student', grade)],
      [[`${students}.2`], valueOf('student', grade, girls)],
    ]),
  ];
  return expected.flatMap(([keys, value]) => {
    const stated = keys.reduce((sum, key) => sum + (cells[key] ?? 0), 0);
    return stated === value ? [] : [`${rows.slug} ${keys.join(' + ')}: ${stated}, counted ${value}`];
  });
}
