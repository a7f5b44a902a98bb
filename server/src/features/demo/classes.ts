import { largestClass } from '@khuevan/core/rules/class.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { apportion } from './apportion.ts';
import type { ClassDraft, SiteDraft, StudentDraft } from './drafts.ts';
import { hamletNames } from './places.ts';
import type { Band } from './levels/index.ts';
import type { LevelPlan } from './school-plan.ts';

const MAIN_SITE = 'C';
const COMBINED_AT_SATELLITE = 0.2;

/** A class and how many pupils it has. */
export interface FilledClass extends ClassDraft {
  /** What it is made for; more than one where it combines them. */
  bands: readonly Band[];
  size: number;
  isSatellite: boolean;
  informatics: boolean;
  learning: Pick<StudentDraft, 'foreignLanguage' | 'vocational'>;
}

export function createSites(plan: LevelPlan, random: Random): SiteDraft[] {
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
  /** What the class is made for, then any it is combined with. */
  bands: Band[];
  siteCode: string;
}

/** Fewer classes than grades: neighbouring grades are taught together. */
function combinedSlots({ level, classes }: LevelPlan): Slot[] {
  const sizes = apportion(
    level.bands.length,
    Array.from({ length: classes }, () => 1),
  );
  let first = 0;
  return sizes.map((size) => {
    const bands = level.bands.slice(first, first + size);
    first += size;
    return { bands, siteCode: MAIN_SITE };
  });
}

/** Satellites teach the small ones: a class of a low grade each, then more in turn while the main site keeps one of every grade. */
function moveToSatellites(plan: LevelPlan, slots: Slot[], sites: readonly SiteDraft[], random: Random): void {
  const { bands, combines } = plan.level;
  for (const site of sites.filter((each) => !each.isMain).slice(0, plan.satellites)) {
    const wanted = random.weighted([
      [1, 4],
      [2, 5],
      [3, 2],
    ] as const);
    let moved = 0;
    for (const slot of slots) {
      const isMovable =
        slot.siteCode === MAIN_SITE &&
        slots.filter((each) => each.siteCode === MAIN_SITE && each.bands[0] === slot.bands[0]).length > 1;
      if (!isMovable || moved === wanted) continue;
      slot.siteCode = site.code;
      moved += 1;
      const next = combines ? bands[bands.indexOf(slot.bands[0]!) + 1] : undefined;
      if (next !== undefined && random.chance(COMBINED_AT_SATELLITE)) slot.bands.push(next);
    }
  }
}

function createSlots(plan: LevelPlan, sites: readonly SiteDraft[], random: Random): Slot[] {
  const { bands, combines } = plan.level;
  if (combines && plan.classes < bands.length) return combinedSlots(plan);
  const perBand = apportion(
    plan.classes,
    bands.map(({ classes }) => classes + random.next() * 0.02),
  );
  const slots = bands.flatMap((band, index) =>
    Array.from({ length: perBand[index] ?? 0 }, (): Slot => ({ bands: [band], siteCode: MAIN_SITE })),
  );
  moveToSatellites(plan, slots, sites, random);
  return slots;
}

/** Most pupils of each class; a school with too many for its combined classes fills these as the others. */
function limitsOf(slots: readonly Slot[], pupils: number): number[] {
  const limits = (isStrict: boolean) =>
    slots.map(({ bands }) => largestClass(bands[0]!.grade, isStrict && bands.length > 1) ?? bands[0]!.most ?? pupils);
  const strict = limits(true);
  return strict.reduce((sum, limit) => sum + limit, 0) >= pupils ? strict : limits(false);
}

/** Sizes that add up to the pupils; nobody is left in an empty class, and the limits are kept where the totals allow it. */
function fillSlots(slots: readonly Slot[], pupils: number, random: Random): number[] {
  const weights = slots.map(
    (slot) =>
      slot.bands[0]!.fullness *
      (slot.siteCode === MAIN_SITE ? 1 : 0.62) *
      (slot.bands.length > 1 ? 0.75 : 1) *
      (0.94 + random.next() * 0.12),
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

function sessionsOf(
  { level, place }: LevelPlan,
  isSatellite: boolean,
  random: Random,
): { sessionsPerWeek: string; twoSessions: boolean } {
  const { usual, mountain, satellite } = level.oneSession;
  const short = place.region !== '04' ? usual : isSatellite ? satellite : mountain;
  if (short > 0 && random.chance(short))
    return { sessionsPerWeek: random.pick(level.sessions.one), twoSessions: false };
  return { sessionsPerWeek: random.weighted(level.sessions.two), twoSessions: true };
}

/** Drawn only where some classes learn it and others do not. */
function learnsInformatics({ informatics }: Band, random: Random): boolean {
  return informatics === 1 || (informatics > 0 && random.chance(informatics));
}

/** Where the level has the field: a subject for each class of a school for the gifted, none elsewhere. */
function specialisationOf({ level, isGifted }: LevelPlan, place: number): { specialisation?: string | null } {
  const { specialisations } = level;
  if (specialisations === undefined) return {};
  return { specialisation: isGifted ? specialisations[place % specialisations.length]! : null };
}

/** Where the level asks for them. */
function learningOf({ level }: LevelPlan, random: Random): FilledClass['learning'] {
  const { learning } = level;
  if (learning === undefined) return {};
  return { foreignLanguage: random.weighted(learning.languages), vocational: random.chance(learning.trade) };
}

export function createClasses(plan: LevelPlan, sites: readonly SiteDraft[], random: Random): FilledClass[] {
  const slots = createSlots(plan, sites, random);
  const sizes = fillSlots(slots, plan.pupils, random);
  const ofBand = new Map<Band, number>();
  return slots.map(({ bands, siteCode }, index): FilledClass => {
    const band = bands[0]!;
    const place = ofBand.get(band) ?? 0;
    ofBand.set(band, place + 1);
    const letter = letterOf(place);
    const isSatellite = siteCode !== MAIN_SITE;
    const isCombined = bands.length > 1;
    return {
      code: `${band.label}${letter}`,
      name: `${band.name}${letter}`,
      grade: band.grade,
      ...(band.ageGroup === undefined ? {} : { ageGroup: band.ageGroup, combinedAges: null }),
      ...specialisationOf(plan, place),
      siteCode,
      ...sessionsOf(plan, isSatellite, random),
      combined: isCombined,
      combinedGrades: isCombined ? bands.map((each) => each.grade) : [],
      boarding: plan.isEthnicBoarding ? !isSatellite : plan.hasLunch && !isSatellite,
      special: plan.isSpecial,
      homeroomTeacher: null,
      bands,
      size: sizes[index] ?? 0,
      isSatellite,
      informatics: learnsInformatics(band, random),
      learning: learningOf(plan, random),
    };
  });
}
