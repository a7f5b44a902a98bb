// The files of indicators against the forms and the law.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainingLevel } from '@khuevan/core/codes/staff.ts';
import { isPopulation } from '@khuevan/core/indicators/definition.ts';
import { formsOf } from '@khuevan/core/indicators/parse.ts';
import { planIndicator } from '@khuevan/core/indicators/plan.ts';
import { trainingStandardOn } from '@khuevan/core/rules/training-standard.ts';
import { loadForms } from '#features/forms';
import { loadIndicators, readIndicatorFiles } from './indicator-files.ts';

const formsBySlug = Map.groupBy(loadForms(), (form) => form.slug);

test('each cell that an indicator names is there in every version of its form', () => {
  for (const indicator of loadIndicators())
    for (const form of formsOf(indicator).flatMap((slug) => formsBySlug.get(slug) ?? [])) {
      const plan = planIndicator(indicator, (slug) => (slug === form.slug ? form : formsBySlug.get(slug)?.[0]));
      const name = `${indicator.slug} ${indicator.version} in ${form.code} ${form.version}`;
      assert.ok(plan, name);
      const offered = plan.breakdowns.map((each) => each.breakdown);
      assert.deepEqual(
        (indicator.breakdowns ?? []).filter((each) => !offered.includes(each)),
        [],
        name,
      );
    }
});

test('the library of primary education is whole, and those of other levels wait for nothing but their form', () => {
  const slugs = new Set(loadIndicators().map((each) => each.slug));
  for (const slug of [
    'ger',
    'ner',
    'ontime',
    'ontime-5',
    'repeaters-share',
    'repetition-uis',
    'new-entrants',
    'pupils-per-class',
  ])
    assert.ok(slugs.has(`th-${slug}`), slug);
  for (const slug of [
    'pupils-per-teacher',
    'teachers-per-class',
    'qualified',
    'above',
    'rooms-solid',
    'two-sessions',
    'inclusive',
  ])
    assert.ok(slugs.has(`th-${slug}`), slug);
  const waiting = readIndicatorFiles().filter((each) => !slugs.has(each.slug));
  assert.deepEqual(
    waiting.filter((each) => formsOf(each).every((form) => formsBySlug.has(form))),
    [],
  );
});

test('on any day one version of each indicator holds, and its name says what it divides', () => {
  for (const versions of Map.groupBy(loadIndicators(), (each) => each.slug).values()) {
    const sorted = versions.toSorted((a, b) => (a.valid.from < b.valid.from ? -1 : 1));
    assert.equal(sorted.at(-1)!.valid.to, null, sorted[0]!.slug);
    for (const [index, version] of sorted.slice(1).entries()) {
      const day = new Date(`${sorted[index]!.valid.to}T00:00:00Z`);
      day.setUTCDate(day.getUTCDate() + 1);
      assert.equal(version.valid.from, day.toISOString().slice(0, 10), version.slug);
    }
    for (const { denominator, formula } of versions)
      assert.equal(formula.vi.includes('÷'), denominator !== null, formula.vi);
  }
});

test('teachers at and above the standard are those of the law in force on the as-of day', () => {
  let judged = 0;
  for (const indicator of loadIndicators().filter((each) => /-(qualified|above)$/.test(each.slug))) {
    const counted = new Set(indicator.numerator.flatMap((term) => (isPopulation(term) ? [] : term.rows)));
    const [form] = formsBySlug.get(formsOf(indicator)[0]!)!;
    const rows = form!.sections.flatMap((section) => section.rows);
    for (const day of [indicator.valid.from, indicator.valid.to ?? '2026-03-30']) {
      for (const row of rows) {
        const filter = [row.filter ?? {}].flat()[0]!;
        const isTeacher = JSON.stringify(filter.staffGroup) === '["03"]' && Array.isArray(filter.training);
        if (row.measure !== 'staff' || !isTeacher) continue;
        const pedagogical = (filter.training as string[]).filter((code) => !certified.has(code));
        const standards = new Set(
          pedagogical.map((code) => trainingStandardOn(day, indicator.level, code, [])?.standard),
        );
        assert.equal(standards.size, 1, `row ${row.code} holds one height of degrees`);
        const [standard] = standards;
        const belongs = indicator.slug.endsWith('-above') ? standard === '02' : standard !== '03';
        assert.equal(
          counted.has(row.code),
          belongs,
          `${indicator.slug} ${indicator.version} row ${row.code} on ${day}`,
        );
        judged += 1;
      }
    }
  }
  assert.ok(judged >= 6 * 2 * 6, `${judged} rows judged`);
});

/** Degrees that count with the pedagogical ones of their height by the form, by the law only since 2020 and above preschool. */
const certified = new Set(
  (trainingLevel.entries as readonly { code: string; certificate?: boolean }[])
    .filter((entry) => entry.certificate)
    .map((entry) => entry.code),
);

test('what cannot be more than the people of some ages is a check of the form too, of the same rows and ages', () => {
  const said = loadIndicators().flatMap(({ isShare, numerator, denominator }) => {
    const [people, ...others] = denominator ?? [];
    if (!isShare || !people || !isPopulation(people) || others.length > 0) return [];
    return numerator.flatMap((of) => ('form' in of ? [JSON.stringify([of.form, of.rows, people.ages])] : []));
  });
  const held = loadForms().flatMap(({ slug, populationChecks = [] }) =>
    populationChecks.map(({ cells, ages }) =>
      JSON.stringify([slug, cells.map((cell) => cell.replace(/\.1$/, '')), ages]),
    ),
  );
  assert.deepEqual(new Set(held), new Set(said));
});
