import type { Filter } from '../forms/definition.ts';
import type { Text } from '../records/field.ts';

/** A statistical indicator as data. Files: indicators/<level>.json. */
export interface IndicatorDefinition {
  /** Ours and stable, e.g. "th-ner". */
  slug: string;
  /** The year of the law whose reading it is. An indicator may have several versions, one after the other. */
  version: string;
  /** Code of the sector's list of indicators (TT 03/2024/TT-BGDĐT); null where the code is not known. */
  moetCode: string | null;
  /** Whose definition it is. Where both define differently there are two indicators under two names. */
  schemes: Scheme[];
  /** Code list `level`, or every level at once (`everyLevel`). */
  level: string;
  group: IndicatorGroup;
  name: Text;
  /** What it says, for a reader who does not know it. */
  definition: Text;
  /** Numerator over denominator, in words. */
  formula: Text;
  unit: IndicatorUnit;
  decimals: number;
  source: string;
  /** As-of days to which this version applies. */
  valid: { from: string; to: string | null };
  /** Pupils of a place are not those of one school: such a share is meaningless for it. */
  reach: 'every' | 'office';
  /** The numerator is part of the denominator: more than 100 % cannot be. */
  isShare: boolean;
  /** Slug of an indicator whose value this one cannot exceed. */
  atMost?: string;
  /** Those that mean something; all that the columns allow where none are named. */
  breakdowns?: Breakdown[];
  numerator: IndicatorTerm[];
  /** Without one the numerator itself is the value. */
  denominator: IndicatorTerm[] | null;
}

export const schemes = ['national', 'uis'] as const;
export type Scheme = (typeof schemes)[number];

export const indicatorGroups = ['size', 'access', 'flow', 'learning', 'staff', 'rooms', 'money'] as const;
export type IndicatorGroup = (typeof indicatorGroups)[number];

export const indicatorUnits = ['percent', 'ratio', 'count', 'million'] as const;
export type IndicatorUnit = (typeof indicatorUnits)[number];

export type IndicatorTerm = CellsTerm | PopulationTerm;

/** A sum of rows of a form, in the column of the breakdown. */
export interface CellsTerm {
  /** Slug of the form. */
  form: string;
  rows: string[];
  /** Asked of the column beside the breakdown, e.g. solid rooms. */
  filter?: Filter;
  /** Of money: which of its amounts. */
  amount?: string;
  /** 1: of the next school year, −1: of the one before. */
  yearOffset?: 1 | -1;
  /** Taken away instead of added. */
  minus?: true;
}

/** People of these ages, as the population of the place says. */
export interface PopulationTerm {
  ages: { from: number; to: number };
}

export const isPopulation = (term: IndicatorTerm): term is PopulationTerm => 'ages' in term;

/** What stands in a population table beside the total. */
export type PopulationColumn = 'people' | 'female' | 'minority' | 'minorityFemale';

interface Piece {
  filter: Filter;
  population?: PopulationColumn;
  sign: 1 | -1;
}

const all: Piece = { filter: {}, population: 'people', sign: 1 };
const female: Piece = { filter: { sex: ['02'] }, population: 'female', sign: 1 };
const isPublic: Piece = { filter: { ownership: ['01'] }, sign: 1 };
const without = (piece: Piece): Piece => ({ ...piece, sign: -1 });

/**
 * How values are broken down. A breakdown is a column of the form, found by what the column counts; what has no column of its
 * own is the total less the one that has.
 */
export const breakdowns = {
  all: [all],
  female: [female],
  male: [all, without(female)],
  minority: [{ filter: { minority: true }, population: 'minority', sign: 1 }],
  minorityFemale: [{ filter: { sex: ['02'], minority: true }, population: 'minorityFemale', sign: 1 }],
  public: [isPublic],
  nonPublic: [all, without(isPublic)],
} as const satisfies Record<string, readonly Piece[]>;
export type Breakdown = keyof typeof breakdowns;
export const breakdownNames = Object.keys(breakdowns) as Breakdown[];

export const piecesOf = (breakdown: Breakdown): readonly Piece[] => breakdowns[breakdown];
