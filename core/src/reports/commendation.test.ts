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
const inTime = { on: '2024-10-20', dueOn: due };
const kept: Conduct = {
  periodId: 'p',
  formCode: 'A',
  state: 'approved',
  dueOn: due,
  sendings: [inTime],
  returns: 0,
  refused: 0,
  isExcused: false,
};
const scoreOf = (change: Partial<Conduct>, day = today) => scoreConduct(usualRule, [{ ...kept, ...change }], day)!;

test('points worked out by hand', () => {
  assert.deepEqual(scoreConduct(usualRule, [kept], today), {
    score: 100,
    parts: { completeness: 100, timeliness: 100, returns: 100, findings: 100 },
    deductions: [],
  });
  // Two days late: 20 of 100 in timeliness, which weighs 40 of 100: 8 points. One return: 25 × 0.15 = 3.75. Three refused: 30 × 0.05 = 1.5.
  const slow = { ...kept, sendings: [{ on: '2024-10-27', dueOn: due }], returns: 1, refused: 3 };
  const found = scoreConduct(usualRule, [slow], today)!;
  assert.equal(found.score, 86.8);
  assert.deepEqual(found.parts, { completeness: 100, timeliness: 80, returns: 75, findings: 70 });
  assert.deepEqual(
    found.deductions.map(({ criterion, count, points }) => [criterion, count, Math.round(points * 100) / 100]),
    [
      ['timeliness', 2, 8],
      ['returns', 1, 3.75],
      ['findings', 3, 1.5],
    ],
  );
  // Beside a form that was kept, the same faults weigh half: 100 - 13.25 / 2.
  assert.equal(scoreConduct(usualRule, [kept, slow], today)!.score, 93.4);
});

test('what is not due yet takes nothing away; what is late and not there brings nothing', () => {
  const missing: Conduct = { ...kept, state: 'not-started', sendings: [] };
  assert.equal(scoreConduct(usualRule, [missing], today)!.score, 0);
  assert.equal(scoreConduct(usualRule, [kept, missing], today)!.score, 50);
  // The deadline is the end of its day.
  assert.equal(scoreConduct(usualRule, [missing], due), null);
  assert.equal(scoreConduct(usualRule, [missing], addDays(due, 1))!.score, 0);
  assert.equal(scoreOf({ sendings: [{ on: due, dueOn: due }] }).score, 100);
});

test('rubbish sent in time, given back and never sent again keeps neither completeness nor timeliness', () => {
  const back: Partial<Conduct> = { state: 'returned', dueOn: '2024-11-05', returns: 1 };
  // Until the day that was set, the return alone counts: 25 × 0.15.
  assert.deepEqual(scoreOf(back, '2024-11-05').parts, {
    completeness: 100,
    timeliness: 100,
    returns: 75,
    findings: 100,
  });
  // Three days after it: 40 for completeness, 30 × 0.4 for the days, 3.75 for the return.
  assert.equal(scoreOf(back, '2024-11-08').score, 44.3);
  assert.deepEqual(scoreOf(back, '2024-11-30').parts, { completeness: 0, timeliness: 0, returns: 75, findings: 100 });
  // Sent again three days late it is complete: 12 and 3.75 remain.
  const again: Partial<Conduct> = {
    ...back,
    state: 'submitted',
    sendings: [inTime, { on: '2024-11-08', dueOn: '2024-11-05' }],
  };
  assert.equal(scoreOf(again).score, 84.3);
});

test('a supplement that is left undone costs like a form that was not sent; done in time it costs nothing', () => {
  const asked: Partial<Conduct> = { state: 'supplement', dueOn: '2024-11-05' };
  assert.equal(scoreOf(asked, '2024-11-05').score, 100);
  assert.equal(scoreOf(asked, '2024-11-06').score, 56);
  assert.equal(scoreOf({ sendings: [inTime, { on: '2024-11-04', dueOn: '2024-11-05' }] }).score, 100);
});

test('an agreed late opening counts by its own day, an accepted reason for lateness halves the days', () => {
  const agreed: Partial<Conduct> = { dueOn: '2024-11-25', sendings: [{ on: '2024-11-24', dueOn: '2024-11-25' }] };
  assert.equal(scoreOf(agreed).score, 100);
  assert.equal(scoreConduct(usualRule, [{ ...kept, ...agreed, state: 'draft', sendings: [] }], '2024-11-25'), null);
  const late = { sendings: [{ on: '2024-10-27', dueOn: due }] };
  assert.equal(scoreOf(late).score, 92);
  assert.equal(scoreOf({ ...late, isExcused: true }).score, 96);
  // Asked for again without a day, it is not late, whenever it comes.
  assert.equal(scoreOf({ sendings: [inTime, { on: '2024-11-30', dueOn: null }] }).score, 100);
});

const random = createRandom('commendation');
const pick = (most: number): number => Math.floor(random.next() * (most + 1));
const drawRule = (): CommendationRule =>
  commendationRule.parse({
    weights: { completeness: pick(99) + 1, timeliness: pick(100), returns: pick(100), findings: pick(100) },
    perLateDay: pick(100),
    perReturn: pick(100),
    perRefusedReason: pick(100),
  });
const drawDay = (): string => addDays(due, pick(20) - 10);
const drawConduct = (): Conduct[] =>
  Array.from({ length: 1 + pick(5) }, (_, index) => {
    const sendings = Array.from({ length: pick(2) }, () => ({ on: drawDay(), dueOn: pick(4) === 0 ? null : due }));
    return {
      periodId: 'p',
      formCode: String(index),
      state: sendings.length === 0 ? 'draft' : pick(2) === 0 ? 'returned' : 'submitted',
      dueOn: drawDay(),
      sendings,
      returns: pick(3),
      refused: pick(8),
      isExcused: pick(1) === 0,
    };
  });

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
      { ...first, refused: first.refused + 1 },
      { ...first, isExcused: false },
      { ...first, sendings: first.sendings.map((each) => ({ ...each, on: addDays(each.on, 1) })) },
      { ...first, state: first.sendings.length === 0 ? 'draft' : 'returned' },
      { ...first, state: 'draft', sendings: [] },
    ];
    for (const each of worse) assert.ok(scoreConduct(rule, [each, ...rest], today)!.score <= before);
    const best: Conduct = { ...kept, formCode: first.formCode };
    assert.ok(scoreConduct(rule, [best, ...rest], today)!.score >= before);
  }
});

test('a criterion without weight has no say, and some criterion has', () => {
  const rule = { ...usualRule, weights: { completeness: 1, timeliness: 0, returns: 0, findings: 0 } };
  assert.equal(
    scoreConduct(rule, [{ ...kept, sendings: [{ on: '2024-11-30', dueOn: due }], returns: 9 }], today)!.score,
    100,
  );
  const none = { ...usualRule, weights: Object.fromEntries(criteria.map((each) => [each, 0])) };
  assert.equal(commendationRule.safeParse(none).success, false);
});
