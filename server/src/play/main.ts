// `npm run demo -- --out DIR [--from FILE] [--year 2024]`: the whole cycle over the public API, as the different roles, on a database of its own.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { verifyAudit } from '#features/accounts';
import { demoFile } from '#features/demo';
import { verifyAggregates } from '#features/reviews';
import { playCollection } from './collection.act.ts';
import { playExcel } from './excel.act.ts';
import { playLateChange } from './late-change.act.ts';
import { playLevels } from './levels.act.ts';
import { playProvince } from './province.act.ts';
import { playReport } from './report.act.ts';
import { openStage, type Stage } from './stage.ts';
import { beginStory } from './step.ts';
import { playYearEnd } from './year-end.act.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'demo-out' },
    from: { type: 'string' },
    year: { type: 'string', default: '2024' },
  },
});
const out = resolve(values.out);

/** The school of the story: the one with the most pupils among the primary schools that a district reviews, not the largest of all. */
async function chooseSchools(stage: Stage): Promise<{ first: string; other: string; district: string }> {
  const { rows } = await stage.owner.query<{ code: string; district: string }>(
    `select u.code, p.code as district from unit u join unit_relation r on r.child_id = u.id and r.role = 'reviewing' join unit p on p.id = r.parent_id and p.kind = 'district'
     join lateral (select count(*) as pupils from enrolment e where e.school_id = u.id) e on true where u.main_level = '02' and e.pupils >= 20 order by e.pupils, u.code`,
  );
  const middle = rows[Math.floor(rows.length / 2)];
  const other = rows.find((row) => row.code !== middle?.code);
  if (!middle || !other)
    throw new Error('The file needs at least two primary schools with 20 pupils under a district office.');
  return { first: middle.code, other: other.code, district: middle.district };
}

/** As it was in 2022, when the flag was new: one school has not stated it yet. */
async function forgetOnlineTeaching(owner: pg.Pool, code: string): Promise<void> {
  await owner.query(
    `with scope as (select set_config('app.audit_id', gen_random_uuid()::text, false)) update school_profile set online_teaching = null from unit u, scope where u.id = school_id and u.code = $1`,
    [code],
  );
}

async function play(): Promise<void> {
  await mkdir(out, { recursive: true });
  const began = performance.now();
  const story = beginStory(console.log);
  const stage = await story.step(
    'a database, the province, a server',
    () => openStage(values.from ?? demoFile, Number(values.year)),
    ({ built, faults }) => ({ ...built.records, schools: built.schools, notPlaced: faults.length }),
  );
  try {
    for (const fault of stage.faults) console.log(`  dòng ${fault.line}: ${fault.reason}`);
    const chosen = await chooseSchools(stage);
    await forgetOnlineTeaching(stage.owner, chosen.first);
    const people = {
      clerk: await stage.enter(`truong.${chosen.first.toLowerCase()}`),
      reviewer: await stage.enter(`phong.${chosen.district}`),
      stranger: await stage.enter(`truong.${chosen.other.toLowerCase()}`),
    };
    await playExcel(story, people.clerk, stage.schoolYear, out);
    const played = await playReport(story, people, stage.schoolYear, out);
    const figures = await playProvince(story, stage, played, out);
    const levels = await playLevels(story, stage);
    const lateChange = await playLateChange(story, stage, people, played.schoolReport);
    const collection = await playCollection(story, stage, chosen.district, out);
    const yearEnd = await playYearEnd(story, stage, { school: chosen.first, district: chosen.district }, out);
    await story.step(
      'audit chains and totals verify',
      () => verify(stage),
      (lines) => ({ lines }),
    );
    const summary = {
      form: '02-TH-ĐN',
      schoolYear: stage.schoolYear,
      seconds: Math.round(performance.now() - began) / 1000,
      steps: story.steps,
      notPlaced: stage.faults,
      province: figures,
      levels,
      lateChange,
      collection,
      yearEnd,
    };
    await writeFile(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    console.log(`\n✓ ${story.steps.length} bước, ${summary.seconds} s. Kết quả / Results: ${out}`);
  } finally {
    await stage.close();
  }
}

async function verify(stage: Stage): Promise<string[]> {
  const client = await stage.owner.connect();
  const lines: string[] = [];
  try {
    const codes = [
      await verifyAudit(client, (line) => lines.push(line)),
      await verifyAggregates(client, (line) => lines.push(line)),
    ];
    if (codes.some((code) => code !== 0)) throw new Error(lines.join('\n'));
    return lines;
  } finally {
    client.release();
  }
}

try {
  await play();
} catch (error) {
  console.error(`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
}
