import type { Severity } from '../findings.ts';
import type { FormDefinition } from '../forms/definition.ts';
import type { Text } from '../records/field.ts';

/** What a check is held against. */
export const checkKinds = [
  'form',
  'last-year',
  'opening',
  'other-form',
  'standard',
  'like-units',
  'population',
] as const;
export type CheckKind = (typeof checkKinds)[number];

export const setSeverities = ['off', 'warning', 'error'] as const;
export type SetSeverity = (typeof setSeverities)[number];

/**
 * How far figures may be apart before a check speaks: a share of what they are held against, a least amount, a number of robust
 * deviations. Which of them a check has depends on its kind.
 */
export interface Tolerance {
  share?: number;
  least?: number;
  times?: number;
}

/** One check of a form as a person sets it: every kind is described alike. */
export interface CheckFace {
  /** As findings name it: "<slug>.<id>". */
  rule: string;
  kind: CheckKind;
  title: Text;
  source: string;
  severity: Severity;
  tolerance: Tolerance;
  /** More than one: a unit above may choose. */
  allowed: readonly SetSeverity[];
}

export interface CheckSetting {
  rule: string;
  severity: SetSeverity;
  tolerance: Tolerance;
}

const byLaw: readonly SetSeverity[] = ['error'];
/** The rest are expectations; those on figures of one day may be made binding, those that compare may not. */
const binding: readonly SetSeverity[] = ['off', 'warning', 'error'];
const asking: readonly SetSeverity[] = ['off', 'warning'];

/** Every check of a form, in the order of its file. */
export function describeChecks(form: FormDefinition): CheckFace[] {
  const rule = (id: string) => `${form.slug}.${id}`;
  const { yearChecks = [], crossChecks = [], standardCheck: standard, ratios = [], populationChecks = [] } = form;
  return [
    ...form.checks.map(({ id, text, source, severity, share = 0, tolerance = 0 }): CheckFace => ({
      rule: rule(id),
      kind: 'form',
      title: text,
      source,
      severity,
      tolerance: { share, least: tolerance },
      allowed: severity === 'error' ? byLaw : binding,
    })),
    ...(standard
      ? [
          {
            rule: rule(standard.id),
            kind: 'standard' as const,
            title: standard.text,
            source: standard.source,
            severity: 'warning' as const,
            tolerance: { share: standard.share, least: standard.least },
            allowed: asking,
          },
        ]
      : []),
    ...crossChecks.map(({ id, text, source, severity, share = 0, tolerance = 0 }): CheckFace => ({
      rule: rule(id),
      kind: 'other-form',
      title: text,
      source,
      severity,
      tolerance: { share, least: tolerance },
      allowed: severity === 'error' ? byLaw : asking,
    })),
    ...[
      ...yearChecks.map((check) => ({ ...check, kind: 'last-year' as const })),
      ...populationChecks.map((check) => ({ ...check, kind: 'population' as const })),
    ].map(({ id, kind, text, source, share, least }): CheckFace => ({
      rule: rule(id),
      kind,
      title: text,
      source,
      severity: 'warning',
      tolerance: { share, least },
      allowed: asking,
    })),
    ...describeOpeningChecks(form),
    ...ratios.map(({ id, name, source, share, times }): CheckFace => ({
      rule: rule(id),
      kind: 'like-units',
      title: name,
      source,
      severity: 'warning',
      tolerance: { share, times },
      allowed: asking,
    })),
  ];
}

/** The opening of a year is what it was: these have no tolerance. */
function describeOpeningChecks(form: FormDefinition): CheckFace[] {
  return (form.openingChecks ?? []).map(({ id, text, source }) => ({
    rule: `${form.slug}.${id}`,
    kind: 'opening',
    title: text,
    source,
    severity: 'warning',
    tolerance: {},
    allowed: asking,
  }));
}

/** Bounds of what may be set. */
export const toleranceBounds = {
  share: { least: 0, most: 1 },
  least: { least: 0, most: 1_000_000 },
  times: { least: 2, most: 10 },
} as const;

export type SettingFault = 'fixed-by-law' | 'severity' | 'tolerance';

/** Why a check may not be set so; null where it may. */
export function findSettingFault(face: CheckFace, { severity, tolerance }: CheckSetting): SettingFault | null {
  if (face.allowed.length < 2) return 'fixed-by-law';
  if (!face.allowed.includes(severity)) return 'severity';
  const given = Object.entries(tolerance) as Array<[keyof Tolerance, number]>;
  const isWithin = given.every(([key, value]) => {
    const { least, most } = toleranceBounds[key];
    return face.tolerance[key] !== undefined && value >= least && value <= most;
  });
  return isWithin ? null : 'tolerance';
}

const applied = new WeakMap<FormDefinition, Map<string, FormDefinition>>();
const mostApplied = 50;

/** The form as it is checked under these settings: what is off is left out. The same settings give the same object. */
export function applySettings(form: FormDefinition, settings: readonly CheckSetting[]): FormDefinition {
  if (settings.length === 0) return form;
  const key = JSON.stringify(settings.map(({ rule, severity, tolerance }) => [rule, severity, tolerance]));
  const known = applied.get(form) ?? new Map<string, FormDefinition>();
  applied.set(form, known);
  let found = known.get(key);
  if (!found) {
    found = withSettings(form, settings);
    if (known.size >= mostApplied) known.delete(known.keys().next().value!);
    known.set(key, found);
  }
  return found;
}

function withSettings(form: FormDefinition, settings: readonly CheckSetting[]): FormDefinition {
  const faces = new Map(describeChecks(form).map((face) => [face.rule, face]));
  // A setting that the form's file no longer allows is as if it were not there.
  const bySetting = new Map(
    settings
      .filter((setting) => {
        const face = faces.get(setting.rule);
        return face !== undefined && findSettingFault(face, setting) === null;
      })
      .map((setting) => [setting.rule, setting]),
  );
  const settingOf = ({ id }: { id: string }) => bySetting.get(`${form.slug}.${id}`);
  const isOn = (check: { id: string }) => settingOf(check)?.severity !== 'off';
  const compared = <Check extends { id: string; severity: Severity; tolerance?: number; share?: number }>(
    check: Check,
  ): Check => {
    const set = settingOf(check);
    if (!set || set.severity === 'off') return check;
    const { least, share } = set.tolerance;
    return {
      ...check,
      severity: set.severity,
      ...(least !== undefined && { tolerance: least }),
      ...(share !== undefined && { share }),
    };
  };
  const bounded = <Check extends { id: string }>(check: Check): Check => ({ ...check, ...settingOf(check)?.tolerance });
  const { standardCheck: standard } = form;
  return {
    ...form,
    checks: form.checks.filter(isOn).map(compared),
    crossChecks: form.crossChecks?.filter(isOn).map(compared),
    yearChecks: form.yearChecks?.filter(isOn).map(bounded),
    populationChecks: form.populationChecks?.filter(isOn).map(bounded),
    openingChecks: form.openingChecks?.filter(isOn),
    standardCheck: standard && isOn(standard) ? bounded(standard) : undefined,
    ratios: form.ratios?.filter(isOn).map(bounded),
  };
}
