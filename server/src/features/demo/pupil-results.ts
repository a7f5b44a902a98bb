import { yearOfGrade } from '@khuevan/core/rules/grades.ts';
import { resultsByAssessment } from '@khuevan/core/rules/student-results.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { StudentDraft } from './drafts.ts';

type Results = Pick<StudentDraft, 'educationResult' | 'learningResult' | 'conductResult' | 'yearResult'>;

/** A disabled pupil is not always assessed. */
const NOT_ASSESSED = 0.3;
const EDUCATION = [
  ['01', 30],
  ['02', 36],
  ['03', 33],
  ['04', 1],
] as const;
const LEARNING = [
  ['01', 15],
  ['02', 40],
  ['03', 42],
  ['04', 3],
] as const;
const CONDUCT = [
  ['01', 80],
  ['02', 17],
  ['03', 2.8],
  ['04', 0.2],
] as const;
/** Assessed again in summer, or repeating at once. */
const FAILED = [
  ['02', 3],
  ['03', 1],
] as const;

/** The fields of the level, without a result: the year has not ended, or the pupil has left. */
export function withoutResults(level: string): Results {
  if (level === '01') return {};
  return level === '02'
    ? { educationResult: null, yearResult: null }
    : { learningResult: null, conductResult: null, yearResult: null };
}

/** What a pupil who was there to the end is told. */
export function drawResults(level: string, pupil: StudentDraft, random: Random): Results {
  const year = yearOfGrade(pupil.grade);
  if (year === undefined) return {};
  const assessed = pupil.disability === null || !random.chance(NOT_ASSESSED);
  const marks: Results =
    level === '02'
      ? { educationResult: assessed ? random.weighted(EDUCATION) : null }
      : year > 5
        ? {
            learningResult: assessed ? random.weighted(LEARNING) : null,
            conductResult: assessed ? random.weighted(CONDUCT) : null,
          }
        : {};
  const [through, other] = resultsByAssessment({ grade: pupil.grade, educationResult: '03', ...given(marks) });
  return { ...marks, yearResult: (other === undefined ? through : random.weighted(FAILED)) ?? null };
}

const given = (marks: Results): Results =>
  Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== null));
