// The indicators this program knows: indicators/*.json, read and held against the forms once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndicatorDefinition } from '@khuevan/core/indicators/definition.ts';
import { formsOf, parseIndicators } from '@khuevan/core/indicators/parse.ts';
import { loadForms } from '#features/forms';

export const indicatorsFolder = join(import.meta.dirname, '../../../../indicators');

let known: readonly IndicatorDefinition[] | undefined;

/** Every indicator in every version whose forms are here. @throws IndicatorFault when a file does not hold together. */
export function loadIndicators(): readonly IndicatorDefinition[] {
  const slugs = new Set(loadForms().map((form) => form.slug));
  known ??= readIndicatorFiles().filter((each) => formsOf(each).every((form) => slugs.has(form)));
  return known;
}

/** Also those that wait for their form. */
export function readIndicatorFiles(): IndicatorDefinition[] {
  const content = readdirSync(indicatorsFolder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => JSON.parse(readFileSync(join(indicatorsFolder, name), 'utf8')) as unknown[]);
  return parseIndicators(content, loadForms());
}

/** The version of each indicator that holds on a day (ISO). */
export const indicatorsOn = (day: string): IndicatorDefinition[] =>
  loadIndicators().filter(({ valid }) => valid.from <= day && (valid.to === null || day <= valid.to));
