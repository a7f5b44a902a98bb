import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from '../vietnam/dates.ts';
import { createRandom } from '../vietnam/random.ts';
import {
  type CommendationRule,
  commendationRule,
  type Conduct,
  criteria,
  scoreConduct,
  usualRule,
} from './commendation.ts';

const today = '2024-12-01';
const due = '2024-10-25';
const kept: Conduct = {
  periodId: 'p',
  formCode: 'A',
  dueOn: due,
  firstSentOn: '2024-10-20',
  returns: 0,
  explanations: 0,
};

test('points worked out by hand', () => {
  assert.deepEqual(scoreConduct(usualRule, [kept], today), {
    score: 100,
    parts: { completeness: 100, timeliness: 100, returns: 100, findings: 100 },
    deductions: [],
  });
  // Two days late: 20 of 100 in timeliness, which weighs 40 of 100: 8 points. One return: 25 × 0.15 = 3.75. Three explained: 6 × 0.05 = 0.3.
  const slow = { ...kept, firstSentOn: '2024-10-27', returns: 1, explanations: 3 };
  const found = scoreConduct(usualRule, [slow], today)!;
  assert.equal(found.score, 88);
  assert.deepEqual(found.parts, { completeness: 100, timeliness: 80, returns: 75, findings: 94 });
  assert.deepEqual(
    found.deductions.map(({ criterion, count, points }) => [criterion, count, Math.round(points * 100) / 100]),
    [
      ['timeliness', 2, 8],
      ['returns', 1, 3.75],
      ['findings', 3, 0.3],
    ],
  );
  // Beside a form that was kept, the same faults weigh half.
  assert.equal(scoreConduct(usualRule, [kept, slow], today)!.score, 94);
});

test('what was not sent loses all; what is not due yet loses nothing', () => {
  const missing = { ...kept, firstSentOn: null };
  assert.equal(scoreConduct(usualRule, [missing], today)!.score, 0);
  assert.equal(scoreConduct(usualRule, [kept, missing], today)!.score, 50);
  // The deadline is the end of its day.
  assert.equal(scoreConduct(usualRule, [missing], due), null);
  assert.equal(scoreConduct(usualRule, [missing], addDays(due, 1))!.score, 0);
  assert.equal(scoreConduct(usualRule, [{ ...kept, firstSentOn: due }], today)!.score, 100);
});

const random = createRandom('commendation');
const pick = (most: number): number => Math.floor(random.next() * (most + 1));
const drawRule = (): CommendationRule =>
  commendationRule.parse({
    weights: { completeness: pick(99) + 1, timeliness: pick(100), returns: pick(100), findings: pick(100) },
    perLateDay: pick(100),
    perReturn: pick(100),
    perExplanation: pick(100),
  });
const drawConduct = (): Conduct[] =>
  Array.from({ length: 1 + pick(5) }, (_, index) => ({
    periodId: 'p',
    formCode: String(index),
    dueOn: due,
    firstSentOn: pick(4) === 0 ? null : addDays(due, pick(20) - 10),
    returns: pick(3),
    explanations: pick(8),
  }));

test('the deductions explain the whole distance to a hundred', () => {
  for (let round = 0; round < 500; round += 1) {
    const { score, deductions } = scoreConduct(drawRule(), drawConduct(), today)!;
    const taken = deductions.reduce((sum, each) => sum + each.points, 0);
    assert.ok(Math.abs(100 - taken - score) <= 0.0501, `${score} and ${taken}`);
    assert.ok(score >= 0 && score <= 100);
  }
});

test('to do worse never earns more, to do better never costs', () => {
  for (let round = 0; round < 500; round += 1) {
    const rule = drawRule();
    const conduct = drawConduct();
    const before = scoreConduct(rule, conduct, today)!.score;
    const [first, ...rest] = conduct as [Conduct, ...Conduct[]];
    const worse: Conduct[] = [
      { ...first, returns: first.returns + 1 },
      { ...first, explanations: first.explanations + 1 },
      { ...first, firstSentOn: first.firstSentOn && addDays(first.firstSentOn, 1) },
      { ...first, firstSentOn: null },
    ];
    for (const each of worse) assert.ok(scoreConduct(rule, [each, ...rest], today)!.score <= before);
    const best = { ...first, firstSentOn: due, returns: 0, explanations: 0 };
    assert.ok(scoreConduct(rule, [best, ...rest], today)!.score >= before);
  }
});

test('a criterion without weight has no say, and some criterion has', () => {
  const rule = { ...usualRule, weights: { completeness: 1, timeliness: 0, returns: 0, findings: 0 } };
  assert.equal(scoreConduct(rule, [{ ...kept, firstSentOn: '2024-11-30', returns: 9 }], today)!.score, 100);
  const none = { ...usualRule, weights: Object.fromEntries(criteria.map((each) => [each, 0])) };
  assert.equal(commendationRule.safeParse(none).success, false);
});
