/** Codes of the list `region` that a place of the generator may have: midland, delta, town, mountain. */
export type Region = '01' | '02' | '03' | '04';
type Range = readonly [least: number, most: number];
export type Weights = readonly (readonly [code: string, weight: number])[];

/** Classes of a usual school, and pupils of a usual class. */
export interface Size {
  classes: Range;
  perClass: Range;
}

/** What a class is made for: a grade, or an age where one grade of the code list holds several. */
export interface Band {
  /** Code of the list `grade`. */
  grade: string;
  /** Age by calendar year of a learner who is on time. */
  age: number;
  /** Begins the codes of its classes: 1A, 5TB. */
  label: string;
  /** Begins their names: Lớp 1A, Mẫu giáo 5 tuổi B. */
  name: string;
  /** How many classes it has and how full they are, beside the other bands. */
  classes: number;
  fullness: number;
  /** Most children of a group, where the rules on classes name none for the grade. */
  most?: number;
  /** Children are born until this month: groups that go by months, not by years. */
  bornUntil?: number;
  /** Code of the list `age_group`; preschool only. */
  ageGroup?: string;
  /** First grade of the level: who does not repeat is a new entrant. */
  isEntry: boolean;
  /** Share of pupils who repeat. */
  repeating: number;
  /** Share of classes that learn informatics. */
  informatics: number;
}

/** Teachers of the same subjects, and their share among the teachers of the level. */
export interface Teaching {
  subjects: readonly string[];
  share: number;
  /** Only where a band of this grade is taught. */
  grade?: string;
}

interface Training {
  managers: Weights;
  /** Teachers below fifty, and the others, who studied under older laws. */
  younger: Weights;
  older: Weights;
}

/**
 * What a level of education is like in a synthetic province. All that is drawn for it follows from this description and from the
 * place; a new level is one more of them.
 */
export interface LevelDescription {
  /** Code of the list `level`. */
  code: string;
  bands: readonly Band[];
  /** By region; without it the sizes of the place, which are those of primary schools. */
  sizes?: Readonly<Record<Region, Size>>;
  privateSize: Size;
  /** Share of town schools that are much larger, and their classes. */
  largeInTown?: { share: number; classes: Range };
  /** Too few pupils of one grade are taught together with the next one. */
  combines: boolean;
  hasSatellites: boolean;
  /** Share of classes without two sessions a day; the codes of the list `sessions_per_week` with and without. */
  oneSession: { usual: number; mountain: number; satellite: number };
  sessions: { two: Weights; one: readonly string[] };
  /** Share of schools that give lunch, and of pupils of theirs who eat: town, elsewhere. */
  lunch: Readonly<Record<Region, number>>;
  eats: readonly [town: number, elsewhere: number];
  /** Share of children whose health and nutrition is checked; where it is asked for. */
  healthChecked?: number;
  /** First foreign language of a class, and share of classes that learn a trade; where they are asked for. */
  learning?: { languages: Weights; trade: number };
  /** Of the classes of schools for the gifted, in the order in which they get them; codes of the list `specialisation`. */
  specialisations?: readonly string[];
  /** Share of pupils behind their age without repeating, and by how many years. */
  late: number;
  yearsLate: readonly (readonly [years: number, weight: number])[];
  /** Entrants come from outside the ministry's system and get their code at the first exchange. */
  entrantsWithoutCode: boolean;
  /** Head and deputies; a school has one deputy more from each of these numbers of classes on (TT 19 and 20/2023/TT-BGDĐT). */
  positions: { head: string; deputy: string };
  deputiesFrom: { mountain: readonly number[]; elsewhere: readonly number[] };
  /** Staff a class: least, and how much more at most; then so many more in small and in large schools; never fewer than `least`. */
  staff: { perClass: Range; beside: readonly [small: number, large: number]; least: number };
  /** Support staff in the order in which schools get them. */
  support: readonly string[];
  /** Subjects with one teacher each before the others are counted; then the teachers by shares. */
  specialists: readonly string[];
  teaching: readonly Teaching[];
  hasYouthLeader: boolean;
  women: { managers: number; teachers: number };
  training: Training;
  /** Rooms for each class, and other rooms: how likely a school has one, small and large; how many if more than one. */
  classroomsPerClass: number;
  rooms: readonly RoomLikelihood[];
  /** Code of the list `school_kind` of an ordinary school. */
  schoolKind: string;
}

export interface RoomLikelihood {
  kind: string;
  small: number;
  large: number;
  /** In schools of so many classes there are this many instead of one. */
  several?: { from: number; rooms: number };
}
