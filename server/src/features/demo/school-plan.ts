import { levelGroup } from '@khuevan/core/codes/levels.ts';
import { schoolKind } from '@khuevan/core/codes/schools.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { SchoolOrder } from './drafts.ts';
import { type Place, placeOf } from './places.ts';

/** Grades of primary school, the level that is filled; a school of more levels gets its primary classes only. */
export const PRIMARY = '02';
export const GRADES = ['01', '02', '03', '04', '05'] as const;

/** Decisions taken once for a school, from which all its records follow. */
export interface SchoolPlan {
  place: Place;
  isPrivate: boolean;
  /** Ethnic semi-boarding school (PTDTBT). */
  isEthnicBoarding: boolean;
  /** Takes lunch and rest at school, as town schools do. */
  hasLunch: boolean;
  isSpecial: boolean;
  classes: number;
  pupils: number;
  staff: number;
  satellites: number;
  /** Pupils were asked for exactly: then no spell is added that a count of rows would show. */
  isExactInPupils: boolean;
  isExactInStaff: boolean;
}

export type PlanFault = 'no_primary_level' | 'bad_count' | 'pupils_without_classes';

/** Why an order cannot be built, or null. */
export function planFaultOf(order: SchoolOrder): PlanFault | null {
  const group = levelGroup.entries.find((entry) => entry.code === order.levelGroup);
  if (!group || !(group.levels as readonly string[]).includes(PRIMARY)) return 'no_primary_level';
  const counts = [order.classes, order.pupils, order.staff].filter((count) => count !== undefined);
  if (counts.some((count) => !Number.isInteger(count) || count < 0)) return 'bad_count';
  return order.classes === 0 && (order.pupils ?? 0) > 0 ? 'pupils_without_classes' : null;
}

const LARGE_TOWN_SCHOOL = 0.08;
const PRIVATE_CLASSES = [5, 14] as const;
const PRIVATE_PER_CLASS = [18, 28] as const;
/** Primary classes beside lower secondary ones are fewer. */
const SHARED_SCHOOL = 0.7;

function drawClasses(random: Random, place: Place, isPrivate: boolean, isShared: boolean): number {
  if (isPrivate) return random.integer(...PRIVATE_CLASSES);
  if (place.region === '03' && random.chance(LARGE_TOWN_SCHOOL)) return random.integer(30, 42);
  const usual = random.around(...place.classes);
  return isShared ? Math.max(5, Math.round(usual * SHARED_SCHOOL)) : usual;
}

/** Pupils for so many classes, or classes for so many pupils. */
function drawPerClass(random: Random, place: Place, isPrivate: boolean): number {
  const [least, most] = isPrivate ? PRIVATE_PER_CLASS : place.perClass;
  return random.around(least, most) + random.next();
}

/** About 1.4 a class: 1.2 teachers, a head, deputies and two to four others (norms: TT 20/2023/TT-BGDĐT). */
function drawStaff(random: Random, classes: number): number {
  return Math.max(6, Math.round(classes * (1.16 + random.next() * 0.1)) + (classes >= 12 ? 3 : 2));
}

/** Share of schools that give lunch, by region. */
const LUNCH: Readonly<Record<Place['region'], number>> = { '03': 0.85, '02': 0.5, '01': 0.4, '04': 0.12 };

/** Registers without further facts still say much by the name. */
const BOARDING_NAME = /PTDTBT|dân tộc bán trú/iu;
const SPECIAL_NAME = /khuyết tật|chuyên biệt/iu;
const PRIVATE_NAME = /tư thục|dân lập|quốc tế/iu;

function natureOf({
  schoolName,
  facts = {},
}: SchoolOrder): Pick<SchoolPlan, 'isPrivate' | 'isEthnicBoarding' | 'isSpecial'> {
  const kind = schoolKind.entries.find((entry) => entry.code === facts.schoolKind);
  const reportedAs = kind && 'reportedAs' in kind ? kind.reportedAs : null;
  return {
    isPrivate: facts.ownership === undefined ? PRIVATE_NAME.test(schoolName) : facts.ownership !== '01',
    isEthnicBoarding: kind ? reportedAs === 'ethnic_boarding' : BOARDING_NAME.test(schoolName),
    isSpecial: kind ? reportedAs === 'disability' : SPECIAL_NAME.test(schoolName),
  };
}

export function planSchool(order: SchoolOrder, random: Random): SchoolPlan {
  const place = placeOf(order.provinceCode, order.districtCode);
  const nature = natureOf(order);
  const perClass = drawPerClass(random, place, nature.isPrivate);
  const drawnClasses = drawClasses(random, place, nature.isPrivate, order.levelGroup !== '06');
  const classes = order.classes ?? (order.pupils === undefined ? drawnClasses : Math.ceil(order.pupils / perClass));
  const satellites = nature.isPrivate ? 0 : random.weighted(place.satellites);
  return {
    place,
    ...nature,
    hasLunch: nature.isPrivate || random.chance(LUNCH[place.region]),
    classes,
    pupils: order.pupils ?? Math.round(classes * perClass),
    staff: order.staff ?? drawStaff(random, classes),
    // A site takes at least one class, and the main site keeps one of each grade.
    satellites: Math.max(0, Math.min(satellites, classes - GRADES.length)),
    isExactInPupils: order.pupils !== undefined,
    isExactInStaff: order.staff !== undefined,
  };
}
