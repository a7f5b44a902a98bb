import { endOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { StudentDraft } from './drafts.ts';
import type { LevelPlan } from './school-plan.ts';

const pad = (value: number) => String(value).padStart(2, '0');

/** Shares of a school's pupils in the first weeks of a year. */
const CAME = [
  ['10', 0.006],
  ['02', 0.003],
  ['03', 0.0004],
  ['01', 1],
] as const;
const LEFT_IN_OCTOBER = 0.002;
const LEFT_IN_SEPTEMBER = 0.003;
const CAME_IN_OCTOBER = 0.002;
const WITHDRAWS = 0.12;
/** From November to May, where the year is seen after its end. */
const LEFT_LATER = 0.007;
const CAME_LATER = 0.006;
const laterMonths = [-11, -12, 1, 2, 3, 4, 5] as const;

type Change = Partial<StudentDraft>;

/** Leaves, mostly to another school. */
function leave(random: Random, leftOn: string, semester: 1 | 2 = 1): Change {
  if (random.chance(WITHDRAWS)) {
    return {
      leaveStatus: semester === 1 ? '05' : '09',
      leftOn,
      leaveReason: random.weighted([
        ['01', 3],
        ['03', 2],
        ['06', 2],
        ['09', 2],
      ]),
    };
  }
  return {
    leaveStatus: semester === 1 ? '04' : '08',
    leftOn,
    destination: random.weighted([
      ['01', 6],
      ['02', 4],
      ['03', 1],
    ]),
  };
}

function enter(entryStatus: string, enteredOn: string): Change {
  return { entryStatus, enteredOn, newEntrant: false };
}

/**
 * Who came and went around the as-of day, 30 September. Those present on it are the pupils that were asked for: among them
 * some came before it, some left after it. Beside them, when the number was not asked for exactly, stand those who left before
 * it or came after it, whom the statistics must not count. Seen after the end of the year, pupils also came and went from November
 * to May; those who came then stand beside an exact number too, which is that of the as-of day.
 */
export function movementsOf(plan: LevelPlan, when: { schoolYear: number; today: string }, random: Random) {
  const { schoolYear, today } = when;
  const september = (first: number) => `${schoolYear}-09-${pad(random.integer(first, 30))}`;
  /** Days of October that have passed today, the day itself left out. */
  const passed = today.startsWith(`${schoolYear}-10-`)
    ? Number(today.slice(8)) - 1
    : today > `${schoolYear}-10`
      ? 31
      : 0;
  const october = () => `${schoolYear}-10-${pad(random.integer(1, passed))}`;

  const hasEnded = today > endOfYearAsOf(schoolYear);
  /** A day of the months from November to May, and its semester. */
  const later = (): [day: string, semester: 1 | 2] => {
    const month = random.pick(laterMonths);
    const year = month < 0 ? schoolYear : schoolYear + 1;
    return [`${year}-${pad(Math.abs(month))}-${pad(random.integer(1, 25))}`, month < 0 ? 1 : 2];
  };
  const leaveSince = (): Change => {
    if (passed > 0 && random.chance(LEFT_IN_OCTOBER)) return leave(random, october());
    return hasEnded && random.chance(LEFT_LATER) ? leave(random, ...later()) : {};
  };
  const comeLater = (): Change => {
    const [day, semester] = later();
    return { ...enter(semester === 1 ? '02' : '06', day), repeating: false };
  };

  return {
    /** How a pupil who is present on the as-of day came, and left since. */
    ofPresentPupil(pupil: StudentDraft): Change {
      const came = random.weighted(CAME);
      const leaves = leaveSince();
      // Who repeats was here last year.
      if (came === '01' || pupil.repeating) return leaves;
      return {
        ...enter(came, came === '10' ? `${schoolYear}-08-${pad(random.integer(1, 31))}` : september(6)),
        ...leaves,
      };
    },
    /** Spells to add to a class of so many pupils. */
    besideClass(size: number): Change[] {
      const spells: Change[] = hasEnded && random.chance(size * CAME_LATER) ? [comeLater()] : [];
      if (plan.isExactInPupils) return spells;
      if (random.chance(size * LEFT_IN_SEPTEMBER)) spells.push(leave(random, september(9)));
      if (passed > 0 && random.chance(size * CAME_IN_OCTOBER))
        spells.push({ ...enter('02', october()), repeating: false });
      return spells;
    },
  };
}
