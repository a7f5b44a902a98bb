// A name typed without diacritics, looked for in the whole province: 100,000 pupils, over HTTP, as the province's officer.
import assert from 'node:assert/strict';
import pg from 'pg';
import { atMost, type BenchLine } from './line.ts';
import { p95, timesOf } from './measure.ts';
import { provinceReviewer, schoolYear } from './province.ts';
import { openStage } from './stage.ts';
import { createVisitor, requireSuccess } from './visitor.ts';

const promise = { p95Ms: 20 };
const limit = 20;
const warming = 200;
const measured = 800;

const byHand = `
  select e.school_id, u.name, e.id, s.full_name, s.birth_date, e.class_code
  from student s join enrolment e on e.school_id = s.school_id and e.student_id = s.id and e.school_year = $2 join unit u on u.id = s.school_id
  where name_words(s.search_key) @@ $1::tsquery order by s.given_name, s.other_names, s.school_id limit $3`;

/** As the database wants them: every word begins a word of the name. */
const wordsOf = (key: string) =>
  key
    .split(/[^a-z]+/)
    .map((word) => `${word}:*`)
    .join(' & ');

interface Named {
  /** As typed: no diacritics. */
  key: string;
  times: number;
}

export default async function measureSearch(): Promise<BenchLine[]> {
  const { runtime, owner, serve, signIn } = await openStage();
  // Whole names as people type them, rare and frequent alike, each as often as it is borne.
  const { rows: names } = await owner.query<Named>(
    `select search_key as key, count(*)::integer as times from student where md5(id::text) < '02' group by search_key order by md5(search_key) limit 400`,
  );
  const nameOf = (index: number) => names[index % names.length]!.key;

  const client = new pg.Client({ connectionString: runtime.ownerUrl });
  await client.connect();
  const query = (index: number) => client.query<{ id: string }>(byHand, [wordsOf(nameOf(index)), schoolYear, limit]);
  await timesOf(warming, query);
  const baseline = p95(await timesOf(measured, query));
  const expected = (await query(0)).rows.map((row) => row.id);
  await client.end();

  const server = await serve();
  const visitor = createVisitor(server.address, { connections: 1 });
  try {
    const headers = (await signIn([provinceReviewer.username])).get(provinceReviewer.username)!;
    const pathOf = (index: number) =>
      `/units/${provinceReviewer.unitId}/student-search?schoolYear=${schoolYear}&limit=${limit}&q=${encodeURIComponent(nameOf(index))}`;
    const first = (await visitor.ask(pathOf(0), { headers })).json<{ students: Array<{ id: string }> }>();
    assert.deepEqual(first.students.map((student) => student.id).toSorted(), expected.toSorted());
    assert.ok(first.students.length > 0);
    const ask = async (index: number) => requireSuccess(await visitor.ask(pathOf(index), { headers }), 'search');
    await timesOf(warming, ask);
    const value = p95(await timesOf(measured, ask));
    return [atMost({ name: 'search', unit: 'ms', value, baseline, limit: promise.p95Ms })];
  } finally {
    visitor.close();
    await server.stop();
  }
}
