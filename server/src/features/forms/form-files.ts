// The forms this program knows: forms/<code>/<version>.json, read and checked once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { parseForm } from '@khuevan/core/forms/parse.ts';
import { ProblemError } from '@khuevan/core/problems.ts';

export const formsFolder = join(import.meta.dirname, '../../../../forms');

let known: readonly FormDefinition[] | undefined;

/** Every form in every version. @throws FormFault when a file does not hold together. */
export function loadForms(): readonly FormDefinition[] {
  known ??= readdirSync(formsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) => readVersions(folder.name))
    .sort((a, b) => a.code.localeCompare(b.code) || a.version.localeCompare(b.version));
  return known;
}

function readVersions(slug: string): FormDefinition[] {
  const versions = readdirSync(join(formsFolder, slug)).filter((name) => /^[^.]+\.json$/.test(name));
  return versions.map((name) => {
    const form = parseForm(JSON.parse(readFileSync(join(formsFolder, slug, name), 'utf8')));
    if (form.slug !== slug || `${form.version}.json` !== name)
      throw new RangeError(`forms/${slug}/${name} calls itself ${form.slug} ${form.version}`);
    return form;
  });
}

/** By printed code, or by slug. @throws ProblemError not_found */
export function findForm(codeOrSlug: string, version: string): FormDefinition {
  const form = loadForms().find(
    (each) => (each.code === codeOrSlug || each.slug === codeOrSlug) && each.version === version,
  );
  if (!form) throw new ProblemError('not_found');
  return form;
}
