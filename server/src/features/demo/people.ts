import { createRandom } from '@khuevan/core/vietnam/random.ts';
import { createBudget, createRooms } from './assets.ts';
import { createClasses, createSites, type FilledClass } from './classes.ts';
import type { ClassDraft, SchoolOrder, StaffDraft, SyntheticSchool } from './drafts.ts';
import { createIssuer } from './numbers-issued.ts';
import { createProfile } from './profile.ts';
import { createPupils } from './pupils.ts';
import { PRIMARY, planFaultOf, planSchool } from './school-plan.ts';
import { createStaff } from './staff.ts';

/**
 * All records of one synthetic school, the same for the same order: pure, no clock, no I/O. Every part draws from a stream of its
 * own, so that a change in one leaves the others as they were.
 *
 * @param today ISO day on which the school is seen: nothing in it lies later.
 * @throws RangeError for an order that cannot be built; ask `planFaultOf` first.
 */
export function createSchool(order: SchoolOrder, today: string): SyntheticSchool {
  const fault = planFaultOf(order);
  if (fault !== null) throw new RangeError(`${order.schoolCode}: ${fault}`);
  const random = createRandom(`${order.seed}/${order.schoolCode}/${order.schoolYear}`);
  const numbers = createIssuer(order);
  const plan = planSchool(order, random.fork('plan'));
  const sites = createSites(plan, random.fork('sites'));
  const filled = createClasses(plan, sites, random.fork('classes'));
  const staff = createStaff(plan, order.schoolYear, random.fork('staff'), numbers);
  const when = { schoolYear: order.schoolYear, today, isPoorPlace: (order.facts?.difficultAreas ?? []).length > 0 };
  const students = createPupils(plan, filled, when, random.fork('pupils'), numbers);
  const classes = assignTeachers(filled, staff);
  return {
    profile: createProfile(
      order,
      plan,
      staff,
      classes.length > 0 && classes.every((each) => each.twoSessions),
      random.fork('profile'),
    ),
    sites,
    classes,
    students,
    staff,
    rooms: createRooms(plan, random.fork('rooms')),
    budget: createBudget(plan, random.fork('budget')),
  };
}

const CLASS_TEACHER = '09';

/** Class teachers take a class each, in order; where there are too few, classes stay without. */
function assignTeachers(filled: readonly FilledClass[], staff: readonly StaffDraft[]): ClassDraft[] {
  const teachers = staff.filter(
    (person) =>
      person.subjects.includes(CLASS_TEACHER) &&
      !person.youthLeader &&
      person.leftOn === null &&
      person.level === PRIMARY,
  );
  return filled.map(({ size: _size, isSatellite: _isSatellite, ...schoolClass }, index) => ({
    ...schoolClass,
    homeroomTeacher: teachers[index]?.code ?? null,
  }));
}
