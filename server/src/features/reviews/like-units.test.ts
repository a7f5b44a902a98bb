// Ratios beside those of like units: counted again in plain TypeScript, with planted faults, and seen by who may see them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as checks from '@khuevan/core/contract/checks.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { checkTasks, serveChecks } from '#features/checks';
import { findForm } from '#features/forms';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import { atTime } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import type { TestDatabase } from '#platform/testing.ts';
import { idOf, type PersonName, units, type UnitName } from '../../testing/cast.ts';
import { duringPeriod, form, seatPeriod, seatSubmission, type SeatedReport } from '../../testing/reports.ts';
import { at, openStory, type Story } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { serveReviews } from './index.ts';

interface School {
  id: string;
  name: string;
  reviewer: 'town' | 'hills';
  cells: Cells;
  sent: SeatedReport;
}

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let periodId: string;
const schools: School[] = [];
const definition = findForm(form.code, form.version);

/** The same figures at every run. */
function createDice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

function drawCells(index: number, dice: (most: number) => number): Cells {
  const classes = 8 + dice(12);
  const pupils = classes * (26 + dice(6)) + dice(5);
  const [isPrivate, isMountain] = [index % 4 === 3, index >= 26];
  return {
    // Every eleventh has another main level, whose form tells of its money.
    '1.1': index % 11 === 10 ? 0 : 1,
    '27.1': classes,
    '37.1': pupils,
    '37.2': Math.round(pupils * (0.46 + dice(40) / 1000)),
    '37.3': dice(pupils),
    '37.5': isPrivate ? 0 : pupils,
    '37.9': isPrivate ? pupils : 0,
    '38.1': isMountain ? 0 : pupils,
    '39.1': isMountain ? pupils : 0,
    '58.1': dice(4),
    '96.1': Math.round(classes * 1.4) + dice(3),
    'NS24.2': pupils * (9 + dice(4)) + dice(100),
  };
}

/** Planted: classes of eighty; no teachers worth the name; a budget in đồng instead of million đồng. */
const faults: Record<number, (cells: Cells) => void> = {
  2: (cells) => void (cells['27.1'] = Math.ceil(cells['37.1']! / 80)),
  5: (cells) => void (cells['96.1'] = 1),
  9: (cells) => void (cells['NS24.2'] = cells['NS24.2']! * 1000),
};

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks]));
  periodId = await seatPeriod(db.owner);
  const dice = createDice(20240930);
  // Twenty lowland schools in town, twelve of them in the hills, of which six lie in the mountains: too few to be compared.
  for (let index = 0; index < 32; index += 1) {
    const reviewer = index < 20 ? 'town' : 'hills';
    const [id, name] = [idOf(`like ${index}`), `Trường TH số ${index}`];
    await db.owner.query(
      `insert into unit (id, kind, code, name, level_group, levels, main_level, province_code, valid)
       values ($1, 'school', $2, $3, '06', '{02}', '02', '19', '[2000-01-01,)')`,
      [id, `1999${index}`, name],
    );
    for (const role of ['managing', 'reviewing'])
      await db.owner.query(
        `insert into unit_relation (child_id, parent_id, role, level, valid) values ($1, $2, $3, '*', '[2000-01-01,)')`,
        [id, units[reviewer].id, role],
      );
    const cells = drawCells(index, dice);
    faults[index]?.(cells);
    const sent = await seatSubmission(db.owner, id, units[reviewer].id, periodId, cells);
    schools.push({ id, name, reviewer, cells, sent });
  }
});
after(() => end());

const middle = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

interface Recounted {
  value: number;
  median: number;
  units: number;
  isOutlier: boolean;
}

/** From the meaning of the check, without the database: by school and ratio. */
function recount(): Map<string, Recounted> {
  const likeOf = ({ cells }: School) => `${cells['38.1']! >= cells['39.1']!} ${cells['37.5']! >= cells['37.9']!}`;
  const found = new Map<string, Recounted>();
  for (const { id, over, under, share, times, where } of definition.ratios!) {
    const sum = (school: School, keys: string[]) => keys.reduce((so, key) => so + (school.cells[key] ?? 0), 0);
    const valueOf = (school: School) => sum(school, over) / sum(school, under);
    const asked = schools.filter(({ cells }) => where === undefined || cells[where] !== 0);
    for (const school of asked) {
      const alike = asked.filter((other) => likeOf(other) === likeOf(school));
      const near = alike.filter((other) => other.reviewer === school.reviewer);
      const pool = (near.length >= 8 ? near : alike).map(valueOf);
      if (pool.length < 8) continue;
      const [value, median] = [valueOf(school), middle(pool)];
      const spread = middle(pool.map((each) => Math.abs(each - median)));
      const allowed = Math.max(times * 1.4826 * spread, share * median);
      const isOutlier = value - median > allowed + 1e-9 || median - value > allowed + 1e-9;
      found.set(`${school.id} ${id}`, { value, median, units: pool.length, isOutlier });
    }
  }
  return found;
}

const unlike = async (person: PersonName, unit: UnitName) => {
  const query = { periodId, formCode: form.code, stage: 'unlike', pageSize: '200' } as const;
  const { findings } = await story
    .as(person)
    .call(checks.listFindings, { params: at(unit), query: { ...query, pageSize: 200 } });
  return findings;
};

test('who is far from like units is found, as a recount in plain TypeScript finds it', async () => {
  const expected = [...recount()].filter(([, each]) => each.isOutlier).map(([key]) => key);
  const found = (await unlike('reviewer.province', 'province')).map(
    ({ unitId, rule }) => `${unitId} ${rule.slice(rule.indexOf('.') + 1)}`,
  );
  assert.deepEqual(found.toSorted(), expected.toSorted());
  for (const planted of [
    `${schools[2]!.id} ratio-pupils-per-class`,
    `${schools[5]!.id} ratio-pupils-per-teacher`,
    `${schools[9]!.id} ratio-spending-per-pupil`,
  ])
    assert.ok(found.includes(planted), planted);
});

test('each ratio of a report stands beside the median of its units; with fewer than eight there is none', async () => {
  const expected = recount();
  let compared = 0;
  for (const { id, reviewer, sent } of schools.filter((_, index) => index % 5 === 0 || index > 28)) {
    const { ratios } = await story
      .as(reviewer === 'town' ? 'reviewer.town' : 'reviewer.hills')
      .call(checks.compareLikeUnits, { params: { unitId: id, reportId: sent.reportId } });
    for (const { id: ratioId } of definition.ratios!) {
      const told = ratios.find(({ rule }) => rule === `${definition.slug}.${ratioId}`);
      const own = expected.get(`${id} ${ratioId}`);
      assert.equal(told === undefined, own === undefined, `${id} ${ratioId}`);
      if (!told || !own) continue;
      compared += 1;
      assert.ok(Math.abs(told.value - own.value) < 1e-9 && Math.abs(told.median - own.median) < 1e-9);
      assert.deepEqual([told.units, told.isOutlier], [own.units, own.isOutlier]);
      assert.equal(told.message !== null, own.isOutlier);
    }
  }
  assert.ok(compared >= 20);
  assert.ok([...expected.keys()].length < schools.length * definition.ratios!.length, 'mountain schools are too few');
});

test('a check that is off or wider finds fewer, from then on', async () => {
  const set = (severity: 'off' | 'warning', tolerance: object) =>
    story.as('admin.province').call(checks.setCheck, {
      params: at('province'),
      body: {
        formSlug: '02-th-dn',
        rule: '02-th-dn.ratio-pupils-per-class',
        severity,
        tolerance,
        reason: 'Thử ngưỡng.',
      },
    });
  const count = async () =>
    (await unlike('reviewer.province', 'province')).filter(({ rule }) => rule.endsWith('pupils-per-class')).length;
  assert.ok((await count()) >= 1);
  await set('warning', { times: 10, share: 1 });
  assert.equal(await count(), 1, 'classes of eighty are more than twice the median');
  await set('off', {});
  assert.equal(await count(), 0);
});

test('a reviewer sees the findings of the own units only; of the others nothing but the middle is told', async () => {
  const ids = new Set((await unlike('reviewer.hills', 'hills')).map(({ unitId }) => unitId));
  for (const { id, reviewer } of schools) if (ids.has(id)) assert.equal(reviewer, 'hills');
  const town = await unlike('reviewer.town', 'town');
  assert.ok(town.some(({ unitId }) => unitId === schools[5]!.id));
  const [first] = schools;
  const place = { params: { unitId: first!.id, reportId: first!.sent.reportId } };
  assert.equal(await story.as('reviewer.hills').fail(checks.compareLikeUnits, place), 'not_found');
  const asked = { params: at('town'), query: { periodId, formCode: form.code } };
  assert.equal(await story.as('reviewer.hills').fail(checks.listFindings, asked), 'not_found');
  assert.equal(
    await story.as('clerk.doican').fail(checks.listFindings, { params: at('doiCan'), query: asked.query }),
    'forbidden',
  );
  // Straight in the database: rows of the scope alone, and no answer for a unit outside it.
  const ratio = JSON.stringify(definition.ratios!.map(({ id, over, under, where }) => ({ id, over, under, where })));
  const ask = (unitId: string) =>
    straight(db, 'reviewer.hills', 'hills', 'select unit_id from like_unit_ratios($1, $2, $3, $4, $5, 1)', [
      unitId,
      periodId,
      form.code,
      ratio,
      JSON.stringify(definition.likeness),
    ]);
  const hills = new Set(schools.filter(({ reviewer }) => reviewer === 'hills').map(({ id }) => id));
  const seen = (await ask(units.hills.id)).rows.map((row) => String(row.unit_id));
  assert.ok(seen.length > 0 && seen.every((id) => hills.has(id)));
  await assert.rejects(ask(units.town.id), { code: '42501' });
});

const draw = (moment = duringPeriod) =>
  atTime(moment, () =>
    checkTasks({ database: db.database, log: createLog({ KHUEVAN_LOG_LEVEL: 'silent' }) })['checks.draw']!(),
  );

test('a draft is held against the medians of the morning: who is far gives a reason, which travels and is decided on', async () => {
  await straight(
    db,
    'clerk.doican',
    'doiCan',
    `update school_profile set ownership = '01', region = '01' where school_id = $1`,
    [units.doiCan.id],
  );
  const clerk = story.as('clerk.doican');
  const body = { periodId, formCode: form.code };
  const { id } = await clerk.call(reports.startReport, { params: at('doiCan'), body });
  const params = { ...at('doiCan'), reportId: id };
  const { report } = await clerk.call(reports.compileReport, { params });
  const found = async () => {
    const { findings } = await clerk.call(reports.checkReport, { params });
    return findings.filter(({ rule }) => rule.includes('.ratio-'));
  };
  assert.deepEqual(await found(), [], 'nothing was drawn yet');
  await draw();
  const told = await found();
  // One of them the province has just switched off.
  const expected = expectedOf(report!.cells).filter((rule) => !rule.endsWith('pupils-per-class'));
  assert.deepEqual(told.map(({ rule }) => rule).toSorted(), expected.toSorted());
  assert.ok(told.length >= 1, 'the sample school is much smaller than the others');
  assert.match(
    told[0]!.message!.vi,
    /hơn hẳn \d+ đơn vị cùng loại \(trung du, đồng bằng, thành phố, công lập\).*nêu lý do/,
  );
  await db.owner.query('delete from like_unit_median');
  await draw();
  assert.deepEqual(await found(), [], 'drawn once a day: what was said in the morning holds until the next');
  await draw(new Date(duringPeriod.getTime() + 86_400_000));
  assert.deepEqual(await found(), told, 'and anew the next day');
  await story.explainAll(params, clerk);
  const { version } = await clerk.call(reports.readReport, { params });
  await clerk.call(reports.submitReport, { params, body: { version } });
  const town = story.as('reviewer.town');
  const frozen = await town.call(reports.readSubmission, { params: { ...params, no: 1 } });
  for (const { key, message } of told)
    assert.deepEqual(frozen.explanations.find(({ findingKey }) => findingKey === key)?.message, message);
  const { findings } = await town.call(checks.listFindings, {
    params: at('town'),
    query: { ...body, pageSize: 200 },
  });
  const own = findings.filter(({ unitId, rule }) => unitId === units.doiCan.id && rule.includes('.ratio-'));
  const stages = new Map(own.map(({ key, stage }) => [key, stage]));
  assert.equal(stages.size, own.length, 'each is told once');
  for (const { key } of told) assert.equal(stages.get(key), 'waiting');
});

/** What a draft in town should be asked, from the figures that were sent. */
function expectedOf(cells: Cells): string[] {
  const sum = (of: Cells, keys: string[]) => keys.reduce((so, key) => so + (of[key] ?? 0), 0);
  return definition.ratios!.flatMap(({ id, over, under, share, times, where }) => {
    const like = schools.filter(
      (each) =>
        each.reviewer === 'town' &&
        each.cells['38.1']! > 0 &&
        each.cells['37.5']! > 0 &&
        (where === undefined || each.cells[where]! > 0),
    );
    const values = like.map((each) => sum(each.cells, over) / sum(each.cells, under));
    assert.ok(values.length >= 8);
    const median = middle(values);
    const spread = middle(values.map((each) => Math.abs(each - median)));
    const distance = Math.abs(sum(cells, over) / sum(cells, under) - median);
    return distance > Math.max(times * 1.4826 * spread, share * median) ? [`${definition.slug}.${id}`] : [];
  });
}

test('the medians are answered for units in scope alone, and the table is not open to anybody', async () => {
  const ask = (unitId: string) =>
    straight(db, 'clerk.doican', 'doiCan', 'select ratio from like_unit_medians_of($1, $2, $3, $4)', [
      [unitId],
      ['38.1 37.5'],
      periodId,
      form.code,
    ]);
  const told = (await ask(units.doiCan.id)).rows.map((row) => String(row.ratio));
  assert.deepEqual(told, definition.ratios!.map(({ id }) => id).toSorted());
  assert.deepEqual((await ask(units.hoaSen.id)).rows, []);
  await assert.rejects(straight(db, 'clerk.doican', 'doiCan', 'select * from like_unit_median', []), { code: '42501' });
});
