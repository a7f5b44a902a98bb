import * as z from 'zod';
import type { FormDefinition, PeriodKind } from './definition.ts';

/**
 * A later version of a form as its file says it: what differs from the version before. The rest stays as it is, so that a reader of
 * the file reads what changed and nothing else.
 */
const change = z.strictObject({
  /** The version it changes. */
  basedOn: z.string().min(1),
  version: z.string().min(1),
  source: z.string().min(1),
  valid: z.unknown(),
  code: z.string().min(1).optional(),
  name: z.unknown().optional(),
  official: z.boolean().optional(),
  notice: z.unknown().optional(),
  yearChecks: z.array(z.unknown()).optional(),
  /** Take the place of those of the same id; others stand at the end. */
  sections: z.array(z.looseObject({ id: z.string() })).optional(),
  checks: z.array(z.looseObject({ id: z.string() })).optional(),
  without: z.strictObject({ rows: z.array(z.string()).optional(), checks: z.array(z.string()).optional() }).optional(),
});

interface Version {
  slug: string;
  valid: { from: string; to: string | null };
}

/** @param day ISO */
export const isInForce = ({ valid }: Pick<Version, 'valid'>, day: string): boolean =>
  valid.from <= day && (valid.to === null || day <= valid.to);

/** The newest version of each form, of those that are given. */
export function newestVersions<Form extends Version>(forms: readonly Form[]): Form[] {
  const newest = new Map<string, Form>();
  for (const form of forms) {
    const known = newest.get(form.slug);
    if (!known || known.valid.from < form.valid.from) newest.set(form.slug, form);
  }
  return [...newest.values()];
}

/**
 * Whether a kind of period asks for a form. The regime has no form of the middle of the year (TT 24/2018/TT-BGDĐT): such a period
 * asks for what is counted as of its day.
 */
export const isAskedIn = ({ period = 'start' }: Pick<FormDefinition, 'period'>, kind: PeriodKind): boolean =>
  kind === 'middle' ? period === 'start' : period === kind;

type Content = Record<string, unknown>;
type Identified = { id: string } & Content;

/** The version that a form file is based on; undefined where the file says the whole form. */
export function basisOf(content: unknown): string | undefined {
  const basis = typeof content === 'object' && content !== null ? (content as Content).basedOn : undefined;
  return typeof basis === 'string' ? basis : undefined;
}

/**
 * The content of the whole form, to be read by parseForm, which finds what does not hold together.
 * @throws ZodError when the change is not written as one; RangeError when it leaves out what is not there.
 */
export function applyVersion(basis: unknown, content: unknown): unknown {
  const { basedOn: _, sections = [], checks = [], without = {}, ...said } = change.parse(content);
  const base = basis as Content & {
    sections: Array<Identified & { rows: Array<{ code: string }> }>;
    checks: Identified[];
  };
  const rows = new Set(without.rows);
  const gone = new Set(without.checks);
  const missing = [
    ...[...rows].filter((code) => !base.sections.some((section) => section.rows.some((row) => row.code === code))),
    ...[...gone].filter((id) => !base.checks.some((check) => check.id === id)),
  ];
  if (missing.length > 0) throw new RangeError(`leaves out what is not there: ${missing.join(', ')}`);
  const kept = base.sections.map((section) => ({
    ...section,
    rows: section.rows.filter((row) => !rows.has(row.code)),
  }));
  return {
    ...base,
    ...said,
    sections: replaced(kept, sections),
    checks: replaced(
      base.checks.filter((check) => !gone.has(check.id)),
      checks,
    ),
  };
}

function replaced(before: Identified[], after: Identified[]): Identified[] {
  const byId = new Map(after.map((each) => [each.id, each]));
  const known = new Set(before.map((each) => each.id));
  return [...before.map((each) => byId.get(each.id) ?? each), ...after.filter((each) => !known.has(each.id))];
}
