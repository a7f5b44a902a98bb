// The forms this program knows: forms/<slug>/<version>.json, read and checked once. A version may be said by what it changes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { findUncomparable } from '@khuevan/core/forms/cross-checks.ts';
import { FormFault, parseForm } from '@khuevan/core/forms/parse.ts';
import { applyVersion, basisOf, isInForce } from '@khuevan/core/forms/versions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';

export const formsFolder = join(import.meta.dirname, '../../../../forms');

let known: readonly FormDefinition[] | undefined;

/** Every form in every version. @throws FormFault when a file does not hold together. */
export function loadForms(): readonly FormDefinition[] {
  known ??= requireComparable(
    readdirSync(formsFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((folder) => readVersions(folder.name))
      .sort((a, b) => a.code.localeCompare(b.code) || a.version.localeCompare(b.version)),
  );
  return known;
}

/** What forms compare with one another is there. @throws FormFault */
function requireComparable(forms: FormDefinition[]): FormDefinition[] {
  const faults = findUncomparable(forms);
  if (faults.length > 0) throw new FormFault('', faults);
  return forms;
}

function readVersions(slug: string): FormDefinition[] {
  const names = readdirSync(join(formsFolder, slug)).filter((name) => /^[^.]+\.json$/.test(name));
  const written = new Map(names.map((name) => [name, readJson(join(formsFolder, slug, name))]));
  return names.map((name) => {
    const form = parseForm(contentOf(slug, name, written));
    if (form.slug !== slug || `${form.version}.json` !== name)
      throw new RangeError(`forms/${slug}/${name} calls itself ${form.slug} ${form.version}`);
    return form;
  });
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function contentOf(slug: string, name: string, written: ReadonlyMap<string, unknown>, after: string[] = []): unknown {
  if (!written.has(name)) throw new RangeError(`forms/${slug}: there is no ${name}, on which ${after.at(-1)} is based`);
  const content = written.get(name);
  const basis = basisOf(content);
  if (basis === undefined) return content;
  if (after.includes(name)) throw new RangeError(`forms/${slug}: ${[...after, name].join(' is based on ')}`);
  return applyVersion(contentOf(slug, `${basis}.json`, written, [...after, name]), content);
}

/** Every code under which a form has been printed: "02-TH-ĐN", "02.ĐN-TH". */
export function codesOfForm(code: string): string[] {
  const { slug } = loadForms().find((each) => each.code === code) ?? {};
  return slug === undefined ? [] : codesOfSlug(slug);
}

/** The same, of the form in this folder. */
export function codesOfSlug(slug: string): string[] {
  const versions = loadForms().filter((each) => each.slug === slug);
  return [...new Set(versions.map((each) => each.code))];
}

/** Versions of a form that are in force on a day (ISO), the oldest first. */
export function versionsInForce(slug: string, day: string): FormDefinition[] {
  const inForce = loadForms().filter((form) => form.slug === slug && isInForce(form, day));
  return inForce.toSorted((a, b) => a.valid.from.localeCompare(b.valid.from));
}

/** By printed code, or by slug. @throws ProblemError not_found */
export function findForm(codeOrSlug: string, version: string): FormDefinition {
  const form = loadForms().find(
    (each) => (each.code === codeOrSlug || each.slug === codeOrSlug) && each.version === version,
  );
  if (!form) throw new ProblemError('not_found');
  return form;
}

/** The form and version that a report is made by. @throws ProblemError not_found */
export const formOf = (report: { form_code: string; form_version: string }): FormDefinition =>
  findForm(report.form_code, report.form_version);
