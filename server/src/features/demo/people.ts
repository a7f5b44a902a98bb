import { createRandom, type Random } from '@khuevan/core/vietnam/random.ts';
import { createBudget, createRooms } from './assets.ts';
import { createClasses, createSites, type FilledClass } from './classes.ts';
import type { ClassDraft, SchoolOrder, StaffDraft, SyntheticSchool } from './drafts.ts';
import { PRIMARY } from './levels/index.ts';
import { createIssuer } from './numbers-issued.ts';
import { createProfile } from './profile.ts';
import { bendShares, createPupils, type PupilsMaking } from './pupils.ts';
import { type LevelPlan, planFaultOf, planLevels, withSatellites } from './school-plan.ts';
import { createStaff, type StaffMaking } from './staff.ts';

/** Of each part of the school's records, a stream for the whole school and one for each level. */
interface Streams {
  ofSchool(part: string): Random;
  ofLevel(part: string, level: string): Random;
}

/** The streams of primary schools are those that they had before there were other levels, and so are their people. */
function openStreams(order: SchoolOrder): Streams {
  const random = createRandom(`${order.seed}/${order.schoolCode}/${order.schoolYear}`);
  return {
    ofSchool: (part) => random.fork(part),
    ofLevel: (part, level) => random.fork(level === PRIMARY ? part : `${part}/${level}`),
  };
}

/**
 * All records of one synthetic school, the same for the same order: pure, no clock, no I/O. Every part of every level draws from a
 * stream of its own, so that a change in one leaves the others as they were.
 *
 * @param today ISO day on which the school is seen: nothing in it lies later.
 * @throws RangeError for an order that cannot be built; ask `planFaultOf` first.
 */
export function createSchool(order: SchoolOrder, today: string): SyntheticSchool {
  const fault = planFaultOf(order);
  if (fault !== null) throw new RangeError(`${order.schoolCode}: ${fault}`);
  const streams = openStreams(order);
  const { schoolYear } = order;
  const numbers = createIssuer(order);
  const plans = planLevels(order, (level) => streams.ofLevel('plan', level));
  const main = plans.find((plan) => plan.isMain)!;
  const sites = createSites(withSatellites(plans), streams.ofSchool('sites'));
  const staffMaking: StaffMaking = { schoolYear, seen: new Set(), numbers };
  const pupils = streams.ofSchool('pupils');
  const pupilsMaking: PupilsMaking = {
    schoolYear,
    today,
    isPoorPlace: (order.facts?.difficultAreas ?? []).length > 0,
    shares: bendShares(main, pupils),
    seen: new Set(),
    numbers,
  };
  const levels = plans.map((plan) => {
    const { code } = plan.level;
    const filled = createClasses(plan, sites, streams.ofLevel('classes', code));
    const staff = createStaff(plan, staffMaking, streams.ofLevel('staff', code));
    const random = code === PRIMARY ? pupils : streams.ofLevel('pupils', code);
    const students = createPupils(plan, filled, pupilsMaking, random);
    return { plan, classes: assignTeachers(plan, filled, staff), staff, students };
  });
  const staff = levels.flatMap((each) => each.staff);
  const mainClasses = levels.find(({ plan }) => plan === main)!.classes;
  const twoSessions = mainClasses.length > 0 && mainClasses.every((each) => each.twoSessions);
  return {
    profile: createProfile(order, main, staff, twoSessions, streams.ofSchool('profile')),
    sites,
    classes: levels.flatMap(({ classes }) => classes),
    students: levels.flatMap(({ students }) => students),
    staff,
    rooms: plans.flatMap((plan) => createRooms(plan, streams.ofLevel('rooms', plan.level.code))),
    budget: createBudget(plans, streams.ofSchool('budget')),
  };
}

/** Teachers of the level take a class each, in order; where there are too few, classes stay without. */
function assignTeachers(
  { level }: LevelPlan,
  filled: readonly FilledClass[],
  staff: readonly StaffDraft[],
): ClassDraft[] {
  const subjects = new Set(level.teaching.flatMap((each) => each.subjects));
  const teachers = staff.filter(
    (person) =>
      person.subjects.some((subject) => subjects.has(subject)) && !person.youthLeader && person.leftOn === null,
  );
  return filled.map(
    (
      {
        bands: _bands,
        size: _size,
        isSatellite: _isSatellite,
        informatics: _informatics,
        learning: _learning,
        ...schoolClass
      },
      index,
    ) => ({
      ...schoolClass,
      homeroomTeacher: teachers[index]?.code ?? null,
    }),
  );
}
