import { schoolKind } from '@khuevan/core/codes/schools.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { apportion } from './apportion.ts';
import type { SchoolOrder } from './drafts.ts';
import { type LevelDescription, levelsOf, mainLevelOf, PRIMARY, type Size } from './levels/index.ts';
import { type Place, placeOf } from './places.ts';

/** What is true of a school at all its levels. */
interface SchoolNature {
  place: Place;
  isPrivate: boolean;
  /** Ethnic semi-boarding school (PTDTBT). */
  isEthnicBoarding: boolean;
  /** Ethnic boarding school (PTDTNT): nearly all pupils are of the minorities. */
  isEthnicResidential: boolean;
  isSpecial: boolean;
  /** For the gifted: every class has a subject of its own. */
  isGifted: boolean;
  /** Pupils were asked for exactly: then no spell is added that a count of rows would show. */
  isExactInPupils: boolean;
  isExactInStaff: boolean;
}

/** Decisions taken once for a level of a school, from which all its records follow. */
export interface LevelPlan extends SchoolNature {
  level: LevelDescription;
  /** The level by which the school is managed has its head and its support staff, and the rooms that the levels share. */
  isMain: boolean;
  hasYouthLeader: boolean;
  /** Takes lunch and rest at school, as town schools do. */
  hasLunch: boolean;
  classes: number;
  pupils: number;
  staff: number;
  satellites: number;
}

export type PlanFault = 'no_level' | 'bad_count' | 'pupils_without_classes';

/** The levels that are filled: those of the school, or of these only those that were asked for. */
function describedLevels({ levelGroup, levels }: SchoolOrder): LevelDescription[] {
  return levelsOf(levelGroup).filter(({ code }) => levels === undefined || levels.includes(code));
}

/** Why an order cannot be built, or null. */
export function planFaultOf(order: SchoolOrder): PlanFault | null {
  if (describedLevels(order).length === 0) return 'no_level';
  const counts = [order.classes, order.pupils, order.staff].filter((count) => count !== undefined);
  if (counts.some((count) => !Number.isInteger(count) || count < 0)) return 'bad_count';
  return order.classes === 0 && (order.pupils ?? 0) > 0 ? 'pupils_without_classes' : null;
}

/** Classes of a level that shares the school with others are fewer. */
const SHARED_SCHOOL = 0.7;
const SPECIAL_SIZE: Size = { classes: [2, 4], perClass: [8, 12] };

function sizeOf({ place, isPrivate, isSpecial }: SchoolNature, level: LevelDescription): Size {
  if (isSpecial) return SPECIAL_SIZE;
  return isPrivate ? level.privateSize : (level.sizes?.[place.region] ?? place);
}

function drawClasses(random: Random, nature: SchoolNature, level: LevelDescription, isShared: boolean): number {
  const { classes } = sizeOf(nature, level);
  if (nature.isPrivate || nature.isSpecial) return random.integer(...classes);
  const { largeInTown } = level;
  if (largeInTown && nature.place.region === '03' && random.chance(largeInTown.share))
    return random.integer(...largeInTown.classes);
  const usual = random.around(...classes);
  return isShared ? Math.max(level.bands.length, Math.round(usual * SHARED_SCHOOL)) : usual;
}

/** Pupils for so many classes, or classes for so many pupils. */
function drawPerClass(random: Random, nature: SchoolNature, level: LevelDescription): number {
  return random.around(...sizeOf(nature, level).perClass) + random.next();
}

const LARGE_FROM = 12;

/** By the norms of TT 19 and 20/2023/TT-BGDĐT: teachers for the classes, a head, deputies and some others. */
function drawStaff(random: Random, { staff }: LevelDescription, classes: number): number {
  const [least, most] = staff.perClass;
  const teachers = Math.round(classes * (least + random.next() * (most - least)));
  return Math.max(staff.least, teachers + staff.beside[classes >= LARGE_FROM ? 1 : 0]);
}

/** Registers without further facts still say much by the name. */
const BOARDING_NAME = /PTDTBT|dân tộc bán trú/iu;
const RESIDENTIAL_NAME = /PTDTNT|dân tộc nội trú|vùng cao việt bắc/iu;
const SPECIAL_NAME = /khuyết tật|chuyên biệt/iu;
const GIFTED_NAME = /THPT chuyên(?! biệt)/iu;
const PRIVATE_NAME = /tư thục|dân lập|quốc tế|độc lập/iu;
export const GIFTED_KIND = '09';
const RESIDENTIAL_KINDS: readonly string[] = ['02', '03'];

function natureOf(order: SchoolOrder): SchoolNature {
  const { schoolName, facts = {} } = order;
  const kind = schoolKind.entries.find((entry) => entry.code === facts.schoolKind);
  const reportedAs = kind && 'reportedAs' in kind ? kind.reportedAs : null;
  return {
    place: placeOf(order.provinceCode, order.districtCode),
    isPrivate: facts.ownership === undefined ? PRIVATE_NAME.test(schoolName) : facts.ownership !== '01',
    isEthnicBoarding: kind ? reportedAs === 'ethnic_boarding' : BOARDING_NAME.test(schoolName),
    isEthnicResidential: kind ? RESIDENTIAL_KINDS.includes(kind.code) : RESIDENTIAL_NAME.test(schoolName),
    isSpecial: kind ? reportedAs === 'disability' : SPECIAL_NAME.test(schoolName),
    isGifted: kind ? kind.code === GIFTED_KIND : GIFTED_NAME.test(schoolName),
    isExactInPupils: order.pupils !== undefined,
    isExactInStaff: order.staff !== undefined,
  };
}

/** What is drawn for a level before the totals that were asked for are parted between the levels. */
interface Drawn {
  level: LevelDescription;
  stream: Random;
  perClass: number;
  classes: number;
  satellites: number;
  hasLunch: boolean;
}

function drawLevel(nature: SchoolNature, level: LevelDescription, isShared: boolean, stream: Random): Drawn {
  const perClass = drawPerClass(stream, nature, level);
  const classes = drawClasses(stream, nature, level, isShared);
  const satellites = nature.isPrivate || !level.hasSatellites ? 0 : stream.weighted(nature.place.satellites);
  const hasLunch = nature.isPrivate || stream.chance(level.lunch[nature.place.region]);
  return { level, stream, perClass, classes, satellites, hasLunch };
}

/** Classes as drawn, or in their proportions as many as were asked for, or for as many pupils as were asked for. */
function classesOf(drawn: readonly Drawn[], { classes, pupils }: SchoolOrder): number[] {
  if (classes !== undefined) {
    const wanted = apportion(
      classes,
      drawn.map((each) => each.classes),
    );
    // No level of the school is left without a class while there are enough.
    for (let empty = wanted.indexOf(0); empty >= 0 && classes >= wanted.length; empty = wanted.indexOf(0)) {
      wanted[wanted.indexOf(Math.max(...wanted))]! -= 1;
      wanted[empty] = 1;
    }
    return wanted;
  }
  if (pupils === undefined) return drawn.map((each) => each.classes);
  const parts = apportion(
    pupils,
    drawn.map((each) => each.classes * each.perClass),
  );
  return parts.map((part, index) => Math.ceil(part / drawn[index]!.perClass));
}

/** One for each class first, if there are so many, and the others as full as the classes of the level are. */
function pupilsOf(drawn: readonly Drawn[], classes: readonly number[], { pupils }: SchoolOrder): number[] {
  if (pupils === undefined) return drawn.map(({ perClass }, index) => Math.round(classes[index]! * perClass));
  const sum = classes.reduce((all, each) => all + each, 0);
  const first = pupils >= sum ? classes : classes.map(() => 0);
  const others = apportion(
    pupils - (pupils >= sum ? sum : 0),
    drawn.map(({ perClass }, index) => classes[index]! * perClass),
  );
  return others.map((part, index) => part + first[index]!);
}

/** The levels of a school, youngest first. `streamOf` gives the stream from which all of a level is drawn. */
export function planLevels(order: SchoolOrder, streamOf: (level: string) => Random): LevelPlan[] {
  const nature = natureOf(order);
  const levels = describedLevels(order);
  const isShared = levelsOf(order.levelGroup).length > 1;
  const drawn = levels.map((level) => drawLevel(nature, level, isShared, streamOf(level.code)));
  const classes = classesOf(drawn, order);
  const pupils = pupilsOf(drawn, classes, order);
  const staff =
    order.staff === undefined
      ? drawn.map(({ stream, level }, index) => drawStaff(stream, level, classes[index]!))
      : apportion(
          order.staff,
          levels.map(({ staff: norm }, index) => classes[index]! * norm.perClass[0] + norm.beside[0]),
        );
  const mainLevel = mainLevelOf(order.levelGroup);
  const main = levels.some(({ code }) => code === mainLevel) ? mainLevel : levels.at(-1)?.code;
  const withYouthLeader = levels.find((level) => level.hasYouthLeader)?.code;
  return drawn.map(({ level, satellites, hasLunch }, index): LevelPlan => ({
    ...nature,
    level,
    isMain: level.code === main,
    hasYouthLeader: level.code === withYouthLeader,
    hasLunch,
    classes: classes[index]!,
    pupils: pupils[index]!,
    staff: staff[index]!,
    // A site takes at least one class, and the main site keeps one of each grade.
    satellites: Math.max(0, Math.min(satellites, classes[index]! - level.bands.length)),
  }));
}

/** The level whose satellites are the school's: primary schools have most of them. */
export function withSatellites(plans: readonly LevelPlan[]): LevelPlan {
  return plans.find(({ level }) => level.code === PRIMARY) ?? plans[0]!;
}
