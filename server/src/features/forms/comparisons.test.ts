// What forms compare beyond themselves: each row means what the check says, and each passes at its limit and speaks beyond it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeChecks } from '@khuevan/core/checks/settings.ts';
import { checkFaces } from '@khuevan/core/forms/checks.ts';
import { crossChecksFor, runCrossChecks } from '@khuevan/core/forms/cross-checks.ts';
import { type Cells, type CrossCheck, type FormDefinition, termOf } from '@khuevan/core/forms/definition.ts';
import { runOpeningChecks } from '@khuevan/core/forms/opening-checks.ts';
import { runPopulationChecks } from '@khuevan/core/forms/population-checks.ts';
import { runStandardCheck } from '@khuevan/core/forms/standard-check.ts';
import { runYearChecks } from '@khuevan/core/forms/year-checks.ts';
import { loadForms } from './form-files.ts';

const forms = loadForms();
const childrenChecked = /được kiểm tra sức khỏe/;
const size = /^(Tổng quy mô|Quy mô trẻ)$/;
const repeaters = /^Học (sinh|viên) lưu ban năm học trước/;
const classes = /^(Lớp|Tổng số Nhóm\/lớp)$/;
const money = /^(Chi thường xuyên|Giáo dục .*|Đào tạo .*)$/;
const underweight = /^Trẻ suy dinh dưỡng thể nhẹ cân$/;
const disabled = /[Kk]huyết tật|^(Mầm non|Tiểu học|Trung học .*|Giáo dục thường xuyên)$/;

/** What is printed in the rows that a check names, and their column; by the beginning of the check's id. */
const meant: Record<string, readonly [printed: RegExp, column: string]> = {
  'last-year-pupils': [/^(Tổng quy mô|(Học sinh|Trẻ em|Học viên) cuối năm học)$/, '1'],
  'last-year-children': [size, '1'],
  'last-year-five': [/^Trẻ từ 5 đến 6 tuổi$/, '1'],
  'last-year-new-entrants': [/^Học (sinh|viên) mới tuyển/, '1'],
  'last-year-repeaters': [/lưu ban năm học trước|^Không được lên lớp$/, '1'],
  'last-year-on-age': [/^Học sinh \d+ tuổi học lớp \d+$/, '1'],
  'last-year-classes': [classes, '1'],
  'last-year-sites': [/điểm trường$/, '1'],
  'last-year-teachers': [/^Giáo viên$/, '1'],
  'last-year-rooms': [/^Phòng học/, '1'],
  'last-year-budget': [money, '2'],
  'last-year-undernourished': [underweight, '1'],
  'last-year-disabled': [/^Người khuyết tật cuối năm học$/, '1'],
  'opening-settled': [money, '1'],
  'opening-planned': [money, '2'],
  'last-year-withdrawn': [/^Thôi học/, '1'],
  'last-year-III': [/chuyên biệt$/, '1'],
  'last-year-II': [/hòa nhập$/, '1'],
  'ratio-pupils-per-class over': [size, '1'],
  'ratio-pupils-per-class under': [classes, '1'],
  'ratio-learners-per-class over': [size, '1'],
  'ratio-learners-per-class under': [classes, '1'],
  'ratio-children-per-class over': [/^Trẻ em mẫu giáo$/, '1'],
  'ratio-children-per-class under': [/^Lớp mẫu giáo$/, '1'],
  'ratio-children-per-group over': [/^Trẻ em nhà trẻ$/, '1'],
  'ratio-children-per-group under': [/^Nhóm trẻ$/, '1'],
  'ratio-teachers-per-class over': [/^Giáo viên$/, '1'],
  'ratio-teachers-per-class under': [classes, '1'],
  'ratio-female over': [size, '2'],
  'ratio-minority over': [size, '3'],
  'ratio-repeaters over': [repeaters, '1'],
  'ratio-spending over': [money, '2'],
  'ratio-undernourished over': [underweight, '1'],
  'ratio-undernourished under': [childrenChecked, '1'],
  'entrants-of-preschool left': [/^Học sinh mới tuyển đầu cấp$/, '1'],
  'entrants-of-preschool right': [/^Trẻ từ 5 đến 6 tuổi$/, '1'],
  'entrants-of-primary left': [/^Học sinh mới tuyển đầu cấp$/, '1'],
  'entrants-of-primary right': [/^Học sinh lớp 5$/, '1'],
  'entrants-of-lower-secondary left': [/^Học sinh mới tuyển đầu cấp$/, '1'],
  'entrants-of-lower-secondary right': [/^Học sinh lớp 9$/, '1'],
  'people-3-5': [/^Trẻ từ \d đến \d tuổi$/, '1'],
  'people-5': [/^Trẻ từ 5 đến 6 tuổi$/, '1'],
  'people-6-10': [/^([6-9]|10) tuổi$/, '1'],
  'people-6': [/^Học sinh 6 tuổi học lớp 1$/, '1'],
  'people-11-14': [/^1[1-4] tuổi$/, '1'],
  'people-11': [/^Học sinh 11 tuổi học lớp 6$/, '1'],
  'people-15-17': [/^1[5-7] tuổi$/, '1'],
  'people-15': [/^Học sinh 15 tuổi học lớp 10$/, '1'],
  within: [money, '2'],
  'same-as': [disabled, '1'],
};

/** Parts of an opening that are no grade: of preschool, of continuing education, levels and kinds of education of the disabled. */
const parts: Record<string, string> = {
  nt: 'nhà trẻ',
  mg: 'mẫu giáo',
  xm: 'xóa mù chữ',
  sc: 'sau khi biết chữ',
  mn: 'mầm non',
  th: 'tiểu học',
  cs: 'trung học cơ sở',
  pt: 'trung học phổ thông',
  tx: 'giáo dục thường xuyên',
  hn: 'hòa nhập',
  cb: 'chuyên biệt',
};

function meaningOf(id: string): readonly [RegExp, string] {
  const grade = /^(cohort-grade|opening)-(\d+|[a-z]{2})(?:-(\d))? ?(left|right|)$/.exec(id);
  if (grade) {
    const [, kind, of = '', column = '1', side] = grade;
    const printed = kind === 'cohort-grade' && side === 'right' ? Number(of) - 1 : of;
    return [new RegExp(parts[of] ?? `(lớp|khối) ${printed}$`, 'i'), column];
  }
  // Pupils and people are what most ratios divide by.
  if (/^ratio-(female|minority|repeaters|spending-per-\w+) under$/.test(id)) return [size, '1'];
  if (/^ratio-\w+-per-teacher/.test(id)) return [id.endsWith('over') ? size : /^Giáo viên$/, '1'];
  const byLength = Object.keys(meant).toSorted((a, b) => b.length - a.length);
  const known = byLength.find((each) => {
    const [start = '', side] = each.split(' ');
    return side === undefined ? id.startsWith(start) : id.startsWith(start) && id.endsWith(` ${side}`);
  });
  assert.ok(known, `nothing is said here of ${id}`);
  return meant[known]!;
}

function assertMeant(id: string, form: FormDefinition, cells: readonly string[]): void {
  const [printed, column] = meaningOf(id);
  for (const cell of cells) {
    const [row, own] = cell.split('.');
    const label = form.sections.flatMap(({ rows }) => rows).find(({ code }) => code === row)?.label.vi ?? '';
    assert.match(label, printed, `${form.slug} ${id}: ${cell}`);
    assert.equal(own, column, `${form.slug} ${id}: ${cell}`);
  }
}

const ofSlug = (slug: string) => forms.find((each) => each.slug === slug)!;
const codes = (terms: CrossCheck['left']) => terms.map((term) => termOf(term).of);

for (const form of forms) {
  test(`${form.slug} ${form.version}: every row that is compared is the one that is meant`, () => {
    for (const { id, cells } of [...(form.yearChecks ?? []), ...(form.populationChecks ?? [])])
      assertMeant(id, form, cells);
    for (const { id, over, under } of form.ratios ?? []) {
      assertMeant(`${id} over`, form, over);
      assertMeant(`${id} under`, form, under);
    }
    for (const { id, left, right, other } of form.crossChecks ?? []) {
      assertMeant(`${id} left`, form, codes(left));
      assertMeant(`${id} right`, ofSlug(other.form), codes(right));
    }
    for (const { id, cells, form: other, against } of form.openingChecks ?? []) {
      assertMeant(id, form, cells);
      assertMeant(id, ofSlug(other), against);
    }
  });
}

/** The cells of the right side in thousands, and the sum of both sides. */
function drawSide(terms: CrossCheck['left']): { cells: Cells; sum: number } {
  const cells: Cells = {};
  let sum = 0;
  for (const [index, term] of terms.entries()) {
    cells[termOf(term).of] = 1000 * (index + 1);
    sum += termOf(term).times * 1000 * (index + 1);
  }
  return { cells, sum };
}

/** All in the first cell, none in the others. */
const allIn = (cells: readonly string[], sum: number): Cells =>
  Object.fromEntries(cells.map((cell, index) => [cell, index === 0 ? sum : 0]));
const moved = (cells: Cells, key: string, by: number): Cells => ({ ...cells, [key]: (cells[key] ?? 0) + by });

for (const form of forms.filter(({ crossChecks = [] }) => crossChecks.length > 0)) {
  test(`${form.slug} ${form.version}: each comparison with another form passes at its limit and speaks beyond it`, () => {
    const faces = new Map(checkFaces(form).map((face) => [face.id, face]));
    for (const check of form.crossChecks ?? []) {
      const isSchool = check.units !== 'offices';
      assert.ok(crossChecksFor(form, isSchool).includes(check));
      const { cells: right, sum } = drawSide(check.right);
      const run = (left: Cells, others: Cells) =>
        runCrossChecks(form, left, isSchool, (other) =>
          other === check.other ? { code: 'OTHER', cells: others } : null,
        );
      const allowed = Math.max(check.tolerance ?? 0, sum * (check.share ?? 0));
      const left = codes(check.left);
      const directions = { '=': [1, -1], '<=': [1], '>=': [-1] }[check.op];
      for (const direction of directions) {
        const limit = allIn(left, sum + direction * allowed);
        assert.deepEqual(run(limit, right), [], check.id);
        for (const cell of left) {
          const [finding, ...more] = run(moved(limit, cell, direction), right);
          assert.deepEqual([finding?.rule, finding?.cell, more], [`${form.slug}.${check.id}`, left[0], []]);
          assert.match(faces.get(finding!.rule)!.message(finding!).vi, /OTHER/);
        }
        for (const cell of codes(check.right))
          assert.equal(run(limit, moved(right, cell, -10 * direction)).length, 1, cell);
      }
    }
  });
}

test('each comparison with last year passes at its limit and speaks beyond it, up and down, whichever figure moves', () => {
  for (const form of forms)
    for (const { id, cells, share, least } of form.yearChecks ?? []) {
      const alone = { ...form, yearChecks: form.yearChecks!.filter((each) => each.id === id) };
      for (const before of [0, 10_000]) {
        const allowed = Math.max(least, before * share);
        for (const direction of before > 0 ? [1, -1] : [1]) {
          const limit = allIn(cells, before + direction * allowed);
          assert.deepEqual(runYearChecks(alone, limit, allIn(cells, before)), [], id);
          for (const cell of cells)
            assert.equal(runYearChecks(alone, moved(limit, cell, direction), allIn(cells, before)).length, 1, id);
          for (const cell of before > 0 ? cells : [])
            assert.equal(runYearChecks(alone, limit, moved(allIn(cells, before), cell, -10 * direction)).length, 1, id);
        }
      }
    }
});

test('an opening of one more or one fewer is found, whichever figure moves', () => {
  for (const form of forms)
    for (const { id, cells, form: other, against } of form.openingChecks ?? []) {
      const alone = { ...form, openingChecks: form.openingChecks!.filter((each) => each.id === id) };
      const [own, stated] = [allIn(cells, 50), allIn(against, 50)];
      const run = (left: Cells, right: Cells) => runOpeningChecks(alone, left, { [other]: right }).length;
      assert.equal(run(own, stated), 0, id);
      for (const cell of cells) for (const by of [1, -1]) assert.equal(run(moved(own, cell, by), stated), 1, id);
      for (const cell of against) for (const by of [1, -1]) assert.equal(run(own, moved(stated, cell, by)), 1, id);
    }
});

test('pupils may be as many as the people of their ages and what is allowed; an age that is not known is not compared', () => {
  for (const form of forms)
    for (const { id, cells, ages, share, least } of form.populationChecks ?? []) {
      const alone = { ...form, populationChecks: form.populationChecks!.filter((each) => each.id === id) };
      const people = new Map(Array.from({ length: 18 }, (_, age) => [age, 1000] as const));
      const all = 1000 * (ages.to - ages.from + 1);
      const limit = allIn(cells, all + Math.max(least, all * share));
      const run = (own: Cells, of: ReadonlyMap<number, number> | undefined) =>
        runPopulationChecks(alone, own, of).length;
      assert.equal(run(limit, people), 0, id);
      for (const cell of cells) assert.equal(run(moved(limit, cell, 1), people), 1, `${id} ${cell}`);
      for (const age of [ages.from, ages.to]) {
        assert.equal(run(limit, new Map([...people, [age, 900]])), 1, `${id} ${age}`);
        assert.equal(run(moved(limit, cells[0]!, 1), new Map([...people].filter(([each]) => each !== age))), 0, id);
      }
      for (const age of [ages.from - 1, ages.to + 1]) assert.equal(run(limit, new Map([...people, [age, 0]])), 0, id);
      assert.equal(run(moved(limit, cells[0]!, 1), undefined), 0);
    }
});

/** As printed; "Khác" and "Chưa qua đào tạo" have no degree in teacher education. */
const degreeOf = {
  'Trung cấp sư phạm': 1,
  'Cao đẳng sư phạm': 2,
  'Đại học sư phạm': 3,
  Khác: 0,
  'Chưa qua đào tạo': 0,
};
/** The lowest degree on three days, by level: laws of 2005, 2019 and 2025 with its decree. */
const lowest: Record<string, Record<string, number>> = {
  '01': { '2019-09-30': 1, '2024-09-30': 2, '2026-09-30': 2 },
  // From 2026-03-31 on a teacher of special subjects in primary schools may hold a college degree.
  '02': { '2019-09-30': 1, '2024-09-30': 3, '2026-09-30': 2 },
  '03': { '2019-09-30': 2, '2024-09-30': 3, '2026-09-30': 3 },
  '04': { '2019-09-30': 3, '2024-09-30': 3, '2026-09-30': 3 },
};

test('of a thousand teachers as many may be below the standard of the day as the check allows, whichever their row', () => {
  const held = forms.filter(({ standardCheck }) => standardCheck !== undefined);
  assert.deepEqual(new Set(held.map(({ level }) => level)), new Set(Object.keys(lowest)));
  for (const form of held) {
    const { total, share, least } = form.standardCheck!;
    const rows = form.sections.flatMap((section) => section.rows);
    assert.match(rows.find(({ code }) => `${code}.1` === total)!.label.vi, /^Giáo viên$/);
    const start = rows.findIndex(({ code }) => `${code}.1` === total);
    const after = rows
      .slice(start)
      .findIndex(({ label }) => /^(GV|Giáo viên) (t|T)ổng phụ trách|^Nhân viên$|^Phòng học/.test(label.vi));
    const trained = rows.slice(start, start + after).filter(({ label }) => label.vi in degreeOf);
    assert.ok(trained.length >= 4);
    const limit = Math.max(least, 1000 * share);
    for (const [day, degree] of Object.entries(lowest[form.level]!))
      for (const { code, label } of trained) {
        const isBelow = degreeOf[label.vi as keyof typeof degreeOf] < degree;
        const run = (count: number) => runStandardCheck(form, { [total]: 1000, [`${code}.1`]: count }, day).length;
        assert.deepEqual(
          [run(limit), run(limit + 1), run(900)],
          isBelow ? [0, 1, 1] : [0, 0, 0],
          `${form.slug} ${day} ${code}`,
        );
      }
  }
});

test('every check of every form has one name, a source and a sentence in both languages', () => {
  for (const form of forms) {
    const checks = describeChecks(form);
    assert.equal(new Set(checks.map(({ rule }) => rule)).size, checks.length, form.code);
    for (const { rule, title, source } of checks) assert.ok(title.vi && title.en && source, rule);
  }
});
