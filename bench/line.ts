// What a bench says about a promise: one JSON line. Limit and baseline are in the unit of the value.
export interface BenchLine {
  name: string;
  value: number;
  unit: string;
  /** The same work without what we add, measured in the same run. */
  baseline: number;
  /** Value over baseline. */
  ratio: number;
  limit: number;
  ok: boolean;
}

export type Bench = () => Promise<BenchLine[]>;

export interface Measured {
  name: string;
  unit: string;
  value: number;
  baseline: number;
  limit: number;
  /** What must hold beside the limit. */
  holds?: boolean;
}

/** A promise kept while the value stays at or below the limit. */
export const atMost = (measured: Measured): BenchLine => lineOf(measured, measured.value <= measured.limit);

/** A promise kept while the value stays at or above the limit. */
export const atLeast = (measured: Measured): BenchLine => lineOf(measured, measured.value >= measured.limit);

function lineOf({ name, unit, value, baseline, limit, holds = true }: Measured, isWithin: boolean): BenchLine {
  const ratio = value / baseline;
  return {
    name,
    value: rounded(value),
    unit,
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    limit: rounded(limit),
    // What was not measured is not kept.
    ok: isWithin && holds && Number.isFinite(ratio),
  };
}

/** Three significant digits, as many as the noise allows, and no fewer before the point. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
