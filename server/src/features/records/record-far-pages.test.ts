// Pages far down the list by name are found in another way than the first ones: both give one order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { serveRecords } from '#features/records';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { idOf, seatCast, signedIn, units } from '#testing/cast.ts';
import { insertSchool, schoolClass, site, student } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
const school = units.doiCan.id;
const pupils = 640;
const ofLastYear = 20;
const pageSize = 50;

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveRecords]);
  const families = ['Nguyễn', 'Đặng', 'Âu', 'Ma'];
  const given = ['An', 'Ân', 'Ánh', 'Đức', 'Dũng', 'Yên', 'Ê'];
  await insertSchool(db, school, {
    site: [site()],
    class: [schoolClass('1A')],
    // Many bear one name: among them the order is that of entry.
    student: Array.from({ length: pupils }, (_, index) =>
      student(`${families[index % families.length]} Văn ${given[index % given.length]}`, {
        id: idOf(`pupil ${index}`),
        code: `P${index}`,
      }),
    ),
  });
  // Last year's spells are on no page of this year.
  await db.owner.query(
    `begin; set local session_replication_role = replica;
     update enrolment set school_year = 2023 where id in (select id from enrolment order by id limit ${ofLastYear}); commit`,
  );
});
after(async () => {
  await app.close();
  await db.close();
});

test('every pupil of the year is on one page, in the order of names, from the first page to the last', async () => {
  const headers = await signedIn(db.owner, 'clerk.doican');
  for (const [sort, direction] of [
    ['fullName', 'asc'],
    ['-fullName', 'desc'],
  ] as const) {
    const { rows } = await db.owner.query<{ id: string }>(
      `select e.id from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id
       where e.school_id = $1 and e.school_year = 2024 order by s.given_name ${direction}, s.other_names ${direction}, e.id`,
      [school],
    );
    const listed: string[] = [];
    for (let page = 1; page <= Math.ceil(pupils / pageSize); page += 1) {
      const answer = await app.inject({
        url: `/api/v1/schools/${school}/students?schoolYear=2024&pageSize=${pageSize}&sort=${sort}&page=${page}`,
        headers,
      });
      assert.equal(answer.statusCode, 200, answer.body);
      const { total, records } = answer.json<{ total: number; records: Array<{ id: string }> }>();
      assert.equal(total, pupils - ofLastYear);
      listed.push(...records.map(({ id }) => id));
    }
    assert.deepEqual(
      listed,
      rows.map(({ id }) => id),
    );
  }
});
