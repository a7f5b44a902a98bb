import { largestClass } from '@khuevan/core/rules/class.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { apportion } from './apportion.ts';
import type { ClassDraft, SiteDraft } from './drafts.ts';
import { hamletNames } from './places.ts';
import { GRADES, type SchoolPlan } from './school-plan.ts';

const MAIN_SITE = 'C';
const COMBINED_AT_SATELLITE = 0.2;

/** A class and how many pupils it has. */
export interface FilledClass extends ClassDraft {
  size: number;
  isSatellite: boolean;
}

export function createSites(plan: SchoolPlan, random: Random): SiteDraft[] {
  const names = random.shuffle(hamletNames);
  const main: SiteDraft = { code: MAIN_SITE, name: 'Điểm trường chính', isMain: true, distanceKm: 0, address: null };
  const satellites = Array.from({ length: plan.satellites }, (_, index): SiteDraft => {
    const hamlet = names[index] ?? `Số ${index + 1}`;
    return {
      code: `P${index + 1}`,
      name: `Điểm trường ${hamlet}`,
      isMain: false,
      distanceKm: random.integer(8, plan.place.region === '04' ? 90 : 40) / 10,
      address: `Xóm ${hamlet}`,
    };
  });
  return [main, ...satellites];
}

interface Slot {
  /** The grade of the class, then any it is combined with. */
  grades: string[];
  siteCode: string;
}

/** Fewer classes than grades: neighbouring grades are taught together. */
function combinedSlots(classes: number): Slot[] {
  const sizes = apportion(
    GRADES.length,
    Array.from({ length: classes }, () => 1),
  );
  let first = 0;
  return sizes.map((size) => {
    const grades = GRADES.slice(first, first + size);
    first += size;
    return { grades: [...grades], siteCode: MAIN_SITE };
  });
}

/** Satellites teach the small ones: a class of a low grade each, then more in turn while the main site keeps one of every grade. */
function moveToSatellites(slots: Slot[], sites: readonly SiteDraft[], random: Random): void {
  for (const site of sites.filter((each) => !each.isMain)) {
    const wanted = random.weighted([
      [1, 4],
      [2, 5],
      [3, 2],
    ] as const);
    let moved = 0;
    for (const slot of slots) {
      const isMovable =
        slot.siteCode === MAIN_SITE &&
        slots.filter((each) => each.siteCode === MAIN_SITE && each.grades[0] === slot.grades[0]).length > 1;
      if (!isMovable || moved === wanted) continue;
      slot.siteCode = site.code;
      moved += 1;
      const next = GRADES[GRADES.indexOf(slot.grades[0] as (typeof GRADES)[number]) + 1];
      if (next !== undefined && random.chance(COMBINED_AT_SATELLITE)) slot.grades.push(next);
    }
  }
}

function createSlots(plan: SchoolPlan, sites: readonly SiteDraft[], random: Random): Slot[] {
  if (plan.classes < GRADES.length) return combinedSlots(plan.classes);
  const perGrade = apportion(
    plan.classes,
    GRADES.map(() => 1 + random.next() * 0.02),
  );
  const slots = GRADES.flatMap((grade, index) =>
    Array.from({ length: perGrade[index] ?? 0 }, (): Slot => ({ grades: [grade], siteCode: MAIN_SITE })),
  );
  moveToSatellites(slots, sites, random);
  return slots;
}

/** Most pupils of each class; a school with too many for its combined classes fills these as the others. */
function limitsOf(slots: readonly Slot[], pupils: number): number[] {
  const limits = (isStrict: boolean) =>
    slots.map(({ grades }) => largestClass(grades[0]!, isStrict && grades.length > 1) ?? pupils);
  const strict = limits(true);
  return strict.reduce((sum, limit) => sum + limit, 0) >= pupils ? strict : limits(false);
}

/** Sizes that add up to the pupils; nobody is left in an empty class, and the limits are kept where the totals allow it. */
function fillSlots(slots: readonly Slot[], pupils: number, random: Random): number[] {
  const weights = slots.map(
    (slot) =>
      (slot.siteCode === MAIN_SITE ? 1 : 0.62) * (slot.grades.length > 1 ? 0.75 : 1) * (0.94 + random.next() * 0.12),
  );
  const sizes = apportion(pupils, weights);
  const move = (from: number, to: number) => {
    sizes[from] = (sizes[from] ?? 0) - 1;
    sizes[to] = (sizes[to] ?? 0) + 1;
  };
  const least = () => sizes.indexOf(Math.min(...sizes));
  const most = () => sizes.indexOf(Math.max(...sizes));
  if (pupils >= slots.length) while ((sizes[least()] ?? 1) < 1) move(most(), least());
  const limits = limitsOf(slots, pupils);
  const free = () => sizes.map((size, index) => limits[index]! - size);
  for (let room = free(); Math.min(...room) < 0 && Math.max(...room) > 0; room = free())
    move(room.indexOf(Math.min(...room)), room.indexOf(Math.max(...room)));
  return sizes;
}

/** A, B ... Z, A2, B2 ... */
function letterOf(index: number): string {
  const round = Math.floor(index / 26);
  return String.fromCharCode(65 + (index % 26)) + (round === 0 ? '' : String(round + 1));
}

/** Two sessions a day is the rule since the curriculum of 2018; satellites in the mountains still lack rooms. */
function sessionsOf(
  plan: SchoolPlan,
  isSatellite: boolean,
  random: Random,
): { sessionsPerWeek: string; twoSessions: boolean } {
  const isShort = plan.place.region === '04' && random.chance(isSatellite ? 0.15 : 0.02);
  if (isShort) return { sessionsPerWeek: random.pick(['03', '04']), twoSessions: false };
  return { sessionsPerWeek: random.chance(0.35) ? '06' : '05', twoSessions: true };
}

export function createClasses(plan: SchoolPlan, sites: readonly SiteDraft[], random: Random): FilledClass[] {
  const slots = createSlots(plan, sites, random);
  const sizes = fillSlots(slots, plan.pupils, random);
  const ofGrade = new Map<string, number>();
  return slots.map((slot, index): FilledClass => {
    const grade = slot.grades[0] as string;
    const place = ofGrade.get(grade) ?? 0;
    ofGrade.set(grade, place + 1);
    const code = `${Number(grade)}${letterOf(place)}`;
    const isSatellite = slot.siteCode !== MAIN_SITE;
    return {
      code,
      name: `Lớp ${code}`,
      grade,
      siteCode: slot.siteCode,
      ...sessionsOf(plan, isSatellite, random),
      combined: slot.grades.length > 1,
      combinedGrades: slot.grades.length > 1 ? slot.grades : [],
      boarding: plan.isEthnicBoarding ? !isSatellite : plan.hasLunch && !isSatellite,
      special: plan.isSpecial,
      homeroomTeacher: null,
      size: sizes[index] ?? 0,
      isSatellite,
    };
  });
}
